"""Direction: where every subject is, how its limbs hang, and when it touches the ground.

One function per verb gives the pose; `contacts` gives the instants from the same formulas, so that sound and
picture cannot disagree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studio.specs import Motion, Subject, Vec3

GRAVITY = 9.81
Array = NDArray[np.float64]

# How far a striding leg swings, radians, and where in a jump's cycle the feet leave the ground.
STRIDE = 0.55
LEG = 0.44  # of the subject's height
CROUCH_S = 0.28


@dataclass(frozen=True)
class Track:
    """Poses at T times: root position `[T, 3]`, turn about +Y `[T]`, roll about the own X `[T]`, joints `[T, 3, 3]`."""

    position: Array
    yaw_rad: Array
    roll_rad: Array
    joints: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    """A touch of the ground: when, and how hard (m/s of closing speed)."""

    time_s: float
    speed_m_s: float


def heading_vector(heading_deg: float) -> Vec3:
    """Horizontal unit vector, clockwise from north (-Z)."""
    angle = math.radians(heading_deg)
    return math.sin(angle), 0.0, -math.cos(angle)


def rotation(axis: int, angle_rad: Array) -> Array:
    """Right-handed rotations `[T, 3, 3]` about the world axis of this number."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    out = np.zeros((*np.shape(angle_rad), 3, 3))
    i, j = (axis + 1) % 3, (axis + 2) % 3
    out[..., axis, axis] = 1.0
    out[..., i, i] = c
    out[..., j, j] = c
    out[..., i, j] = -s
    out[..., j, i] = s
    return out


def track(subject: Subject, times_s: Array) -> Track:
    """Where the subject is and how it stands at these times."""
    motion = subject.motion
    clipped = np.clip(times_s, motion.start_s, motion.end_s)
    u = clipped - motion.start_s
    travel = motion.speed_m_s * (clipped - 0.5 * (motion.start_s + motion.end_s))
    position = np.array(subject.position) + travel[:, None] * np.array(heading_vector(motion.heading_deg))
    position[:, 1] += _lift(subject, u)
    yaw = np.full_like(u, -math.radians(subject.facing_deg))
    if motion.verb == "spins":
        yaw = yaw + 2 * np.pi * u / motion.period_s
    roll = -travel / subject.hinge_m if subject.hinge_m else np.zeros_like(u)
    return Track(position, yaw, roll, _joints(motion, u + motion.phase_s, travel))


def _lift(subject: Subject, u: Array) -> Array:
    """Height of the root above the ground, u seconds into the motion."""
    motion = subject.motion
    cycle = u + motion.phase_s
    if motion.verb == "bounces":
        return _bounce_height(motion, cycle)
    if motion.verb == "falls":
        return _fall_height(motion, u)
    if motion.verb == "jumps":
        return _jump_height(motion, cycle)
    if motion.verb == "walks":  # the hips sink at full stride, so that the feet stay on the ground
        return LEG * subject.height_m * (np.cos(_swing(motion, cycle)) - 1)
    if motion.verb == "rises":
        return motion.height_m * u / max(motion.end_s - motion.start_s, 1e-6)
    if motion.verb == "floats":
        return motion.height_m + 0.12 * np.sin(2 * np.pi * cycle / motion.period_s)
    return np.zeros_like(u)


def _joints(motion: Motion, cycle: Array, travel: Array) -> dict[str, Array]:
    """Rotations of the limbs that this action moves."""
    if motion.verb == "walks":
        swing = _swing(motion, cycle)
        arms = {"arm_l": rotation(0, -0.8 * swing), "arm_r": rotation(0, 0.8 * swing)}
        return {"leg_l": rotation(0, swing), "leg_r": rotation(0, -swing), **arms}
    if motion.verb == "jumps":
        return _jump_joints(motion, cycle)
    if motion.verb == "waves":
        return {"arm_r": rotation(2, 2.5 + 0.45 * np.sin(2 * np.pi * cycle / motion.period_s))}
    if motion.verb == "drives":
        return {"wheel": rotation(0, -travel / 0.24)}
    return {}


