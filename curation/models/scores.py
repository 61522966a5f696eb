from django.db import models
from pgvector.django import HalfVectorField, HnswIndex

from common.ids import uuid7

EMBEDDING_WIDTH = 1024  # shorter vectors are padded with zeros, which leaves their cosine as it was
# Who measured, where the platform did by itself: what is alike and what is a copy.
PLATFORM = {"model_id": "platform-1", "preprocessing_id": "none"}


class Score(models.Model):
    """One metric of one model on one revision, raw. Policy reads it; nothing rewrites it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey("curation.Revision", models.CASCADE, related_name="scores")
    metric = models.CharField(max_length=80)
    part = models.CharField(max_length=120, blank=True, help_text="The record path it was measured on, such as video.")
    value = models.FloatField(null=True)
    detail = models.JSONField(default=dict)
    not_applicable = models.CharField(max_length=200, blank=True, help_text="Why there is no value.")
    model_id = models.CharField(max_length=120)
    weights_sha256 = models.CharField(max_length=64, blank=True)
    preprocessing_id = models.CharField(max_length=80)
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "metric", "part", "model_id", "weights_sha256", "preprocessing_id"],
                name="score_once",
            )
        ]


class Embedding(models.Model):
    """A unit vector of one part of a revision in one model's space."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey("curation.Revision", models.CASCADE, related_name="embeddings")
    kind = models.CharField(max_length=10, help_text="image or text")
    part = models.CharField(max_length=120, blank=True)
    model_id = models.CharField(max_length=120)
    weights_sha256 = models.CharField(max_length=64)
    vector = HalfVectorField(dimensions=EMBEDDING_WIDTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "kind", "part", "weights_sha256"], name="embedding_once")
        ]
        indexes = [HnswIndex(name="embedding_nearest", fields=["vector"], opclasses=["halfvec_cosine_ops"])]


class GateOutcome(models.Model):
    """What one ruleset makes of one revision's scores. The newest one stands; the others are its history."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey("curation.Revision", models.CASCADE, related_name="gate_outcomes")
    ruleset = models.ForeignKey("curation.Ruleset", models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=10, help_text="pass, review or reject")
    findings = models.JSONField(default=list)
    quality = models.JSONField(default=dict, help_text="Per modality and overall, in [0, 1].")
    overall = models.FloatField()
    novelty = models.FloatField(default=1.0)
    judged_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["revision", "-judged_at", "-id"], name="gate_outcome_newest")]
