"""The programs of a running platform: what each is started as, and how its processes are found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.embedded.ports import LOOPBACK
from config.embedded.processes import put_aside_large

MARK = "OPENSLATE_PROGRAM"
# Three worker processes serve all queues on a small machine. The model worker keeps its models in one process and
# works in threads (CUDA does not survive a fork), one of which is never scoring and answers what people search by; jobs
# over ten minutes have a worker of their own.
WORKERS = {
    "models": ("score,embed", 3),
    "media": ("probe,export,chain,default", 3),
    "jobs": ("train,generate", 1),
}


@dataclass(frozen=True)
class Program:
    """One long-running program of one installation.

    Attributes:
        name: Also the name of its log.
        arguments: What follows `python -m`.
    """

    name: str
    arguments: Sequence[str]
    var: Path

    @property
    def log(self) -> Path:
        """What it writes to its terminal."""
        return self.var / "log" / f"{self.name}.log"

    @property
    def mark(self) -> str:
        """The value of `MARK` in the environment of the program and of all it starts."""
        return f"{self.name}@{self.var}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that a terminal's Ctrl-C reaches the supervisor alone."""
        environment = {**os.environ, MARK: self.mark, "OMP_WAIT_POLICY": "PASSIVE", "PYTHONUNBUFFERED": "1"}
        put_aside_large(self.log)
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill_leftovers(self) -> int:
        """How many processes of an earlier start, or left behind by one, had to be killed."""
        return sum(_kill(pid, self.mark) for pid in _marked(self.mark))


def web(var: Path, port: int) -> Program:
    """The web server, on the loopback interface."""
    options = ["--interface", "wsgi", "--host", LOOPBACK, "--port", str(port), "--workers", "1"]
    threads = ["--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "5"]
    return Program("web", ["granian", *options, *threads, "config.wsgi:application"], var)


def workers(var: Path) -> list[Program]:
    """The Celery workers and beat."""
    celery = ["celery", "-A", "config.celery_app:app"]
    quiet = ["--without-mingle", "--without-gossip", "--loglevel", "INFO"]
    listed = [
        Program(
            name,
            [*celery, "worker", "-Q", queues, "-P", "threads", "-c", str(threads), "-n", f"{name}@%h", *quiet],
            var,
        )
        for name, (queues, threads) in WORKERS.items()
    ]
    # No pid file: the supervisor sees to it that there is one beat, and a killed one would leave the file behind.
    return [*listed, Program("beat", [*celery, "beat", "--pidfile=", "--loglevel", "INFO"], var)]


def _marked(mark: str) -> Iterator[int]:
    for name in os.listdir("/proc"):
        if name.isdigit() and _is_marked(int(name), mark):
            yield int(name)


def _is_marked(pid: int, mark: str) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return f"{MARK}={mark}".encode() in environment.split(b"\0")


def _kill(pid: int, mark: str) -> bool:
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        try:
            if _is_marked(pid, mark):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                return True
        finally:
            os.close(handle)
    return False
