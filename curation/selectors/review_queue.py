"""Which submissions wait for this reviewer, nearly decided first."""

from datetime import datetime
from uuid import UUID

from django.db import connection

WINDOW = 200

# Each level of `reviews_cast` is one run of the partial index on waiting submissions; `levels` hops from run to run.
# Of each run only the first `window` rows are looked at, so that a reviewer who has judged the whole head of a run is
# led to the next run at once. Without a window (null) all of them are.
WAITING_FOR = """
WITH RECURSIVE levels AS (
    (SELECT reviews_cast FROM curation_submission
     WHERE status = 'in_review' {of_campaign} ORDER BY reviews_cast DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT reviews_cast FROM curation_submission
            WHERE status = 'in_review' {of_campaign} AND reviews_cast < levels.reviews_cast
            ORDER BY reviews_cast DESC LIMIT 1)
    FROM levels WHERE levels.reviews_cast IS NOT NULL
)
SELECT waiting.id
FROM levels
CROSS JOIN LATERAL (
    SELECT id, current_id, campaign_id, contributor_id, reviews_cast FROM curation_submission
    WHERE status = 'in_review' {of_campaign} AND reviews_cast = levels.reviews_cast
    ORDER BY id LIMIT %(window)s
) waiting
JOIN curation_campaign campaign ON campaign.id = waiting.campaign_id
WHERE waiting.contributor_id <> %(reviewer)s
  AND NOT EXISTS (SELECT FROM curation_review mine
                  WHERE mine.revision_id = waiting.current_id AND mine.reviewer_id = %(reviewer)s
                    AND mine.status = 'cast')
  AND (SELECT count(*) FROM curation_review held
       WHERE held.revision_id = waiting.current_id AND held.status = 'leased' AND held.leased_until > %(now)s)
      < greatest(campaign.reviews_needed - waiting.reviews_cast, 1)
ORDER BY waiting.reviews_cast DESC, waiting.id
LIMIT %(limit)s
"""


def waiting_for(
    reviewer_id: UUID, *, campaign_id: UUID | None, limit: int, window: int | None, now: datetime
) -> list[UUID]:
    """Submissions this reviewer could judge now, in the order of the queue.

    What was free a moment ago may be taken: lock the row and look again before leasing it.

    Args:
        window: How many rows to look at among those with equally many judgements; None for all, which costs time in
            proportion to what this reviewer has judged already.
    """
    sql = WAITING_FOR.format(of_campaign="AND campaign_id = %(campaign)s" if campaign_id else "")
    with connection.cursor() as cursor:
        cursor.execute(
            sql, {"reviewer": reviewer_id, "campaign": campaign_id, "window": window, "limit": limit, "now": now}
        )
        return [row[0] for row in cursor.fetchall()]
