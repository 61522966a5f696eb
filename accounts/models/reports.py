"""What people report to the operators."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.lifecycle import ReportStatus
from common.ids import uuid7


class ReportSubject(models.TextChoices):
    CAMPAIGN = "campaign", "A campaign"
    SUBMISSION = "submission", "A contribution"
    GENERATION = "generation", "A generated clip"
    PERSON = "person", "A person"


class ReportReason(models.TextChoices):
    ILLEGAL = "illegal", "Illegal"
    UNSAFE = "unsafe", "Violent, sexual or hateful"
    PRIVACY = "privacy", "Shows somebody who did not agree"
    RIGHTS = "rights", "Somebody else's work"
    HARASSMENT = "harassment", "Harassment"
    SPAM = "spam", "Spam or fraud"
    OTHER = "other", "Something else"


class AbuseReport(models.Model):
    """One person's report of one thing; there is one open one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="abuse_reports")
    subject_kind = models.CharField(max_length=12, choices=ReportSubject.choices)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=12, choices=ReportReason.choices)
    text = models.TextField()
    evidence = models.TextField(blank=True, help_text="Addresses and whatever else shows it.")
    status = models.CharField(max_length=10, choices=ReportStatus.choices, default=ReportStatus.OPEN)
    answer = models.TextField(blank=True, help_text="What the reporter is told.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "subject_kind", "subject_id"], condition=Q(status="open"), name="report_open_once"
            ),
            models.CheckConstraint(
                condition=Q(status="open", answered_by__isnull=True)
                | ~Q(status="open") & Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer=""),
                name="report_is_open_or_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name="report_open", condition=Q(status="open")),
            models.Index(fields=["reporter", "-id"], name="report_by_reporter"),
        ]
