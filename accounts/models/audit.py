"""Who did what, when, on what: written with the deed, never altered."""

from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7


class AuditEntry(models.Model):
    """One deed. `kind` is thing.verb; `object_kind` and `object_id` say on what."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Null: the platform itself."
    )
    kind = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=20, blank=True)
    object_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "audit entries"
        triggers = APPEND_ONLY
        indexes = [
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["kind", "-id"], name="audit_by_kind"),
            models.Index(fields=["object_id", "-id"], name="audit_by_object"),
        ]
