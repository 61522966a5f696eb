"""How far reviewers agree: per campaign over verdicts, and over each reason that was or was not given."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from curation.lifecycle import ReviewStatus
from curation.models import Review
from curation.reasons import Reason
from curation.trusting.agreement import krippendorff_alpha

LATEST = 5_000  # judgements looked at; older ones say little of how people judge now


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha; None where nothing can be said.

    Attributes:
        judgements, revisions: How many were looked at.
        verdicts: Over the three verdicts.
        reasons: Per reason code, over whether it was given.
    """

    judgements: int
    revisions: int
    verdicts: float | None
    reasons: dict[str, float | None]


def agreement_in(campaign_id: UUID) -> Agreement:
    """Over the newest judgements of the campaign, gold left out; one query."""
    cast = Review.objects.filter(
        revision__submission__campaign=campaign_id, status=ReviewStatus.CAST, gold__isnull=True
    )
    rows = list(cast.order_by("-cast_at").values_list("revision", "verdict", "reasons")[:LATEST])
    verdicts: dict[UUID, list[str]] = defaultdict(list)
    given: dict[UUID, list[set[str]]] = defaultdict(list)
    for revision_id, verdict, reasons in rows:
        verdicts[revision_id].append(verdict)
        given[revision_id].append(set(reasons))
    return Agreement(
        judgements=len(rows),
        revisions=len(verdicts),
        verdicts=krippendorff_alpha(verdicts.values()),
        reasons={
            code: krippendorff_alpha([[code in one for one in judged] for judged in given.values()])
            for code in Reason.values
        },
    )
