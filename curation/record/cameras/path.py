"""The canonical camera path."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Up = Literal["declared", "estimated", "unknown"]

DistortionModel = Literal["opencv", "opencv_fisheye"]

MAX_FRAMES = 100_000


@dataclass(frozen=True)
class Distortion:
    """How the lens bends straight lines, the same in every frame; as the record's `intrinsics.model` and `dist`.

    Attributes:
        model: `opencv`, or `opencv_fisheye` (equidistant).
        coefficients: `opencv`: k1 k2 p1 p2, then k3, then k4 k5 k6 where there are any that are not zero;
            `opencv_fisheye`: k1 k2 k3 k4.
    """

    model: DistortionModel
    coefficients: tuple[float, ...]

    def __post_init__(self) -> None:
        allowed = (4, 5, 8) if self.model == "opencv" else (4,)
        used = max((i + 1 for i, value in enumerate(self.coefficients) if value), default=0)
        if used > allowed[-1]:
            raise ValueError(f"{self.model} has at most {allowed[-1]} coefficients, not {used}")
        length = next(length for length in allowed if length >= used)
        padded = (*map(float, self.coefficients), *[0.0] * length)[:length]
        object.__setattr__(self, "coefficients", padded)


@dataclass(frozen=True)
class PhysicalLens:
    """What a file says of the real or virtual lens beyond its intrinsics; None where it does not.

    The focal length in millimetres is fx times the sensor's width.
    """

    sensor_width_mm: float | None = None
    f_number: float | None = None


@dataclass(frozen=True, eq=False)
class CameraPath:
    """Where a camera is, frame by frame: OpenCV axes (x right, y down, z forward), world +Y up, metres.

    The arrays are float64 and read-only. Values are not judged here: a path may hold NaN, `checks` says so.

    Attributes:
        c2w: `[F, 4, 4]` camera to world.
        intrinsics: `[F, 4]` fx, fy, cx, cy as shares of the frame's width and height, or None.
        times_s: `[F]` instants of the frames, or None.
        width: Pixels, or None; likewise `height`.
        up: Whether +Y is known to be up.
        distortion: Of the lens, or None for a pinhole.
        lens: The physical lens, or None.
    """

    c2w: Floats
    intrinsics: Floats | None = None
    times_s: Floats | None = None
    width: int | None = None
    height: int | None = None
    up: Up = "unknown"
    distortion: Distortion | None = None
    lens: PhysicalLens | None = None

    def __post_init__(self) -> None:
        frames = len(self.c2w)
        _freeze(self, "c2w", self.c2w, (frames, 4, 4))
        if self.intrinsics is not None:
            _freeze(self, "intrinsics", self.intrinsics, (frames, 4))
        if self.times_s is not None:
            _freeze(self, "times_s", self.times_s, (frames,))
        if not 1 <= frames <= MAX_FRAMES:
            raise ValueError(f"a path has 1 to {MAX_FRAMES} frames, not {frames}")

    def __len__(self) -> int:
        return len(self.c2w)

    @property
    def positions(self) -> Floats:
        """`[F, 3]` camera centres in the world."""
        return self.c2w[:, :3, 3]

    @property
    def rotations(self) -> Floats:
        """`[F, 3, 3]` camera axes in the world, as columns."""
        return self.c2w[:, :3, :3]


def _freeze(path: CameraPath, name: str, values: ArrayLike, shape: tuple[int, ...]) -> None:
    array: NDArray[Any] = np.array(values, dtype=np.float64)
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, not {shape}")
    array.setflags(write=False)
    object.__setattr__(path, name, array)
