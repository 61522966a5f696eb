"""Shapes of calibrations and of what waits for one."""

from typing import Any

from rest_framework import serializers

from curation.models import Calibration, ScoringHold


class CalibrationOutput(serializers.ModelSerializer[Calibration]):
    points = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()))
    gates = serializers.ListField(child=serializers.DictField())
    figures = serializers.DictField()
    has_diagram = serializers.SerializerMethodField()

    class Meta:
        model = Calibration
        fields = (
            "id", "metric", "model_id", "weights_sha256", "preprocessing_id", "points", "sha256", "method", "gates",
            "figures", "pairs", "right_pairs", "source", "shipped", "has_diagram", "created_at",
        )  # fmt: skip

    def get_has_diagram(self, calibration: Calibration) -> bool:
        return bool(calibration.diagram_key)


class DiagramLinkOutput(serializers.Serializer[Any]):
    url = serializers.URLField(help_text="A PNG, for five minutes.")


class ScoringHoldOutput(serializers.ModelSerializer[ScoringHold]):
    class Meta:
        model = ScoringHold
        fields = ("id", "metric", "model_id", "weights_sha256", "preprocessing_id", "message", "since")
