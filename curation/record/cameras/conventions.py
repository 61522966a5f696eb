"""What the matrices of a file mean, and the way from there to the canon and back."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from curation.record.cameras.path import Floats
from curation.record.problems import refuse

WorldUp = Literal["y", "z", "-y", "-z"]
Axes = Literal["opencv", "opengl", "unreal"]

# A camera's axes in OpenCV's: `c2w_file = mirror @ c2w_opencv @ axes`.
_AXES: dict[Axes, Floats] = {
    "opencv": np.eye(4),
    # The same picture with y and z turned round.
    "opengl": np.diag([1.0, -1.0, -1.0, 1.0]),
    # x forward (OpenCV's z), y right (its x), z up (its -y).
    "unreal": np.array([[0.0, 1, 0, 0], [0, 0, -1, 0], [1, 0, 0, 0], [0, 0, 0, 1]]),
}
# Unreal's world is left-handed.
_MIRRORS: dict[Axes, Floats] = {
    "opencv": np.eye(4),
    "opengl": np.eye(4),
    "unreal": np.diag([1.0, -1.0, 1.0, 1.0]),
}

# Rotations of the source world into ours, where +Y is up: right-handed, no mirror.
_TO_Y_UP: dict[WorldUp, Floats] = {
    "y": np.eye(4),
    "z": np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]]),
    "-y": np.diag([1.0, -1.0, -1.0, 1.0]),
    "-z": np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]),
}


@dataclass(frozen=True)
class Convention:
    """How a file's matrices are meant.

    Attributes:
        direction: `c2w` camera to world, or `w2c` its inverse.
        axes: Of the camera: `opencv` (y down, z forward), `opengl` (y up, z backward; Blender, glTF and USD too) or
            `unreal` (x forward, y right, z up, in a left-handed world).
    """

    direction: Literal["c2w", "w2c"]
    axes: Axes

    @property
    def name(self) -> str:
        return f"{self.axes}_{self.direction}"


CONVENTIONS: dict[str, Convention] = {
    convention.name: convention
    for convention in (
        Convention("c2w", "opencv"),
        Convention("w2c", "opencv"),
        Convention("c2w", "opengl"),
        Convention("w2c", "opengl"),
        Convention("c2w", "unreal"),
        Convention("w2c", "unreal"),
    )
}


@dataclass(frozen=True)
class World:
    """What a file's coordinates mean.

    Attributes:
        up: The axis that points up, or None where nobody knows.
        metres_per_unit: Length of one unit, or None where nobody knows.
    """

    up: WorldUp | None = None
    metres_per_unit: float | None = None


def to_canon(matrices: Floats, convention: Convention, world: World) -> Floats:
    """Canonical `[F, 4, 4]` camera-to-world matrices of a file's matrices.

    Args:
        matrices: `[F, 4, 4]` as in the file.
        convention: What they mean.
        world: Where it does not know up, the world stays as it is; where not the unit, a unit is a metre.

    Raises:
        RecordRefused: A world-to-camera matrix has no inverse.
    """
    c2w = _inverse(matrices) if convention.direction == "w2c" else matrices
    c2w = _MIRRORS[convention.axes] @ c2w @ _AXES[convention.axes].T
    if world.metres_per_unit is not None:
        c2w = _scaled(c2w, world.metres_per_unit)
    return _TO_Y_UP[world.up] @ c2w if world.up else c2w


def from_canon(c2w: Floats, convention: Convention, world: World) -> Floats:
    """A file's matrices `[F, 4, 4]` of canonical ones; where the file's world is not known, it is the canon's."""
    if world.up:
        c2w = _TO_Y_UP[world.up].T @ c2w
    if world.metres_per_unit is not None:
        c2w = _scaled(c2w, 1 / world.metres_per_unit)
    matrices = _MIRRORS[convention.axes] @ c2w @ _AXES[convention.axes]
    return _inverse(matrices) if convention.direction == "w2c" else matrices


def _scaled(c2w: Floats, factor: float) -> Floats:
    scaled = c2w.copy()
    scaled[:, :3, 3] *= factor
    return scaled


def _inverse(matrices: Floats) -> Floats:
    flat = np.abs(np.linalg.det(matrices[:, :3, :3])) < 1e-9
    if flat.any():
        raise refuse(
            f"frame {int(np.argmax(flat))}",
            "not_a_rotation",
            "This frame's matrix cannot be inverted: its rotation is flat.",
            "Check the columns of the file, or name its convention.",
        )
    return np.linalg.inv(matrices).astype(np.float64)
