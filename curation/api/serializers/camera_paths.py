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


class WholeCameraPathOutput(serializers.Serializer[Any]):
    """A path as it is stored: OpenCV axes (x right, y down, z forward), camera to world, metres, +Y up, -Z north."""

    convention = serializers.CharField()
    count = serializers.IntegerField(help_text="Frames.")
    poses = serializers.ListField(child=VectorsField(), help_text="[F][4][4]")
    intrinsics = VectorsField(
        allow_null=True, help_text="fx, fy, cx, cy as shares of the frame; one entry where all frames agree."
    )
    times_s = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    width = serializers.IntegerField(allow_null=True, help_text="Pixels.")
    height = serializers.IntegerField(allow_null=True, help_text="Pixels.")
    up_is = serializers.ChoiceField(choices=["declared", "estimated", "unknown"])
    distortion = serializers.DictField(allow_null=True, help_text="{model, dist}")
    lens = serializers.DictField(allow_null=True, help_text="{sensor_width_mm, focal_mm, f_number}")
    source_format = serializers.CharField(allow_null=True, help_text="Of the file that it was made from.")
    source_convention = serializers.CharField(allow_null=True)
    losses = CameraLossOutput(many=True, help_text="What the file had and the path has not.")
    notes = serializers.ListField(child=serializers.CharField(), help_text="What was taken for granted.")
