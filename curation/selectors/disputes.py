"""Which disputes a person may see, and what they look at to answer one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.public import Action, allowed
from common.errors import NotFound
from curation.lifecycle import ReviewStatus
from curation.models import Dispute, GateOutcome, Review, Score
from curation.selectors.judging import Medium, media_of, without_identity
from curation.selectors.submissions import readable_submission


class NoSuchDispute(NotFound):
    """There is none, or none that this person may see."""

    code = "dispute_not_found"


@dataclass(frozen=True)
class DisputeDetail:
    """A dispute with all that was judged, without whose it is."""

    dispute: Dispute
    record: Mapping[str, Any]
    scores: list[Score]
    gates: GateOutcome | None
    media: list[Medium]


def readable_disputes(person: User, *, status: str = "") -> QuerySet[Dispute]:
    """One's own; those of others for whoever may answer them, unless they judged the work themselves."""
    found = Dispute.objects.select_related("decision__revision", "submission")
    if status:
        found = found.filter(status=status)
    if allowed(person, Action.DISPUTE_READ, owner=False):
        judged = Review.objects.filter(
            revision=OuterRef("decision__revision"), reviewer=person, status=ReviewStatus.CAST
        )
        return found.exclude(Exists(judged))
    return found.filter(author=person)


def dispute_of(person: User, submission_id: UUID) -> Dispute | None:
    """The newest dispute of a submission that this person may see, if there is one. Raises `NoSuchSubmission`."""
    submission = readable_submission(person, submission_id)
    return readable_disputes(person).filter(submission=submission).order_by("-id").first()


def dispute_detail(person: User, dispute_id: UUID) -> DisputeDetail:
    """In a constant number of queries. Raises `NoSuchDispute`."""
    dispute = readable_disputes(person).filter(id=dispute_id).first()
    if dispute is None:
        raise NoSuchDispute("There is no such dispute.")
    revision = dispute.decision.revision
    return DisputeDetail(
        dispute=dispute,
        record=without_identity(revision.record),
        scores=list(Score.objects.filter(revision=revision).order_by("metric", "part")),
        gates=GateOutcome.objects.filter(revision=revision).order_by("-judged_at", "-id").first(),
        media=media_of([revision.id])[revision.id],
    )
