"""Light as order-2 spherical harmonics, turned into the frame of the shot's first camera.

Real harmonics without Condon-Shortley sign in world axes, order L00, L1-1, L10, L11, L2-2..L22 (y, z, x, xy, yz,
3z^2-1, xz, x^2-y^2), radiance per linear Rec.709 channel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from videomodel.rays import LEVEL_NORTH

FEATURES = 32
IRRADIANCE_BANDS = np.array([np.pi] + [2 * np.pi / 3] * 3 + [np.pi / 4] * 5)  # Ramamoorthi & Hanrahan 2001


def sh_basis(directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """The nine harmonics `[..., 9]` at unit directions `[..., 3]`."""
    x, y, z = np.moveaxis(directions, -1, 0)
    harmonics = [
        np.full_like(x, 0.28209479177387814),
        0.4886025119029199 * y,
        0.4886025119029199 * z,
        0.4886025119029199 * x,
        1.0925484305920792 * x * y,
        1.0925484305920792 * y * z,
        0.31539156525252005 * (3 * z * z - 1),
        1.0925484305920792 * x * z,
        0.5462742152960396 * (x * x - y * y),
    ]
    return np.stack(harmonics, axis=-1)


def rotate_sh(sh: NDArray[np.float64], rotation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coefficients `[9, 3]` of the same light after `rotation` `[3, 3]` (world to new axes) of every direction."""
    spread = np.arange(32) + 0.5
    polar = np.arccos(1 - 2 * spread / 32)
    turn = np.pi * (1 + 5**0.5) * spread
    directions = np.stack([np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)], axis=-1)
    radiance = sh_basis(directions @ rotation) @ sh  # the row d @ R is R^-1 d: where that light came from
    return np.asarray(np.linalg.lstsq(sh_basis(directions), radiance, rcond=None)[0], dtype=np.float64)


def sh_from_latlong(radiance: NDArray[np.float32]) -> NDArray[np.float64]:
    """Coefficients `[9, 3]` of an OpenEXR latlong map `[N, 2N, 3]`: centre is +Z, left edge longitude +pi."""
    rows, columns = radiance.shape[:2]
    latitude = np.pi / 2 - (np.arange(rows) + 0.5) / rows * np.pi
    longitude = np.pi - (np.arange(columns) + 0.5) / columns * 2 * np.pi
    latitude, longitude = np.meshgrid(latitude, longitude, indexing="ij")
    flat = np.cos(latitude)
    directions = np.stack([flat * np.sin(longitude), np.sin(latitude), flat * np.cos(longitude)], axis=-1)
    weights = flat * (np.pi / rows) * (2 * np.pi / columns)
    return np.einsum("hwk,hwc,hw->kc", sh_basis(directions), radiance.astype(np.float64), weights)


def sun_direction(azimuth_deg: float, elevation_deg: float) -> NDArray[np.float64]:
    """Unit vector towards the sun; azimuth clockwise from north (-Z), east is +X."""
    azimuth, elevation = np.radians([azimuth_deg, elevation_deg])
    return np.array([np.sin(azimuth) * np.cos(elevation), np.sin(elevation), -np.cos(azimuth) * np.cos(elevation)])


def cct_rgb(cct_k: float) -> NDArray[np.float64]:
    """Linear Rec.709 colour of a black body at `cct_k`, luminance 1 (Krystek 1985 in CIE 1960 uv)."""
    t = float(np.clip(cct_k, 1000.0, 15000.0))
    u = (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t) / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t * t)
    v = (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t) / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t * t)
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    xyz = np.array([x / y, 1.0, (1 - x - y) / y])
    to_rgb = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    return np.clip(to_rgb @ xyz, 0.0, None)


def sun_sh(azimuth_deg: float, elevation_deg: float, cct_k: float, *, sky: float = 0.35) -> NDArray[np.float64]:
    """Radiance coefficients `[9, 3]` of a sun over an even grey sky that gives the share `sky` of the light."""
    sun = sh_basis(sun_direction(azimuth_deg, elevation_deg))[:, None] * cct_rgb(cct_k) * (1 - sky) * np.pi
    sun[0] += sky * 2 * np.pi**0.5
    return sun


def lamps_sh(
    directions: NDArray[np.float64], colours: NDArray[np.float64], shares: NDArray[np.float64], *, fill: float = 0.2
) -> NDArray[np.float64]:
    """Radiance coefficients `[9, 3]` of lamps in a grey room, as bright in all as `sun_sh`.

    Args:
        directions: `[N, 3]` unit vectors towards the lamps.
        colours: `[N, 3]` linear Rec.709 of luminance 1.
        shares: `[N]` of what the lamps give together; brought to a sum of 1.
        fill: The share of all light that the room gives from everywhere.
    """
    parts = sh_basis(directions)[:, :, None] * colours[:, None, :] * (shares / shares.sum())[:, None, None]
    light = parts.sum(axis=0) * (1 - fill) * np.pi
    light[0] += fill * 2 * np.pi**0.5
    return np.asarray(light, dtype=np.float64)


def light_features(
    sh: NDArray[np.float64], camera_to_world: NDArray[np.float64] | None, sun: NDArray[np.float64] | None
) -> NDArray[np.float32]:
    """`[32]`: harmonics over their mean level, that level's logarithm, and the sun's direction, seen by the camera.

    Args:
        sh: `[9, 3]` radiance in world axes.
        camera_to_world: `[4, 4]` of the first frame; a level camera looking north where not known.
        sun: Unit vector towards the sun in world axes, or None.
    """
    to_camera = (LEVEL_NORTH if camera_to_world is None else camera_to_world[:3, :3]).T
    turned = rotate_sh(sh, to_camera)
    level = max(float(turned[0].mean()), 1e-4)
    place = np.zeros(3) if sun is None else to_camera @ sun
    features = [*np.arcsinh(turned / level).ravel(), np.log(level), *place, float(sun is not None)]
    return np.asarray(features, dtype=np.float32)
