"""Named camera moves as canonical paths, for requests that say a move in words instead of poses."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from videomodel.conditions import Camera, Shape
from videomodel.rays import LEVEL_NORTH, UnusableCamera

SPEEDS = {"slow": 0.5, "regular": 1.0, "fast": 2.0}
METRES_PER_S = 0.5
DEGREES_PER_S = 15.0
ZOOM_PER_S = 0.3
ARC_RADIUS_M = 4.0
FOV_Y_DEG = 50.0
RIGHT, UP, FORWARD = np.array([1.0, 0, 0]), np.array([0, 1.0, 0]), np.array([0, 0, -1.0])

_Path = Callable[[float], tuple[NDArray[np.float64], NDArray[np.float64], float]]  # amount -> position, turn, log focal


def _glide(axis: NDArray[np.float64]) -> _Path:
    return lambda amount: (amount * METRES_PER_S * axis, np.eye(3), 0.0)


def _turned(amount: float, axis: NDArray[np.float64]) -> NDArray[np.float64]:
    return Rotation.from_rotvec(math.radians(amount * DEGREES_PER_S) * axis).as_matrix()


def _turn(axis: NDArray[np.float64]) -> _Path:
    return lambda amount: (np.zeros(3), _turned(amount, axis), 0.0)


def _arc(axis: NDArray[np.float64]) -> _Path:
    centre = ARC_RADIUS_M * FORWARD

    def path(amount: float) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
        turn = _turned(amount, axis)
        return centre - turn @ centre, turn, 0.0

    return path


def _zoom(sign: float) -> _Path:
    return lambda amount: (np.zeros(3), np.eye(3), sign * amount * ZOOM_PER_S)


MOVES: dict[str, _Path] = {
    "static": lambda amount: (np.zeros(3), np.eye(3), 0.0),
    "dolly_in": _glide(FORWARD),
    "dolly_out": _glide(-FORWARD),
    "truck_left": _glide(-RIGHT),
    "truck_right": _glide(RIGHT),
    "pedestal_up": _glide(UP),
    "pedestal_down": _glide(-UP),
    "pan_left": _turn(UP),
    "pan_right": _turn(-UP),
    "tilt_up": _turn(RIGHT),
    "tilt_down": _turn(-RIGHT),
    "roll_cw": _turn(FORWARD),
    "roll_ccw": _turn(-FORWARD),
    "zoom_in": _zoom(1.0),
    "zoom_out": _zoom(-1.0),
    "arc_cw": _arc(-UP),
    "arc_ccw": _arc(UP),
}


def move_camera(name: str, shape: Shape, *, speed: str = "regular") -> Camera:
    """The path of one named move, starting level, 0 m from the origin and looking north (-Z).

    Raises:
        UnusableCamera: There is no move of that name, or no such speed.
    """
    if name not in MOVES:
        raise UnusableCamera(f"there is no camera move called {name!r}; there is {', '.join(MOVES)}")
    if speed not in SPEEDS:
        raise UnusableCamera(f"there is no speed called {speed!r}; there is {', '.join(SPEEDS)}")
    poses = np.tile(np.eye(4), (shape.frames, 1, 1))
    fy = 0.5 / math.tan(math.radians(FOV_Y_DEG / 2))
    intrinsics = np.tile([fy * shape.height / shape.width, fy, 0.5, 0.5], (shape.frames, 1))
    for frame in range(shape.frames):
        position, turn, log_focal = MOVES[name](frame / shape.fps * SPEEDS[speed])
        poses[frame, :3, :3] = turn @ LEVEL_NORTH
        poses[frame, :3, 3] = position
        intrinsics[frame, :2] *= math.exp(log_focal)
    return Camera(poses, intrinsics)
