"""What is in a frozen version now: withdrawals since, shard plans, differences to another version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from curation.lifecycle import SubmissionStatus
from curation.models import Version, VersionItem

# Samples have texts beside their media; their headers and padding count too.
TEXTS_BYTES = 16 << 10

# Shards are cut where the running size of a split passes a multiple of the target.
SHARDS_BY_SIZE = """
WITH sized AS (
    SELECT item.split, item.position, %(texts)s + coalesce(sum(asset.size), 0) AS size
    FROM curation_versionitem item
    LEFT JOIN curation_revisionasset placement ON placement.revision_id = item.revision_id
    LEFT JOIN curation_asset asset ON asset.id = placement.asset_id
    WHERE item.version_id = %(version)s AND item.split = ANY(%(splits)s)
    GROUP BY item.split, item.position
), running AS (
    SELECT split, position, sum(size) OVER (PARTITION BY split ORDER BY position) - size AS before FROM sized
)
SELECT split, min(position), max(position) FROM running
GROUP BY split, div(before, %(target)s)
ORDER BY split, min(position)
"""
CHANGES = """
WITH one AS (
    SELECT revision.submission_id, item.revision_id, item.split, item.leaf FROM curation_versionitem item
    JOIN curation_revision revision ON revision.id = item.revision_id WHERE item.version_id = %(one)s
), other AS (
    SELECT revision.submission_id, item.revision_id, item.split, item.leaf FROM curation_versionitem item
    JOIN curation_revision revision ON revision.id = item.revision_id WHERE item.version_id = %(other)s
), changes AS (
    SELECT submission_id,
        CASE WHEN one.leaf IS NULL THEN 'added' WHEN other.leaf IS NULL THEN 'removed' ELSE 'changed' END AS change,
        one.revision_id AS revision_before, one.split AS split_before,
        other.revision_id AS revision_after, other.split AS split_after
    FROM one FULL JOIN other USING (submission_id) WHERE one.leaf IS DISTINCT FROM other.leaf
)
"""
COUNTS = "SELECT change, count(*) FROM changes GROUP BY change"
PAGE = "SELECT * FROM changes WHERE submission_id > %(after)s ORDER BY submission_id LIMIT %(limit)s"
BEFORE_ALL = UUID(int=0)


@dataclass(frozen=True)
class Change:
    """One sample that differs between two versions: `added`, `removed` or `changed`."""

    id: UUID
    change: str
    revision_before: UUID | None
    split_before: str | None
    revision_after: UUID | None
    split_after: str | None


@dataclass(frozen=True)
class Difference:
    """How the second version differs from the first; `changes` is one page, `next` where the following one starts."""

    added: int
    removed: int
    changed: int
    changes: list[Change]
    next: UUID | None


def withdrawn_positions(version_id: UUID, *, first: int = 0, last: int = 2**31 - 1) -> set[int]:
    """Positions of the manifest whose submissions were withdrawn since the freeze."""
    items = VersionItem.objects.filter(
        version=version_id,
        position__range=(first, last),
        revision__submission__status=SubmissionStatus.WITHDRAWN,
    )
    return set(items.values_list("position", flat=True))


def positions_of(version_id: UUID, *, split: str, first: int, last: int) -> set[int]:
    """Positions in this range whose samples are in this split."""
    items = VersionItem.objects.filter(version=version_id, split=split, position__range=(first, last))
    return set(items.values_list("position", flat=True))


def shards_by_size(version: Version, *, splits: Sequence[str], target_bytes: int) -> list[tuple[str, int, int]]:
    """(split, first position, last position) of shards of about this size, split by split."""
    parameters: dict[str, Any] = {
        "version": version.id,
        "splits": list(splits),
        "target": target_bytes,
        "texts": TEXTS_BYTES,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARDS_BY_SIZE, parameters)
        return cursor.fetchall()


def difference(one: Version, other: Version, *, after: UUID | None = None, limit: int = 200) -> Difference:
    """What was added, removed and changed from `one` to `other`, by sample id."""
    parameters: dict[str, Any] = {"one": one.id, "other": other.id, "after": after or BEFORE_ALL, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(CHANGES + COUNTS, parameters)
        counts = dict(cursor.fetchall())
        cursor.execute(CHANGES + PAGE, parameters)
        changes = [Change(*row) for row in cursor.fetchall()]
    return Difference(
        added=counts.get("added", 0),
        removed=counts.get("removed", 0),
        changed=counts.get("changed", 0),
        changes=changes,
        next=changes[-1].id if len(changes) == limit else None,
    )
