"""Rows as a queue: whoever holds the lease works on the row; a dead worker's lease runs out.

`FOR UPDATE SKIP LOCKED` lets any number of workers claim without waiting for each other.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from common.errors import DomainError

log = structlog.get_logger(__name__)

Row = TypeVar("Row", bound="Leased")


class Leased(models.Model):
    """Mixin: a row that one worker at a time may hold."""

    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class LeaseLost(DomainError):
    """Another worker has taken the row over; this one must stop writing."""

    code = "lease_lost"


def claim(
    waiting: "models.QuerySet[Row]", *, limit: int, lease: timedelta, now: datetime, tried: bool | None = None
) -> list[Row]:
    """Lease up to `limit` waiting rows, oldest first, counting the attempt in the row.

    Args:
        waiting: The rows whose status says that there is work; leased ones are left out here.
        tried: Only rows that were attempted before, or only those that were not; None for both.
    """
    free = waiting.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now)).order_by("id")
    if tried is not None:
        free = free.filter(attempts__gt=0) if tried else free.filter(attempts=0)
    with transaction.atomic():
        ids = list(free.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit])
        model = waiting.model
        model._default_manager.filter(pk__in=ids).update(leased_until=now + lease, attempts=F("attempts") + 1)
    return list(waiting.filter(pk__in=ids).order_by("id"))


def released(**changes: Any) -> dict[str, Any]:
    """Field values that end a lease, to be written together with what the work found."""
    return {"leased_until": None, "attempts": 0, **changes}


class Holding:
    """Claimed rows whose leases a thread keeps alive. `settle` a row before writing its result."""

    def __init__(self, rows: Sequence[Leased], lease: timedelta, clock: Callable[[], datetime]) -> None:
        self._rows = list(rows)
        self._lease, self._clock = lease, clock
        self._lock, self._stop = threading.Lock(), threading.Event()

    def settle(self, row: Leased) -> None:
        """Renew this one no more: its `leased_until` now is what `still_held` compares."""
        with self._lock:
            self._rows.remove(row)

    def keep(self) -> None:
        while not self._stop.wait(self._lease.total_seconds() / 3):
            try:
                with self._lock:
                    renew(self._rows, until=self._clock() + self._lease)
            except DatabaseError as error:
                # The work must not die of a missed renewal: if the lease runs out, the final transaction notices.
                log.warning("lease_not_renewed", error=str(error))
                connection.close()
        connection.close()

    def end(self) -> None:
        self._stop.set()


@contextmanager
def held(rows: Sequence[Leased], *, lease: timedelta, clock: Callable[[], datetime]) -> Iterator[Holding]:
    """Keep the leases of claimed rows alive while the body works; on leaving, all of them are settled."""
    holding = Holding(rows, lease, clock)
    thread = threading.Thread(target=holding.keep, daemon=True)
    thread.start()
    try:
        yield holding
    finally:
        holding.end()
        thread.join()


def renew(rows: Sequence[Leased], *, until: datetime) -> None:
    """Extend the leases that are still ours; a row that another worker took meanwhile is left alone."""
    for row in rows:
        with suppress(LeaseLost):
            write_held(row, leased_until=until)


def write_held(row: Leased, **changes: Any) -> None:
    """Write these fields of a row, in the table and in hand, in one statement that checks the lease.

    Raises:
        LeaseLost: The lease is no longer the one we hold; nothing was written.
    """
    if not type(row)._default_manager.filter(pk=row.pk, leased_until=row.leased_until).update(**changes):
        raise _lost(row)
    for name, value in changes.items():
        setattr(row, name, value)


def lock_held(row: Row) -> Row:
    """The row as it now is, locked until the transaction ends. Raises `LeaseLost`."""
    locked = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if locked is None or locked.leased_until != row.leased_until:
        raise _lost(row)
    return locked


def _lost(row: Leased) -> LeaseLost:
    return LeaseLost(f"Another worker has taken this {row._meta.verbose_name} over; let it finish.")


def still_held(row: Leased) -> bool:
    """Whether the lease is the one we hold. Locks the row: ask inside the transaction that writes the result."""
    return bool(ours([row]))


def ours(rows: Sequence[Row]) -> list[Row]:
    """The rows whose lease is the one we hold; `still_held` of many, in one query."""
    if not rows:
        return []
    locked = type(rows[0])._default_manager.select_for_update(of=("self",)).order_by("pk")
    leased = dict(locked.filter(pk__in=[row.pk for row in rows]).values_list("pk", "leased_until"))
    return [row for row in rows if row.leased_until and leased.get(row.pk) == row.leased_until]


def put_back(rows: Sequence[Leased], *, blameless: bool) -> None:
    """End leases that are still ours; `blameless` rows were not the reason and get their attempt back."""
    for row in rows:
        mine = type(row)._default_manager.filter(pk=row.pk, leased_until=row.leased_until)
        mine.update(leased_until=None, attempts=Greatest(F("attempts") - int(blameless), 0))
