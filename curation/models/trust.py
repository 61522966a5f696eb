"""What is known of people's work, and the items that check the checkers."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from curation.models.reviews import Verdict


class GoldItem(models.Model):
    """A decided revision whose right verdict is known; hidden among a reviewer's work until they have judged it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.OneToOneField("curation.Revision", models.PROTECT, related_name="gold_item")
    expected = models.CharField(max_length=20, choices=Verdict.choices)
    reasons = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Any of them is right; empty: all are."
    )
    explanation = models.TextField(help_text="What a reviewer is told after the vote.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="gold_in_use", condition=models.Q(retired_at__isnull=True))]


class TrustRole(models.TextChoices):
    CONTRIBUTOR = "contributor", "As a contributor"
    REVIEWER = "reviewer", "As a reviewer"


class Standing(models.Model):
    """A person's standing as it was last counted; `stale` once something happened that counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="standings")
    role = models.CharField(max_length=12, choices=TrustRole.choices)
    value = models.FloatField(default=0.5)
    level = models.CharField(max_length=8, default="new")
    factors = models.JSONField(default=list, help_text="[{name, count, faded, weight}]")
    paused = models.BooleanField(default=False, help_text="A reviewer who gets qualification items alone.")
    stale = models.BooleanField(default=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="standing_once")]
        indexes = [models.Index(fields=["id"], name="standing_stale", condition=models.Q(stale=True))]


class StandingChange(models.Model):
    """Every value a standing ever had, so that it can be explained."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    standing = models.ForeignKey(Standing, models.PROTECT, related_name="changes")
    value = models.FloatField()
    level = models.CharField(max_length=8)
    factors = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        triggers = APPEND_ONLY
        indexes = [models.Index(fields=["standing", "-id"], name="standing_history")]
