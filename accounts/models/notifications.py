"""What people are told, and by which way."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.notification_kinds import Channel, Kind, MailStatus
from common.ids import uuid7
from common.leases import Leased


class Notification(Leased):
    """One fact told to one person. It is composed in words where it is read; the row is the outbox of its mail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    source_id = models.UUIDField(help_text="Of the row that the fact is: an event, a credit, a claim.")
    subject_kind = models.CharField(max_length=20, help_text="submission, campaign, credit, claim or report.")
    subject_id = models.UUIDField()
    parameters = models.JSONField(default=dict, help_text="What the words are filled with; by language where they are.")
    in_app = models.BooleanField(help_text="Listed; a person who wants none still has the row, so that it is once.")
    mail = models.CharField(max_length=10, choices=MailStatus.choices)
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source_id", "person"], name="notified_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_listed", condition=Q(in_app=True)),
            models.Index(fields=["person"], name="notification_unread", condition=Q(in_app=True, read_at__isnull=True)),
            models.Index(fields=["id"], name="notification_to_mail", condition=Q(mail=MailStatus.WAITING)),
        ]


class NotificationSetting(models.Model):
    """How one person is told of one kind; without a row, as the kind's default says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_settings")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notification_setting_once")]
