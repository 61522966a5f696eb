"""The tests' own ground: clones of a migrated template, cleaned up without a flush."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, connections

from common import storage
from tests.services import SLOT


@pytest.mark.django_db
def test_application_connects_to_the_slots_database_as_app() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == ("app", SLOT.database)


@pytest.mark.django_db
def test_migrations_have_been_applied_and_belong_to_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = %s", [get_user_model()._meta.db_table])
        assert cursor.fetchone() == ("owner",)


@pytest.mark.parametrize("attempt", [1, 2])
def test_rows_of_a_transactional_test_are_gone_in_the_next(transactional_db: None, attempt: int) -> None:
    assert get_user_model().objects.count() == 0
    get_user_model().objects.create(email=f"{attempt}@example.org")
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db(databases=["default", "owner"])
def test_owner_alias_reaches_the_same_database() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == ("owner", SLOT.database)


@pytest.mark.usefixtures("services")
def test_bucket_and_cache_of_the_slot_work() -> None:
    storage.write("a", b"bytes")
    assert storage.read("a") == b"bytes"
    cache.set("a", 1)
    assert cache.get("a") == 1
