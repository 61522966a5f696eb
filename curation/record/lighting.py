"""Light as numbers: environment maps, spherical harmonics, directions and colour temperature, in NumPy alone.

World axes: +X east, +Y up, -Z north. An environment map is latlong `[N, 2N, 3]` linear Rec.709 as OpenEXR lays it
out: latitude from +pi/2 at the top, longitude from +pi at the left edge down to -pi, longitude 0 along +Z and +pi/2
along +X. A direction points from the scene to where the light comes from.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from curation.record.measurements import CheckResult

Floats = NDArray[np.float64]

REC709_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
# Linear Rec.709 (D65) to CIE 1931 XYZ, IEC 61966-2-1.
_XYZ_FROM_REC709 = np.array(
    [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
)
# Band factors of a clamped cosine: radiance to irradiance (Ramamoorthi and Hanrahan 2001).
_COSINE_BANDS = np.repeat([np.pi, 2 * np.pi / 3, np.pi / 4], [1, 3, 5])
DOMINANT_LOBE = 32.0  # exponent of the cosine lobe the brightest region is sought with, about 12 degrees wide
DOMINANT_RADIUS_DEG = 25.0
LOBE_MAP_HEIGHT = 32
WORKING_HEIGHT = 512  # larger maps are averaged down to this before anything is computed over the sphere


@dataclass(frozen=True)
class White:
    """Correlated colour temperature in kelvin and distance from the Planckian locus in CIE 1960 uv (green is +)."""

    cct_k: float
    duv: float


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


def key_direction(tag: str, c2w: ArrayLike) -> Floats | None:
    """`[3]` world direction that a `tags.key_direction` means, seen from a camera; None for `ambient`.

    Args:
        tag: Such as `front_left`: `front` is from the camera's side, left is the camera's left.
        c2w: `[4, 4]` canonical pose of the camera.
    """
    axes = np.asarray(c2w, dtype=np.float64)[:3, :3]
    right, up, forward = axes[:, 0], -axes[:, 1], axes[:, 2]
    named = {"front": -forward, "back": forward, "left": -right, "right": right, "top": up, "bottom": -up}
    parts = [named[word] for word in tag.split("_") if word in named]
    if not parts:
        return None
    total = np.sum(parts, axis=0)
    return total / np.linalg.norm(total)


def map_directions(height: int) -> Floats:
    """`[N, 2N, 3]` unit directions of the pixel centres of a map of N rows, in the map's own axes."""
    latitude = np.pi * (0.5 - (np.arange(height) + 0.5) / height)
    longitude = np.pi * (1.0 - 2.0 * (np.arange(2 * height) + 0.5) / (2 * height))
    lat, lon = np.meshgrid(latitude, longitude, indexing="ij")
    return np.stack([np.sin(lon) * np.cos(lat), np.sin(lat), np.cos(lon) * np.cos(lat)], axis=-1)


def solid_angles(height: int) -> Floats:
    """`[N, 1]` steradians of a pixel in each row of a map; over the whole map they sum to 4 pi."""
    edges = np.sin(np.pi * (0.5 - np.arange(height + 1) / height))
    return ((edges[:-1] - edges[1:]) * np.pi / height)[:, None]


def check_environment_map(pixels: NDArray[np.floating]) -> list[CheckResult]:
    """Facts of a map as decoded: `env_map_finite_share`, `env_map_negative_share`, `env_map_aspect`, and, where it is
    sound, `env_map_dynamic_range_stops`.

    Args:
        pixels: `[H, W, 3]`, any floating type.
    """
    height, width = pixels.shape[:2]
    finite = float(np.isfinite(pixels).mean()) if pixels.size else 0.0
    negative = float((pixels < 0).mean()) if pixels.size else 0.0
    results = [
        CheckResult("env_map_finite_share", finite),
        CheckResult("env_map_negative_share", negative),
        CheckResult("env_map_aspect", width / height if height else 0.0, f"{width} x {height} pixels."),
    ]
    if finite == 1.0 and negative == 0.0:
        results.append(CheckResult("env_map_dynamic_range_stops", dynamic_range_stops(pixels)))
    return results


