from django.db import models
from pgvector.django import BitField, HnswIndex

from common.ids import uuid7

WORD_BITS = 256
SPACES = ("pdq", "features", "audio", "text", "camera", "environment")  # as `scoring.fingerprints.kinds.RADII`


class Fingerprint(models.Model):
    """What stays of one part of a revision, so that a changed copy of it is recognised."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey("curation.Revision", models.CASCADE, related_name="fingerprints")
    kind = models.CharField(max_length=20, help_text="image, clip, audio, text, camera or environment")
    part = models.CharField(max_length=120)
    model_id = models.CharField(max_length=120, help_text="Fingerprints of different makes are not compared.")
    data = models.BinaryField(help_text="All that a comparison needs.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "kind", "part", "model_id"], name="fingerprint_once")
        ]


class FingerprintPoint(models.Model):
    """A word near which a copy's words lie. Only the newest revision of a submission has points."""

    id = models.BigAutoField(primary_key=True)
    fingerprint = models.ForeignKey(Fingerprint, models.CASCADE, related_name="points")
    space = models.CharField(max_length=12)
    bits = BitField(length=WORD_BITS)

    class Meta:
        # One index for each space: a filter beside the order would have it walk through the words of all others.
        indexes = [
            HnswIndex(
                name=f"point_nearest_{space}",
                fields=["bits"],
                opclasses=["bit_hamming_ops"],
                condition=models.Q(space=space),
            )
            for space in SPACES
        ]


class Copy(models.Model):
    """One part of a revision that was contributed before: which, where, and what was done to it since."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey("curation.Revision", models.CASCADE, related_name="copies_in_it")
    part = models.CharField(max_length=120)
    original = models.ForeignKey("curation.Revision", models.CASCADE, related_name="copies_of_it")
    original_part = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, help_text="Of the part.")
    similarity = models.FloatField(help_text="In (0, 1], on the scale of the kind.")
    changes = models.CharField(max_length=120, blank=True, help_text="Such as: mirrored, crop.")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "part", "original", "original_part"], name="copy_once"),
            models.CheckConstraint(condition=~models.Q(revision=models.F("original")), name="copy_of_another"),
        ]
