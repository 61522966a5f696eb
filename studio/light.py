"""Light: colour temperatures, the sun's place, the sky's radiance, and the nine numbers that sum them up."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.specs import Lamp, Scene, Sky, Vec3

LUX_PER_UNIT = 20_000.0  # illuminance of one render unit at 0 EV


def kelvin_to_rgb(cct_k: float) -> Vec3:
    """Linear Rec.709 of a black body of this temperature, luminance 1, negative channels cut; 1,667-25,000 K.

    Source: Kim et al. 2002, cubic fit of the Planckian locus in CIE 1931 xy.
    """
    t = 1000.0 / min(max(cct_k, 1667.0), 25000.0)
    if cct_k < 4000:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if cct_k < 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif cct_k < 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    X, Z = x / y, (1 - x - y) / y
    rgb = (
        3.2404542 * X - 1.5371385 - 0.4985314 * Z,
        -0.9692660 * X + 1.8760108 + 0.0415560 * Z,
        0.0556434 * X - 0.2040259 + 1.0572252 * Z,
    )
    r, g, b = (max(channel, 0.0) for channel in rgb)
    luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return r / luminance, g / luminance, b / luminance


def sun_direction(azimuth_deg: float, elevation_deg: float) -> Vec3:
    """Unit vector to the sun: (sin az cos el, sin el, -cos az cos el), azimuth clockwise from north."""
    az, el = math.radians(azimuth_deg), math.radians(elevation_deg)
    return math.sin(az) * math.cos(el), math.sin(el), -math.cos(az) * math.cos(el)


def latlong_directions(height: int) -> NDArray[np.float64]:
    """Unit directions `[height, 2 * height, 3]` of an OpenEXR latlong map's pixel centres.

    The top row looks up; the middle column to +Z, a quarter of the map left of it to +X, the left edge to -Z (lon +pi).
    """
    latitude = (0.5 - (np.arange(height) + 0.5) / height) * np.pi
    longitude = (1 - 2 * (np.arange(2 * height) + 0.5) / (2 * height)) * np.pi
    lat, lon = np.meshgrid(latitude, longitude, indexing="ij")
    return np.stack([np.cos(lat) * np.sin(lon), np.sin(lat), np.cos(lat) * np.cos(lon)], axis=-1)


def latlong_solid_angles(height: int) -> NDArray[np.float64]:
    """Steradians of each row's pixels, `[height, 1]`; the whole map sums to 4 pi."""
    edges = np.sin((0.5 - np.arange(height + 1) / height) * np.pi)
    return ((edges[:-1] - edges[1:]) * np.pi / height)[:, None]


