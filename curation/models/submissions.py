from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from common.leases import Leased
from curation.lifecycle import SubmissionStatus
from curation.models.assets import Asset

# A draft that was never submitted is kept so long untouched, and so much longer once its author was warned.
DRAFT_KEPT = timedelta(hours=48)
DRAFT_WARNING = timedelta(days=7)


class Submission(Leased):
    """One contribution through all its revisions. Its status is the queue that workers claim from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("curation.Campaign", models.PROTECT, related_name="submissions")
    contributor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions")
    status = models.CharField(max_length=20, choices=SubmissionStatus.choices, default=SubmissionStatus.DRAFT)
    draft = models.JSONField(default=dict, help_text="The record being written; frozen into a revision on submit.")
    current = models.OneToOneField("curation.Revision", models.PROTECT, null=True, related_name="+")
    draft_warned_at = models.DateTimeField(null=True, help_text="When its author was told that the draft expires.")
    failure = models.JSONField(default=dict, help_text="{code, message} where scoring gave up.")
    reviews_cast = models.PositiveSmallIntegerField(default=0, help_text="Judgements on the current revision.")
    judgements_needed = models.PositiveSmallIntegerField(
        db_default=2, help_text="Fixed when it enters review: what the campaign asks, by the contributor's standing."
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[SubmissionStatus.DRAFT, SubmissionStatus.WITHDRAWN])
                | models.Q(current__isnull=False),
                name="submission_submitted_has_revision",
            )
        ]
        indexes = [
            models.Index(fields=["id"], name="submission_to_score", condition=models.Q(status="submitted")),
            models.Index(
                fields=["-reviews_cast", "id"], name="submission_to_review", condition=models.Q(status="in_review")
            ),
            models.Index(
                fields=["campaign", "-reviews_cast", "id"],
                name="submission_to_review_of",
                condition=models.Q(status="in_review"),
            ),
            models.Index(fields=["contributor", "-id"], name="submission_by_contributor"),
            models.Index(fields=["campaign", "status", "-id"], name="submission_by_campaign"),
            models.Index(fields=["status", "-id"], name="submission_by_status"),
            models.Index(fields=["updated_at"], name="submission_drafts", condition=models.Q(status="draft")),
        ]

    @property
    def draft_expires_at(self) -> datetime | None:
        """When the draft is removed unless it is changed or submitted; None for what was ever submitted."""
        if self.status != SubmissionStatus.DRAFT:
            return None
        warned_at = self.draft_warned_at or self.updated_at + DRAFT_KEPT
        return warned_at + DRAFT_WARNING


class Revision(models.Model):
    """One immutable canonical record with its assets."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    record = models.JSONField()
    record_sha256 = models.CharField(max_length=64)
    modalities = models.JSONField(help_text="Names of the modalities present.")
    caption = models.TextField(help_text="The composed caption, one line.")
    assets: "models.ManyToManyField[Asset, RevisionAsset]" = models.ManyToManyField(
        Asset, through="curation.RevisionAsset", related_name="revisions"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="revision_number_once")]
        triggers = APPEND_ONLY


class RevisionAsset(models.Model):
    """Where in a revision's record an asset stands: `path` such as `reference_images.0.asset`."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="placements")
    asset = models.ForeignKey("curation.Asset", models.PROTECT, related_name="placements")
    path = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "path"], name="placement_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
