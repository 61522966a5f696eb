from django.db import models

from common.ids import uuid7
from common.leases import Leased
from curation.lifecycle import RenditionStatus


class Rendition(Leased):
    """What others see of these bytes, made once for all assets that share them; rights hang on the assets."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64, help_text="Of the original.")
    kind = models.CharField(max_length=20, help_text="The asset's kind.")
    profile = models.CharField(max_length=20, help_text="Version of how it is made, one of `rendering.PROFILES`.")
    status = models.CharField(max_length=20, choices=RenditionStatus.choices, default=RenditionStatus.WAITING)
    files = models.JSONField(default=list, help_text="[{role, name, content_type, size, details}]")
    facts = models.JSONField(default=dict, help_text="What was found out about the original on the way.")
    failure = models.JSONField(default=dict, help_text="{code, message} where nothing could be made.")
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "profile"], name="rendition_once")]
        indexes = [
            models.Index(fields=["id"], name="rendition_waiting", condition=models.Q(status=RenditionStatus.WAITING))
        ]

    @property
    def prefix(self) -> str:
        return f"derived/{self.sha256}/{self.profile}/"
