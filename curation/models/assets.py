from django.conf import settings
from django.db import models

from common.ids import uuid7
from common.leases import Leased
from curation.lifecycle import AssetStatus


class Asset(Leased):
    """One person's file. Equal bytes share storage (`sha256`), never access: rights hang on this row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assets")
    status = models.CharField(max_length=20, choices=AssetStatus.choices, default=AssetStatus.UPLOADING)
    name = models.CharField(max_length=255)
    declared_type = models.CharField(max_length=127)
    size = models.BigIntegerField(help_text="Bytes.")
    part_size = models.IntegerField(help_text="Bytes; the last part may be shorter.")
    upload_id = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=20, blank=True, help_text="What the probe found: clip, image, audio, ...")
    content_type = models.CharField(max_length=127, blank=True, help_text="From the probe's allow-list.")
    facts = models.JSONField(default=dict, help_text="What the probe measured.")
    refusal = models.JSONField(default=dict, help_text="{code, message, fix} where it was refused.")
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="derivatives")
    conversion = models.JSONField(default=dict, help_text="How a derived asset is made: {format, convention, ...}.")
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    shown: object  # `selectors.renditions.show_to` sets it: what the asking person sees of this file

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="asset_has_bytes"),
            models.CheckConstraint(
                condition=~models.Q(status=AssetStatus.READY) | ~models.Q(sha256=""), name="asset_ready_is_hashed"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="asset_waiting", condition=models.Q(status=AssetStatus.VERIFYING)),
            models.Index(fields=["owner", "status"], name="asset_by_owner"),
            models.Index(fields=["sha256"], name="asset_by_hash", condition=~models.Q(sha256="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def part_count(self) -> int:
        return -(-self.size // self.part_size)

    def size_of_part(self, number: int) -> int:
        """Bytes of the part with this number, 1..part_count; the last one is what remains."""
        return min(self.part_size, self.size - (number - 1) * self.part_size)

    @property
    def incoming_key(self) -> str:
        return f"incoming/{self.id}"

    @property
    def storage_key(self) -> str:
        return f"sha256/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
