"""What scores mean: curves from score to probability, and what waits for one."""

from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7


class Calibration(models.Model):
    """One metric of one model's very weights. The newest that was derived here holds, or else the newest shipped."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    metric = models.CharField(max_length=80)
    model_id = models.CharField(max_length=120)
    weights_sha256 = models.CharField(max_length=64, blank=True, help_text="Empty: any, for starting values alone.")
    preprocessing_id = models.CharField(max_length=80, blank=True)
    points = models.JSONField(help_text="[[score, probability], ...], scores rising.")
    sha256 = models.CharField(max_length=64, help_text="Of metric, model and points.")
    method = models.CharField(max_length=20, help_text="platt, isotonic or given")
    gates = models.JSONField(default=list, help_text="Points at the stated targets, with 95 % intervals.")
    figures = models.JSONField(default=dict, help_text="AUC, calibration error, loss, bins; with 95 % intervals.")
    pairs = models.PositiveIntegerField(default=0)
    right_pairs = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=200, help_text="studio, reviews, a file's name, or starting values")
    shipped = models.BooleanField(default=False, help_text="Came with the platform; one derived here goes before it.")
    diagram_key = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "created_at"], name="calibration_once")]
        indexes = [
            models.Index(
                fields=["metric", "model_id", "weights_sha256", "preprocessing_id", "-created_at"],
                name="calibration_newest",
            )
        ]
        triggers = APPEND_ONLY


class ScoringHold(models.Model):
    """Why the scoring queue stands still: a model is configured whose scores nobody has calibrated."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    metric = models.CharField(max_length=80)
    model_id = models.CharField(max_length=120)
    weights_sha256 = models.CharField(max_length=64, blank=True)
    preprocessing_id = models.CharField(max_length=80)
    message = models.TextField(help_text="What is missing, and the command that makes it.")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "model_id", "weights_sha256", "preprocessing_id"], name="scoring_hold_once"
            )
        ]