def _swing(motion: Motion, cycle: Array) -> Array:
    """Angle of the left leg, radians; heels strike at whole periods."""
    return STRIDE * np.cos(np.pi * cycle / motion.period_s)


def contacts(subject: Subject) -> list[Contact]:
    """Every touch of the ground within the motion, in order; footfalls count."""
    motion = subject.motion
    length = motion.end_s - motion.start_s
    if motion.verb == "bounces":
        found = [Contact(t, v) for t, v in _bounce_landings(motion, length + motion.phase_s)]
    elif motion.verb == "falls":
        found = [Contact(t, v) for t, v in _fall_landings(motion)]
    elif motion.verb == "jumps":
        flight = 2 * _jump_speed(motion) / GRAVITY
        cycle = CROUCH_S + flight
        found = [
            Contact((k + 1) * cycle, _jump_speed(motion)) for k in range(int((length + motion.phase_s) / cycle) + 1)
        ]
    elif motion.verb == "walks":
        found = [Contact(k * motion.period_s, 0.9) for k in range(int((length + motion.phase_s) / motion.period_s) + 2)]
    else:
        return []
    phase = 0.0 if motion.verb == "falls" else motion.phase_s
    moved = (Contact(c.time_s - phase + motion.start_s, c.speed_m_s) for c in found)
    return [c for c in moved if motion.start_s <= c.time_s < motion.end_s]


def _bounce_landings(motion: Motion, until_s: float) -> list[tuple[float, float]]:
    """(time after the drop, speed) of the landings of a ball dropped from `height_m`, until it hops less than 2 cm."""
    speed = math.sqrt(2 * GRAVITY * motion.height_m)
    at = speed / GRAVITY
    landings = []
    while at < until_s and speed > 0.6:
        landings.append((at, speed))
        speed *= motion.restitution
        at += 2 * speed / GRAVITY
    return landings


def _bounce_height(motion: Motion, since_drop_s: Array) -> Array:
    height = np.maximum(motion.height_m - 0.5 * GRAVITY * since_drop_s**2, 0.0)
    for at, speed in _bounce_landings(motion, float(since_drop_s.max()) + 1.0):
        after = since_drop_s - at
        height = np.maximum(
            height, np.where(after > 0, after * (speed * motion.restitution - 0.5 * GRAVITY * after), 0.0)
        )
    return height


def _fall_landings(motion: Motion) -> list[tuple[float, float]]:
    """A fall and one small rebound."""
    speed = math.sqrt(2 * GRAVITY * motion.height_m)
    first = speed / GRAVITY
    rebound = speed * motion.restitution
    return [(first, speed), (first + 2 * rebound / GRAVITY, rebound)]


def _fall_height(motion: Motion, since_s: Array) -> Array:
    (first, speed), _ = _fall_landings(motion)
    after = since_s - first
    rebound = after * (speed * motion.restitution - 0.5 * GRAVITY * after)
    return np.where(after < 0, motion.height_m - 0.5 * GRAVITY * since_s**2, np.maximum(rebound, 0.0))


def _jump_speed(motion: Motion) -> float:
    return math.sqrt(2 * GRAVITY * motion.height_m)


def _jump_phase(motion: Motion, cycle_s: Array) -> Array:
    """Seconds since take-off within the cycle; negative while crouching."""
    return np.mod(cycle_s, CROUCH_S + 2 * _jump_speed(motion) / GRAVITY) - CROUCH_S


def _jump_height(motion: Motion, cycle_s: Array) -> Array:
    air = _jump_phase(motion, cycle_s)
    return np.where(air > 0, air * (_jump_speed(motion) - 0.5 * GRAVITY * air), 0.0)


def _jump_joints(motion: Motion, cycle_s: Array) -> dict[str, Array]:
    """Arms flung up and legs apart in the air."""
    lift = np.clip(_jump_height(motion, cycle_s) / motion.height_m, 0, 1) ** 0.5
    return {
        "arm_l": rotation(2, -2.4 * lift),
        "arm_r": rotation(2, 2.4 * lift),
        "leg_l": rotation(0, 0.5 * lift),
        "leg_r": rotation(0, -0.5 * lift),
    }
