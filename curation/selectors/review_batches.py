"""What waits for one reviewer: by campaign, and by contributor without saying who that is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from django.db import connection
from django.utils.crypto import salted_hmac

from common.errors import NotFound
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign, Submission
from curation.selectors.review_queue import FREE_FOR_REVIEWER

LOOKED_AT = 5000  # of the queue's head: who has that much before them needs no exact count
MOST_BATCHES = 12
KEY_LENGTH = 20

WAITING = f"""
SELECT waiting.campaign_id, waiting.contributor_id, count(*), count(*) FILTER (WHERE waiting.reviews_cast > 0)
FROM (
    SELECT id, campaign_id, contributor_id, current_id, reviews_cast, judgements_needed FROM curation_submission
    WHERE status = 'in_review' ORDER BY reviews_cast DESC, id LIMIT %(looked_at)s
) waiting
WHERE {FREE_FOR_REVIEWER}
GROUP BY waiting.campaign_id, waiting.contributor_id
"""  # noqa: S608 - a constant; values are parameters


class NoSuchBatch(NotFound):
    """Nothing of that contributor waits any more."""

    code = "no_such_batch"


@dataclass(frozen=True)
class Batch:
    """Several submissions of one contributor; `key` says to this reviewer alone that they belong together."""

    key: str
    waiting: int


@dataclass(frozen=True)
class WaitingCampaign:
    """What of a campaign one reviewer may judge now.

    Attributes:
        waiting: Submissions, at most `LOOKED_AT` over all campaigns.
        begun: Those of them that somebody judged already.
        batches: The largest first; a contributor with a single submission makes none.
    """

    campaign: Campaign
    waiting: int
    begun: int
    batches: list[Batch]


def waiting_for(reviewer_id: UUID, *, now: datetime) -> list[WaitingCampaign]:
    """Campaigns with work for this reviewer, the fullest first, in two queries."""
    of_campaign = defaultdict(list)
    for campaign_id, contributor_id, waiting, begun in _counted(reviewer_id, now):
        of_campaign[campaign_id].append((contributor_id, waiting, begun))
    campaigns = Campaign.objects.in_bulk(list(of_campaign))
    found = [
        WaitingCampaign(
            campaign=campaigns[campaign_id],
            waiting=sum(waiting for _, waiting, _ in rows),
            begun=sum(begun for _, _, begun in rows),
            batches=_batches(reviewer_id, ((contributor, waiting) for contributor, waiting, _ in rows)),
        )
        for campaign_id, rows in of_campaign.items()
    ]
    return sorted(found, key=lambda one: (-one.waiting, one.campaign.title))


def contributor_of(key: str, *, reviewer_id: UUID) -> UUID:
    """Whose submissions the batch holds. Raises `NoSuchBatch`."""
    waiting = Submission.objects.filter(status=SubmissionStatus.IN_REVIEW).order_by()
    for contributor_id in waiting.values_list("contributor", flat=True).distinct():
        if compare_digest(_key(reviewer_id, contributor_id), key):
            return contributor_id
    raise NoSuchBatch("Nothing of this batch waits any more. Choose another one.")


def _counted(reviewer_id: UUID, now: datetime) -> list[tuple[UUID, UUID, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"reviewer": reviewer_id, "now": now, "looked_at": LOOKED_AT})
        return cursor.fetchall()


def _batches(reviewer_id: UUID, rows: Iterable[tuple[UUID, int]]) -> list[Batch]:
    several = [Batch(_key(reviewer_id, contributor), waiting) for contributor, waiting in rows if waiting > 1]
    return sorted(several, key=lambda batch: (-batch.waiting, batch.key))[:MOST_BATCHES]


def _key(reviewer_id: UUID, contributor_id: UUID) -> str:
    """Another for every reviewer, so that two of them cannot tell each other whose work they see."""
    return salted_hmac(__name__, f"{reviewer_id}:{contributor_id}", algorithm="sha256").hexdigest()[:KEY_LENGTH]
