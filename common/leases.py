"""Rows as a queue: whoever holds the lease works on the row; a dead worker's lease runs out.

`FOR UPDATE SKIP LOCKED` lets any number of workers claim without waiting for each other.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F, Q

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
