"""Shapes of this room's requests and answers."""

from typing import Any

from rest_framework import serializers

from common.money import WeiSerializerField
from generation.models import Choice, Comparison, Generation, Stage


class GenerationInput(serializers.Serializer[Generation]):
    model = serializers.CharField(default="slate-nano")
    adapter = serializers.UUIDField(allow_null=True, default=None, help_text="A checkpoint of a run.")
    reference_image = serializers.UUIDField(allow_null=True, default=None, help_text="A ready image asset.")
    prompt = serializers.CharField(max_length=2000)
    camera = serializers.DictField(default=dict, help_text="A named move, or poses: see the engine's job spec.")
    lighting = serializers.DictField(default=dict, help_text="Sun azimuth and elevation, CCT, or SH coefficients.")
    audio_events = serializers.ListField(child=serializers.DictField(), default=list, max_length=200)
    width = serializers.IntegerField(default=256, min_value=32, max_value=3840)
    height = serializers.IntegerField(default=256, min_value=32, max_value=2160)
    num_frames = serializers.IntegerField(default=17, min_value=1, max_value=481)
    fps = serializers.IntegerField(default=8, min_value=1, max_value=60)
    steps = serializers.IntegerField(default=24, min_value=1, max_value=200)
    seed = serializers.IntegerField(default=0, min_value=0, max_value=2**31 - 1)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        fields: dict[str, Any] = super().to_internal_value(data)
        outside = ("model", "adapter", "reference_image")
        return {
            "model": fields["model"],
            "adapter_id": fields["adapter"],
            "reference_image_id": fields["reference_image"],
            "wanted": {name: value for name, value in fields.items() if name not in outside},
        }


class StageOutput(serializers.ModelSerializer[Stage]):
    class Meta:
        model = Stage
        fields = ["position", "name", "seconds"]


class GenerationOutput(serializers.ModelSerializer[Generation]):
    adapter = serializers.UUIDField(source="adapter_id", allow_null=True)
    reference_image = serializers.UUIDField(source="reference_image_id", allow_null=True)
    created_by = serializers.UUIDField(source="created_by_id")
    request = serializers.DictField()
    result = serializers.DictField()
    failure = serializers.DictField()
    price_wei = WeiSerializerField()
    stages = StageOutput(many=True)

    class Meta:
        model = Generation
        fields = [
            "id", "status", "request", "model", "adapter", "reference_image", "stop_requested", "failure", "stages",
            "result", "sha256", "device_seconds", "price_wei", "created_by", "created_at", "started_at", "finished_at",
        ]  # fmt: skip


class LinkOutput(serializers.Serializer[Any]):
    url = serializers.URLField(help_text="Valid for five minutes.")


class ComparisonInput(serializers.Serializer[Comparison]):
    first = serializers.UUIDField()
    second = serializers.UUIDField()


class ComparisonOutput(serializers.ModelSerializer[Comparison]):
    first = serializers.UUIDField(source="first_id")
    second = serializers.UUIDField(source="second_id")

    class Meta:
        model = Comparison
        fields = ["id", "first", "second", "created_at"]


class PairOutput(serializers.Serializer[Any]):
    comparison = serializers.UUIDField()
    prompt = serializers.CharField()
    left = serializers.URLField()
    right = serializers.URLField()


class VoteInput(serializers.Serializer[Any]):
    choice = serializers.ChoiceField(choices=Choice.choices)


class VoteOutput(serializers.Serializer[Any]):
    comparison = serializers.UUIDField(source="comparison_id")
    choice = serializers.ChoiceField(choices=Choice.choices)
    cast_at = serializers.DateTimeField()


class ResultOutput(serializers.Serializer[Any]):
    n = serializers.IntegerField()
    first_wins = serializers.IntegerField()
    second_wins = serializers.IntegerField()
    ties = serializers.IntegerField()
    win_rate = serializers.FloatField(allow_null=True, help_text="Of the first output; ties count as half.")
    low = serializers.FloatField(allow_null=True, help_text="95 % Wilson interval.")
    high = serializers.FloatField(allow_null=True)
