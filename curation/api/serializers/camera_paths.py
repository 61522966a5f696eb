"""Shapes of camera paths that are looked at or taken away."""

from typing import Any

from rest_framework import serializers


class VectorsField(serializers.ListField):
    child = serializers.ListField(child=serializers.FloatField())


class CameraPreviewOutput(serializers.Serializer[Any]):
    """At most 256 frames of a path, for drawing it; the world's +Y is up where `up_is` is not unknown."""

    count = serializers.IntegerField(help_text="Frames of the whole path.")
    frames = serializers.ListField(child=serializers.IntegerField(), help_text="Which of them are here.")
    positions = VectorsField(help_text="Metres, [x, y, z] each.")
    forward = VectorsField(help_text="Unit vectors.")
    up = VectorsField(help_text="Unit vectors.")
    field_of_view_deg = VectorsField(allow_null=True, help_text="[horizontal, vertical] each.")
    up_is = serializers.ChoiceField(choices=["declared", "estimated", "unknown"])


class CameraLossOutput(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class CameraFormatOutput(serializers.Serializer[Any]):
    """A format, and what of the path would not pass; `problem` says why it cannot be written at all."""

    name = serializers.CharField()
    title = serializers.CharField()
    convention = serializers.CharField()
    losses = CameraLossOutput(many=True)
    problem = serializers.CharField(allow_null=True)


class CameraExportInput(serializers.Serializer[Any]):
    fps = serializers.FloatField(required=False, min_value=0.001, max_value=1000, help_text="Where there are no times.")
