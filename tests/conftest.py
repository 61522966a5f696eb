"""Fixtures for all tests: real services, one database, bucket and pair of Valkey databases per test process.

A test that touches the database or asks for `services` starts them; a test that does neither needs none of them.
What Hypothesis draws is the same in every run, so that a run fails for what was changed alone; `make test-deep` draws
anew (`--hypothesis-profile=explore`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from common import storage
from config import embedded
from tests.databases import TestDatabase
from tests.services import REPO, SLOT, VAR, Users

settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeat", settings.get_profile("explore"), derandomize=True)
settings.load_profile("repeat")
# What drives other processes, or sweeps over code that other tests measure: tracing it doubles its time.
UNMEASURED = (
    "architecture",
    "browser",
    "contracts",
    "integration/hostile/test_hostile_requests.py",
    "unit/curation/gating/test_replaying.py",
    "unit/curation/record/test_record_camera_fuzz.py",
    "unit/curation/record/test_record_camera_round_trips.py",
    "unit/curation/scoring/fingerprints/test_recall.py",
    "unit/curation/scoring/test_geometry_sweeps.py",
    "unit/pretraining",
)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups, after the folders' own conftests
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that share a module's fixture run in one worker of several, so that it is made once.

    The largest groups begin first (pytest-xdist orders them by their size): all workers are busy until the end.
    """
    measuring = config.pluginmanager.hasplugin("_cov") and not config.getoption("no_cov")
    for item in items:
        place = item.path.relative_to(REPO / "tests").as_posix()
        if measuring and place.startswith(UNMEASURED):
            item.add_marker(pytest.mark.no_cover)
        if _shares_a_modules_fixture(item) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(place))


def _shares_a_modules_fixture(item: pytest.Item) -> bool:
    found = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return any(fixture.scope == "module" for definitions in found.values() for fixture in definitions)


@pytest.fixture(scope="session")
def services() -> Iterator[embedded.Services]:
    """The embedded services, running; the settings point at this process's part of them."""
    planned = embedded.plan(VAR)
    users = Users(VAR)
    users.enter()
    if embedded.plan(VAR).ports != planned.ports:
        pytest.exit(
            "a planned port was taken and has been replaced after the settings were read: run the tests again", 3
        )
    storage.prepare()
    cache.clear()
    yield planned
    storage.client().delete_bucket(Bucket=SLOT.bucket)
    users.leave()


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Hashing a password takes half a second by design; tests make hundreds of people."""
    PBKDF2PasswordHasher.iterations = 1  # kept in the hash, so that processes which a test starts can check it


@pytest.fixture(scope="session")
def test_database(
    services: embedded.Services, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """This process's clone of the migrated template."""
    database = TestDatabase(services, SLOT.database)
    with django_db_blocker.unblock():
        database.create()
    yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase) -> Iterator[None]:
    """What pytest-django asks for before the first test with a database; transactional tests clone again."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: test_database.renew())
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _fresh_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Counters and cached answers of one test never reach the next."""
    yield
    if {"services", "db", "transactional_db"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture
def child_environment(test_database: TestDatabase) -> dict[str, str]:
    """The environment for a process that a test starts: the same database, bucket and queues as the test's."""
    connections.close_all()
    return SLOT.child_environment()
