"""Rows as a queue: whoever holds the lease works on the row; a dead worker's lease runs out.

`FOR UPDATE SKIP LOCKED` lets any number of workers claim without waiting for each other.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q

log = structlog.get_logger(__name__)

Row = TypeVar("Row", bound="Leased")


class Leased(models.Model):
    """Mixin: a row that one worker at a time may hold."""

    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def claim(waiting: "models.QuerySet[Row]", *, limit: int, lease: timedelta, now: datetime) -> list[Row]:
    """Lease up to `limit` waiting rows, oldest first, counting the attempt in the row.

    Args:
        waiting: The rows whose status says that there is work; leased ones are left out here.
    """
    free = waiting.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now)).order_by("id")
    with transaction.atomic():
        ids = list(free.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit])
        model = waiting.model
        model._default_manager.filter(pk__in=ids).update(leased_until=now + lease, attempts=F("attempts") + 1)
    return list(waiting.filter(pk__in=ids).order_by("id"))


def released(**changes: Any) -> dict[str, Any]:
    """Field values that end a lease, to be written together with what the work found."""
    return {"leased_until": None, "attempts": 0, **changes}


@contextmanager
def held(rows: Sequence[Row], *, lease: timedelta, clock: Callable[[], datetime]) -> Iterator[None]:
    """Keep the leases of claimed rows alive while the body works, from a thread of its own.

    On leaving, each row's `leased_until` is what this holder last wrote: `still_held` compares it.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_renew_until, args=(stop, rows, lease, clock), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _renew_until(stop: threading.Event, rows: Sequence[Row], lease: timedelta, clock: Callable[[], datetime]) -> None:
    while not stop.wait(lease.total_seconds() / 3):
        try:
            renew(rows, until=clock() + lease)
        except DatabaseError as error:
            # The work must not die of a missed renewal: if the lease runs out, the final transaction notices.
            log.warning("lease_not_renewed", error=str(error))
            connection.close()
    connection.close()


def renew(rows: Sequence[Row], *, until: datetime) -> None:
    """Extend the leases that are still ours; a row that another worker took meanwhile is left alone."""
    for row in rows:
        mine = type(row)._default_manager.filter(pk=row.pk, leased_until=row.leased_until)
        if mine.update(leased_until=until):
            row.leased_until = until


def still_held(row: Row) -> bool:
    """Whether the lease is the one we hold. Locks the row: ask inside the transaction that writes the result."""
    model = type(row)
    mine = model._default_manager.select_for_update(of=("self",)).filter(pk=row.pk, leased_until=row.leased_until)
    return mine.exists()
