"""What the matrices of a file mean, and the way from there to the canon and back."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from curation.record.cameras.path import Floats
from curation.record.problems import refuse

WorldUp = Literal["y", "z", "-y"]

# OpenCV and OpenGL cameras look at the same picture with y and z turned round.
FLIP = np.diag([1.0, -1.0, -1.0, 1.0])

# Rotations of the source world into ours, where +Y is up: right-handed, no mirror.
_TO_Y_UP: dict[str, Floats] = {
    "y": np.eye(4),
    "z": np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]]),
    "-y": np.diag([1.0, -1.0, -1.0, 1.0]),
}


@dataclass(frozen=True)
class Convention:
    """How a file's matrices are meant.

    Attributes:
        direction: `c2w` camera to world, or `w2c` its inverse.
        axes: `opencv` (y down, z forward) or `opengl` (y up, z backward).
    """

    direction: Literal["c2w", "w2c"]
    axes: Literal["opencv", "opengl"]

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
    )
}


def to_canon(matrices: Floats, convention: Convention, world_up: WorldUp | None) -> Floats:
    """Canonical `[F, 4, 4]` camera-to-world matrices of a file's matrices.

    Args:
        matrices: `[F, 4, 4]` as in the file.
        convention: What they mean.
        world_up: The axis that points up in the file's world, or None where nobody knows: the world stays as it is.

    Raises:
        RecordRefused: A world-to-camera matrix has no inverse.
    """
    if convention.direction == "w2c":
        w2c = FLIP @ matrices if convention.axes == "opengl" else matrices
        c2w = _inverse(w2c)
    else:
        c2w = matrices @ FLIP if convention.axes == "opengl" else matrices
    return _TO_Y_UP[world_up] @ c2w if world_up else c2w


def from_canon(c2w: Floats, convention: Convention) -> Floats:
    """A file's matrices `[F, 4, 4]` of canonical ones; the world stays the canon's."""
    if convention.direction == "c2w":
        return c2w @ FLIP if convention.axes == "opengl" else c2w
    w2c = _inverse(c2w)
    return FLIP @ w2c if convention.axes == "opengl" else w2c


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
