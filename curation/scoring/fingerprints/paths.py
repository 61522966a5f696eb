"""How a camera moved, whatever the world's axes, origin and scale.

Most paths are one plain movement, and honest people make the same dolly; of such a path only the very numbers make a
copy: its length and its seconds. A path with a character of its own (handheld, followed, composed) is recognised at
any scale and tempo, too. A camera that stands still is never a copy of another.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation, Slerp

from curation.scoring.fingerprints.match import Match, said
from curation.scoring.fingerprints.words import directions, sign_words

STEPS = 64
STILL_M, STILL_DEG = 0.02, 1.0
RESTING_M = 0.001  # of the extent of a camera that only turns
SAME_POSITION, SAME_ANGLE_DEG = 0.05, 0.75  # root mean square, of the path's extent
SAME_NUMBERS = 0.0025  # of plain paths: of the extent, of the turn, of the duration
TURNING = 0.03  # of the second direction of the movement against the first
CHANGING = 0.25  # share of steps at which the movement changes by a twentieth of its strongest
SAME_CHARACTER = 0.6  # correlation of what is left of two movements without their slow part
MIRROR = np.diag([-1.0, 1.0, 1.0])


@dataclass(frozen=True, eq=False)
class Course:
    """A path in 64 even steps of time.

    Attributes:
        positions: `[64, 3]` float64.
        rotations: `[64, 3, 3]` float64, camera to world, OpenCV axes.
        duration_s: Of the whole.
    """

    positions: np.ndarray
    rotations: np.ndarray
    duration_s: float

    @property
    def offsets(self) -> np.ndarray:
        """`[64, 3]` positions about their mean; zeros for a camera that only turns."""
        offsets = self.positions - self.positions.mean(axis=0)
        return offsets if np.sqrt((offsets**2).sum(axis=1).mean()) > RESTING_M else np.zeros_like(offsets)

    @property
    def extent(self) -> float:
        """Root mean square of the offsets, world units."""
        return float(np.sqrt((self.offsets**2).sum(axis=1).mean()))

    @property
    def turn_deg(self) -> float:
        """The largest angle to where it looked first."""
        return float(np.degrees(Rotation.from_matrix(self.rotations[0].T @ self.rotations).magnitude().max()))

    @property
    def mirrored(self) -> "Course":
        """Seen in a mirror, as the clip would be."""
        return Course(self.positions @ MIRROR, MIRROR @ self.rotations @ MIRROR, self.duration_s)

    @property
    def movement(self) -> np.ndarray:
        """`[63, 6]` per step, as the camera feels it: metres over the extent, then radians."""
        body = self.rotations[:-1].transpose(0, 2, 1)
        glide = np.einsum("tij,tj->ti", body, np.diff(self.offsets, axis=0)) / (self.extent or 1.0)
        turn = Rotation.from_matrix(body @ self.rotations[1:]).as_rotvec()
        return np.concatenate([glide, turn], axis=1)

    @property
    def has_character(self) -> bool:
        """Whether it is more than one movement, begun and ended."""
        movement = self.movement
        strength = np.linalg.svd(movement, compute_uv=False)
        changes = np.linalg.norm(np.diff(movement, axis=0), axis=1) > 0.05 * np.linalg.norm(movement, axis=1).max()
        return bool(strength[1] > TURNING * strength[0] and changes.mean() > CHANGING)

    @property
    def character(self) -> np.ndarray:
        """`[63, 6]` the movement without its slow part; of unit length."""
        movement = self.movement
        quick = movement - _smooth(movement, 9)
        return quick / max(float(np.linalg.norm(quick)), 1e-12)


def course_of(poses: np.ndarray, duration_s: float) -> Course | None:
    """The course of `[F, 4, 4]` poses; None where they are broken or the camera stands still."""
    if len(poses) < 3 or duration_s <= 0 or not np.isfinite(poses).all():
        return None
    rotations, times = poses[:, :3, :3], np.linspace(0, 1, len(poses))
    if (np.abs(np.linalg.det(rotations) - 1) > 0.01).any():
        return None
    even = np.linspace(0, 1, STEPS)
    positions = np.stack([np.interp(even, times, poses[:, axis, 3]) for axis in range(3)], axis=1)
    course = Course(positions, Slerp(times, Rotation.from_matrix(rotations))(even).as_matrix(), duration_s)
    still = np.ptp(positions, axis=0).max() < STILL_M and course.turn_deg < STILL_DEG
    return None if still else course


def movement_word(course: Course) -> np.ndarray:
    """`[1, 32]` uint8 of the movement, smoothed: how often it was sampled does not tell."""
    smooth = _smooth(course.movement, 5)[::2]
    return sign_words(smooth.reshape(1, -1), directions(smooth.size, seed=3))


def _smooth(movement: np.ndarray, steps: int) -> np.ndarray:
    return np.stack([np.convolve(axis, np.ones(steps) / steps, "same") for axis in movement.T], axis=1)


def compare_courses(one: Course, other: Course) -> Match | None:
    """Whether the one is the other's path after turning, moving and, where it has a character, scaling it."""
    return _compare(one, other, "") or _compare(one.mirrored, other, "mirrored")


def _compare(one: Course, other: Course, mirror: str) -> Match | None:
    if bool(one.extent) != bool(other.extent):
        return None
    turn, scale = _alignment(one, other)
    apart = Rotation.from_matrix((turn @ one.rotations).transpose(0, 2, 1) @ other.rotations).magnitude()
    angle_deg = float(np.degrees(np.sqrt((apart**2).mean())))
    away = scale * one.offsets @ turn.T - other.offsets
    distance = float(np.sqrt((away**2).sum(axis=1).mean())) / (other.extent or 1.0)
    if distance > SAME_POSITION or angle_deg > SAME_ANGLE_DEG:
        return None
    of_character = one.has_character and other.has_character
    noticed = SAME_NUMBERS if not of_character else SAME_POSITION
    rescaled = abs(scale - 1) > noticed
    slower = abs(one.duration_s / other.duration_s - 1) > noticed
    if of_character:
        if float((one.character * other.character).sum()) < SAME_CHARACTER:
            return None
    else:
        off = distance > SAME_NUMBERS or angle_deg > SAME_NUMBERS * max(one.turn_deg, STILL_DEG)
        if off or rescaled or slower or mirror:
            return None
    similarity = 1 - 0.5 * max(distance / SAME_POSITION, angle_deg / SAME_ANGLE_DEG)
    return Match(similarity, said(mirror, f"scaled {scale:.2f}" if rescaled else "", "other tempo" if slower else ""))


def _alignment(one: Course, other: Course) -> tuple[np.ndarray, float]:
    """World rotation and scale that lay the one on the other (Umeyama 1991), the cameras' axes counting as points."""
    # A straight or resting path leaves its turn about itself open; the axes of its cameras settle it.
    points, others = (
        np.concatenate([course.offsets / (course.extent or 1.0), *course.rotations.transpose(2, 0, 1)])
        for course in (one, other)
    )
    left, _, right = np.linalg.svd(others.T @ points)
    turn = left @ np.diag([1, 1, np.sign(np.linalg.det(left @ right))]) @ right
    return turn, other.extent / one.extent if one.extent else 1.0
