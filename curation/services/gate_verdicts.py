"""A verdict of the gates written down: its row, and the move and the decision that it means."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from common import leases
from curation.gating import Outcome, Verdict
from curation.lifecycle import ReviewStatus, SubmissionStatus
from curation.models import Decision, GateOutcome, Review, Ruleset, Submission
from curation.models.reviews import Verdict as Judgement
from curation.services import moves
from curation.trusting.standing import Level, judgements_asked

BY_GATES = "gates"


def outcome_row(
    verdict: Verdict, *, revision_id: UUID, ruleset: Ruleset, novelty: float, now: datetime
) -> GateOutcome:  # fmt: skip
    """Not stored yet."""
    return GateOutcome(
        revision_id=revision_id,
        ruleset=ruleset,
        outcome=verdict.outcome,
        findings=verdict.findings_as_json(),
        quality=verdict.quality,
        overall=verdict.overall,
        novelty=novelty,
        judged_at=now,
    )


def move_as(verdict: Verdict, submission: Submission, *, level: Level, now: datetime) -> list[Decision]:
    """Move what was just scored as the verdict says; the decision, not stored yet, where that is a rejection.

    Args:
        level: The contributor's; with what the campaign asks it fixes how many judgements this revision needs.
    """
    if verdict.outcome == Outcome.REJECT:
        return [reject(verdict, submission, now=now)]
    moves.move_submission(
        submission.id,
        to=SubmissionStatus.IN_REVIEW,
        now=now,
        detail={"gates": verdict.outcome},
        changes=leases.released(
            failure={},
            judgements_needed=judgements_asked(level, campaign_asks=submission.campaign.reviews_needed),
        ),
    )
    return []


def reject(
    verdict: Verdict, submission: Submission, *, now: datetime, detail: Mapping[str, Any] | None = None
) -> Decision:
    """Move the submission to rejected; a rejection by gates is a decision, which is not stored yet."""
    stopped = [finding for finding in verdict.findings if finding.outcome == Outcome.REJECT]
    codes = list(dict.fromkeys(finding.code for finding in stopped))
    moves.move_submission(
        submission.id,
        to=SubmissionStatus.REJECTED,
        now=now,
        detail={"source": BY_GATES, "reasons": codes, **(detail or {})},
        changes=leases.released(failure={}),
    )
    return Decision(
        revision=submission.current,
        outcome=Judgement.REJECT,
        source=BY_GATES,
        reasons=codes,
        notes=[finding.sentence for finding in stopped],
        decided_at=now,
    )


def in_peoples_hands(revision_ids: Collection[UUID | None], *, now: datetime) -> set[UUID]:
    """Those that somebody has judged or is judging right now: no later verdict of the gates rejects them."""
    begun = Q(status=ReviewStatus.CAST) | Q(status=ReviewStatus.LEASED, leased_until__gt=now)
    return set(Review.objects.filter(begun, revision__in=revision_ids).values_list("revision_id", flat=True))
