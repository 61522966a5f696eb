"""A process of its own for decoders: bound to limits, without secrets, gone when its parent is.

The child reads its request as one line of standard input, which stays open: its end tells that the parent died.
"""

import fcntl
import json
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

_REPOSITORY = Path(__file__).resolve().parents[2]
# Addresses, keys and passwords stay out of a process that runs decoders over strangers' bytes.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PXR_WORK_THREAD_LIMIT": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
CauseOfDeath = Literal["time", "memory", "crash", "fault"]


def run(module: str, request: Mapping[str, Any], *, wall_s: float) -> "subprocess.CompletedProcess[bytes]":
    """What `python -m module` answered to the request, or how it ended.

    Raises:
        subprocess.TimeoutExpired: It took longer than `wall_s` and was killed.
    """
    reading, writing = os.pipe()
    try:
        os.write(writing, json.dumps(request).encode() + b"\n")  # far shorter than a pipe holds
        return subprocess.run(
            [sys.executable, "-s", "-m", module],
            stdin=reading,
            capture_output=True,
            timeout=wall_s,
            cwd=_REPOSITORY,
            env=ENVIRONMENT | {"PATH": os.environ.get("PATH", "")},
            start_new_session=True,
            check=False,
        )
    finally:
        os.close(reading)
        os.close(writing)


def cause_of_death(code: int, stderr: bytes) -> CauseOfDeath:
    """What a child that answered nothing died of; `fault` is one of ours, not of the file's."""
    if code == -signal.SIGXCPU:
        return "time"
    if code == -signal.SIGKILL or (code < 0 and b"bad_alloc" in stderr):
        return "memory"
    return "crash" if code < 0 else "fault"


def read_request() -> dict[str, Any]:
    """The child's request; from now on the child ends with its parent."""
    with os.fdopen(0, "rb", buffering=0, closefd=False) as stdin:
        request: dict[str, Any] = json.loads(stdin.readline())
    _end_with_parent()
    return request


def confine(*, memory_bytes: int, cpu_s: int, open_files: int, file_bytes: int = 0) -> None:
    """Bind this process to its limits; there is no way back."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # The hard limit a second later kills what catches SIGXCPU.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))


def _end_with_parent() -> None:
    """Have the kernel end this process (SIGIO's default) once nobody can write to standard input any more.

    A thread that waits for it would take 70 MiB of the address space that the limits leave.
    """
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    waiting = select.poll()
    waiting.register(0, 0)
    if waiting.poll(0):  # the parent died before we asked
        sys.exit(1)
