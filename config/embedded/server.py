"""What every embedded server has in common: the orders for `operations` to start, check and stop it."""

from __future__ import annotations

import os
import signal
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from config.embedded.accounts import Account
from config.embedded.planning import Services
from config.embedded.processes import Identity


class NotAnswering(Exception):
    """A server does not answer a real request as it should (yet)."""


class Server(ABC):
    """One server of one installation."""

    name: ClassVar[str]
    # The environment variables that, when all are set, name another server to use instead.
    given_by: ClassVar[tuple[str, ...]]
    port_names: ClassVar[tuple[str, ...]]
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    start_patience_s: ClassVar[float] = 60
    stop_patience_s: ClassVar[float] = 20

    def __init__(self, services: Services) -> None:
        self.services = services

    @property
    def folder(self) -> Path:
        """State and working folder."""
        return self.services.var / self.name

    @property
    def log(self) -> Path:
        """What the server writes to its terminal."""
        return self.services.logs / f"{self.name}.log"

    @property
    def account(self) -> Account | None:
        """Whose process it is; None for our own."""
        return None

    @property
    @abstractmethod
    def identity(self) -> Identity:
        """How its process is recognised."""

    @abstractmethod
    def prepare(self) -> None:
        """Make folders and configuration; may be repeated, keeps state."""

    @abstractmethod
    def command(self) -> list[str]:
        """The command line."""

    @abstractmethod
    def check(self) -> None:
        """Make one real request.

        Raises:
            NotAnswering: No answer, or the wrong one.
        """

    def complete(self) -> None:
        """Finish the set-up once the server answers; may be repeated."""
        self.check()

    def environment(self) -> dict[str, str]:
        """The server's whole environment: none of our secrets, and its own folder as home."""
        return {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(self.folder)}
