"""Camera paths as `.npy`: the header is read and judged before one number is, and nothing is ever unpickled."""

from pathlib import Path

import numpy as np

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused

_SAVE = "Save it with numpy.save as float64 [frames, 4, 4], camera to world."


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a pose file: `count` poses.

    Raises:
        Refused: Not float `[F, 4, 4]`, too many frames, bytes missing or left over, or values that are not numbers.
    """
    shape, dtype, start = _header(path)
    if dtype.hasobject or dtype.kind != "f" or dtype.itemsize not in (4, 8):
        raise Refused("camera_wrong_type", f"The poses are stored as {dtype}.", _SAVE)
    if len(shape) != 3 or shape[1:] != (4, 4) or shape[0] < 1:
        raise Refused("camera_wrong_shape", f"The poses have the shape {list(shape)}.", _SAVE)
    if shape[0] > limits.max_poses:
        raise Refused(
            "camera_too_long",
            f"The path claims {shape[0]} frames.",
            f"Keep it to {limits.max_poses} frames at most: one pose per frame of the clip.",
        )
    expected = start + shape[0] * 16 * dtype.itemsize
    if path.stat().st_size != expected:
        raise Refused("camera_undecodable", f"The file has {path.stat().st_size} bytes where {expected} belong.", _SAVE)
    poses = np.load(path, allow_pickle=False)
    check_finite(poses)
    return Facts(
        "camera_poses",
        "application/octet-stream",
        path.stat().st_size,
        {"count": int(shape[0]), "dtype": str(dtype)},
    )


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


def _header(path: Path) -> tuple[tuple[int, ...], np.dtype, int]:
    try:
        with path.open("rb") as file:
            version = np.lib.format.read_magic(file)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, _, dtype = read(file)
            return shape, dtype, file.tell()
    except ValueError as error:
        raise Refused("camera_undecodable", f"The file's header cannot be read ({error}).", _SAVE) from error
