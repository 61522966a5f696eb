"""Rejections that their authors dispute: looked at once, by somebody who did not make them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.public import Action, check
from common.errors import DomainError, NotAllowed
from curation import policies
from curation.lifecycle import DisputeStatus, EventKind, SubmissionStatus
from curation.models import Decision, Dispute, Review, Submission
from curation.models.reviews import Verdict
from curation.models.trust import TrustRole
from curation.selectors.disputes import NoSuchDispute
from curation.selectors.duplicates import bytes_contributed_before
from curation.selectors.submissions import NoSuchSubmission
from curation.services import events, moves, reopening, standings

WITHIN = timedelta(days=14)


class NothingToDispute(DomainError):
    """The submission is not rejected, or the rejection is not of what is current."""

    code = "nothing_to_dispute"


class DisputedAlready(DomainError):
    """A decision is disputed once."""

    code = "disputed_already"


class TooLateToDispute(DomainError):
    code = "too_late_to_dispute"


class DisputeSettled(DomainError):
    """It was answered already, or its author went on another way."""

    code = "dispute_settled"


class ContributedMeanwhile(DomainError):
    """The same files are in somebody's accepted or waiting work by now."""

    code = "contributed_meanwhile"


@transaction.atomic
def open_dispute(*, submission_id: UUID, author: User, text: str, now: datetime) -> Dispute:
    """The author's word against the rejection of what is current, waiting for an answer.

    Raises:
        NoSuchSubmission: There is none, or it is another person's.
        NothingToDispute, NotInThisState: It is not rejected.
        DisputedAlready: Once per decision.
        TooLateToDispute: The decision is older than two weeks.
    """
    submission = moves.lock_submission(submission_id)
    if submission.contributor_id != author.id:
        raise NoSuchSubmission("There is no such submission.")
    check(author, Action.DISPUTE_OPEN, owner=True, state=submission.status)
    decision = _disputable(submission, now=now)
    dispute = Dispute.objects.create(
        decision=decision, submission=submission, author=author, text=text, opened_at=now
    )  # fmt: skip
    _record(EventKind.DISPUTED, dispute, actor=author, now=now)
    return dispute


@transaction.atomic
def answer(*, dispute_id: UUID, overturn: bool, answer: str, actor: User, now: datetime) -> Dispute:
    """The dispute, answered. Overturned work goes under review again, as a new revision of the same record.

    Raises:
        NoSuchDispute: There is none.
        NotAllowed: The actor is its author, or judged the work.
        DisputeSettled: It was answered, or the author submitted something else meanwhile.
        ContributedMeanwhile: It would be overturned, but the files are in other work by now.
    """
    found = Dispute.objects.filter(id=dispute_id).first()
    if found is None:
        raise NoSuchDispute("There is no such dispute.")
    submission = moves.lock_submission(found.submission_id)
    dispute = Dispute.objects.select_related("decision", "submission").get(id=dispute_id)
    _check_answerable(dispute, submission, actor)
    _move(dispute, DisputeStatus.OVERTURNED if overturn else DisputeStatus.UPHELD)
    dispute.answer, dispute.answered_by, dispute.answered_at = answer, actor, now
    dispute.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    kind = EventKind.DISPUTE_OVERTURNED if overturn else EventKind.DISPUTE_UPHELD
    _record(kind, dispute, actor=actor, now=now)
    if overturn:
        _review_again(dispute, submission, now=now)
    return dispute


def drop(submission: Submission) -> None:
    """Its author submits or withdraws it: what they disputed is no more. Call it with the submission locked."""
    for dispute in Dispute.objects.filter(submission=submission, status=DisputeStatus.OPEN):
        _move(dispute, DisputeStatus.DROPPED)
        dispute.save(update_fields=["status"])


def _disputable(submission: Submission, *, now: datetime) -> Decision:
    decision = Decision.objects.filter(revision=submission.current_id, outcome=Verdict.REJECT).first()
    if submission.status != SubmissionStatus.REJECTED or decision is None:
        raise NothingToDispute("Only a rejection can be disputed.")
    if Dispute.objects.filter(decision=decision).exists():
        raise DisputedAlready("This rejection was disputed before. Change the work and submit it again.")
    if now - decision.decided_at > WITHIN:
        raise TooLateToDispute(
            f"A rejection can be disputed within {WITHIN.days} days. Change the work and submit it again."
        )
    return decision


def _check_answerable(dispute: Dispute, submission: Submission, actor: User) -> None:
    check(actor, Action.DISPUTE_ANSWER, owner=dispute.author_id == actor.id)
    if Review.objects.filter(revision=dispute.decision.revision_id, reviewer=actor, status="cast").exists():
        raise NotAllowed("You judged this work; somebody else answers.")
    if dispute.status != DisputeStatus.OPEN or submission.current_id != dispute.decision.revision_id:
        raise DisputeSettled("This dispute is settled. Take the next one.")


def _review_again(dispute: Dispute, submission: Submission, *, now: datetime) -> None:
    assert submission.current is not None, "what is rejected has a revision"
    hashes = list(submission.current.assets.exclude(sha256="").values_list("sha256", flat=True))
    if bytes_contributed_before(hashes, submission_id=submission.id):
        raise ContributedMeanwhile("The same files are in other work by now; uphold the rejection and say so.")
    reopening.review_again(submission, detail={"dispute": str(dispute.id)}, now=now)
    standings.touch({submission.contributor_id}, TrustRole.CONTRIBUTOR)


def _move(dispute: Dispute, to: DisputeStatus) -> None:
    policies.check_dispute_move(dispute.status, to)
    dispute.status = to


def _record(kind: EventKind, dispute: Dispute, *, actor: User, now: datetime) -> None:
    detail = {"dispute": str(dispute.id), "text": dispute.answer or dispute.text}
    revision = dispute.decision.revision
    events.record(kind, at=now, actor=actor, submission=dispute.submission, revision=revision, detail=detail)
