from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from curation.lifecycle import ReviewStatus


class Verdict(models.TextChoices):
    APPROVE = "approve", "Approve"
    REQUEST_CHANGES = "request_changes", "Request changes"
    REJECT = "reject", "Reject"


class Review(models.Model):
    """One person's judgement of one revision, from lease to vote."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey("curation.Revision", models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    status = models.CharField(max_length=10, choices=ReviewStatus.choices, default=ReviewStatus.LEASED)
    leased_until = models.DateTimeField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    note = models.TextField(blank=True)
    gold = models.ForeignKey(
        "curation.GoldItem",
        models.PROTECT,
        null=True,
        related_name="reviews",
        help_text="It checks the reviewer and decides nothing.",
    )
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField(
        null=True, help_text="When it came on the reviewer's screen; null while it is held ahead, to be shown next."
    )
    cast_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "reviewer"], name="review_once_per_person"),
            models.CheckConstraint(
                condition=~models.Q(status=ReviewStatus.CAST) | ~models.Q(verdict=""), name="review_cast_has_verdict"
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "-id"], name="review_by_reviewer"),
            models.Index(fields=["leased_until"], name="review_leases", condition=models.Q(status="leased")),
        ]


class Decision(models.Model):
    """The outcome for one revision; there is never a second one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.OneToOneField("curation.Revision", models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=20, choices=Verdict.choices)
    source = models.CharField(max_length=10, help_text="gates or reviews")
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    notes = models.JSONField(default=list)
    decided_at = models.DateTimeField()

    class Meta:
        triggers = APPEND_ONLY
