"""Fine-tune runs, their metrics and checkpoints."""

from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.events import Event as AbstractEvent
from common.ids import uuid7
from common.leases import Leased
from training.lifecycle import RunStatus


class Run(Leased):
    """One fine-tuning of one base model on one export of a dataset version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    export = models.ForeignKey("curation.Export", models.PROTECT, related_name="+")
    base = models.CharField(max_length=80, help_text="Name of the base model, such as slate-nano.")
    config = models.JSONField()
    config_fingerprint = models.CharField(max_length=64, blank=True, help_text="Told by the engine when it starts.")
    status = models.CharField(max_length=10, choices=RunStatus.choices, default=RunStatus.QUEUED)
    stop_requested = models.BooleanField(default=False)
    failure = models.JSONField(default=dict)
    step = models.IntegerField(default=0)
    steps = models.IntegerField()
    device = models.CharField(max_length=80, blank=True)
    device_seconds = models.FloatField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="run_to_start", condition=models.Q(status__in=["queued", "running"])),
        ]


class RunMetric(models.Model):
    """What the engine printed for one step: losses, rates, seconds, memory."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="metrics")
    step = models.IntegerField()
    values = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "step"], name="metric_once_per_step")]


class Checkpoint(models.Model):
    """LoRA weights (an adapter) saved at one step, with what is needed to resume from it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="checkpoints")
    step = models.IntegerField()
    fingerprint = models.CharField(max_length=64, help_text="sha256 of the adapter weights.")
    base = models.CharField(max_length=80)
    base_fingerprint = models.CharField(max_length=64)
    files = models.JSONField(help_text="[{name, size, sha256}] below `prefix`")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "step"], name="checkpoint_once_per_step")]

    @property
    def prefix(self) -> str:
        return f"checkpoints/{self.run_id}/{self.step:08d}/"


class RunSample(models.Model):
    """A clip that the run made of a held-out shot with the weights of one step; `index` is the same shot at each."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="samples")
    step = models.IntegerField()
    index = models.PositiveSmallIntegerField()
    caption = models.TextField(blank=True)
    facts = models.JSONField(help_text="Width, height, duration_s and seed.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "step", "index"], name="sample_once_per_step")]
        indexes = [models.Index(fields=["run", "-id"], name="samples_of_run")]

    @property
    def prefix(self) -> str:
        return f"run-samples/{self.run_id}/{self.step:08d}/{self.index}"

    @property
    def clip_key(self) -> str:
        return f"{self.prefix}.mp4"

    @property
    def poster_key(self) -> str:
        return f"{self.prefix}.webp"


class LogSource(models.TextChoices):
    ENGINE = "engine", "What the engine told"
    STDERR = "stderr", "What it and its libraries wrote to standard error"


class RunLogLine(models.Model):
    """One line of what a run said beside its metrics; of each run the newest are kept."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="log")
    at = models.DateTimeField()
    source = models.CharField(max_length=6, choices=LogSource.choices)
    text = models.CharField(max_length=2000)

    class Meta:
        indexes = [models.Index(fields=["run", "id"], name="log_of_run")]


class Event(AbstractEvent):
    """What happened to a run; `kind` is one of `lifecycle.EventKind`."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(AbstractEvent.Meta):
        triggers = APPEND_ONLY
        indexes = [models.Index(fields=["kind", "id"], name="run_event_by_kind")]