def sh_basis(directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Real spherical harmonics to order 2, no Condon-Shortley sign, `[..., 9]`: L00, L1-1, L10, L11, L2-2..L22."""
    x, y, z = directions[..., 0], directions[..., 1], directions[..., 2]
    return np.stack(
        [
            np.full_like(x, 0.28209479177),
            0.48860251190 * y,
            0.48860251190 * z,
            0.48860251190 * x,
            1.09254843059 * x * y,
            1.09254843059 * y * z,
            0.31539156525 * (3 * z * z - 1),
            1.09254843059 * x * z,
            0.54627421529 * (x * x - y * y),
        ],
        axis=-1,
    )


def project_sh(environment: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Radiance coefficients `[9, 3]` of a latlong map `[N, 2N, 3]`."""
    height = environment.shape[0]
    basis = sh_basis(latlong_directions(height)) * latlong_solid_angles(height)[..., None]
    return np.einsum("hwk,hwc->kc", basis, environment.astype(np.float64)).astype(np.float32)


def sh_irradiance(sh: NDArray[np.floating[Any]], normals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Irradiance `[..., 3]` on surfaces with these normals.

    Source: Ramamoorthi and Hanrahan 2001: bands times pi, 2 pi / 3, pi / 4; within 9 % of the brightest.
    """
    bands = np.array([np.pi] + [2 * np.pi / 3] * 3 + [np.pi / 4] * 5)
    return (sh_basis(normals) * bands) @ sh.astype(np.float64)


def sky_radiance(sky: Sky, directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Radiance `[..., 3]` without the sun's disk: a gradient to the horizon, a glow about the sun, the ground below."""
    up = directions[..., 1:2]
    zenith, horizon, ground = (np.array(color) for color in (sky.zenith, sky.horizon, sky.ground))
    gradient = horizon + (zenith - horizon) * np.clip(up, 0, 1) ** 0.5
    toward = np.clip(directions @ np.array(sun_direction(sky.sun_azimuth_deg, sky.sun_elevation_deg)), 0, 1)[..., None]
    glow = horizon * 0.8 * toward**24
    return np.where(up > 0, gradient + glow, ground + (horizon - ground) * np.exp(np.minimum(up, 0) * 12))


def lamp_rgb(lamp: Lamp) -> Vec3:
    """Irradiance colour on a facing surface, in render units (at one metre, for a point)."""
    r, g, b = kelvin_to_rgb(lamp.cct_k)
    return r * lamp.intensity, g * lamp.intensity, b * lamp.intensity


def lighting(scene: Scene, sh: NDArray[np.float32] | None = None) -> dict[str, Any]:
    """The record's `lighting` fields without its files; `sh` (radiance, from a `Take`) is included where given.

    A light's `direction` is the way its light travels, away from the lamp.
    """
    key = scene.lamps[0]
    sky = scene.sky
    lux = LUX_PER_UNIT / 2**sky.exposure_ev
    return {
        "static": True,
        "tags": {
            "key_direction": _key_direction(key, scene),
            "quality": "soft" if key.softness_deg > 2 else "hard",
            "key_ratio": _key_ratio(key, sky, scene.setting.interior),
            "type": _types(scene),
            "mood": _mood(key, sky),
        },
        "cct_k": round(key.cct_k),
        "duv": 0.0,
        "sun": {"azimuth_deg": sky.sun_azimuth_deg, "elevation_deg": sky.sun_elevation_deg},
        "sh": None if sh is None else {"order": 2, "kind": "radiance", "coeffs": sh.tolist()},
        "lights": [
            {
                "role": lamp.role,
                "type": lamp.type,
                "direction": [-axis for axis in lamp.direction] if lamp.type == "directional" else None,
                "position": list(lamp.position) if lamp.type == "point" else None,
                "intensity": round(lamp.intensity * lux, 3),
                "unit": "lx" if lamp.type == "directional" else "cd",
                "cct_k": round(lamp.cct_k),
                "softness_deg": lamp.softness_deg,
            }
            for lamp in scene.lamps
        ],
        "keyframes": [],
        "source": "engine",
    }


def _key_direction(key: Lamp, scene: Scene) -> str:
    """Where the key stands as the camera sees it at the start: front, side, back or top."""
    toward = np.array(key.direction if key.type == "directional" else np.subtract(key.position, scene.camera.target))
    toward = toward / np.linalg.norm(toward)
    if toward[1] > 0.85:
        return "top"
    view = np.subtract(scene.camera.target, scene.camera.position)[[0, 2]]
    facing = float(toward[[0, 2]] @ view / max(np.linalg.norm(toward[[0, 2]]) * np.linalg.norm(view), 1e-9))
    if facing < -0.6:
        return "front"
    return "back" if facing > 0.6 else "side"


def _key_ratio(key: Lamp, sky: Sky, interior: bool) -> str:
    if interior or sky.time_of_day == "night":
        return "high"
    return "low" if sky.weather in ("overcast", "foggy") or key.intensity < 1 else "medium"


def _types(scene: Scene) -> list[str]:
    if not scene.setting.interior:
        return ["moonlight" if scene.sky.time_of_day == "night" else "daylight"]
    return ["daylight", "practical"] if scene.lamps[0].type == "directional" else ["artificial"]


def _mood(key: Lamp, sky: Sky) -> str:
    if sky.time_of_day == "night":
        return "calm and dark"
    return "warm" if key.cct_k < 4200 else "cool" if key.cct_k > 6800 else "neutral"
