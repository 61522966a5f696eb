"""The one table of the kernel."""

from django.db import models


class IdempotencyKey(models.Model):
    """One POST under a client's `Idempotency-Key`, with its answer (`common.idempotency`)."""

    person_id = models.UUIDField(help_text="Plain column: the kernel knows no person.")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of path and body.")
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True, help_text="The answer as it was sent, JSON.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_by_age")]

    def __str__(self) -> str:
        return self.key
