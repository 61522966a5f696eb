from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.events import Event as AbstractEvent


class Event(AbstractEvent):
    """Everything that happened in this room; `kind` is one of `lifecycle.EventKind`."""

    campaign = models.ForeignKey("curation.Campaign", models.PROTECT, null=True, related_name="events")
    submission = models.ForeignKey("curation.Submission", models.PROTECT, null=True, related_name="events")
    revision = models.ForeignKey("curation.Revision", models.PROTECT, null=True, related_name="events")
    version = models.ForeignKey("curation.Version", models.PROTECT, null=True, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(AbstractEvent.Meta):
        indexes = [
            models.Index(fields=["kind", "id"], name="event_by_kind"),
            models.Index(fields=["submission", "id"], name="event_by_submission"),
            models.Index(fields=["campaign", "kind", "id"], name="event_by_campaign"),
        ]


class EventFacts(models.Model):
    """What was so when an event happened and may change later; for consumers, not for those who read the event."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="facts")
    values = models.JSONField()

    class Meta:
        triggers = APPEND_ONLY
