"""From independent judgements to the one outcome of a revision."""

from datetime import datetime

from curation import policies
from curation.lifecycle import ReviewStatus, SubmissionStatus
from curation.models import Decision, Review, Revision, Submission
from curation.models.reviews import Verdict
from curation.models.trust import TrustRole
from curation.services import acceptances, standings
from curation.services.moves import move_submission

BY_REVIEWS = "reviews"
STATUS_OF: dict[str, SubmissionStatus] = {
    Verdict.APPROVE: SubmissionStatus.ACCEPTED,
    Verdict.REQUEST_CHANGES: SubmissionStatus.CHANGES_REQUESTED,
    Verdict.REJECT: SubmissionStatus.REJECTED,
}


def count_vote(submission: Submission, revision: Revision, *, now: datetime) -> Decision | None:
    """The decision, if the vote just cast brought it about; the submission moves with it.

    The revision is the current one. The caller holds the submission's lock and its transaction: vote, count, decision,
    status and event are one.
    """
    votes = list(Review.objects.filter(revision=revision, status=ReviewStatus.CAST).order_by("id"))
    submission.reviews_cast = len(votes)
    submission.save(update_fields=["reviews_cast"])
    outcome = policies.verdict_of(
        [vote.verdict for vote in votes], needed=submission.judgements_needed, tie=Verdict.REQUEST_CHANGES
    )
    if outcome is None:
        return None
    decision = Decision.objects.create(
        revision=revision,
        outcome=outcome,
        source=BY_REVIEWS,
        reasons=_reasons(votes, outcome),
        notes=[vote.note for vote in votes if vote.note.strip()],
        decided_at=now,
    )
    facts = acceptances.facts_of(submission, revision) if outcome == Verdict.APPROVE else None
    move_submission(
        submission.id, to=STATUS_OF[outcome], now=now, detail={"decision_id": str(decision.id)}, facts=facts
    )
    standings.touch({submission.contributor_id}, TrustRole.CONTRIBUTOR)
    standings.touch({vote.reviewer_id for vote in votes}, TrustRole.REVIEWER)
    return decision


def _reasons(votes: list[Review], outcome: str) -> list[str]:
    """The reasons of those who judged so; of all, where no single verdict led."""
    agreeing = [vote for vote in votes if vote.verdict == outcome]
    telling = agreeing if len(agreeing) > 1 or len(votes) == 1 else votes
    return sorted({reason for vote in telling for reason in vote.reasons})
