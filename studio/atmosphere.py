"""Hour and weather: decides the sky, the lamps and the air of a scene."""

from __future__ import annotations

import math

import numpy as np

from studio.light import kelvin_to_rgb, lamp_rgb, sun_direction
from studio.materials import linear
from studio.specs import Ambience, Lamp, Material, Setting, Sky, Solid, Vec3

Rng = np.random.Generator

# time of day -> sun azimuth and elevation ranges, exposure (EV), zenith and horizon colours (8-bit sRGB), sky radiance
_HOURS: dict[
    str, tuple[tuple[float, float], tuple[float, float], float, tuple[int, int, int], tuple[int, int, int], float]
] = {
    "dawn": ((70, 110), (4, 9), 2.0, (92, 128, 190), (246, 190, 160), 0.75),
    "morning": ((90, 140), (18, 34), 0.6, (70, 128, 212), (198, 220, 240), 0.9),
    "noon": ((160, 200), (48, 68), 0.0, (58, 118, 210), (186, 214, 242), 1.0),
    "afternoon": ((220, 265), (24, 42), 0.4, (66, 124, 208), (204, 218, 232), 0.95),
    "sunset": ((255, 295), (3.5, 9), 2.2, (96, 108, 170), (255, 168, 96), 0.7),
    "night": ((300, 360), (-40, -14), 13.0, (18, 26, 54), (44, 56, 94), 1.0),
}
TIMES = tuple(_HOURS)
WEATHERS = ("clear", "partly cloudy", "overcast", "foggy")
_BULB_M = 0.12


def sky(time_of_day: str, weather: str, ground: Material, rng: Rng) -> Sky:
    """The sky of that hour and weather over ground of that colour."""
    azimuth, elevation, ev, zenith_srgb, horizon_srgb, level = _HOURS[time_of_day]
    zenith, horizon = np.array(linear(zenith_srgb)) * level, np.array(linear(horizon_srgb)) * level
    grey = {"clear": 0.0, "partly cloudy": 0.15, "overcast": 0.85, "foggy": 0.8}[weather]
    mean = 0.5 * (zenith.mean() + horizon.mean()) * np.array([0.97, 1.0, 1.05])
    zenith, horizon = zenith + (mean * 0.9 - zenith) * grey, horizon + (mean * 1.05 - horizon) * grey
    cloud = {"clear": 0.0, "partly cloudy": 0.55, "overcast": 0.0, "foggy": 0.0}[weather]
    fog = {"clear": 0.0015, "partly cloudy": 0.002, "overcast": 0.004, "foggy": 0.045}[weather]
    bounced = np.array(ground.color) * (zenith + horizon) * 0.45
    return Sky(
        time_of_day,
        weather,
        round(float(rng.uniform(*azimuth)), 2) % 360,
        round(float(rng.uniform(*elevation)), 2),
        _vec(zenith),
        _vec(horizon),
        _vec(bounced),
        cloud,
        fog,
        ev if weather in ("clear", "partly cloudy") else ev + 1.0,
    )


def outdoor_lamps(sky: Sky, rng: Rng) -> tuple[Lamp, ...]:
    """The sun, or at night the moon; weak and soft behind cloud."""
    veil = {"clear": 1.0, "partly cloudy": 0.9, "overcast": 0.16, "foggy": 0.3}[sky.weather]
    soft = {"clear": 0.6, "partly cloudy": 0.8, "overcast": 14.0, "foggy": 8.0}[sky.weather]
    if sky.time_of_day == "night":
        moon = sun_direction(float(rng.uniform(0, 360)), float(rng.uniform(28, 55)))
        return (Lamp("key", "directional", moon, (0, 0, 0), 2.4 * veil**0.4, 7200.0, soft),)
    elevation = sky.sun_elevation_deg
    cct = round(2300 + 3500 * (1 - math.exp(-elevation / 16)))
    strength = 1.5 + 1.9 * min(1.0, elevation / 45)
    toward = sun_direction(sky.sun_azimuth_deg, elevation)
    return (Lamp("key", "directional", toward, (0, 0, 0), strength * veil, float(cct), soft),)


