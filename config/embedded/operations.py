"""Start, inspect and stop the embedded services; each may be repeated at any time, also by several processes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from config.embedded import planning, ports, processes
from config.embedded.anvil import Anvil
from config.embedded.errors import EmbeddedServiceError, ServiceFailed
from config.embedded.postgres import Postgres
from config.embedded.seaweedfs import SeaweedFS
from config.embedded.server import NotAnswering, Server
from config.embedded.valkey import Valkey

SERVERS: tuple[type[Server], ...] = (Postgres, Valkey, SeaweedFS, Anvil)
NAMES = tuple(server.name for server in SERVERS)
ATTEMPTS = 5
FIRST_PAUSE_S = 0.2
POLL_S = 0.05
FIX = "run `manage.py services down`, then `up`; if it fails again, the log says why"


@dataclass(frozen=True)
class ServiceStatus:
    """What is known of one service.

    Attributes:
        state: `running`, `stopped`, or `given` where the environment names another server.
        healthy: Whether it just answered a real request.
    """

    name: str
    state: str
    pid: int | None
    ports: tuple[int, ...]
    healthy: bool
    detail: str


def up(var: Path, only: Collection[str] | None = None) -> None:
    """Start what does not run; when this returns, every service has answered a real request.

    A planned port that a stranger has taken is replaced.

    Args:
        var: The state folder.
        only: Names out of `NAMES`; None for all but those of which the environment names another.

    Raises:
        ServiceFailed: A service stopped or stayed silent; names its log and the fix.
        BinaryMissing: A service's program is not installed.
        FolderUnusable: The state folder belongs to another user.
    """
    wanted = _wanted(only)
    services = planning.load_or_create(var)
    with planning.locked(services.var / "up.lock"), ThreadPoolExecutor(len(SERVERS)) as pool:
        started = [pool.submit(_ensure, server, services.var) for server in wanted]
        errors = [error for one in started if (error := one.exception())]
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise EmbeddedServiceError("\n".join(str(error) for error in errors))


def down(var: Path, only: Collection[str] | None = None) -> None:
    """Stop what runs, each service the way that keeps its state whole."""
    services = planning.load_or_create(var)
    with planning.locked(services.var / "up.lock"), ThreadPoolExecutor(len(SERVERS)) as pool:
        list(pool.map(lambda server: _stop(server(services)), _wanted(only or NAMES)))


def status(var: Path) -> list[ServiceStatus]:
    """The state of every service, each asked a real request."""
    services = planning.load_or_create(var)
    with ThreadPoolExecutor(len(SERVERS)) as pool:
        return list(pool.map(lambda server: _status(server(services)), SERVERS))


def not_running(var: Path) -> list[str]:
    """Names of the services that should run and have no process. Much cheaper than `status`: asks nobody."""
    services = planning.load_or_create(var)
    return [server.name for server in _wanted(None) if processes.find(server(services).identity) is None]


def is_given(server: type[Server]) -> bool:
    """Whether the environment names another server to use instead."""
    return all(os.environ.get(variable) for variable in server.given_by)


def _wanted(only: Collection[str] | None) -> list[type[Server]]:
    unknown = set(only or ()) - set(NAMES)
    if unknown:
        raise EmbeddedServiceError(f"No such service: {', '.join(sorted(unknown))}. There are {', '.join(NAMES)}.")
    return [server for server in SERVERS if (server.name in only if only else not is_given(server))]


def _ensure(server_type: type[Server], var: Path) -> None:
    server = server_type(planning.load_or_create(var))
    if processes.find(server.identity) is not None:
        if _answers(server, None):
            return
        _stop(server)
    for attempt in range(ATTEMPTS):
        server, process = _start(server_type, var)
        if _answers(server, process):
            return
        code = process.poll()
        _stop(server)
        if code is None or attempt == ATTEMPTS - 1:
            break
        # It ended by itself, as it does when a port was snatched from it, or while the kernel still clears away
        # a killed predecessor that holds its data. Another start may go well, a little later.
        time.sleep(FIRST_PAUSE_S * 2**attempt)
    reason = f"did not answer within {server.start_patience_s:.0f} s" if code is None else f"ended with status {code}"
    raise ServiceFailed(server.name, reason, server.log, FIX)


def _start(server_type: type[Server], var: Path) -> tuple[Server, subprocess.Popen[bytes]]:
    server = server_type(_with_ports(server_type, var))
    server.prepare()
    process = processes.launch(
        server.command(),
        folder=server.folder,
        environment=server.environment(),
        log=server.log,
        account=server.account,
    )
    return server, process


def _with_ports(server_type: type[Server], var: Path) -> planning.Services:
    """The plan, rewritten only where a port has to be replaced."""
    services = planning.load_or_create(var)
    changed = planning.with_free_ports(services, server_type.port_names)
    replaced = {name: port for name, port in changed.ports.items() if services.ports[name] != port}
    return planning.with_ports(var, replaced) if replaced else services


def _answers(server: Server, process: subprocess.Popen[bytes] | None) -> bool:
    """Whether the server answers before its patience ends or its process does."""
    deadline = time.monotonic() + server.start_patience_s
    while time.monotonic() < deadline:
        try:
            server.complete()
            return True
        except NotAnswering:
            ended = process.poll() is not None if process else processes.find(server.identity) is None
            if ended:
                return False
            time.sleep(POLL_S)
    return False


def _stop(server: Server) -> None:
    processes.stop(server.identity, gently=server.stop_signal, patience_s=server.stop_patience_s)


def _status(server: Server) -> ServiceStatus:
    if is_given(type(server)):
        return ServiceStatus(server.name, "given", None, (), True, f"by {' and '.join(server.given_by)}")
    pid = processes.find(server.identity)
    listening = tuple(planning.ports_of(server.services, server.port_names))
    if pid is None:
        taken = [port for port in listening if not ports.is_free(port)]
        detail = f"port {taken[0]} is taken by another program; the next start chooses another" if taken else ""
        return ServiceStatus(server.name, "stopped", None, listening, False, detail)
    try:
        server.check()
    except NotAnswering as error:
        return ServiceStatus(server.name, "running", pid, listening, False, str(error))
    return ServiceStatus(server.name, "running", pid, listening, True, "")
