"""Engines run as processes of their own, started from a plain JSON job spec, followed line by line.

The child ends when its parent does: its standard input is a pipe nobody writes to, and end-of-file there stops it
(`common.job_guard`). So a killed worker leaves no orphan that would write beside its successor.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger(__name__)

STOP_GRACE_S = 60
STDERR_TAIL = 4000


@dataclass(frozen=True)
class JobEnd:
    """How an engine ended. `stopped` means that we asked it to."""

    returncode: int
    stopped: bool
    stderr: str


def run(
    module: str,
    spec: Mapping[str, Any],
    *,
    folder: Path,
    on_message: Callable[[dict[str, Any]], None],
    still_wanted: Callable[[], bool],
    beat_s: float = 5.0,
) -> JobEnd:
    """Run `python -m module job.json` to its end, or until it is no longer wanted.

    Args:
        module: An engine package that reads one argument, the path of its job spec.
        folder: Working folder; `job.json`, `stderr.log` and the engine's output lie there.
        on_message: Called with every JSON object that the engine prints.
        still_wanted: Called at least every `beat_s` seconds (renew the lease there); False stops the engine with
            SIGTERM, on which it saves and leaves.
    """
    folder.mkdir(parents=True, exist_ok=True)
    job = folder / "job.json"
    job.write_text(json.dumps(spec, indent=1))
    with (folder / "stderr.log").open("wb") as stderr:
        child = subprocess.Popen(
            [sys.executable, "-m", "common.job_guard", module, str(job)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
            env=os.environ | {"OMP_WAIT_POLICY": "PASSIVE", "PYTHONUNBUFFERED": "1"},
        )
        try:
            stopped = _Follower(child, on_message, still_wanted, beat_s).follow()
        finally:
            _stop(child)
    return JobEnd(child.returncode, stopped, (folder / "stderr.log").read_text(errors="replace")[-STDERR_TAIL:])


class _Follower:
    """Reads an engine to its last line, which may tell what it saved on being stopped."""

    def __init__(
        self,
        child: "subprocess.Popen[bytes]",
        on_message: Callable[[dict[str, Any]], None],
        still_wanted: Callable[[], bool],
        beat_s: float,
    ) -> None:
        assert child.stdout is not None
        self.child, self.out = child, child.stdout.fileno()
        self.on_message, self.still_wanted, self.beat_s = on_message, still_wanted, beat_s
        self.beat, self.asked_at, self.buffer = time.monotonic(), 0.0, b""

    def follow(self) -> bool:
        """Whether we asked it to stop before it ended by itself."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.out, selectors.EVENT_READ)
            while not (self.asked_at and time.monotonic() - self.asked_at > STOP_GRACE_S):
                self._check_wanted()
                if selector.select(timeout=self.beat_s) and not self._read():
                    self.child.wait()
                    break
        return bool(self.asked_at)

    def _check_wanted(self) -> None:
        now = time.monotonic()
        if now - self.beat < self.beat_s:
            return
        self.beat = now
        if not self.still_wanted() and not self.asked_at:
            self.asked_at = now
            self.child.send_signal(signal.SIGTERM)

    def _read(self) -> bool:
        """Deliver whole lines; False at the end of output."""
        piece = os.read(self.out, 1 << 16)
        *lines, self.buffer = (self.buffer + piece).split(b"\n")
        for line in lines:
            _deliver(line, self.on_message)
        return bool(piece)


def _deliver(line: bytes, on_message: Callable[[dict[str, Any]], None]) -> None:
    try:
        message = json.loads(line)
    except ValueError:
        log.info("engine_said", line=line.decode(errors="replace")[:500])
        return
    if isinstance(message, dict):
        on_message(message)


def _stop(child: "subprocess.Popen[bytes]") -> None:
    """Ask once, then insist; the child leads its own session, so its own children go with it."""
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(timeout=STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()
