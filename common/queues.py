"""How much waits in a queue that is a table: counted from the statuses of its rows, in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from common.leases import Leased


@dataclass(frozen=True)
class QueueState:
    """One queue now.

    Attributes:
        waiting: Rows that no worker holds; `held` those that one does.
        oldest_s: Seconds since the row that waits longest was made; None where nothing waits.
        retried: Waiting rows that a worker gave back or died of.
        failed: Rows that were given up, until somebody sees to them.
    """

    name: str
    worker: str
    waiting: int
    held: int
    retried: int
    failed: int
    oldest_s: float | None


def state_of(
    name: str,
    model: type[Leased],
    *,
    worker: str,
    waiting: Mapping[str, object],
    failed: Mapping[str, object] | None,
    since: str,
    now: datetime,
) -> QueueState:
    """The state of one table's queue.

    Args:
        worker: The queue whose workers claim these rows.
        waiting, failed: Field lookups of the rows that are to be worked on, and of those that were given up.
        since: The field that says since when a row waits.
    """
    due = Q(**waiting)
    held = due & Q(leased_until__gt=now)
    free = due & (Q(leased_until__isnull=True) | Q(leased_until__lte=now))
    rows = model._default_manager.filter(due | Q(**failed) if failed else due)
    found = rows.aggregate(
        waiting=Count("pk", filter=free),
        held=Count("pk", filter=held),
        retried=Count("pk", filter=free & Q(attempts__gt=0)),
        failed=Count("pk", filter=Q(**failed)) if failed else Count("pk", filter=Q(pk__in=[])),
        oldest=Min(since, filter=free),
    )
    oldest = found.pop("oldest")
    return QueueState(name, worker, **found, oldest_s=(now - oldest).total_seconds() if oldest else None)
