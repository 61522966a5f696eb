"""Drafts that nobody goes on with: kept two days, warned of for a week, then removed."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from accounts.public import NotificationKind, notify
from curation.lifecycle import SubmissionStatus
from curation.models import Submission
from curation.models.submissions import DRAFT_KEPT, DRAFT_WARNING

BATCH = 200


def warn(*, now: datetime) -> int:
    """How many authors were warned that a draft, untouched for two days, is removed in a week."""
    still = Submission.objects.filter(
        status=SubmissionStatus.DRAFT, draft_warned_at__isnull=True, updated_at__lt=now - DRAFT_KEPT
    )
    return sum(_warn(draft_id, now=now) for draft_id in list(still.order_by("id").values_list("id", flat=True)[:BATCH]))


def remove_expired(*, now: datetime) -> int:
    """How many drafts were removed: warned of a week ago, and still untouched and never submitted."""
    over = Submission.objects.filter(status=SubmissionStatus.DRAFT, draft_warned_at__lt=now - DRAFT_WARNING)
    ids = list(over.order_by("id").values_list("id", flat=True)[:BATCH])
    return sum(_remove(draft_id, now=now) for draft_id in ids)


@transaction.atomic
def _warn(draft_id: UUID, *, now: datetime) -> bool:
    """Whether it was warned of here; its author may be writing just now."""
    rows = Submission.objects.select_for_update(skip_locked=True, of=("self",)).select_related("campaign")
    draft = rows.filter(id=draft_id, status=SubmissionStatus.DRAFT, draft_warned_at__isnull=True).first()
    if draft is None or draft.updated_at >= now - DRAFT_KEPT:
        return False
    draft.draft_warned_at = now
    draft.save(update_fields=["draft_warned_at"])
    notify(
        {draft.contributor_id},
        NotificationKind.DRAFT_EXPIRING,
        source_id=uuid5(NAMESPACE_URL, f"{draft.id} {draft.updated_at.isoformat()}"),  # again when touched since
        subject=("submission", draft.id),
        parameters={"campaign": draft.campaign.title, "expires_on": f"{now + DRAFT_WARNING:%Y-%m-%d}"},
        now=now,
    )
    return True


@transaction.atomic
def _remove(draft_id: UUID, *, now: datetime) -> bool:
    rows = Submission.objects.select_for_update(skip_locked=True, of=("self",))
    draft = rows.filter(
        id=draft_id, status=SubmissionStatus.DRAFT, current=None, draft_warned_at__lt=now - DRAFT_WARNING
    ).first()
    if draft is None:
        return False
    draft.delete()
    return True
