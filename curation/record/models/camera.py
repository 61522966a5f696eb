"""Where the camera is and how it moves: intrinsics, lens, poses, movements declared and derived."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from curation.record import vocabulary as words
from curation.record.models.fields import (
    MAX_FRAMES,
    AssetId,
    Part,
    Pixels,
    Positive,
    Real,
    Seconds,
    Share,
    Word,
    problem,
)

Focal = Annotated[float, Field(strict=True, gt=0, le=100, allow_inf_nan=False)]
Centre = Annotated[float, Field(strict=True, ge=-10, le=10, allow_inf_nan=False)]


class Intrinsics(Part):
    """Pinhole parameters as shares of the frame's width (fx, cx) and height (fy, cy).

    `per_frame` holds `[fx, fy, cx, cy]` for every frame where they change (a zoom); the single values are then the
    first frame's.
    """

    model: words.CameraModel = "pinhole"
    normalized: Literal[True] = True
    width: Pixels | None = None
    height: Pixels | None = None
    fx: Focal
    fy: Focal
    cx: Centre = 0.5
    cy: Centre = 0.5
    dist: Annotated[tuple[Real, ...], Field(max_length=12)] = ()
    per_frame: (
        Annotated[tuple[tuple[Focal, Focal, Centre, Centre], ...], Field(min_length=1, max_length=10_000)] | None
    ) = None


class Lens(Part):
    focal_mm: Annotated[float, Field(strict=True, gt=0, le=10_000, allow_inf_nan=False)] | None = None
    sensor_width_mm: Annotated[float, Field(strict=True, gt=0, le=1_000, allow_inf_nan=False)] | None = None
    f_number: Annotated[float, Field(strict=True, gt=0, le=512, allow_inf_nan=False)] | None = None


class Poses(Part):
    """The path itself: canonical `.npy` float64 `[F, 4, 4]`, or a file in `format` that the probe converts to it."""

    asset: AssetId
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_FRAMES)]
    format: words.PoseFormat = "npy"


class DeclaredPrimitive(Part):
    name: words.CameraPrimitive
    start_s: Seconds
    end_s: Seconds
    speed: words.CameraSpeed | None = None


class DerivedPrimitive(Part):
    name: words.CameraPrimitive
    confidence: Share
    start_s: Seconds | None = None
    end_s: Seconds | None = None


class DeclaredMovement(Part):
    primitives: Annotated[tuple[DeclaredPrimitive, ...], Field(max_length=256)] = ()
    steadiness: words.Steadiness | None = None
    reference_frame: words.ReferenceFrame | None = None


class DerivedMovement(Part):
    primitives: Annotated[tuple[DerivedPrimitive, ...], Field(max_length=1_000)] = ()
    tool: Word


class Camera(Part):
    """OpenCV axes (x right, y down, z forward), camera to world, metres; a path or declared movements at least."""

    convention: Literal["opencv_c2w"] = "opencv_c2w"
    intrinsics: Intrinsics | None = None
    lens: Lens | None = None
    poses: Poses | None = None
    declared: DeclaredMovement | None = None
    derived: DerivedMovement | None = None
    source: words.CameraSource
    up: words.UpKnowledge = "unknown"
    scene_depth_m: Positive | None = None

    @model_validator(mode="after")
    def _moves_or_stands(self) -> "Camera":
        if self.poses is None and self.declared is None:
            raise problem(
                "empty",
                "The camera has neither a path nor declared movements.",
                "Upload a camera path, or declare at least one movement (static is one).",
            )
        return self
