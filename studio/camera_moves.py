"""Camera work: a plan of primitives becomes one pose per frame, and the record's `camera` fields.

Poses are integrated from the middle of the clip outwards, where the camera looks at its target; so a pan or a truck
passes over the subject. Moves are about the camera's own axes, except pan and arc, which turn about the world's up.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.motion import rotation, track
from studio.specs import CameraPlan, Move, Scene, Subject

Array = NDArray[np.float64]
UP = np.array([0.0, 1.0, 0.0])
_STEPS_PER_FRAME = 4
_NONE = np.zeros(3)

# name -> (velocity m, turn rad, log focal) per second, at unit speed, of a camera with rotation R looking from p.
_Twist = Callable[[Array, Array, Array], tuple[Array, Array, float]]


def _glide(axis: int, sign: float) -> _Twist:
    return lambda R, p, target: (sign * R[:, axis], _NONE, 0.0)


def _turn(axis: int, sign: float) -> _Twist:
    return lambda R, p, target: (_NONE, sign * math.radians(1) * R[:, axis], 0.0)


def _pan(sign: float) -> _Twist:
    return lambda R, p, target: (_NONE, sign * math.radians(1) * UP, 0.0)


def _arc(sign: float) -> _Twist:
    def twist(R: Array, p: Array, target: Array) -> tuple[Array, Array, float]:
        w = sign * math.radians(1) * UP
        return np.cross(w, p - target), w, 0.0

    return twist


def _zoom(sign: float) -> _Twist:
    return lambda R, p, target: (_NONE, _NONE, sign)


_TWISTS: dict[str, _Twist] = {
    "dolly_in": _glide(2, 1),
    "dolly_out": _glide(2, -1),
    "truck_left": _glide(0, -1),
    "truck_right": _glide(0, 1),
    "pedestal_up": _glide(1, -1),
    "pedestal_down": _glide(1, 1),
    "pan_left": _pan(1),
    "pan_right": _pan(-1),
    "tilt_up": _turn(0, 1),
    "tilt_down": _turn(0, -1),
    "roll_cw": _turn(2, 1),
    "roll_ccw": _turn(2, -1),
    "zoom_in": _zoom(1),
    "zoom_out": _zoom(-1),
    "arc_left": _arc(-1),
    "arc_right": _arc(1),
}
MOVES = ("static", *_TWISTS, "tracking")
# How much of a hand's tremor each way of holding the camera has.
_TREMORS = {"handheld": 1.0, "shaky": 3.0}


@dataclass
class _Rig:
    position: Array
    R: Array
    log_zoom: float = 0.0


def look_at(position: Array, target: Array) -> Array:
    """Camera-to-world rotation, OpenCV axes, horizon level."""
    forward = target - position
    forward = forward / np.linalg.norm(forward)
    right = np.cross(forward, UP)
    right = right / np.linalg.norm(right)
    return np.stack([right, np.cross(forward, right), forward], axis=1)


def path(scene: Scene, times_s: Array) -> tuple[Array, Array]:
    """Camera-to-world poses `[T, 4, 4]` and zoom factors `[T]` at increasing times."""
    plan, middle = scene.camera, 0.5 * scene.duration_s
    step = 1.0 / (scene.fps * _STEPS_PER_FRAME)
    followed = next((s for s in scene.subjects if s.name == plan.tracked), None)
    poses = np.tile(np.eye(4), (len(times_s), 1, 1))
    zooms = np.ones(len(times_s))
    ahead = [k for k in range(len(times_s)) if times_s[k] >= middle]
    behind = [k for k in reversed(range(len(times_s))) if times_s[k] < middle]
    for order in (ahead, behind):
        position = np.array(plan.position)
        rig, now = _Rig(position, look_at(position, np.array(plan.target))), middle
        for k in order:
            now = _advance(rig, plan, followed, now, float(times_s[k]), step)
            poses[k, :3, :3], poses[k, :3, 3], zooms[k] = rig.R, rig.position, math.exp(rig.log_zoom)
    if strength := _TREMORS.get(plan.steadiness):
        poses = _shake(poses, times_s, plan.shake_seed, strength)
    return poses, zooms


def _advance(
    rig: _Rig, plan: CameraPlan, followed: Subject | None, start_s: float, end_s: float, step_s: float
) -> float:
    """Integrate the rig from one time to the other (either way), by the midpoint rule."""
    cuts = sorted(
        {t for m in plan.moves for t in (m.start_s, m.end_s) if min(start_s, end_s) < t < max(start_s, end_s)}
    )
    stops = [start_s, *(cuts if end_s >= start_s else cuts[::-1]), end_s]
    target = np.array(plan.target)
    for a, b in itertools.pairwise(stops):
        count = max(1, math.ceil(abs(b - a) / step_s - 1e-9))
        active = [m for m in plan.moves if m.start_s <= 0.5 * (a + b) <= m.end_s and m.name != "static"]
        if not active or a == b:
            continue
        for k in range(count):
            _substep(rig, active, followed, target, a + (b - a) * k / count, (b - a) / count)
    return end_s


def _substep(rig: _Rig, active: list[Move], followed: Subject | None, target: Array, at_s: float, dt: float) -> None:
    velocity, turn, log_zoom = _twist(active, rig.R, rig.position, target)
    half = _turned(rig.R, turn * dt / 2)
    velocity, turn, log_zoom = _twist(active, half, rig.position + velocity * dt / 2, target)
    rig.position = rig.position + velocity * dt
    if followed is not None and any(m.name == "tracking" for m in active):
        ends = track(followed, np.array([at_s, at_s + dt])).position
        rig.position = rig.position + (ends[1] - ends[0]) * np.array([1.0, 0.0, 1.0])
    rig.R = _turned(rig.R, turn * dt)
    rig.log_zoom += log_zoom * dt


def _twist(active: list[Move], R: Array, position: Array, target: Array) -> tuple[Array, Array, float]:
    velocity, turn, log_zoom = _NONE, _NONE, 0.0
    for move in active:
        if move.name == "tracking":
            continue
        v, w, z = _TWISTS[move.name](R, position, target)
        velocity, turn, log_zoom = velocity + move.speed * v, turn + move.speed * w, log_zoom + move.speed * z
    return velocity, turn, log_zoom


def _turned(R: Array, w: Array) -> Array:
    """R turned by the rotation vector w in world axes (Rodrigues)."""
    angle = float(np.linalg.norm(w))
    if angle < 1e-12:
        return R
    x, y, z = w / angle
    K = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return (np.eye(3) + math.sin(angle) * K + (1 - math.cos(angle)) * (K @ K)) @ R


def _shake(poses: Array, times_s: Array, seed: int, strength: float) -> Array:
    """A hand's tremor: at strength 1 a third of a degree and a centimetre, by sums of sines."""
    rng = np.random.default_rng([seed, 7])
    frequency, phase = rng.uniform(0.6, 2.6, (6, 3)), rng.uniform(0, 2 * np.pi, (6, 3))
    wave = strength * np.sin(2 * np.pi * frequency * times_s[:, None, None] + phase).sum(-1) / 1.7
    tremor = np.tile(np.eye(4), (len(times_s), 1, 1))
    angles = np.radians(0.35) * wave[:, :3]
    tremor[:, :3, :3] = rotation(1, angles[:, 1]) @ rotation(0, angles[:, 0]) @ rotation(2, 0.6 * angles[:, 2])
    tremor[:, :3, 3] = 0.01 * wave[:, 3:]
    return poses @ tremor


