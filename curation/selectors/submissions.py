"""Which submissions a person may see, and all that one page shows of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.db.models.fields.json import KT

from accounts.models import User
from accounts.public import Action, allowed
from common.errors import NotFound
from curation.lifecycle import SubmissionStatus
from curation.models import Decision, Event, GateOutcome, Revision, RevisionAsset, Score, Submission
from curation.selectors.judging import without_identity
from curation.selectors.renditions import show_to

LISTED = (
    "id",
    "campaign_id",
    "contributor_id",
    "status",
    "failure",
    "created_at",
    "updated_at",
    "draft_warned_at",
    "current__id",
    "current__number",
    "current__modalities",
    "current__caption",
)


class NoSuchSubmission(NotFound):
    """There is none, or none that this person may see."""

    code = "submission_not_found"


@dataclass(frozen=True)
class SubmissionDetail:
    """One submission with what was found and decided about its current revision."""

    submission: Submission
    record: Mapping[str, Any] | None
    placements: list[RevisionAsset]
    gates: GateOutcome | None
    decision: Decision | None


def readable_submissions(person: User) -> QuerySet[Submission]:
    """One's own, and others' in the states that the permission matrix opens to this person."""
    others = _open_states(person)
    if len(others) == len(SubmissionStatus.values):
        return Submission.objects.all()
    own = Q(contributor=person)
    return Submission.objects.filter(own | Q(status__in=others) if others else own)


def _open_states(person: User) -> list[str]:
    """The states in which this person may read others' submissions."""
    return [
        status
        for status in SubmissionStatus.values
        if allowed(person, Action.SUBMISSION_READ, owner=False, state=status)
    ]


def listed_submissions(
    person: User, *, status: str = "", campaign_id: UUID | None = None, mine: bool = False
) -> QuerySet[Submission]:
    """Readable submissions for a list: one query, without the records themselves.

    `drafted_caption` is what a draft that was never submitted says of itself so far, or None.
    """
    if mine or (status and status not in _open_states(person)):
        found = Submission.objects.filter(contributor=person)
    elif status:
        found = Submission.objects.all()  # every one in this state is open, so that the index on it serves alone
    else:
        found = readable_submissions(person)
    if status:
        found = found.filter(status=status)
    if campaign_id:
        found = found.filter(campaign_id=campaign_id)
    drafted = Case(When(current=None, then=KT("draft__scene__caption_short")))  # other drafts are not even read
    return found.select_related("current").only(*LISTED).annotate(drafted_caption=drafted)


def readable_submission(person: User, submission_id: UUID) -> Submission:
    """Raises `NoSuchSubmission` where there is none that this person may see."""
    found = readable_submissions(person).filter(id=submission_id).select_related("current", "campaign").first()
    if found is None:
        raise NoSuchSubmission("There is no such submission.")
    return found


def submission_detail(person: User, submission_id: UUID) -> SubmissionDetail:
    """All that the page of one submission shows, in five queries; who contributed is for them and operators alone.

    Raises:
        NoSuchSubmission: None that this person may see.
    """
    submission = readable_submission(person, submission_id)
    revision = submission.current
    return SubmissionDetail(
        submission=submission,
        record=_record_for(person, submission),
        placements=_placements(person, revision) if revision else [],
        gates=GateOutcome.objects.filter(revision=revision).order_by("-judged_at").first(),
        decision=Decision.objects.filter(revision=revision).first(),
    )


def _placements(person: User, revision: Revision) -> list[RevisionAsset]:
    rows = list(RevisionAsset.objects.filter(revision=revision).select_related("asset").order_by("path"))
    show_to(person, [row.asset for row in rows])
    return rows


def _record_for(person: User, submission: Submission) -> Mapping[str, Any] | None:
    if submission.current is None:
        return None
    return submission.current.record if _named(person, submission) else without_identity(submission.current.record)


def _named(person: User, submission: Submission) -> bool:
    """Whether this person may know who contributed it."""
    return submission.contributor_id == person.id or allowed(person, Action.SUBMISSION_READ, owner=False)


def scores_of(person: User, submission_id: UUID) -> QuerySet[Score]:
    """Every raw score of the current revision. Raises `NoSuchSubmission`."""
    submission = readable_submission(person, submission_id)
    return Score.objects.filter(revision=submission.current).order_by("metric", "part")


def revisions_of(person: User, submission_id: UUID) -> QuerySet[Revision]:
    """Every revision with its decision, two queries; for the contributor and operators. Raises `NoSuchSubmission`."""
    submission = readable_submission(person, submission_id)
    if not _named(person, submission):
        raise NoSuchSubmission("There is no such submission of yours.")
    return Revision.objects.filter(submission=submission).select_related("decision")


def events_of(person: User, submission_id: UUID) -> QuerySet[Event]:
    """What happened to a submission, oldest first. Raises `NoSuchSubmission`."""
    submission = readable_submission(person, submission_id)
    return Event.objects.filter(submission=submission).order_by("id")
