from django.contrib.postgres.fields import ArrayField
from django.db import models

from common.ids import uuid7
from common.leases import Leased
from curation.lifecycle import MeasuringStatus
from curation.models.submissions import Submission


class DraftMeasurement(Leased):
    """All that the scorers of one tier say of a draft, raw, under the hash that its revision would have.

    The hash stands for every file too: the record names assets, and the bytes of a verified asset never change.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="draft_measurements")
    record_sha256 = models.CharField(max_length=64)
    record = models.JSONField(help_text="As it would be frozen.")
    asset_ids = ArrayField(models.UUIDField(), help_text="Of the files it names.")
    tier = models.CharField(max_length=10, help_text="One of `scoring.tiers.Tier`.")
    status = models.CharField(max_length=10, choices=MeasuringStatus.choices, default=MeasuringStatus.WAITING)
    measured = models.JSONField(default=dict, help_text="`scoring.keeping.kept` of what was measured.")
    scorers_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Which scorers measured, with which weights."
    )
    failure = models.JSONField(default=dict, help_text="{code, message} where measuring gave up.")
    asked_at = models.DateTimeField()
    measured_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "record_sha256", "tier"], name="draft_measured_once")
        ]
        indexes = [
            models.Index(
                fields=["tier", "id"], name="draft_to_measure", condition=models.Q(status=MeasuringStatus.WAITING)
            ),
            models.Index(fields=["asked_at"], name="draft_measured_at"),
        ]