def indoor_lamps(setting: Setting, sky: Sky, rng: Rng) -> tuple[Lamp, ...]:
    """The sun through the window where it shines in (from the north wall's side, low enough), else a lamp overhead;
    and a weaker lamp to fill."""
    x, height, z = setting.half_extent
    warm = float(rng.choice([2700.0, 3000.0, 3500.0, 4000.0, 5000.0]))
    spot = (
        round(float(rng.uniform(-0.5, 0.5)) * x, 3),
        round(height - 0.35, 3),
        round(float(rng.uniform(-0.2, 0.55)) * z, 3),
    )
    key = Lamp("key", "point", (0, 1, 0), spot, float(rng.uniform(14.0, 20.0)), warm, 6.0)
    side = math.copysign(0.8 * x, -spot[0])
    fill_at = (round(side, 3), 1.7, round(float(rng.uniform(0.2, 0.7)) * z, 3))
    fill = Lamp(
        "fill",
        "point",
        (0, 1, 0),
        fill_at,
        float(rng.uniform(2.4, 4.5)),
        float(rng.choice([2700.0, 4000.0, 5500.0])),
        12.0,
    )
    return (key, fill)


def bulbs(lamps: tuple[Lamp, ...]) -> tuple[Solid, ...]:
    """A glowing ball for every lamp that hangs in the room; its radiance is the lamp's intensity over its disk."""
    found = []
    for lamp in lamps:
        if lamp.type == "point":
            r, g, b = kelvin_to_rgb(lamp.cct_k)
            glow = Material("bulb", (r, g, b), (r, g, b), emission=lamp.intensity / (math.pi * _BULB_M**2))
            found.append(Solid("sphere", lamp.position, (_BULB_M, _BULB_M, _BULB_M), glow))
    return tuple(found)


def bounce(setting: Setting, lamps: tuple[Lamp, ...]) -> Vec3:
    """Radiance the walls of a room give back, evenly: all flux over all surface, once and a half."""
    x, height, z = setting.half_extent
    area = 2 * (4 * x * z + 2 * height * (x + z))
    flux = sum(4 * math.pi * np.array(lamp_rgb(lamp)) for lamp in lamps if lamp.type == "point")
    albedo = (np.array(setting.floor.color) + 2 * np.array(setting.wall.color) + np.array(setting.ceiling.color)) / 4
    return _vec(1.5 * flux / area * albedo / math.pi * 2.0)


_AMBIENCE = {
    "wind": Ambience("wind", "Wind", "/m/03m9d0z", -30.0),
    "birds": Ambience("birds", "Chirp, tweet", "/m/07pggtn", -30.0),
    "crickets": Ambience("crickets", "Cricket", "/m/09xqv", -34.0),
    "traffic": Ambience("traffic", "Traffic noise, roadway noise", "/m/0btp2", -31.0),
    "small room": Ambience("room tone", "Inside, small room", "/t/dd00125", -42.0),
    "large room": Ambience("hall tone", "Inside, large room or hall", "/t/dd00126", -40.0),
    "fan": Ambience("fan", "Mechanical fan", "/m/02x984l", -36.0),
}


def ambience(setting: Setting, sky: Sky, rng: Rng) -> tuple[Ambience, ...]:
    """What the place sounds like when nothing happens."""
    if setting.interior:
        tone = _AMBIENCE["large room" if setting.half_extent[0] > 5.4 else "small room"]
        return (tone, _AMBIENCE["fan"]) if rng.random() < 0.3 else (tone,)
    if setting.place in ("street", "town square"):
        return (_AMBIENCE["traffic"],) if sky.time_of_day == "night" else (_AMBIENCE["traffic"], _AMBIENCE["birds"])
    if setting.place == "meadow":
        return (_AMBIENCE["wind"], _AMBIENCE["crickets" if sky.time_of_day == "night" else "birds"])
    return (_AMBIENCE["wind"],)


def _vec(color: np.ndarray) -> Vec3:
    r, g, b = (round(float(c), 6) for c in color)
    return r, g, b
