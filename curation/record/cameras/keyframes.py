"""A path from a few key frames, as an editor has them: how the camera gets from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rotations import matrix_from_quaternion, quaternion_from_matrix, slerp
from curation.record.problems import refuse

Easing = Literal["linear", "ease_in", "ease_out", "ease_in_out"]
Course = Literal["smooth", "straight"]
EASINGS: tuple[Easing, ...] = get_args(Easing)
COURSES: tuple[Course, ...] = get_args(Course)
MAX_KEY_FRAMES = 512
# A frame that is a rounding error past the last key frame is the last key frame.
SLACK_S = 1e-6
NEAREST_M = 1e-6
STEEPEST = 1e-6  # straight up or down there is no level: the frame's right is then east


@dataclass(frozen=True)
class KeyFrame:
    """Where the camera is at one instant.

    Attributes:
        position: Metres, world axes.
        rotation: Unit quaternion (w, x, y, z) of the camera's axes (x right, y down, z forward) in the world.
        fx: Focal length as a share of the frame's width.
        easing: How the time goes by from here to the next key frame.
    """

    time_s: float
    position: tuple[float, float, float]
    rotation: tuple[float, float, float, float]
    fx: float
    easing: Easing = "linear"


def path_through(
    keys: Sequence[KeyFrame], *, fps: float, num_frames: int, aspect: float, course: Course = "smooth"
) -> CameraPath:
    """One pose per frame, frame i at i / fps seconds; before the first key frame and after the last the camera stands.

    A `smooth` course passes through every key frame with its speed unbroken (a cubic through the neighbours); a
    `straight` one goes from each to the next by the shortest way and turns evenly.

    Args:
        keys: In order of their times.
        aspect: Width over height of the frame; focal lengths in pixels are the same both ways.

    Raises:
        RecordRefused: There is none, their times do not increase, or a rotation is none.
    """
    times_s = _increasing(keys)
    instants = np.arange(num_frames) / fps
    left, share = _places(times_s, instants, keys)
    values = np.array([[*key.position, np.log(key.fx)] for key in keys])
    turns = _aligned(np.array([key.rotation for key in keys]))
    between = _cubic if course == "smooth" and len(keys) > 2 else _straight
    moved = between(values, times_s, left, share)
    turned = between(turns, times_s, left, share) if between is _cubic else _turned(turns, left, share)
    c2w = np.tile(np.eye(4), (num_frames, 1, 1))
    c2w[:, :3, :3] = matrix_from_quaternion(turned)
    c2w[:, :3, 3] = moved[:, :3]
    fx = np.exp(moved[:, 3])
    centre = np.full(num_frames, 0.5)
    return CameraPath(
        c2w=c2w, intrinsics=np.stack([fx, fx * aspect, centre, centre], axis=1), times_s=instants, up="declared"
    )


def looking_at(
    position: Sequence[float], target: Sequence[float], *, roll_deg: float = 0.0
) -> tuple[float, float, float, float]:
    """The rotation of a camera that looks at a point, level but for its roll (clockwise as the camera sees it).

    Raises:
        RecordRefused: It would look at itself.
    """
    ahead = np.asarray(target, dtype=np.float64) - np.asarray(position, dtype=np.float64)
    distance = float(np.linalg.norm(ahead))
    if distance < NEAREST_M:
        raise refuse("look_at", "looks_at_itself", "The camera looks at where it stands.", "Move look_at away from it.")
    forward = ahead / distance
    right = np.cross(forward, (0.0, 1.0, 0.0))
    flat = float(np.linalg.norm(right))
    right = right / flat if flat > STEEPEST else np.array([1.0, 0.0, 0.0])
    down = np.cross(forward, right)
    roll = np.radians(roll_deg)
    axes = np.stack([np.cos(roll) * right + np.sin(roll) * down, np.cos(roll) * down - np.sin(roll) * right, forward])
    w, x, y, z = quaternion_from_matrix(axes.T[None])[0].tolist()
    return w, x, y, z


def _increasing(keys: Sequence[KeyFrame]) -> Floats:
    if not keys:
        raise refuse("key_frames", "no_key_frames", "There is no key frame.", "Set at least one.")
    times_s = np.array([key.time_s for key in keys])
    if not np.all(np.diff(times_s) > 0):
        later = int(np.argmax(np.diff(times_s) <= 0)) + 1
        where = f"key_frames[{later}].time_s"
        raise refuse(where, "times_not_increasing", "It is not after the key frame before it.", "Sort the key frames.")
    for i, key in enumerate(keys):
        if abs(float(np.linalg.norm(key.rotation)) - 1) > 1e-2:
            where = f"key_frames[{i}].rotation"
            raise refuse(where, "not_a_rotation", "The quaternion is not of length 1.", "Normalise it: w, x, y, z.")
    return times_s


def _places(times_s: Floats, instants: Floats, keys: Sequence[KeyFrame]) -> tuple[np.ndarray, Floats]:
    """For every instant the key frame before it, and how far it has come to the next one, in [0, 1] and eased."""
    last = len(times_s) - 1
    inside = np.clip(instants, times_s[0], times_s[-1])
    left = np.clip(np.searchsorted(times_s, inside + SLACK_S, side="right") - 1, 0, max(last - 1, 0))
    span = np.diff(times_s)[left] if last else np.ones(len(inside))
    share = np.clip((inside - times_s[left]) / span, 0, 1)
    easings = np.array([EASINGS.index(key.easing) for key in keys])[left]
    # In the order of EASINGS; smoothstep is the cubic that starts and ends at rest.
    eased = np.stack([share, share**2, 1 - (1 - share) ** 2, share * share * (3 - 2 * share)])
    return left, np.take_along_axis(eased, easings[None], axis=0)[0]


def _straight(values: Floats, times_s: Floats, left: np.ndarray, share: Floats) -> Floats:
    right = np.minimum(left + 1, len(values) - 1)
    return values[left] + (values[right] - values[left]) * share[:, None]


def _cubic(values: Floats, times_s: Floats, left: np.ndarray, share: Floats) -> Floats:
    """Cubic Hermite; the slope at a key frame is that of the parabola through it and its neighbours."""
    slopes = np.gradient(values, times_s, axis=0, edge_order=2)
    right, s = left + 1, share[:, None]
    span = (times_s[right] - times_s[left])[:, None]
    return (
        (1 + 2 * s) * (1 - s) ** 2 * values[left]
        + s * (1 - s) ** 2 * span * slopes[left]
        + s * s * (3 - 2 * s) * values[right]
        + s * s * (s - 1) * span * slopes[right]
    )


def _turned(turns: Floats, left: np.ndarray, share: Floats) -> Floats:
    return slerp(turns[left], turns[np.minimum(left + 1, len(turns) - 1)], share)


def _aligned(quaternions: Floats) -> Floats:
    """The same rotations of length 1, each written with the sign that is nearer to the one before."""
    unit = quaternions / np.linalg.norm(quaternions, axis=1, keepdims=True)
    flips = np.sum(unit[1:] * unit[:-1], axis=1) < 0
    signs = np.concatenate([[1.0], np.where(np.cumsum(flips) % 2 == 1, -1.0, 1.0)])
    return unit * signs[:, None]
