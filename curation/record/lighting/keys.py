"""The key light in words: `front_left` and its kin, as the camera sees the scene."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from curation.record.lighting.directions import Floats

# Azimuth clockwise from the camera's own side: light from the front comes from where the camera stands.
_AZIMUTHS: Final[dict[str, float]] = {
    "front": 0.0,
    "front_right": 45.0,
    "right": 90.0,
    "back_right": 135.0,
    "back": 180.0,
    "back_left": 225.0,
    "left": 270.0,
    "front_left": 315.0,
}
SECTOR_DEG = 22.5
STEEP_DEG = 60.0  # higher than this a light comes from the top, whatever its azimuth
LEVEL_FORWARD = 0.5  # a camera that looks up or down more steeply keeps its own axes


def key_direction(tag: str, c2w: ArrayLike) -> Floats | None:
    """`[3]` world direction in the middle of what a `tags.key_direction` means; None for `ambient`.

    Args:
        tag: Such as `front_left`: `front` is from the camera's side, left is the camera's left.
        c2w: `[4, 4]` canonical pose of the camera.
    """
    axes = _viewer(c2w)
    if tag in ("top", "bottom"):
        return axes[1] if tag == "top" else -axes[1]
    return _from_angles(_AZIMUTHS[tag], 0.0) @ axes if tag in _AZIMUTHS else None


def key_word(direction: ArrayLike, c2w: ArrayLike) -> str:
    """The `tags.key_direction` of light from this world direction `[3]`; never `ambient`."""
    azimuth, elevation = _angles(direction, _viewer(c2w))
    if abs(elevation) > STEEP_DEG:
        return "top" if elevation > 0 else "bottom"
    return list(_AZIMUTHS)[round(azimuth / 45.0) % 8]


def key_error_deg(tag: str, direction: ArrayLike, c2w: ArrayLike) -> float | None:
    """How far a world direction lies outside what the word means, in degrees; 0 inside, None for `ambient`.

    A word names a sector of 45 degrees at any height up to 60 degrees, or what stands steeper.
    """
    if tag not in _AZIMUTHS and tag not in ("top", "bottom"):
        return None
    azimuth, elevation = _angles(direction, _viewer(c2w))
    if tag in ("top", "bottom"):
        return max(0.0, STEEP_DEG - (elevation if tag == "top" else -elevation))
    off = (azimuth - _AZIMUTHS[tag] + 180.0) % 360.0 - 180.0
    nearest = _from_angles(
        _AZIMUTHS[tag] + float(np.clip(off, -SECTOR_DEG, SECTOR_DEG)), float(np.clip(elevation, -STEEP_DEG, STEEP_DEG))
    )
    return float(np.degrees(np.arccos(np.clip(nearest @ _from_angles(azimuth, elevation), -1, 1))))


def _viewer(c2w: ArrayLike) -> Floats:
    """`[3, 3]` rows: the viewer's right, up and back; level as long as the camera is not steep."""
    pose = np.asarray(c2w, dtype=np.float64)
    forward = pose[:3, 2]
    flat = np.array([forward[0], 0.0, forward[2]])
    if np.linalg.norm(flat) < LEVEL_FORWARD * np.linalg.norm(forward):
        return np.stack([pose[:3, 0], -pose[:3, 1], -forward])
    back = -flat / np.linalg.norm(flat)
    up = np.array([0.0, 1.0, 0.0])
    return np.stack([np.cross(up, back), up, back])


def _angles(direction: ArrayLike, viewer: Floats) -> tuple[float, float]:
    right, up, back = viewer @ np.asarray(direction, dtype=np.float64)
    return float(np.degrees(np.arctan2(right, back))) % 360.0, float(np.degrees(np.arctan2(up, np.hypot(right, back))))


def _from_angles(azimuth_deg: float, elevation_deg: float) -> Floats:
    """Right, up and back of a unit direction."""
    azimuth, elevation = np.radians(azimuth_deg), np.radians(elevation_deg)
    flat = np.cos(elevation)
    return np.array([np.sin(azimuth) * flat, np.sin(elevation), np.cos(azimuth) * flat])
