"""Which way a latlong map looks: named by what the middle of the picture faces."""

import numpy as np

from curation.record.lighting.directions import Floats

# Compass azimuth of the middle column in canonical axes (Z-up worlds turned Y up). All are seen from the inside:
# they differ by a turn about the vertical alone.
ORIENTATIONS: dict[str, float] = {
    "openexr": 180.0,  # middle +Z (OpenEXR, Technical Introduction, Environment Maps)
    "north": 0.0,
    "blender": 90.0,  # middle +X (Cycles, kernel/geom/projection: u = 0.5 - atan2(y, x) / 2 pi)
    "three_js": 90.0,  # middle +X (equirectUv: u = 0.5 + atan(z, x) / 2 pi)
}


def world_from_env(orientation: str, *, yaw_deg: float = 0.0) -> Floats:
    """`[3, 3]` rotation of a map's axes into the world.

    Args:
        orientation: One of `ORIENTATIONS`.
        yaw_deg: Turns the light further, clockwise seen from above.
    """
    turn = np.radians(ORIENTATIONS[orientation] - ORIENTATIONS["openexr"] + yaw_deg)
    cos, sin = np.cos(turn), np.sin(turn)
    # Clockwise from above about +Y: south (+Z) turned by 90 degrees is west (-X).
    return np.round(np.array([[cos, 0.0, -sin], [0.0, 1.0, 0.0], [sin, 0.0, cos]]), 15) + 0.0
