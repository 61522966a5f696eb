"""Shapes of this room's requests and answers."""

from typing import Any

from rest_framework import serializers

from common.money import WeiSerializerField
from generation.models import Choice, Comparison, Generation, Stage


class GenerationInput(serializers.Serializer[Generation]):
    """Sizes, camera, lighting and sound are in the engine's terms (`generation/engine/spec.py`)."""

    prompt = serializers.CharField(max_length=4000)
    model = serializers.CharField(default="slate-nano")
    adapter = serializers.UUIDField(allow_null=True, default=None, help_text="A checkpoint of a run.")
    reference_image = serializers.UUIDField(allow_null=True, default=None, help_text="A ready image asset.")
    size = serializers.DictField(required=False, help_text="width, height, duration_s")
    camera = serializers.DictField(required=False, help_text="move and speed, or poses and intrinsics")
    lighting = serializers.DictField(required=False, help_text="sun {azimuth_deg, elevation_deg, cct_k}, or sh")
    audio = serializers.DictField(required=False, help_text="style_caption, events [{name, onset_s, offset_s}]")
    steps = serializers.IntegerField(required=False)
    guidance = serializers.FloatField(required=False)
    seed = serializers.IntegerField(required=False)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        fields: dict[str, Any] = super().to_internal_value(data)
        return {
            "model": fields.pop("model"),
            "adapter_id": fields.pop("adapter"),
            "reference_image_id": fields.pop("reference_image"),
            "wanted": {"caption": fields.pop("prompt"), **fields},
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
