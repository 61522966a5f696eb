"""The one place that moves a status: lock the row, ask the table, write the event, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from accounts.models import User
from curation import policies
from curation.lifecycle import CampaignStatus, EventKind, SubmissionStatus
from curation.models import Asset, Campaign, DraftMeasurement, Rendition, Submission
from curation.selectors.submissions import NoSuchSubmission
from curation.services import events

Row = TypeVar("Row", Submission, Asset, Rendition, DraftMeasurement, Campaign)

CAMPAIGN_EVENTS = {
    CampaignStatus.OPEN: EventKind.CAMPAIGN_OPENED,
    CampaignStatus.PAUSED: EventKind.CAMPAIGN_PAUSED,
    CampaignStatus.CLOSED: EventKind.CAMPAIGN_CLOSED,
}


@transaction.atomic
def move_submission(
    submission_id: UUID,
    *,
    to: SubmissionStatus,
    now: datetime,
    actor: User | None = None,
    detail: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Submission:
    """The submission in its new status, with an event of the same name on its current revision.

    Args:
        facts: What consumers of the event are told as it is now.
        changes: Other field values to write with it, such as `released(reviews_cast=0)` or `current=revision`.

    Raises:
        WrongStatus: The transition table has no such move (`SubmissionAlreadyDecided`, `SubmissionIsWithdrawn`).
        NoSuchSubmission: There is no such row.
    """
    submission = lock_submission(submission_id)
    policies.check_submission_move(submission.status, to)
    _write(submission, {"status": to, "updated_at": now, **(changes or {})})
    events.record(
        EventKind(to),
        at=now,
        actor=actor,
        submission=submission,
        revision=submission.current,
        detail=detail,
        facts=facts,
    )
    return submission


def lock_submission(submission_id: UUID) -> Submission:
    """The row, locked until the transaction ends. Raises `NoSuchSubmission`."""
    row = Submission.objects.select_for_update(of=("self",)).select_related("current").filter(id=submission_id).first()
    if row is None:
        raise NoSuchSubmission("There is no such submission.")
    return row


@transaction.atomic
def move_asset(asset_id: UUID, *, to: str, changes: Mapping[str, Any] | None = None) -> Asset:
    """The asset in its new status. Raises `WrongStatus` where the table has no such move."""
    asset = Asset.objects.select_for_update(of=("self",)).get(id=asset_id)
    policies.check_asset_move(asset.status, to)
    return _write(asset, {"status": to, **(changes or {})})


@transaction.atomic
def move_rendition(rendition_id: UUID, *, to: str, changes: Mapping[str, Any] | None = None) -> Rendition:
    """The rendition in its new status. Raises `WrongStatus` where the table has no such move."""
    rendition = Rendition.objects.select_for_update(of=("self",)).get(id=rendition_id)
    policies.check_rendition_move(rendition.status, to)
    return _write(rendition, {"status": to, **(changes or {})})


@transaction.atomic
def move_draft_measurement(row_id: UUID, *, to: str, changes: Mapping[str, Any] | None = None) -> DraftMeasurement:
    """The measurement in its new status. Raises `WrongStatus` where the table has no such move."""
    row = DraftMeasurement.objects.select_for_update(of=("self",)).get(id=row_id)
    policies.check_measuring_move(row.status, to)
    return _write(row, {"status": to, **(changes or {})})


@transaction.atomic
def move_campaign(
    campaign_id: UUID,
    *,
    to: CampaignStatus,
    now: datetime,
    actor: User | None,
    changes: Mapping[str, Any] | None = None,
) -> Campaign:
    """The campaign in its new status, with its event. Raises `WrongStatus` where the table has no such move."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(id=campaign_id)
    policies.check_campaign_move(campaign.status, to)
    _write(campaign, {"status": to, **(changes or {})})
    events.record(CAMPAIGN_EVENTS[to], at=now, actor=actor, campaign=campaign)
    return campaign


def _write(row: Row, values: Mapping[str, Any]) -> Row:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row
