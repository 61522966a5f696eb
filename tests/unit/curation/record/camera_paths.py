"""Camera paths for tests: random ones, and cameras that look at something."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from curation.record.cameras import CameraPath, Distortion, PhysicalLens
from curation.record.cameras.rotations import matrix_from_quaternion

Move = Callable[[float], np.ndarray]
FPS = 24


def random_path(seed: int, frames: int, *, zoom: bool = True, reach_m: float = 10.0) -> CameraPath:
    """Random poses with intrinsics, times and size."""
    rng = np.random.default_rng(seed)
    c2w = np.tile(np.eye(4), (frames, 1, 1))
    c2w[:, :3, :3] = matrix_from_quaternion(rng.normal(size=(frames, 4)))
    c2w[:, :3, 3] = rng.uniform(-reach_m, reach_m, size=(frames, 3))
    intrinsics = np.tile(rng.uniform([0.3, 0.3, 0.4, 0.4], [4, 4, 0.6, 0.6]), (frames, 1))
    if zoom:
        intrinsics[:, :2] *= np.linspace(1, 1.5, frames)[:, None]
    return CameraPath(c2w, intrinsics, np.cumsum(rng.uniform(1e-3, 0.1, frames)), 1280, 720)


paths = st.builds(
    random_path,
    seed=st.integers(0, 2**32 - 1),
    frames=st.integers(1, 12),
    zoom=st.booleans(),
    reach_m=st.floats(0, 500),
)
DISTORTIONS = (
    None,
    Distortion("opencv", (0.1, -0.02, 0.001, -0.002)),
    Distortion("opencv", (0.1, -0.02, 0.001, -0.002, 0.05)),
    Distortion("opencv", (0.1, -0.02, 0.001, -0.002, 0.05, 0.01, 0.02, -0.03)),
    Distortion("opencv_fisheye", (0.1, -0.02, 0.001, -0.002)),
)


@st.composite
def whole_paths(draw: st.DrawFn) -> CameraPath:
    """Paths that hold any mix of the fields there are."""
    path = draw(paths)
    if draw(st.booleans()):
        middle = np.array(path.intrinsics)
        middle[:, 2:] = 0.5
        path = replace(path, intrinsics=middle)
    kept = draw(st.booleans())
    return replace(
        path,
        times_s=path.times_s if draw(st.booleans()) else None,
        up=draw(st.sampled_from(["declared", "estimated", "unknown"])),
        distortion=draw(st.sampled_from(DISTORTIONS)),
        lens=PhysicalLens(35.9, draw(st.sampled_from([None, 2.8]))) if kept else None,
    )


def looking(position: np.ndarray, target: np.ndarray, roll: float = 0.0) -> np.ndarray:
    """`[4, 4]` canonical pose looking at a target, rolled clockwise by radians."""
    forward = (target - position) / np.linalg.norm(target - position)
    right = np.cross(forward, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    down = np.cross(forward, right)
    pose = np.eye(4)
    pose[:3, 0] = np.cos(roll) * right + np.sin(roll) * down
    pose[:3, 1] = np.cos(roll) * down - np.sin(roll) * right
    pose[:3, 2], pose[:3, 3] = forward, position
    return pose


def moving(move: Move, *, seconds: float = 5.0, up: str = "declared", zoom: float = 0.0) -> CameraPath:
    """The path of a movement given as pose at share 0..1."""
    frames = round(seconds * FPS) + 1
    shares = np.linspace(0, 1, frames)
    intrinsics = np.tile([0.9, 1.6, 0.5, 0.5], (frames, 1))
    intrinsics[:, :2] *= (1 + zoom * shares)[:, None]
    return CameraPath(np.array([move(share) for share in shares]), intrinsics, shares * seconds, 1280, 720, up)


START = np.array([0.0, 1.6, 5.0])
AHEAD = np.array([0.0, -0.15, -1.0])
EAST, UP = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])


def sliding(direction: np.ndarray) -> Move:
    return lambda share: looking(START + direction * share, START + direction * share + AHEAD)


def orbiting(sign: float) -> Move:
    return lambda share: looking(
        np.array([4 * np.sin(sign * share), 2.0, 4 * np.cos(sign * share)]), np.array([0.0, 0.5, 0.0])
    )


MOVES: dict[str, Move] = {
    "dolly_in": sliding(AHEAD),
    "dolly_out": sliding(-AHEAD),
    "truck_right": sliding(EAST),
    "truck_left": sliding(-EAST),
    "pedestal_up": sliding(UP),
    "pedestal_down": sliding(-UP),
    "pan_right": lambda share: looking(START, START + np.array([np.sin(share / 2), -0.15, -np.cos(share / 2)])),
    "pan_left": lambda share: looking(START, START + np.array([np.sin(-share / 2), -0.15, -np.cos(share / 2)])),
    "tilt_up": lambda share: looking(START, START + np.array([0.0, np.tan(share / 2 - 0.2), -1.0])),
    "tilt_down": lambda share: looking(START, START + np.array([0.0, np.tan(0.2 - share / 2), -1.0])),
    "roll_cw": lambda share: looking(START, START + AHEAD, share / 2),
    "roll_ccw": lambda share: looking(START, START + AHEAD, -share / 2),
    "arc_ccw": orbiting(1.0),
    "arc_cw": orbiting(-1.0),
    "static": lambda share: looking(START, START + AHEAD),
}
