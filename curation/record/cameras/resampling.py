"""A path on another clock, or for another frame."""

from dataclasses import replace

import numpy as np

from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rotations import matrix_from_quaternion, quaternion_from_matrix, slerp
from curation.record.problems import refuse


def resample(path: CameraPath, times_s: Floats) -> CameraPath:
    """The path at other instants: slerp of the rotations, lerp of positions and intrinsics.

    Args:
        path: With increasing times.
        times_s: `[N]`; an instant up to one frame outside the path takes the pose at its end.

    Raises:
        RecordRefused: The path has no times, they do not increase, or an instant lies further outside.
    """
    known = _increasing(path)
    times_s = np.asarray(times_s, dtype=np.float64)
    slack = float(np.median(np.diff(known))) if len(known) > 1 else 0.0
    if times_s.min() < known[0] - slack - 1e-9 or times_s.max() > known[-1] + slack + 1e-9:
        raise refuse(
            "times_s",
            "outside_path",
            f"The path runs from {known[0]:g} to {known[-1]:g} s, asked for {times_s.min():g} to {times_s.max():g} s.",
            "Give a path that covers the timeline.",
        )
    inside = np.clip(times_s, known[0], known[-1])
    right = np.clip(np.searchsorted(known, inside, side="right"), 1, max(len(known) - 1, 1))
    left, right = right - 1, np.minimum(right, len(known) - 1)
    span = known[right] - known[left]
    share = np.divide(inside - known[left], span, out=np.zeros_like(inside), where=span > 0)
    quaternions = quaternion_from_matrix(path.rotations)
    c2w = np.tile(np.eye(4), (len(times_s), 1, 1))
    c2w[:, :3, :3] = matrix_from_quaternion(slerp(quaternions[left], quaternions[right], share))
    c2w[:, :3, 3] = _lerp(path.positions, left, right, share)
    intrinsics = None if path.intrinsics is None else _lerp(path.intrinsics, left, right, share)
    return replace(path, c2w=c2w, intrinsics=intrinsics, times_s=times_s)


def with_times(path: CameraPath, fps: float) -> CameraPath:
    """The same path with frame i at i / fps seconds."""
    return replace(path, times_s=np.arange(len(path)) / fps)


def on_timeline(path: CameraPath, *, fps: float, num_frames: int) -> CameraPath:
    """One pose per frame of a timeline that begins with the path's first pose; frame i at i / fps seconds.

    Raises:
        RecordRefused: As `resample`; the path ends more than a frame before the timeline.
    """
    times_s = np.arange(num_frames) / fps
    known = _increasing(path)
    return replace(resample(replace(path, times_s=known - known[0]), times_s), times_s=times_s)


def resize(path: CameraPath, width: int, height: int) -> CameraPath:
    """The path for frames scaled to another size: normalised intrinsics stay as they are."""
    return replace(path, width=width, height=height)


def crop(path: CameraPath, left: int, top: int, width: int, height: int) -> CameraPath:
    """The path for a window of the frame: the centre moves, and focal lengths are shares of the smaller frame.

    Args:
        path: With intrinsics and a frame size.
        left: Pixels cut off on the left; likewise `top`.
        width: Pixels that stay; likewise `height`.

    Raises:
        RecordRefused: The path has no intrinsics or size, or the window leaves the frame.
    """
    if path.intrinsics is None or path.width is None or path.height is None:
        raise refuse("", "intrinsics_required", "A crop needs intrinsics and the frame size.", "Add them first.")
    if left < 0 or top < 0 or width < 1 or height < 1 or left + width > path.width or top + height > path.height:
        raise refuse("", "outside_frame", "The window leaves the frame.", f"Stay within {path.width}x{path.height}.")
    pixels = path.intrinsics * [path.width, path.height, path.width, path.height]
    shifted = pixels - [0.0, 0.0, left, top]
    return replace(path, intrinsics=shifted / [width, height, width, height], width=width, height=height)


def _increasing(path: CameraPath) -> Floats:
    if path.times_s is None:
        raise refuse("times_s", "no_times", "The path has no times.", "Give the frame rate.")
    if not np.all(np.diff(path.times_s) > 0):
        raise refuse("times_s", "times_not_increasing", "The times of the frames do not increase.", "Sort the frames.")
    return path.times_s


def _lerp(values: Floats, left: np.ndarray, right: np.ndarray, share: Floats) -> Floats:
    return values[left] + (values[right] - values[left]) * share[:, None]
