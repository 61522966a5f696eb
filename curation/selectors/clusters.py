"""Who has the same material: the cluster of copies around one revision, for those who judge it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from curation.models import Copy, Submission
from curation.selectors.duplicates import LIVE
from curation.selectors.judging import Medium, media_of

MOST = 1000  # members that are walked to; a larger cluster needs no further proof
BEFORE_ALL = UUID(int=0)

# Copies lead from one to the next. The same words lead no further: many describe one kind of scene alike.
CLUSTER = """
WITH RECURSIVE cluster(revision_id) AS (
    SELECT %(revision)s::uuid
    UNION
    SELECT link.next FROM cluster CROSS JOIN LATERAL (
        SELECT original_id AS next, kind FROM curation_copy WHERE curation_copy.revision_id = cluster.revision_id
        UNION ALL
        SELECT curation_copy.revision_id, kind FROM curation_copy WHERE original_id = cluster.revision_id
    ) link
    WHERE link.kind <> 'text' OR cluster.revision_id = %(revision)s
)
"""
MEMBERS = f"""
{CLUSTER}
SELECT member.revision_id FROM (SELECT revision_id FROM cluster LIMIT %(most)s) member
JOIN curation_submission submission ON submission.current_id = member.revision_id
WHERE submission.status = ANY(%(live)s) AND member.revision_id > %(after)s
ORDER BY member.revision_id LIMIT %(limit)s
"""  # noqa: S608 - a constant; values are parameters


@dataclass(frozen=True)
class Reason:
    """Why a member belongs to the cluster: one of its parts that is one of another member's, too.

    Attributes:
        part, kind: Of the member.
        other_id, other_part: The other member's.
        copied: Whether the other one had it first.
        similarity: In (0, 1].
        changes: What was done to the first to make the copy.
    """

    part: str
    kind: str
    other_id: UUID
    other_part: str
    copied: bool
    similarity: float
    changes: str


@dataclass(frozen=True)
class Member:
    """One revision of the cluster; whose it is is left out."""

    revision_id: UUID
    caption: str
    status: str
    media: list[Medium]
    why: list[Reason]


@dataclass(frozen=True)
class Cluster:
    """One page of members in the order of their contribution; `next` is where the following page starts."""

    members: list[Member]
    next: UUID | None


def cluster_of(revision_id: UUID, *, after: UUID | None = None, limit: int = 20) -> Cluster:
    """The live revisions that share material with this one, itself among them, in a constant number of queries."""
    parameters: dict[str, Any] = {
        "revision": revision_id, "live": [str(status) for status in LIVE], "most": MOST,
        "after": after or BEFORE_ALL, "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, parameters)
        ids = [row[0] for row in cursor.fetchall()]
    media, why = media_of(ids), _reasons(ids)
    submissions = Submission.objects.filter(current__in=ids).select_related("current").order_by("current_id")
    members = [
        Member(one.current.id, one.current.caption, one.status, media[one.current.id], why[one.current.id])
        for one in submissions
        if one.current is not None
    ]
    return Cluster(members, next=ids[-1] if len(ids) == limit else None)


def _reasons(ids: Sequence[UUID]) -> Mapping[UUID, list[Reason]]:
    found: dict[UUID, list[Reason]] = {one: [] for one in ids}
    standing = Copy.objects.filter(_stands("revision"), _stands("original")).order_by("part", "original_part", "id")
    for row in standing.filter(revision__in=ids):
        found[row.revision_id].append(
            Reason(row.part, row.kind, row.original_id, row.original_part, True, row.similarity, row.changes)
        )
    for row in standing.filter(original__in=ids):
        found[row.original_id].append(
            Reason(row.original_part, row.kind, row.revision_id, row.part, False, row.similarity, row.changes)
        )
    return found


def _stands(side: str) -> Q:
    """That side is the newest revision of a live submission."""
    return Q(**{f"{side}__submission__current": F(side), f"{side}__submission__status__in": LIVE})
