"""Servers are recognised by their command line, and nobody else is ever signalled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import processes
from config.embedded.processes import Identity

PROGRAM = os.path.basename(sys.executable)
SLEEPS = "import signal, sys; print('up', flush=True); signal.pause()"
IGNORES = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
FORKS = "import os, signal; os.fork(); print('up', flush=True); signal.pause()"
# Of this test process alone: another one may run the same tests at the same time.
STATE = f"state-of-{os.getpid()}"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the started process writes."""
    return tmp_path / "log"


def _start(code: str, token: str, log: Path) -> subprocess.Popen[bytes]:
    process = processes.launch([sys.executable, "-c", code, token], folder=log.parent, environment={}, log=log)
    while not log.read_text().startswith("up"):
        assert process.poll() is None, log.read_text()
    return process


@pytest.fixture
def started(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs until it is stopped."""
    process = _start(SLEEPS, STATE, log)
    yield process
    process.kill()
    process.wait()


def test_process_is_found_by_program_and_state_folder(started: subprocess.Popen[bytes]) -> None:
    assert processes.find(Identity(PROGRAM, STATE)) == started.pid
    assert processes.find(Identity(PROGRAM, "state-of-b")) is None
    assert processes.find(Identity("postgres", STATE)) is None


def test_zombie_is_not_found(started: subprocess.Popen[bytes]) -> None:
    started.kill()
    os.waitid(os.P_PID, started.pid, os.WEXITED | os.WNOWAIT)
    assert processes.find(Identity(PROGRAM, STATE)) is None


def test_forked_child_is_not_taken_for_the_server(log: Path) -> None:
    server = _start(FORKS, f"{STATE}-forker", log)
    assert processes.find(Identity(PROGRAM, f"{STATE}-forker")) == server.pid
    for pid in reversed(processes.family(server.pid)):
        os.kill(pid, signal.SIGKILL)
    server.wait()


def test_stranger_with_another_command_line_is_not_signalled(started: subprocess.Popen[bytes]) -> None:
    assert not processes.stop(Identity(PROGRAM, "state-of-b"), gently=signal.SIGTERM, patience_s=1)
    assert started.poll() is None


def test_pid_that_changed_hands_is_not_signalled(
    started: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "find", lambda identity: started.pid)
    processes.stop(Identity(PROGRAM, "state-of-b"), gently=signal.SIGTERM, patience_s=1)
    assert started.poll() is None


def test_process_that_ignores_the_request_is_killed(log: Path) -> None:
    server = _start(IGNORES, "state-of-deaf", log)
    assert processes.stop(Identity(PROGRAM, "state-of-deaf"), gently=signal.SIGTERM, patience_s=0.1)
    assert server.wait(5) == -signal.SIGKILL


def test_server_gets_its_own_session_and_none_of_our_environment(
    started: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert os.getsid(started.pid) == started.pid
    assert b"OPENSLATE_VAR" not in Path(f"/proc/{started.pid}/environ").read_bytes()


def test_large_log_is_put_aside_at_the_next_start(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log.write_text("x" * 100)
    monkeypatch.setattr(processes, "LOG_LIMIT_BYTES", 10)
    server = _start(SLEEPS, "state-of-logger", log)
    server.kill()
    server.wait()
    assert log.with_name("log.1").read_text() == "x" * 100
    assert log.read_text() == "up\n"
