"""A database, a bucket and queues for one measurement on the services that tests use; all of it gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache

from common import storage
from config import embedded
from tests.databases import TestDatabase
from tests.services import REPO, SLOT, VAR, Users


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The environment for other processes of the same installation; Django in this process is connected to it."""
    users = Users(VAR)
    users.enter()
    database = TestDatabase(embedded.plan(VAR), SLOT.database)
    database.create()
    storage.prepare()
    cache.clear()
    try:
        yield {**SLOT.child_environment(), "PYTHONPATH": str(REPO), "OMP_WAIT_POLICY": "PASSIVE"}
    finally:
        cache.clear()
        storage.client().delete_bucket(Bucket=SLOT.bucket)
        database.drop()
        users.leave()


def postgres_url(database: str = SLOT.database) -> str:
    """As superuser, for bulk rows and whole databases alone: whoever connects by it may pass over triggers."""
    return embedded.plan(VAR).postgres_url("superuser", database)


def script(name: str) -> list[str]:
    """The command for a file of this folder as a program of its own; it finds the repository by `PYTHONPATH`."""
    return ["-P", str(Path(__file__).with_name(name))]


def forget_peak() -> None:
    """Let `peak_mb` count from now on; Linux, see proc(5), clear_refs."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb(pid: int | str = "self") -> float:
    """The most memory that a process ever held, in units of 10^6 bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    [peak] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak.split()[1]) * 1024 / 1e6


def load() -> str:
    """The machine's load as a title may show it."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
