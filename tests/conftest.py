"""Fixtures for all tests: real services, one database, bucket and pair of Valkey databases per test process.

A test that touches the database or asks for `services` starts them; a test that does neither needs none of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from common import storage
from config import embedded
from tests.databases import TestDatabase
from tests.services import SLOT, VAR, Users


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
