"""Finding, starting and stopping the servers' processes.

A process is recognised by its command line: the name of the program and the state folder it was started on. That
needs no pid file, so none can be stale: it holds after `kill -9`, after a restart of the machine, and for a server
under another account (whose working folder and environment even root may not read in a container).
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.embedded.accounts import Account

LOG_LIMIT_BYTES = 16 * 2**20
POLL_S = 0.03
KILL_PATIENCE_S = 10

Matches = Callable[[Sequence[str]], bool]

# What this process has launched. A server of ours that was killed stays a zombie, and its successor takes it for
# alive (PostgreSQL looks at its lock file's pid), until we have asked for its exit status.
_children: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Identity:
    """What the command line of one server, and of no other process, holds."""

    program: str
    argument: str

    def matches(self, command_line: Sequence[str]) -> bool:
        """Whether a command line is this server's."""
        return (
            bool(command_line)
            and os.path.basename(command_line[0]) == self.program
            and self.argument in command_line[1:]
        )


def find(identity: Identity) -> int | None:
    """The server's main process, or None where it does not run (a process it forked does not count)."""
    matching = {pid for pid in _all_pids() if identity.matches(command_line(pid))}
    leaders = sorted(pid for pid in matching if parent(pid) not in matching)
    return leaders[0] if leaders else None


def command_line(pid: int) -> list[str]:
    """The arguments a process was started with; empty for a zombie and for one that is gone."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return raw.decode("utf-8", "surrogateescape").split("\0")[:-1]


def parent(pid: int) -> int | None:
    """The parent's pid, or None when the process is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return int(stat.rpartition(")")[2].split()[1])


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    parents = {child: parent(child) for child in _all_pids()}
    members = [pid]
    for member in members:
        members.extend(child for child, above in parents.items() if above == member)
    return members


def launch(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path, account: Account | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that it outlives us and no terminal's Ctrl-C reaches it."""
    _children[:] = [child for child in _children if child.poll() is None]
    put_aside_large(log)
    as_account = account.popen_arguments() if account else {}
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        child: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]  # the account's keywords are typed one by one
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0o077,
            **as_account,
        )
    finally:
        os.close(descriptor)
    _children.append(child)
    return child


def stop(identity: Identity, *, gently: signal.Signals, patience_s: float) -> bool:
    """Whether a process ran; it is gone when this returns.

    Asks first, kills after `patience_s`. The signal goes through a pidfd whose command line was read after it was
    opened, so it never reaches a stranger that was given the same pid.
    """
    pid = find(identity)
    if pid is None:
        return False
    for one in (gently, signal.SIGKILL):
        _signal(pid, identity.matches, one)
        if _ended(pid, identity.matches, patience_s):
            break
    return True


def kill_all(matches: Matches) -> None:
    """Kill every process whose command line matches; they are gone when this returns."""
    killed = [pid for pid in _all_pids() if matches(command_line(pid))]
    for pid in killed:
        _signal(pid, matches, signal.SIGKILL)
    for pid in killed:
        _ended(pid, matches, KILL_PATIENCE_S)


def put_aside_large(log: Path) -> None:
    """Rename a log that has grown over `LOG_LIMIT_BYTES`, so that a new one is begun."""
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_name(log.name + ".1"))


def _signal(pid: int, matches: Matches, one: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        try:
            if matches(command_line(pid)):
                signal.pidfd_send_signal(handle, one)
        finally:
            os.close(handle)


def _ended(pid: int, matches: Matches, patience_s: float) -> bool:
    deadline = time.monotonic() + patience_s
    while matches(command_line(pid)):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True


def _all_pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]
