"""Databases for tests: one migrated template per state of the migrations, and a clone for each test process.

Cleaning up means cloning again, never a flush: the ledger's tables refuse TRUNCATE, also to their owner.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from config.embedded import Services


class TestDatabase:
    """This process's database, cloned from a template that fits the migrations as they are now."""

    __test__ = False

    def __init__(self, services: Services, name: str) -> None:
        self.services = services
        self.name = name
        self.template = f"template_{_migrations_hash()}"
        self._template_lock = services.var / f"{self.template}.lock"

    def create(self) -> None:
        """Make the template if there is none yet, and the clone; point Django's connections at the clone."""
        with _locked(self.services.var / "templates.lock", fcntl.LOCK_EX):
            # Held until this process ends: nobody drops a template that somebody may clone again.
            self._hold = os.open(self._template_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._hold, fcntl.LOCK_SH)
            if not self._exists(self.template):
                self._build_template()
                self._drop_unused_templates()
        self._point_connections_at(self.name)
        self.renew()

    def renew(self) -> None:
        """Replace the clone by a fresh one."""
        connections.close_all()
        self._drop(self.name)
        with self._as_owner() as connection:
            _clone(connection, self.template, self.name)

    def drop(self) -> None:
        """Remove the clone."""
        connections.close_all()
        self._drop(self.name)
        os.close(self._hold)

    def _build_template(self) -> None:
        building = f"{self.template}_building"
        self._drop(building)
        with self._as_owner() as connection:
            _clone(connection, "template1", building)
            self._point_connections_at(building)
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            connections.close_all()
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(building), sql.Identifier(self.template)))

    def _drop_unused_templates(self) -> None:
        for lock in self.services.var.glob("template_*.lock"):
            if lock == self._template_lock:
                continue
            with lock.open("rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                self._drop(lock.stem)
                lock.unlink()

    def _point_connections_at(self, name: str) -> None:
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = name

    def _exists(self, name: str) -> bool:
        with self._as_owner() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        return found is not None

    def _drop(self, name: str) -> None:
        """As superuser: `owner` may not end a connection of `app` that is just closing and still in the way."""
        with psycopg.connect(self.services.postgres_url("superuser", "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _as_owner(self) -> psycopg.Connection:
        return psycopg.connect(self.services.postgres_url("owner", "postgres"), autocommit=True)


def _clone(connection: psycopg.Connection, template: str, name: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _migrations_hash() -> str:
    """Changes with any migration of any installed app."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, kind)
        yield
