"""The whole platform for the browser tests, as its operator starts it, on a port of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from config.embedded import ports
from demo import platform as operator
from openslate import Client
from tests.services import ADDRESSES, REPO

PASSWORD = "a long and quiet sentence"
ROLES = ("contributor", "reviewer", "engineer", "operator")


@dataclass
class Platform:
    """A running installation.

    Attributes:
        address: Where its web server answers.
        var: Its state folder; mail lies in `var/mail`.
    """

    address: str
    var: Path
    _people: dict[str, str] = field(default_factory=dict)

    def person(self, name: str, roles: str) -> str:
        """The e-mail address of a person who can sign in with `PASSWORD`; made at the first call."""
        if name not in self._people:
            email = f"{name}@openslate.example"
            self.manage("create_person", "--email", email, "--password", PASSWORD, "--roles", roles)
            self._people[name] = email
        return self._people[name]

    def client(self, name: str, roles: str) -> Client:
        """The Python client, signed in as that person: the quick way to what a test only needs to be there."""
        return Client.login(self.address, self.person(name, roles), PASSWORD, called="browser tests")

    @cached_property
    def operator(self) -> Client:
        return self.client("olga", "operator")

    def manage(self, *arguments: str) -> str:
        """What one of the operator's commands printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=REPO, env=self._environment, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments[:1])} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    @property
    def _environment(self) -> dict[str, str]:
        return environment(self.var, self.address)


def environment(var: Path, address: str) -> dict[str, str]:
    """The environment of an installation in `var`: nothing of the tests' own services reaches it."""
    own = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    return own | {"OPENSLATE_VAR": str(var), "APP_URL": address}


@contextmanager
def running(var: Path) -> Iterator[Platform]:
    """Start it, wait until it answers, stop it with its services at the end."""
    address = f"http://localhost:{ports.choose(avoiding=())}"
    with operator.running(var / "platform.log", address, environment(var, address)):
        yield Platform(address, var)


def run_file(var: Path) -> dict[str, object]:
    """What the supervisor wrote down about its programs (their pids by name)."""
    described: dict[str, object] = json.loads((var / "run.json").read_text())
    return described
