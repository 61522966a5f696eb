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
            stopped = _follow(child, on_message, still_wanted, beat_s)
        finally:
            _stop(child)
    return JobEnd(child.returncode, stopped, (folder / "stderr.log").read_text(errors="replace")[-STDERR_TAIL:])


def _follow(
    child: "subprocess.Popen[bytes]",
    on_message: Callable[[dict[str, Any]], None],
    still_wanted: Callable[[], bool],
    beat_s: float,
) -> bool:
    """Read to the engine's last line, which may tell what it saved on being stopped; True when we stopped it."""
    assert child.stdout is not None
    buffer, beat, asked_at = b"", time.monotonic(), None
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() - beat >= beat_s:
                beat = time.monotonic()
                if not still_wanted() and asked_at is None:
                    asked_at = beat
                    child.send_signal(signal.SIGTERM)
            if asked_at is not None and time.monotonic() - asked_at > STOP_GRACE_S:
                return True
            if not selector.select(timeout=beat_s):
                continue
            piece = os.read(child.stdout.fileno(), 1 << 16)
            if not piece:
                child.wait()
                return asked_at is not None
            *lines, buffer = (buffer + piece).split(b"\n")
            for line in lines:
                _deliver(line, on_message)


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
