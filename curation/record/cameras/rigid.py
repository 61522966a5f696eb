"""Poses out of transforms of scene graphs, which may scale what they hold."""

import numpy as np

from curation.record.cameras.path import Floats
from curation.record.problems import refuse


def without_scale(matrices: Floats) -> tuple[Floats, bool]:
    """`[F, 4, 4]` transforms with unit axes, and whether any was scaled. A camera's own scale changes no picture.

    Raises:
        RecordRefused: A transform is flat, mirrored or sheared, so that it is no pose.
    """
    lengths = np.linalg.norm(matrices[:, :3, :3], axis=1)
    _refuse_where(lengths.min(axis=1) < 1e-9, "is flat")
    poses = matrices.copy()
    scaled = np.abs(lengths - 1).max(axis=1) > 1e-6
    poses[scaled, :3, :3] /= lengths[scaled, None, :]
    rotations = poses[:, :3, :3]
    skew = np.abs(np.swapaxes(rotations, 1, 2) @ rotations - np.eye(3)).max(axis=(1, 2))
    _refuse_where(skew > 1e-3, "is sheared")
    _refuse_where(np.linalg.det(rotations) < 0, "is mirrored")
    return poses, bool(scaled.any())


def _refuse_where(wrong: np.ndarray, what: str) -> None:
    if wrong.any():
        raise refuse(
            f"frame {int(np.argmax(wrong))}",
            "not_a_rotation",
            f"The camera's transform {what} here.",
            "Apply the scale of the camera and of what it hangs on, then export again.",
        )
