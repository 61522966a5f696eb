"""Directions in the world, and the sun's angles."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def sun_direction(azimuth_deg: float, elevation_deg: float) -> Floats:
    """`[3]` unit vector to the sun; azimuth clockwise from north."""
    azimuth, elevation = np.radians(azimuth_deg), np.radians(elevation_deg)
    return np.array(
        [np.sin(azimuth) * np.cos(elevation), np.sin(elevation), -np.cos(azimuth) * np.cos(elevation)],
        dtype=np.float64,
    )


def sun_angles(direction: ArrayLike) -> tuple[float, float]:
    """Azimuth in [0, 360) and elevation in [-90, 90] degrees of a direction `[3]` of any length but 0."""
    x, y, z = np.asarray(direction, dtype=np.float64)
    azimuth = float(np.degrees(np.arctan2(x, -z))) % 360.0
    return (0.0 if azimuth == 360.0 else azimuth), float(np.degrees(np.arctan2(y, np.hypot(x, z))))


def angle_between_deg(first: ArrayLike, second: ArrayLike) -> float:
    """Angle in [0, 180] degrees between two directions `[3]`."""
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b)), np.dot(a, b))))


def rotation_matrix(rotation: ArrayLike | None) -> Floats:
    """`[3, 3]` of nine numbers row by row or of a matrix; the identity for None."""
    return np.eye(3) if rotation is None else np.asarray(rotation, dtype=np.float64).reshape(3, 3)
