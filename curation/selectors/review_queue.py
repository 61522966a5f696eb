"""Which submissions wait for this reviewer, nearly decided first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

WINDOW = 200

# Scalar subqueries on purpose: joins would let the planner read everything this reviewer ever judged. CASE keeps their
# order: what was judged costs one look.
FREE_FOR_REVIEWER = """
    waiting.contributor_id <> %(reviewer)s
    AND CASE WHEN (
        SELECT mine.status FROM curation_review mine
        WHERE mine.revision_id = waiting.current_id AND mine.reviewer_id = %(reviewer)s) = 'cast'
    THEN false ELSE (
        SELECT count(*) FROM curation_review held
        WHERE held.revision_id = waiting.current_id AND held.status = 'leased' AND held.leased_until > %(now)s)
        < greatest(waiting.judgements_needed - waiting.reviews_cast, 1)
    END
"""

# Submissions with equally many judgements are one run of the partial index on what waits. `runs` hops from run to run,
# and of each only its head is looked at, so that whoever has judged a whole head is led to the next run at once.
HEADS = """
WITH RECURSIVE runs AS (
    (SELECT reviews_cast FROM curation_submission
     WHERE status = 'in_review' {narrowed} ORDER BY reviews_cast DESC, id LIMIT 1)
    UNION ALL
    SELECT (SELECT reviews_cast FROM curation_submission
            WHERE status = 'in_review' {narrowed} AND reviews_cast < runs.reviews_cast
            ORDER BY reviews_cast DESC, id LIMIT 1)
    FROM runs WHERE runs.reviews_cast IS NOT NULL
)
SELECT DISTINCT waiting.reviews_cast, waiting.id
FROM runs
CROSS JOIN LATERAL (
    SELECT id, current_id, contributor_id, reviews_cast, judgements_needed FROM curation_submission
    WHERE status = 'in_review' {narrowed} AND reviews_cast <= runs.reviews_cast
    ORDER BY reviews_cast DESC, id LIMIT {window}
) waiting
WHERE {free}
ORDER BY waiting.reviews_cast DESC, waiting.id
LIMIT %(limit)s
"""
WHOLE_QUEUE = """
SELECT waiting.reviews_cast, waiting.id FROM curation_submission waiting
WHERE waiting.status = 'in_review' {narrowed} AND {free}
ORDER BY waiting.reviews_cast DESC, waiting.id
LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Asked:
    """What of the queue a reviewer wants; None does not narrow; `passed_over` are submissions to leave out."""

    campaign_id: UUID | None = None
    contributor_id: UUID | None = None
    passed_over: tuple[UUID, ...] = ()


def heads_for(reviewer_id: UUID, *, asked: Asked, limit: int, now: datetime) -> list[UUID]:
    """Submissions at the heads of the queue that this reviewer could judge now, in order; constant time.

    What was free a moment ago may be taken: lock the row and look again before leasing it.
    """
    return _ask(HEADS, reviewer_id, asked, limit, now)


def whole_queue_for(reviewer_id: UUID, *, asked: Asked, limit: int, now: datetime) -> list[UUID]:
    """The same from the whole queue, in time that grows with what this reviewer has judged already."""
    return _ask(WHOLE_QUEUE, reviewer_id, asked, limit, now)


def _ask(sql: str, reviewer_id: UUID, asked: Asked, limit: int, now: datetime) -> list[UUID]:
    narrowed = "AND campaign_id = %(campaign)s " if asked.campaign_id else ""
    narrowed += "AND contributor_id = %(contributor)s " if asked.contributor_id else ""
    narrowed += "AND id <> ALL(%(passed_over)s)" if asked.passed_over else ""
    statement = sql.format(narrowed=narrowed, free=FREE_FOR_REVIEWER, window=WINDOW)
    values = {
        "campaign": asked.campaign_id,
        "contributor": asked.contributor_id,
        "passed_over": list(asked.passed_over),
        "reviewer": reviewer_id,
        "limit": limit,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [submission_id for _, submission_id in cursor.fetchall()]
