"""Shapes of this room's requests and answers."""

from typing import Any

from rest_framework import serializers

from training.models import Checkpoint, Run, RunLogLine, RunMetric, RunSample
from training.selectors import sample_link


class RunInput(serializers.Serializer[Run]):
    export = serializers.UUIDField(help_text="A finished WebDataset export.")
    base = serializers.CharField(default="slate-nano", help_text="Name of a base model.")
    config = serializers.DictField(default=dict, help_text="Training configuration; what is left out has defaults.")


class RunOutput(serializers.ModelSerializer[Run]):
    export = serializers.UUIDField(source="export_id")
    created_by = serializers.UUIDField(source="created_by_id")
    failure = serializers.DictField()

    class Meta:
        model = Run
        fields = [
            "id", "export", "base", "config", "config_fingerprint", "status", "stop_requested", "failure",
            "step", "steps", "device", "device_seconds", "created_by", "created_at", "started_at", "finished_at",
        ]  # fmt: skip


class UseOutput(serializers.ModelSerializer[Run]):
    """A run that read somebody's contribution, as its author is told of it."""

    export = serializers.UUIDField(source="export_id")
    checkpoints = serializers.IntegerField(source="checkpoint_count", help_text="Models saved by it.")

    class Meta:
        model = Run
        fields = ["id", "export", "base", "status", "step", "steps", "checkpoints", "started_at", "finished_at"]


class MetricOutput(serializers.ModelSerializer[RunMetric]):
    values = serializers.DictField(help_text="Losses per modality, learning rate, seconds, memory.")

    class Meta:
        model = RunMetric
        fields = ["step", "values"]


class CompareQuery(serializers.Serializer[Run]):
    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=8, help_text="Repeat it.")


class CurveOutput(serializers.Serializer[Any]):
    run = RunOutput()
    points = MetricOutput(many=True, help_text="At most 500 steps and the last one.")


class ConfigSchemaOutput(serializers.Serializer[Any]):
    """What a form needs to ask for a configuration."""

    config = serializers.DictField(help_text="JSON Schema 2020-12; each property has title, description and group.")
    groups = serializers.ListField(child=serializers.CharField(), help_text="In the order to be shown.")
    bases = serializers.ListField(child=serializers.CharField(), help_text="Base models whose weights are here.")


class CheckpointFile(serializers.Serializer[Checkpoint]):
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class CheckpointOutput(serializers.ModelSerializer[Checkpoint]):
    run = serializers.UUIDField(source="run_id")
    files = CheckpointFile(many=True)

    class Meta:
        model = Checkpoint
        fields = ["id", "run", "step", "fingerprint", "base", "base_fingerprint", "files", "created_at"]


class AdapterLinkOutput(serializers.Serializer[Any]):
    url = serializers.URLField(help_text="Valid for five minutes.")
    filename = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()


class RunSampleOutput(serializers.ModelSerializer[RunSample]):
    """A clip made with the weights of one step; links are valid for five minutes."""

    facts = serializers.DictField(help_text="width, height, duration_s, seed.")
    clip = serializers.SerializerMethodField()
    poster = serializers.SerializerMethodField()

    class Meta:
        model = RunSample
        fields = ["id", "step", "index", "caption", "facts", "clip", "poster", "created_at"]

    def get_clip(self, sample: RunSample) -> str:
        return sample_link(sample, "clip")

    def get_poster(self, sample: RunSample) -> str:
        return sample_link(sample, "poster")


class LogLineOutput(serializers.ModelSerializer[RunLogLine]):
    id = serializers.IntegerField(help_text="Goes into `after` for what came since.")

    class Meta:
        model = RunLogLine
        fields = ["id", "at", "source", "text"]