def dynamic_range_stops(pixels: NDArray[np.floating]) -> float:
    """Stops between the brightest pixel and the darkest that is not black (1st percentile of those); 0 for one value.

    Args:
        pixels: `[H, W, 3]` finite, not negative.
    """
    luminance = pixels @ REC709_LUMINANCE.astype(np.float32)
    lit = luminance[luminance > 0]
    return float(np.log2(lit.max() / np.percentile(lit, 1))) if lit.size else 0.0


def dominant_direction(pixels: NDArray[np.floating], *, world_from_env: ArrayLike | None = None) -> Floats | None:
    """`[3]` unit world direction from which most light comes, or None where no direction stands out (an even map).

    The direction whose cosine lobe gathers most light on a coarse map, then the centre of the brighter half of the
    light around it.

    Args:
        pixels: `[N, 2N, 3]` finite, not negative.
        world_from_env: `[9]` or `[3, 3]` rotation of the map's axes into the world; none when left out.
    """
    luminance = shrunk(pixels) @ REC709_LUMINANCE
    power = luminance * solid_angles(len(luminance))
    directions = map_directions(len(luminance))
    coarse_directions, coarse_power = _coarse(directions, power)
    lobes = np.clip(coarse_directions @ coarse_directions.T, 0, 1) ** DOMINANT_LOBE @ coarse_power
    if lobes.max() <= 0 or lobes.max() < 1.05 * np.median(lobes):
        return None
    peak = coarse_directions[int(np.argmax(lobes))]
    near = directions @ peak > np.cos(np.radians(DOMINANT_RADIUS_DEG))
    # What stands out over the surroundings; an even patch has no centre of its own but its middle.
    excess = np.clip(luminance[near] - np.median(luminance[near]), 0, None)
    weights = excess if excess.sum() > 0 else luminance[near]
    centre = (weights * np.broadcast_to(solid_angles(len(luminance)), luminance.shape)[near]) @ directions[near]
    return _rotation(world_from_env) @ (centre / np.linalg.norm(centre))


def shrunk(pixels: NDArray[np.floating], height: int = WORKING_HEIGHT) -> Floats:
    """`[N', 2N', 3]` float64 averages of a map, N' at most `height`; a map that is small enough keeps its pixels."""
    rows = pixels.shape[0]
    if rows <= height:
        return pixels.astype(np.float64)
    top = np.arange(height) * rows // height
    left = np.arange(2 * height) * pixels.shape[1] // (2 * height)
    # Half floats overflow when summed; single ones hold the few rows of a block well.
    wide = pixels.astype(np.float32) if pixels.dtype == np.float16 else pixels
    summed = np.add.reduceat(np.add.reduceat(wide, top, axis=0), left, axis=1, dtype=np.float64)
    counts = np.diff(np.append(top, rows))[:, None, None] * np.diff(np.append(left, pixels.shape[1]))[None, :, None]
    return summed / counts


