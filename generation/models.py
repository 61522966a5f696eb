"""Generation requests, their stages and cost, and people's preferences between outputs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.events import APPEND_ONLY
from common.events import Event as AbstractEvent
from common.ids import uuid7
from common.leases import Leased
from common.money import WeiField
from generation.lifecycle import GenerationStatus


class Generation(Leased):
    """One clip asked for, made and billed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    status = models.CharField(max_length=10, choices=GenerationStatus.choices, default=GenerationStatus.QUEUED)
    request = models.JSONField(help_text="Prompt, camera, lighting, sound, size, seed.")
    model = models.CharField(max_length=80)
    adapter = models.ForeignKey("training.Checkpoint", models.PROTECT, null=True, related_name="+")
    reference_image = models.ForeignKey("curation.Asset", models.PROTECT, null=True, related_name="+")
    stop_requested = models.BooleanField(default=False)
    failure = models.JSONField(default=dict)
    result = models.JSONField(default=dict, help_text="Width, height, frames, fps, audio rate, seconds, device.")
    sha256 = models.CharField(max_length=64, blank=True)
    device_seconds = models.FloatField(default=0)
    price_wei = WeiField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="generation_to_start", condition=Q(status__in=["queued", "running"])),
            models.Index(fields=["created_by", "-id"], name="generation_by_person"),
        ]

    @property
    def clip_key(self) -> str:
        return f"generations/{self.id}/clip.mp4"

    @property
    def poster_key(self) -> str:
        return f"generations/{self.id}/poster.webp"


class Stage(models.Model):
    """One step on the way to a clip, shown as it finishes."""

    generation = models.ForeignKey(Generation, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    seconds = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["generation", "position"], name="stage_once")]


class Comparison(models.Model):
    """Two outputs put to people's judgement."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Generation, models.PROTECT, related_name="+")
    second = models.ForeignKey(Generation, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="comparison_of_two"),
            models.UniqueConstraint(fields=["first", "second"], name="comparison_once"),
        ]


class Choice(models.TextChoices):
    LEFT = "left", "Left"
    RIGHT = "right", "Right"
    TIE = "tie", "No difference"


class Vote(models.Model):
    """One person's choice. The sides are drawn when the pair is first shown, and stay."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_is_left = models.BooleanField()
    choice = models.CharField(max_length=5, choices=Choice.choices, blank=True)
    shown_at = models.DateTimeField()
    cast_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "voter"], name="vote_once_per_person")]


class Event(AbstractEvent):
    """What happened to a generation; `kind` is one of `lifecycle.EventKind`."""

    generation = models.ForeignKey(Generation, models.PROTECT, null=True, related_name="events")
    vote = models.ForeignKey(Vote, models.PROTECT, null=True, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(AbstractEvent.Meta):
        triggers = APPEND_ONLY
        indexes = [models.Index(fields=["kind", "id"], name="generation_event_by_kind")]
