"""Submissions on their way from a draft record to the queue of the scoring workers."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.public import Action, check
from common.errors import DomainError
from common.leases import released
from common.tasks import wake
from curation import policies
from curation.lifecycle import SubmissionStatus
from curation.models import Submission
from curation.selectors.campaigns import readable_campaign
from curation.selectors.submissions import NoSuchSubmission
from curation.services import acceptances, disputes, moves, quizzes, revisions, standings
from curation.trusting.standing import VOLUME

SCORE_TASK = "curation.tasks.score_waiting"
OPEN = [SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW]


class TooManyOpen(DomainError):
    """As much of this person's work waits as their standing allows."""

    code = "too_many_open"
    status = HTTPStatus.TOO_MANY_REQUESTS


class DraftChangedElsewhere(DomainError):
    """Another window stored a draft that this one has not seen."""

    code = "draft_changed_elsewhere"
    status = HTTPStatus.CONFLICT


def create_draft(*, campaign_id: UUID, contributor: User, record: Mapping[str, Any], now: datetime) -> Submission:
    """A draft, stored as it is: what it still lacks is for `check_draft` to say.

    Raises:
        NoSuchCampaign: None that this person may see.
        CampaignNotOpen: It takes no contributions.
    """
    campaign = readable_campaign(contributor, campaign_id)
    policies.check_campaign_open(campaign.status)
    return Submission.objects.create(
        campaign=campaign, contributor=contributor, draft=record, created_at=now, updated_at=now
    )


@transaction.atomic
def replace_draft(
    *, submission_id: UUID, contributor: User, record: Mapping[str, Any], now: datetime, seen: datetime | None = None
) -> Submission:
    """The submission with another draft record; a frozen revision is never touched.

    Args:
        seen: `updated_at` of the draft that the record was written from; None overwrites whatever is there.

    Raises:
        NoSuchSubmission: There is none, or it is another person's.
        WrongStatus, NotInThisState: It waits for scores or reviews, or is accepted.
        DraftChangedElsewhere: Another draft has been stored since `seen`.
    """
    submission = _lock_own(submission_id, contributor)
    if seen is not None and submission.updated_at != seen:
        raise DraftChangedElsewhere(
            "This draft was changed in another window since it was read here. Read it again, or send it without `seen`."
        )
    policies.check_draft_editable(submission.status)
    check(contributor, Action.SUBMISSION_EDIT, owner=True, state=submission.status)
    submission.draft, submission.updated_at, submission.draft_warned_at = record, now, None
    submission.save(update_fields=["draft", "updated_at", "draft_warned_at"])
    return submission


@transaction.atomic
def submit(*, submission_id: UUID, contributor: User, now: datetime) -> Submission:
    """The submission with its draft frozen into a new revision, waiting for scores.

    Raises:
        NoSuchSubmission: There is none, or it is another person's.
        WrongStatus, NotInThisState: It is not in a state to be submitted.
        CampaignNotOpen: The campaign takes no contributions.
        QuizNotPassed: It asks questions that this person has not answered.
        TooManyOpen: So much of theirs waits that the rest has to wait too.
        RecordNotReady: The record, its files, modalities or licence are not as asked; `fields` says where.
    """
    submission = _lock_own(submission_id, contributor)
    policies.check_submission_move(submission.status, SubmissionStatus.SUBMITTED)
    check(contributor, Action.SUBMISSION_SUBMIT, owner=True, state=submission.status)
    policies.check_campaign_open(submission.campaign.status)
    quizzes.check_passed(submission.campaign, contributor)
    _check_volume(contributor)
    disputes.drop(submission)
    revision = revisions.freeze(submission, now=now)
    wake(SCORE_TASK)
    return moves.move_submission(
        submission.id,
        to=SubmissionStatus.SUBMITTED,
        now=now,
        actor=contributor,
        changes=released(current=revision, reviews_cast=0, failure={}),
    )


@transaction.atomic
def withdraw(*, submission_id: UUID, actor: User, now: datetime) -> Submission:
    """The submission, withdrawn by its contributor or an operator; a worker that holds it loses it.

    Raises:
        NoSuchSubmission: There is none that this person may see.
        SubmissionIsWithdrawn: It is withdrawn already.
    """
    submission = moves.lock_submission(submission_id)
    owner = submission.contributor_id == actor.id
    if not owner and "operator" not in actor.roles:
        raise NoSuchSubmission("There is no such submission.")
    policies.check_submission_move(submission.status, SubmissionStatus.WITHDRAWN)
    check(actor, Action.SUBMISSION_WITHDRAW, owner=owner, state=submission.status)
    if submission.status == SubmissionStatus.ACCEPTED:
        acceptances.count_no_more(submission)
    disputes.drop(submission)
    return moves.move_submission(submission.id, to=SubmissionStatus.WITHDRAWN, now=now, actor=actor, changes=released())


@transaction.atomic
def retry(*, submission_id: UUID, contributor: User, now: datetime) -> Submission:
    """The submission, waiting for scores again on the same revision after scoring gave up.

    Raises:
        NoSuchSubmission: There is none, or it is another person's.
        WrongStatus: Scoring did not fail.
    """
    submission = _lock_own(submission_id, contributor)
    policies.check_scoring_failed(submission.status)
    check(contributor, Action.SUBMISSION_SUBMIT, owner=True, state=submission.status)
    wake(SCORE_TASK)
    return moves.move_submission(
        submission.id,
        to=SubmissionStatus.SUBMITTED,
        now=now,
        actor=contributor,
        detail={"retry": True},
        changes=released(failure={}),
    )


def _check_volume(contributor: User) -> None:
    [level] = standings.levels_of([contributor.pk]).values()
    waiting = Submission.objects.filter(contributor=contributor, status__in=OPEN).count()
    if waiting >= VOLUME[level]:
        raise TooManyOpen(
            f"{waiting} of your submissions wait to be judged, as many as your standing ({level}) allows at once."
            " Submit this one when some are decided; your standing rises with what is accepted."
        )


def _lock_own(submission_id: UUID, contributor: User) -> Submission:
    submission = moves.lock_submission(submission_id)
    if submission.contributor_id != contributor.id:
        raise NoSuchSubmission("There is no such submission.")
    return submission
