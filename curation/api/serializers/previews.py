"""Shapes of what editors ask for while somebody still writes."""

from math import isfinite
from typing import Any

import numpy as np
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from curation.api.serializers.camera_paths import VectorsField
from curation.api.serializers.submissions import ProblemOutput
from curation.record.cameras import COURSES, EASINGS, MAX_KEY_FRAMES, CameraPath

MAX_FRAMES = 5_000  # as many as are told in the time of a keystroke
FARTHEST_M = 1e6
POSE = {"type": "array", "items": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}}


class VectorField(serializers.ListField):
    """Finite numbers, so many."""

    def __init__(self, length: int, **options: Any) -> None:
        child = serializers.FloatField(min_value=-FARTHEST_M, max_value=FARTHEST_M)
        super().__init__(child=child, min_length=length, max_length=length, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        values: list[Any] = super().to_internal_value(data)
        if not all(map(isfinite, values)):
            raise serializers.ValidationError("Give finite numbers.")
        return values


@extend_schema_field({"type": "array", "items": POSE, "maxItems": MAX_FRAMES})
class PosesField(serializers.Field[Any, Any, Any, Any]):
    """Canonical poses `[F, 4, 4]`, read as one array: a list of fields would take a second for a long path."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            poses = np.array(data, dtype=np.float64)
        except (TypeError, ValueError, OverflowError) as error:
            raise serializers.ValidationError("Give a list of 4 x 4 matrices of numbers.") from error
        if poses.ndim != 3 or poses.shape[1:] != (4, 4) or not 1 <= len(poses) <= MAX_FRAMES:
            raise serializers.ValidationError(f"Give 1 to {MAX_FRAMES} matrices of 4 x 4 numbers.")
        if not np.isfinite(poses).all() or np.abs(poses).max() > FARTHEST_M:
            raise serializers.ValidationError("Give finite numbers, positions in metres.")
        turns = poses[:, :3, :3]
        if np.abs(np.swapaxes(turns, 1, 2) @ turns - np.eye(3)).max() > 1e-2:
            raise serializers.ValidationError("The upper left 3 x 3 of a pose is not a rotation. Send camera-to-world.")
        return poses


class DraftCaptionInput(serializers.Serializer[Any]):
    """A record that need not be whole: any of its parts `scene`, `audio`, `camera` and `lighting`."""

    record = serializers.DictField()


class CaptionPairOutput(serializers.Serializer[Any]):
    short = serializers.CharField()
    long = serializers.CharField()


class CaptionsByLanguageOutput(serializers.Serializer[Any]):
    en = CaptionPairOutput()
    ar = CaptionPairOutput()


class DraftCaptionOutput(serializers.Serializer[Any]):
    captions = CaptionsByLanguageOutput()
    problems = ProblemOutput(many=True, help_text="What is not well formed, and was left out.")


class KeyFrameInput(serializers.Serializer[Any]):
    """Where the camera is at an instant: `rotation` or `look_at`, one of the two."""

    time_s = serializers.FloatField(min_value=0, max_value=3_600)
    position = VectorField(3, help_text="Metres, +Y up, -Z north.")
    rotation = VectorField(4, required=False, help_text="w, x, y, z of the camera's axes: x right, y down, z forward.")
    look_at = VectorField(3, required=False, help_text="A point in the world.")
    roll_deg = serializers.FloatField(required=False, min_value=-360, max_value=360, help_text="With look_at.")
    fx = serializers.FloatField(min_value=0.05, max_value=100, default=1.0, help_text="As a share of the width.")
    easing = serializers.ChoiceField(choices=list(EASINGS), default="linear")

    def validate(self, key: dict[str, Any]) -> dict[str, Any]:
        if ("rotation" in key) == ("look_at" in key):
            raise serializers.ValidationError("Give rotation or look_at, one of the two.")
        return key


class ClockInput(serializers.Serializer[Any]):
    fps = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000),
        min_length=2,
        max_length=2,
        help_text="[num, den]",
    )

    @property
    def rate(self) -> float:
        """Frames per second of what was asked."""
        num, den = self.validated_data["fps"]
        return float(num / den)


class AuthoredPathInput(ClockInput):
    """Key frames in order of their times, and the timeline that they are to fill."""

    num_frames = serializers.IntegerField(min_value=1, max_value=MAX_FRAMES)
    aspect = serializers.FloatField(min_value=0.1, max_value=10, default=16 / 9, help_text="Width over height.")
    course = serializers.ChoiceField(choices=list(COURSES), default="smooth")
    key_frames = serializers.ListField(child=KeyFrameInput(), min_length=1, max_length=MAX_KEY_FRAMES)

    def clock(self) -> dict[str, Any]:
        """The arguments of `previews.author` beside the key frames."""
        asked = self.validated_data
        return {name: asked[name] for name in ("num_frames", "aspect", "course")} | {"fps": self.rate}


class AuthoredPathOutput(serializers.Serializer[Any]):
    """A path as the record stores it: OpenCV axes (x right, y down, z forward), camera to world, metres."""

    fps = serializers.ListField(child=serializers.IntegerField(), help_text="[num, den]")
    poses = serializers.ListField(child=VectorsField(), help_text="[F][4][4], frame i at i / fps seconds.")
    intrinsics = VectorsField(help_text="[F][4]: fx, fy, cx, cy as shares of the frame.")
    npy_base64 = serializers.CharField(help_text="The .npy to upload as the record's camera.poses.asset.")


class PathInput(ClockInput):
    """Poses, or key frames with what `/cameras/resample` asks beside them."""

    poses = PosesField(required=False)
    key_frames = serializers.ListField(child=KeyFrameInput(), min_length=1, max_length=MAX_KEY_FRAMES, required=False)
    num_frames = serializers.IntegerField(min_value=1, max_value=MAX_FRAMES, required=False, help_text="Of key frames.")
    aspect = serializers.FloatField(min_value=0.1, max_value=10, default=16 / 9, help_text="Width over height.")
    course = serializers.ChoiceField(choices=list(COURSES), default="smooth")
    scene_depth_m = serializers.FloatField(
        required=False, allow_null=True, default=None, min_value=1e-3, max_value=1e6, help_text="How far the scene is."
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if ("poses" in asked) == ("key_frames" in asked):
            raise serializers.ValidationError("Give poses or key_frames, one of the two.")
        if "key_frames" in asked and "num_frames" not in asked:
            raise serializers.ValidationError({"num_frames": ["Say how many frames the key frames are to fill."]})
        return asked

    def clock(self) -> dict[str, Any]:
        """The arguments of `previews.author` beside the key frames."""
        asked = self.validated_data
        return {name: asked[name] for name in ("num_frames", "aspect", "course")} | {"fps": self.rate}

    def posed(self) -> CameraPath | None:
        """The path of the poses, where there are some."""
        poses = self.validated_data.get("poses")
        if poses is None:
            return None
        return CameraPath(poses, times_s=np.arange(len(poses)) / self.rate, up="declared")


class ToldPrimitiveOutput(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Of the vocabulary camera_primitive.")
    start_s = serializers.FloatField()
    end_s = serializers.FloatField()
    confidence = serializers.FloatField(help_text="In [0, 1].")
    speed = serializers.CharField(allow_null=True, help_text="slow, regular or fast; null for static.")
    rate = serializers.FloatField(allow_null=True, help_text="m/s, deg/s, or shares of the focal length per second.")


class WordsByLanguageOutput(serializers.Serializer[Any]):
    en = serializers.CharField()
    ar = serializers.CharField()


class ToldPathOutput(serializers.Serializer[Any]):
    """What a path does, in movements and in the words of its caption."""

    duration_s = serializers.FloatField()
    length_m = serializers.FloatField(help_text="Of the way that the camera goes.")
    speed_m_s = serializers.ListField(child=serializers.FloatField(), help_text="[mean, largest]")
    turned_deg = serializers.FloatField(help_text="All turns summed.")
    primitives = ToldPrimitiveOutput(many=True)
    steadiness = serializers.CharField(source="hold.steadiness")
    shake_deg = serializers.FloatField(source="hold.shake_deg")
    words = WordsByLanguageOutput()


class LightPreviewInput(serializers.Serializer[Any]):
    """The record's `lighting`, which need not be whole; where the sphere stands, and who looks at it."""

    lighting = serializers.DictField()
    camera_pose = VectorsField(required=False, allow_null=True, default=None, help_text="[4][4] camera to world.")
    at = VectorField(3, default=(0.0, 0.0, 0.0), help_text="Metres.")

    def validate_camera_pose(self, pose: Any) -> Any:
        return None if pose is None else PosesField().to_internal_value([pose])[0]


class LitOutput(serializers.Serializer[Any]):
    """Light from all around: harmonics in the record's order and axes (rows L00 to L22; columns R, G, B)."""

    sh = VectorsField(help_text="[9][3] radiance.")
    irradiance_sh = VectorsField(help_text="[9][3] irradiance: what a matt sphere shows, divided by pi.")
    direction = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, help_text="To where most of it comes from; unit."
    )
    azimuth_deg = serializers.FloatField(allow_null=True, help_text="Clockwise from north.")
    elevation_deg = serializers.FloatField(allow_null=True)
    key_direction = serializers.CharField(allow_null=True, help_text="The key's word, as the camera sees it.")
    cct_k = serializers.FloatField(allow_null=True)
    duv = serializers.FloatField(allow_null=True)


class LitMapOutput(LitOutput):
    range_stops = serializers.FloatField(allow_null=True)


class LampOutput(serializers.Serializer[Any]):
    role = serializers.CharField()
    direction = serializers.ListField(child=serializers.FloatField(), help_text="To the lamp; unit.")
    illuminance_lx = serializers.FloatField(help_text="Of a surface that faces it.")
    rgb = serializers.ListField(child=serializers.FloatField(), help_text="Linear Rec.709 of luminance 1.")


class LitLampsOutput(LitOutput):
    lamps = LampOutput(many=True)
    contrast_stops = serializers.FloatField(allow_null=True, help_text="Between key with fill and fill alone.")


class LightPreviewOutput(serializers.Serializer[Any]):
    """By what the record describes its light with; `sh` of lamps is in lux, of a map in its own unit."""

    env_map = LitMapOutput(allow_null=True)
    lamps = LitLampsOutput(allow_null=True)
    sh = LitOutput(allow_null=True)
    sun_direction = serializers.ListField(child=serializers.FloatField(), allow_null=True, help_text="To the sun.")
    problems = ProblemOutput(many=True, help_text="What is not well formed, and was left out.")
