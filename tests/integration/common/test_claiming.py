"""Rows as a queue: each row goes to one worker at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from common.leases import LeaseLost, claim, lock_held, released, write_held
from curation.models import Submission
from tests.factories import curation as make

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LEASE = timedelta(minutes=5)


@pytest.fixture
def waiting(db: None) -> list[UUID]:
    campaign, person = make.campaign(), make.person()
    made = [
        Submission.objects.create(campaign=campaign, contributor=person, created_at=NOW, updated_at=NOW)
        for _ in range(5)
    ]
    return sorted(row.id for row in made)


def ids(rows: list[Submission]) -> list[UUID]:
    return [row.id for row in rows]


@pytest.mark.django_db
def test_oldest_rows_are_claimed_first_and_not_twice(waiting: list[UUID]) -> None:
    queue = Submission.objects.all()
    assert ids(claim(queue, limit=2, lease=LEASE, now=NOW)) == waiting[:2]
    assert ids(claim(queue, limit=9, lease=LEASE, now=NOW)) == waiting[2:]
    assert claim(queue, limit=9, lease=LEASE, now=NOW) == []


@pytest.mark.django_db
def test_dead_workers_rows_come_back_and_the_attempt_is_counted(waiting: list[UUID]) -> None:
    queue = Submission.objects.all()
    claim(queue, limit=1, lease=LEASE, now=NOW)
    [again] = claim(queue, limit=1, lease=LEASE, now=NOW + LEASE + timedelta(seconds=1))
    assert (again.id, again.attempts) == (waiting[0], 2)
    assert again.leased_until == NOW + 2 * LEASE + timedelta(seconds=1)


@pytest.mark.django_db
def test_tried_rows_can_be_taken_apart_from_fresh_ones(waiting: list[UUID]) -> None:
    queue = Submission.objects.all()
    claim(queue, limit=2, lease=LEASE, now=NOW)
    later = NOW + 2 * LEASE
    assert ids(claim(queue, limit=9, lease=LEASE, now=later, tried=False)) == waiting[2:]
    assert ids(claim(queue, limit=9, lease=LEASE, now=later, tried=True)) == waiting[:2]


@pytest.mark.django_db
def test_ending_a_lease_forgets_the_attempts(waiting: list[UUID]) -> None:
    claim(Submission.objects.all(), limit=5, lease=LEASE, now=NOW)
    Submission.objects.update(**released(status="withdrawn"))
    assert set(Submission.objects.values_list("status", "leased_until", "attempts")) == {("withdrawn", None, 0)}


@pytest.mark.django_db(transaction=True)
def test_worker_does_not_wait_for_rows_that_another_is_just_claiming(waiting: list[UUID]) -> None:
    def other_worker(_: object) -> list[UUID]:
        try:
            return ids(claim(Submission.objects.all(), limit=9, lease=LEASE, now=NOW))
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        mine = ids(claim(Submission.objects.all(), limit=2, lease=LEASE, now=NOW))
        [theirs] = pool.map(other_worker, [None])
    assert (mine, theirs) == (waiting[:2], waiting[2:])


@pytest.mark.django_db
def test_only_the_holder_of_a_lease_can_write_or_lock_its_row(waiting: list[UUID]) -> None:
    queue = Submission.objects.filter(id=waiting[0])
    [lost] = claim(queue, limit=1, lease=LEASE, now=NOW)
    [mine] = claim(queue, limit=1, lease=LEASE, now=NOW + 2 * LEASE)
    with pytest.raises(LeaseLost, match="submission"):
        write_held(lost, attempts=9)
    with pytest.raises(LeaseLost), transaction.atomic():
        lock_held(lost)
    write_held(mine, attempts=7)
    assert (lost.attempts, mine.attempts) == (1, 7)
    with transaction.atomic():
        assert lock_held(mine).attempts == 7
