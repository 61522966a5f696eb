"""Camera paths as `.npy`: read by the record's own parser, which judges the header first and never unpickles.

Rays in a `.npy` are a camera file like any other format's: their poses are found on conversion.
"""

from pathlib import Path

import numpy as np

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused
from curation.record.cameras import detect, load_poses
from curation.record.problems import RecordRefused

_MAX_HEADER_BYTES = 1_024
_POSE_BYTES = 16 * 8


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a pose file: `count` poses. Of rays: their `camera_format`.

    Raises:
        Refused: Not float `[F, 4, 4]`, too many frames, bytes missing or left over, or values that are not numbers.
            The code is the parser's own after `camera_`.
    """
    size = path.stat().st_size
    if _holds_rays(path):
        return _rays(size, limits)
    if size > _MAX_HEADER_BYTES + limits.max_poses * _POSE_BYTES:
        raise Refused(
            "camera_too_many_frames",
            f"The path has {size} bytes.",
            f"Keep it to {limits.max_poses} frames at most: one pose per frame of the clip.",
        )
    try:
        poses = load_poses(path.read_bytes())
    except RecordRefused as refused:
        problem = refused.problems[0]
        raise Refused(f"camera_{problem.code}", problem.message, problem.fix) from refused
    check_finite(poses)
    return Facts("camera_poses", "application/octet-stream", size, {"count": len(poses)})


def _holds_rays(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            return detect(file.read(_MAX_HEADER_BYTES)) == "pluecker"
        except RecordRefused:
            return False


def _rays(size: int, limits: Limits) -> Facts:
    if size > limits.max_rays_bytes:
        raise Refused(
            "camera_file_too_large",
            f"The rays take {size:,} bytes.",
            f"Keep them under {limits.max_rays_bytes // 2**20} MiB: save coarser rays, or the poses.",
        )
    return Facts("camera_file", "application/octet-stream", size, {"camera_format": "pluecker"})


def check_finite(poses: np.ndarray) -> None:
    """See that every number of a path `[F, 4, 4]` is finite.

    Raises:
        Refused: One is not; the first such frame is named.
    """
    bad = np.flatnonzero(~np.isfinite(poses).all(axis=(1, 2)))
    if bad.size:
        raise Refused(
            "camera_not_finite",
            f"{bad.size} of {len(poses)} poses hold values that are not numbers, first in frame {bad[0]}.",
            "Export the path again; frames where tracking was lost must be filled or cut, not left as NaN.",
        )
