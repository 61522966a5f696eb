"""Installations of their own for tests that start, kill and stop services."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import embedded
from config.embedded import operations, processes


@pytest.fixture(scope="session")
def make_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Path]]:
    """Makes state folders; their services are stopped and their data removed at the end."""
    made: list[Path] = []
    patch = pytest.MonkeyPatch()
    for variable in ("BROKER_URL", "CACHE_URL"):  # set for the tests' own services
        patch.delenv(variable)

    def make() -> Path:
        made.append(tmp_path_factory.mktemp("var"))
        return made[-1]

    yield make
    for var in made:
        operations.down(var)
        data = embedded.plan(var).postgres_data
        if not data.is_relative_to(var):
            shutil.rmtree(data.parent, ignore_errors=True)
    patch.undo()


@pytest.fixture(scope="session")
def var(make_installation: Callable[[], Path]) -> Path:
    """An installation whose services are up."""
    made = make_installation()
    operations.up(made)
    return made


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever shares the installation runs in one process of several (`--dist loadgroup`)."""
    for item in items:
        if {"var", "make_installation"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("embedded"))


def server(var: Path, kind: type[operations.Server]) -> operations.Server:
    """One server of an installation."""
    return kind(embedded.plan(var))


def families(var: Path) -> dict[str, list[int]]:
    """Every process of every service."""
    found = {kind.name: processes.find(server(var, kind).identity) for kind in operations.SERVERS}
    return {name: processes.family(pid) for name, pid in found.items() if pid is not None}


def kill_everything(var: Path) -> None:
    """SIGKILL every process of every service, children last."""
    for pids in families(var).values():
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
