"""A pytest plugin (loaded by `-p tests.services`, before Django reads its settings): real services for the tests.

All test processes share one set of embedded services in a folder of its own, and each gets a numbered slot there:
a database, a bucket and two Valkey databases that no other process touches. A slot is a locked file, so a killed
process gives its slot back, and what it left is cleared by the next holder.

    OPENSLATE_TEST_VAR            the folder (default: var/test)
    OPENSLATE_TEST_KEEP_SERVICES  1: leave the services running at the end
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config import embedded
from config.embedded import operations, processes

REPO = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("OPENSLATE_TEST_VAR", REPO / "var" / "test")).resolve()
SLOTS = 120
# What the environment gives a real installation must never reach a test.
ADDRESSES = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "BROKER_URL",
    "CACHE_URL",
    "S3_ENDPOINT_URL",
    "S3_PUBLIC_ENDPOINT_URL",
    "S3_ACCESS_KEY_ID",
    "S3_SECRET_ACCESS_KEY",
    "CHAIN_RPC_URL",
    "CHAIN_ID",
    "CHAIN_KEYSTORE",
    "CHAIN_KMS_KEY_ID",
    "EMAIL_URL",
)


@dataclass(frozen=True)
class Slot:
    """One test process's own corner of the shared services."""

    number: int

    @property
    def database(self) -> str:
        """Name of its database."""
        return f"test_{self.number}"

    @property
    def bucket(self) -> str:
        """Name of its bucket."""
        return f"test-{self.number}"

    def environment(self) -> dict[str, str]:
        """The variables that point the settings at the slot."""
        services = embedded.plan(VAR)
        return {
            "OPENSLATE_VAR": str(VAR),
            "S3_BUCKET": self.bucket,
            "BROKER_URL": services.valkey_url(2 * self.number),
            "CACHE_URL": services.valkey_url(2 * self.number + 1),
        }

    def child_environment(self) -> dict[str, str]:
        """The whole environment for a process that a test starts: the same database, bucket and queues."""
        services = embedded.plan(VAR)
        given = {
            "SECRET_KEY": services.secret_key,
            "DATABASE_URL": services.postgres_url("app", self.database),
            "DATABASE_OWNER_URL": services.postgres_url("owner", self.database),
        }
        return {**os.environ, **self.environment(), **given}


def _claim_slot() -> Slot:
    """A slot that is ours until this process ends."""
    folder = VAR / "slots"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, SLOTS):
        if _lock(folder / f"{number}.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            return Slot(number)
    raise RuntimeError(f"all {SLOTS} test slots in {folder} are held by running test processes")


def _lock(path: Path, kind: int) -> bool:
    """Whether the file could be locked; it stays locked until this process ends (never inherited by a child)."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        os.close(descriptor)
        return False
    return True


class Users:
    """Counts the processes that use the services; the last one out stops them, if a test process started them."""

    def __init__(self, var: Path) -> None:
        self._started_by_tests = var / "started-by-tests"
        self._descriptor = os.open(var / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def enter(self) -> None:
        """Start what does not run; from now on nobody stops it."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        planned = embedded.plan(VAR)
        if not any(processes.find(kind(planned).identity) for kind in operations.SERVERS):
            self._started_by_tests.touch()
        operations.up(VAR, only=operations.NAMES)
        _forget_safely()

    def leave(self) -> None:
        """Stop the services if nobody else uses them."""
        keep = os.environ.get("OPENSLATE_TEST_KEEP_SERVICES") == "1" or not self._started_by_tests.exists()
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            keep = True
        if not keep:
            operations.down(VAR)
            self._started_by_tests.unlink(missing_ok=True)
        os.close(self._descriptor)


def _forget_safely() -> None:
    """Let the database skip what protects it from a power cut: test data need not survive one, and cloning is faster.

    (Whatever tests that a kill loses nothing starts services of its own, which keep the product's settings.)
    """
    with psycopg.connect(embedded.plan(VAR).postgres_url("superuser", "postgres"), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


for _name in ADDRESSES:
    os.environ.pop(_name, None)
embedded.plan(VAR)
SLOT = _claim_slot()
os.environ.update(SLOT.environment())
