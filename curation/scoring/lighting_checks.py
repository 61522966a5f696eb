"""Does the light agree with itself: the map with the declared key, sun, hour and colour. No model."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from curation.record import lighting as light
from curation.scoring.seam import Embedding, EnvironmentMap, Measurement, Needs, Sample, Source

FINITE, NEGATIVE, ASPECT = "lighting.map_finite_share", "lighting.map_negative_share", "lighting.map_aspect_ratio"
RANGE, KEY, COLOUR = "lighting.dynamic_range_stops", "lighting.key_direction_error_deg", "lighting.cct_error_k"
NIGHT_SUN = "lighting.night_sun_elevation_deg"
WHITE_DUV = 0.05  # further from the Planckian locus a colour temperature means nothing


class LightingScorer:
    """Facts of the environment map and of what is declared beside it; values out of range never got this far."""

    name = "lighting"
    metrics = (FINITE, NEGATIVE, ASPECT, RANGE, KEY, COLOUR, NIGHT_SUN)
    needs = Needs(environment=True, poses=True)
    source = Source("lighting-geometry-1", preprocessing_id="latlong-area-512")

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.record.get("lighting"))

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[*_map(sample), *_night(sample.record)] for sample in batch]


def _map(sample: Sample) -> list[Measurement]:
    found = sample.environment
    if found is None:
        return [Measurement(FINITE, None, "lighting", not_applicable="no environment map was given")]
    finite = float(np.isfinite(found.pixels).mean())
    negative = float((found.pixels < 0).mean())
    basics = [
        Measurement(FINITE, finite, "lighting"),
        Measurement(NEGATIVE, negative, "lighting"),
        Measurement(ASPECT, found.width / found.height, "lighting", {"width": found.width, "height": found.height}),
    ]
    if finite < 1 or negative > 0 or found.width != 2 * found.height:
        return basics
    return [*basics, _range(found), _key(sample, found), _colour(sample.record["lighting"], found)]


def _range(found: EnvironmentMap) -> Measurement:
    luminance = found.pixels.astype(np.float64) @ light.REC709_LUMINANCE
    lit = luminance[luminance > 0]
    if not lit.size:
        return Measurement(RANGE, None, "lighting", not_applicable="the map is black")
    darkest = float(np.percentile(lit, 1))
    return Measurement(RANGE, float(np.log2(found.peak / darkest)), "lighting", {"peak": found.peak, "dark": darkest})


def _key(sample: Sample, found: EnvironmentMap) -> Measurement:
    declared = sample.record["lighting"]
    dominant = light.dominant_direction(found.pixels, world_from_env=(declared["env_map"] or {}).get("world_from_env"))
    if dominant is None:
        return Measurement(KEY, None, "lighting", not_applicable="no direction of the map stands out")
    source, key = _declared_key(declared, sample.poses)
    if key is None:
        return Measurement(KEY, None, "lighting", not_applicable="no key direction is declared")
    directions = {"declared": [round(float(x), 3) for x in key], "map": [round(float(x), 3) for x in dominant]}
    return Measurement(KEY, light.angle_between_deg(key, dominant), "lighting", {"from": source, **directions})


def _declared_key(declared: Mapping[str, Any], poses: np.ndarray | None) -> tuple[str, np.ndarray | None]:
    """Where the key light is said to come from: the key lamp, else the sun, else the tag seen from the first pose."""
    for lamp in declared.get("lights") or ():
        if lamp["role"] == "key" and lamp["type"] == "directional" and lamp.get("direction"):
            return "key light", -np.asarray(lamp["direction"], np.float64)
    if sun := declared.get("sun"):
        return "sun", light.sun_direction(sun["azimuth_deg"], sun["elevation_deg"])
    tag = (declared.get("tags") or {}).get("key_direction")
    if tag and poses is not None and np.isfinite(poses[0]).all():
        return "tag", light.key_direction(tag, poses[0])
    return "", None


def _colour(declared: Mapping[str, Any], found: EnvironmentMap) -> Measurement:
    if not declared.get("cct_k"):
        return Measurement(COLOUR, None, "lighting", not_applicable="no colour temperature is declared")
    white = key_white(found.pixels)
    if white is None or abs(white.duv) > WHITE_DUV:
        return Measurement(COLOUR, None, "lighting", not_applicable="the map's brightest light is no white")
    detail = {"declared_k": declared["cct_k"], "map_k": round(white.cct_k)}
    return Measurement(COLOUR, abs(white.cct_k - float(declared["cct_k"])), "lighting", detail)


def key_white(pixels: np.ndarray) -> light.White | None:
    """Colour temperature of the light that dominates a map `[N, 2N, 3]`: every pixel counts by its own luminance.

    The plain mean would give the sky's colour on a sunny day, where the declared temperature is the sun's.
    """
    luminance = pixels.astype(np.float64) @ light.REC709_LUMINANCE
    weights = luminance * light.solid_angles(len(pixels))
    return light.white_of(np.einsum("hw,hwc->c", weights, pixels))


def _night(record: Mapping[str, Any]) -> list[Measurement]:
    sun = record["lighting"].get("sun")
    hour = ((record.get("scene") or {}).get("setting") or {}).get("time_of_day")
    return [Measurement(NIGHT_SUN, float(sun["elevation_deg"]), "lighting")] if sun and hour == "night" else []
