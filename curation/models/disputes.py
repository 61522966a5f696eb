"""What an author says against a rejection, and what became of it."""

from django.conf import settings
from django.db import models

from common.ids import uuid7
from curation.lifecycle import DisputeStatus


class Dispute(models.Model):
    """One author's word against one decision, looked at by somebody who did not make it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.OneToOneField("curation.Decision", models.PROTECT, related_name="dispute")
    submission = models.ForeignKey("curation.Submission", models.PROTECT, related_name="disputes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="disputes")
    text = models.TextField()
    status = models.CharField(max_length=12, choices=DisputeStatus.choices, default=DisputeStatus.OPEN)
    answer = models.TextField(blank=True, help_text="Why it was upheld or overturned, for the author.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[DisputeStatus.OPEN, DisputeStatus.DROPPED],
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | models.Q(
                    status__in=[DisputeStatus.UPHELD, DisputeStatus.OVERTURNED],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                )
                & ~models.Q(answer=""),
                name="dispute_answered_or_not",
            )
        ]
        indexes = [models.Index(fields=["id"], name="dispute_open", condition=models.Q(status=DisputeStatus.OPEN))]