def _coarse(directions: Floats, power: Floats) -> tuple[Floats, Floats]:
    """Directions and summed power of blocks of pixels, at most 32 rows of them."""
    height = power.shape[0]
    block = max(1, height // LOBE_MAP_HEIGHT)
    rows = np.arange(0, height, block)
    columns = np.arange(0, 2 * height, block)
    summed = np.add.reduceat(np.add.reduceat(power, rows, axis=0), columns, axis=1)
    weighted = np.add.reduceat(np.add.reduceat(directions, rows, axis=0), columns, axis=1)
    units = weighted / np.linalg.norm(weighted, axis=-1, keepdims=True)
    return units.reshape(-1, 3), summed.ravel()


def _rotation(world_from_env: ArrayLike | None) -> Floats:
    if world_from_env is None:
        return np.eye(3)
    return np.asarray(world_from_env, dtype=np.float64).reshape(3, 3)


def harmonics(directions: ArrayLike) -> Floats:
    """`[..., 9]` real spherical harmonics to order 2 of unit directions `[..., 3]`, without the Condon-Shortley sign.

    Order: L00, L1-1, L10, L11, L2-2, L2-1, L20, L21, L22.
    """
    x, y, z = np.moveaxis(np.asarray(directions, dtype=np.float64), -1, 0)
    first, second = np.sqrt(3 / (4 * np.pi)), np.sqrt(15 / (4 * np.pi))
    return np.stack(
        [
            np.full_like(x, np.sqrt(1 / (4 * np.pi))),
            first * y,
            first * z,
            first * x,
            second * x * y,
            second * y * z,
            np.sqrt(5 / (16 * np.pi)) * (3 * z * z - 1),
            second * x * z,
            0.5 * second * (x * x - y * y),
        ],
        axis=-1,
    )


def project(pixels: NDArray[np.floating], *, world_from_env: ArrayLike | None = None) -> Floats:
    """`[9, 3]` radiance coefficients of a map in world axes.

    Args:
        pixels: `[N, 2N, 3]` finite.
        world_from_env: Rotation of the map's axes into the world; none when left out.
    """
    light = shrunk(pixels)
    basis = harmonics(map_directions(len(light)) @ _rotation(world_from_env).T)
    return np.einsum("hwk,hwc->kc", basis, light * solid_angles(len(light))[..., None])


def irradiance_coefficients(radiance: ArrayLike) -> Floats:
    """`[9, 3]` irradiance coefficients of radiance ones."""
    return np.asarray(radiance, dtype=np.float64) * _COSINE_BANDS[:, None]


def evaluate(coefficients: ArrayLike, directions: ArrayLike) -> Floats:
    """`[..., 3]` values of `[9, 3]` coefficients along unit directions `[..., 3]`: what their kind says they are."""
    return harmonics(directions) @ np.asarray(coefficients, dtype=np.float64)


def rotate_harmonics(coefficients: ArrayLike, rotation: ArrayLike) -> Floats:
    """`[9, 3]` coefficients of the same light turned by `rotation` `[3, 3]`: values move from d to `rotation @ d`."""
    matrix = _rotation(rotation)
    # Nine directions in general position determine the nine functions of each band.
    points = np.random.default_rng(0).normal(size=(32, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    turned = harmonics(points @ matrix)
    values = turned @ np.asarray(coefficients, dtype=np.float64)
    return np.linalg.lstsq(harmonics(points), values, rcond=None)[0].astype(np.float64)


def white_of(rgb: ArrayLike) -> White | None:
    """Colour temperature and duv of a linear Rec.709 colour `[3]`; None for black or a colour without brightness.

    The nearest point of the Planckian locus by Krystek's approximation, from 1,000 to 25,000 K; at the ends of the
    range the temperature is the end. Beyond |duv| 0.05 the colour is no white and the temperature means nothing.
    """
    x, y, z = _XYZ_FROM_REC709 @ np.asarray(rgb, dtype=np.float64)
    weight = x + 15 * y + 3 * z
    if not np.isfinite(weight) or weight <= 0 or y <= 0:
        return None
    u, v = 4 * x / weight, 6 * y / weight
    mireds = np.linspace(1e6 / 25_000, 1e6 / 1_000, 961)
    for _ in range(4):
        locus_u, locus_v = planckian_uv(1e6 / mireds)
        nearest = int(np.argmin(np.hypot(locus_u - u, locus_v - v)))
        low, high = mireds[max(nearest - 1, 0)], mireds[min(nearest + 1, len(mireds) - 1)]
        best = mireds[nearest]
        mireds = np.linspace(low, high, 41)
    near_u, near_v = (float(value) for value in planckian_uv(np.array(1e6 / best)))
    distance = float(np.hypot(u - near_u, v - near_v))
    return White(float(1e6 / best), distance if v >= near_v else -distance)


def planckian_uv(cct_k: Floats) -> tuple[Floats, Floats]:
    """CIE 1960 u and v of black bodies (Krystek 1985; within 1e-4 from 1,000 to 15,000 K)."""
    t = np.asarray(cct_k, dtype=np.float64)
    u = (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t**2) / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t**2)
    v = (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t**2) / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t**2)
    return u, v


def mean_white(pixels: NDArray[np.floating]) -> White | None:
    """Colour temperature of the light of a whole map `[N, 2N, 3]`: its mean colour over the sphere (grey world)."""
    light = shrunk(pixels)
    return white_of(np.sum(light * solid_angles(len(light))[..., None], axis=(0, 1)))