def intrinsics(plan: CameraPlan, zooms: Array, aspect: float) -> Array:
    """fx, fy, cx, cy per frame `[T, 4]`, over width and height; aspect = width / height."""
    fy = 0.5 / math.tan(math.radians(plan.fov_y_deg) / 2) * zooms
    return np.stack([fy / aspect, fy, np.full_like(fy, 0.5), np.full_like(fy, 0.5)], axis=1)


def camera(scene: Scene, *, width: int = 512, height: int = 288) -> dict[str, Any]:
    """The record's `camera` fields without its pose file; all times in seconds, angles in degrees."""
    _, zooms = path(scene, scene.frame_times())
    K = intrinsics(scene.camera, zooms, width / height)
    moving = bool(np.ptp(zooms) > 1e-9)
    sensor_mm = 36.0
    return {
        "convention": "opencv_c2w",
        "intrinsics": {
            "model": "pinhole",
            "normalized": True,
            "width": width,
            "height": height,
            **{name: float(K[0, k]) for k, name in enumerate(("fx", "fy", "cx", "cy"))},
            "dist": [],
            "per_frame": K.tolist() if moving else None,
        },
        "lens": {"focal_mm": round(float(K[0, 0]) * sensor_mm, 2), "sensor_width_mm": sensor_mm, "f_number": None},
        "declared": {
            "primitives": [
                {"name": m.name, "start_s": m.start_s, "end_s": m.end_s, "speed": m.speed} for m in scene.camera.moves
            ],
            "steadiness": scene.camera.steadiness,
            "reference_frame": "object" if scene.camera.tracked else "camera",
        },
        "source": "engine",
    }
