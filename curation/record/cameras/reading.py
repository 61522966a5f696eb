"""What all camera importers are given, and what they give back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from curation.record.cameras.conventions import Convention, World, WorldUp
from curation.record.cameras.path import CameraPath, Distortion, Floats, PhysicalLens

TimeUnit = Literal["ns", "us", "ms", "s", "frames"]
LossField = Literal[
    "intrinsics", "centre", "size", "times_s", "distortion", "lens", "up", "scale", "placement", "other_cameras"
]


@dataclass(frozen=True)
class Reading:
    """What the uploader says that the file does not; every part may be left out.

    Attributes:
        convention: Overrides the format's own.
        world_up: Axis that points up in the file's world; `estimate` takes it from how the camera is held.
        metres_per_unit: Length of the file's unit.
        time_unit: Unit of the file's time column.
        fps: Frames per second, where times are frame numbers or missing; the rate at which curves are sampled.
        width: Pixels, where intrinsics are in pixels and the file has no size; likewise `height`.
        camera: Which camera, by its name in the file, where there are several.
        companion: The other file of formats that need two: see `CameraFormat.companion`.
    """

    convention: Convention | None = None
    world_up: WorldUp | Literal["estimate"] | None = None
    metres_per_unit: float | None = None
    time_unit: TimeUnit | None = None
    fps: float | None = None
    width: int | None = None
    height: int | None = None
    camera: str | None = None
    companion: bytes | None = None


@dataclass(frozen=True)
class Loss:
    """A field that did not pass."""

    field: LossField
    message: str


SIZE_WANTED = Loss(
    "intrinsics", "The lens is in the file and the frame's size is not, so no intrinsics: give the width and height."
)


@dataclass(frozen=True)
class RawPath:
    """What a reader found, in the file's own convention: arrays as in `CameraPath`.

    Attributes:
        world: What the file itself says of its world; the format's own where it says nothing.
    """

    matrices: Floats
    intrinsics: Floats | None = None
    times_s: Floats | None = None
    width: int | None = None
    height: int | None = None
    distortion: Distortion | None = None
    lens: PhysicalLens | None = None
    world: World | None = None
    losses: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportedPath:
    """A canonical path, and what has to be said about how it was read.

    Attributes:
        path: The path.
        format: Name of the format, a key of `FORMATS`.
        convention: The convention that was applied.
        losses: What was not in the file, or was there and is not kept, one sentence each.
        notes: How ambiguous things were read, one sentence each.
    """

    path: CameraPath
    format: str
    convention: Convention
    losses: tuple[Loss, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ExportedPath:
    """Files by name, and the fields of the path that the format does not carry."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]
