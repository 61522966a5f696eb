"""Geometric facts of a path: raw numbers that need no model. Gates decide what they mean."""

import numpy as np

from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rotations import rotation_vectors
from curation.record.measurements import CheckResult

JUMP_WINDOW_S = 0.5
JUMP_FLOOR_M = 0.05
JUMP_FACTOR = 5.0
ROLL_PITCH_LIMIT_DEG = 60.0
# Where the path has no times, half a second is taken as this many frames.
JUMP_WINDOW_FRAMES = 12
MEDIAN_ROWS = 4_096

METRICS: dict[str, str] = {
    "camera_finite_share": "share of the poses' numbers that are finite; 1 is whole",
    "camera_pose_count_error": "poses more (+) or fewer (-) than frames",
    "camera_time_step_min_s": "smallest step between frames in seconds; increasing when above 0",
    "camera_orthonormality_error": "largest entry of |R'R - I|",
    "camera_determinant_error": "largest |det R - 1|",
    "camera_fx_min": "smallest fx as a share of the width",
    "camera_fx_max": "largest fx as a share of the width",
    "camera_rotation_deg_per_frame_max": "largest turn between two frames in degrees",
    "camera_jump_ratio_max": "largest step over max(5 x the median step within 0.5 s, 0.05 m); a jump when above 1",
    "camera_roll_deg_max": "largest roll against the horizon in degrees, where up is known and |pitch| <= 60",
}


def check_path(path: CameraPath, *, num_frames: int | None = None) -> list[CheckResult]:
    """Every metric of `METRICS` that applies to the path.

    Args:
        path: Any path; where its poses are not finite, what is computed from them is left out.
        num_frames: Frames of the timeline, where it is known.
    """
    results = [_finite(path)]
    if num_frames is not None:
        results.append(_count(path, num_frames))
    if path.times_s is not None and len(path) > 1:
        results.append(_time_step(path.times_s))
    if path.intrinsics is not None and np.isfinite(path.intrinsics).all():
        results += _focal(path.intrinsics)
    if results[0].value < 1:
        return results
    results += [_orthonormality(path), _determinant(path)]
    if len(path) > 1:
        results += [_turn(path), _jump(path)]
    return results + _roll(path)


def _finite(path: CameraPath) -> CheckResult:
    finite = np.isfinite(path.c2w)
    bad = np.flatnonzero(~finite.all(axis=(1, 2)))
    detail = f"{len(bad)} frames, the first is frame {bad[0]}." if len(bad) else ""
    return CheckResult("camera_finite_share", float(finite.mean()), detail)


def _count(path: CameraPath, num_frames: int) -> CheckResult:
    detail = f"{len(path)} poses for {num_frames} frames."
    return CheckResult("camera_pose_count_error", float(len(path) - num_frames), detail)


def _time_step(times_s: Floats) -> CheckResult:
    steps = np.diff(times_s)
    if not np.isfinite(steps).all():
        return CheckResult("camera_time_step_min_s", float("-inf"), "A time is not finite.")
    return CheckResult("camera_time_step_min_s", float(steps.min()), f"After frame {int(np.argmin(steps))}.")


def _focal(intrinsics: Floats) -> list[CheckResult]:
    fx = intrinsics[:, 0]
    return [
        CheckResult("camera_fx_min", float(fx.min()), f"Frame {int(np.argmin(fx))}."),
        CheckResult("camera_fx_max", float(fx.max()), f"Frame {int(np.argmax(fx))}."),
    ]


def _orthonormality(path: CameraPath) -> CheckResult:
    errors = np.abs(np.swapaxes(path.rotations, 1, 2) @ path.rotations - np.eye(3)).max(axis=(1, 2))
    return CheckResult("camera_orthonormality_error", float(errors.max()), f"Frame {int(np.argmax(errors))}.")


def _determinant(path: CameraPath) -> CheckResult:
    errors = np.abs(np.linalg.det(path.rotations) - 1)
    return CheckResult("camera_determinant_error", float(errors.max()), f"Frame {int(np.argmax(errors))}.")


def _turn(path: CameraPath) -> CheckResult:
    relative = np.swapaxes(path.rotations[:-1], 1, 2) @ path.rotations[1:]
    angles = np.degrees(np.linalg.norm(rotation_vectors(relative), axis=1))
    detail = f"From frame {int(np.argmax(angles))} to the next."
    return CheckResult("camera_rotation_deg_per_frame_max", float(angles.max()), detail)


def _jump(path: CameraPath) -> CheckResult:
    steps = np.linalg.norm(np.diff(path.positions, axis=0), axis=1)
    limits = np.maximum(JUMP_FACTOR * _local_median(steps, _window(path)), JUMP_FLOOR_M)
    ratios = steps / limits
    worst = int(np.argmax(ratios))
    return CheckResult(
        "camera_jump_ratio_max", float(ratios[worst]), f"{steps[worst]:.3g} m from frame {worst} to the next."
    )


def _window(path: CameraPath) -> int:
    """Steps in half a second; odd, at least 3."""
    frames = float(JUMP_WINDOW_FRAMES)
    if path.times_s is not None and (step := float(np.median(np.diff(path.times_s)))) > 0:
        frames = min(JUMP_WINDOW_S / step, 1_001)
    return max(3, 2 * (int(frames) // 2) + 1)


def _local_median(steps: Floats, window: int) -> Floats:
    """The median around each step; in slices, since a long path with a wide window would take gigabytes at once."""
    half = window // 2
    padded = np.pad(steps, half, mode="reflect") if len(steps) > half else np.pad(steps, half, mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, window)
    return np.concatenate([np.median(views[i : i + MEDIAN_ROWS], axis=1) for i in range(0, len(views), MEDIAN_ROWS)])


def _roll(path: CameraPath) -> list[CheckResult]:
    if path.up == "unknown":
        return []
    _, pitch, roll = heading_pitch_roll(path)
    level = np.abs(pitch) <= np.radians(ROLL_PITCH_LIMIT_DEG)
    if not level.any():
        return []
    angles = np.where(level, np.degrees(np.abs(roll)), 0.0)
    return [CheckResult("camera_roll_deg_max", float(angles.max()), f"Frame {int(np.argmax(angles))}.")]


def heading_pitch_roll(path: CameraPath) -> tuple[Floats, Floats, Floats]:
    """Three `[F]` angles in radians against a world whose up is +Y: clockwise from north, above the horizon, clockwise.

    Heading and roll mean little where the camera looks straight up or down.
    """
    right, forward = path.rotations[:, :, 0], path.rotations[:, :, 2]
    heading = np.arctan2(forward[:, 0], -forward[:, 2])
    pitch = np.arcsin(np.clip(forward[:, 1], -1, 1))
    level_right = np.stack([np.cos(heading), np.zeros_like(heading), np.sin(heading)], axis=1)
    level_down = np.cross(forward, level_right)
    roll = np.arctan2(np.sum(right * level_down, axis=1), np.sum(right * level_right, axis=1))
    return heading, pitch, roll
