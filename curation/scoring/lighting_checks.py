"""Does the light agree with itself: the map with the declared key, sun, hour, harmonics and colour. No model."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

import numpy as np

from curation.record import lighting as light
from curation.scoring.seam import Embedding, EnvironmentMap, Measurement, Needs, Sample, Source

FINITE, NEGATIVE, ASPECT = "lighting.map_finite_share", "lighting.map_negative_share", "lighting.map_aspect_ratio"
RANGE, KEY, COLOUR = "lighting.dynamic_range_stops", "lighting.key_direction_error_deg", "lighting.cct_error_k"
HARMONICS, WORD = "lighting.sh_error", "lighting.key_word_error_deg"
CONTRAST = "lighting.contrast_error_stops"
NIGHT_SUN, DAY_SUN = "lighting.night_sun_elevation_deg", "lighting.day_sun_elevation_deg"
OVERRUN = "lighting.keyframe_overrun_s"

WHITE_DUV = 0.05  # further from the Planckian locus a colour temperature means nothing
DAYTIME = ("morning", "noon", "afternoon")
# Stops between key plus fill and fill alone that a key ratio in words allows.
CONTRASTS = {"low_key": (2.5, np.inf), "balanced": (1.0, 3.5), "high_key": (0.0, 1.5)}


class LightingScorer:
    """Facts of the environment map and of what is declared beside it; values out of range never got this far."""

    name = "lighting"
    metrics = (
        *(FINITE, NEGATIVE, ASPECT, RANGE, KEY, COLOUR, HARMONICS),
        *(WORD, CONTRAST, NIGHT_SUN, DAY_SUN, OVERRUN),
    )
    needs = Needs(environment=True, poses=True)
    source = Source("lighting-geometry-2", preprocessing_id="latlong-area-256")

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.record.get("lighting"))

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[*_map(sample), *_declared(sample)] for sample in batch]


def _map(sample: Sample) -> Iterator[Measurement]:
    """Of the map, from its pixels where they are at hand, else from what the probe kept of them."""
    found = sample.map_light
    if sample.environment is not None:
        basics = _basics(sample.environment)
        yield from basics
        if basics[0].value != 1 or basics[1].value != 0 or basics[2].value != 2:
            return
        found = light.measure_map(sample.environment.pixels, peak=sample.environment.peak)
    if found is None:
        yield _not_applicable(FINITE, "no environment map was given")
        return
    declared = sample.record["lighting"]
    turn = np.reshape((declared.get("env_map") or {}).get("world_from_env") or np.eye(3), (3, 3))
    yield _range(found)
    yield _key(declared, sample.poses, found, turn)
    yield _colour(declared, found)
    yield _harmonics(declared.get("sh"), found, turn)


def _basics(found: EnvironmentMap) -> list[Measurement]:
    size = {"width": found.width, "height": found.height}
    return [
        Measurement(FINITE, float(np.isfinite(found.pixels).mean()), "lighting"),
        Measurement(NEGATIVE, float((found.pixels < 0).mean()), "lighting"),
        Measurement(ASPECT, found.width / found.height, "lighting", size),
    ]


def _range(found: light.MapLight) -> Measurement:
    if found.range_stops is None:
        return _not_applicable(RANGE, "the map is black")
    return Measurement(RANGE, found.range_stops, "lighting")


def _key(declared: Mapping[str, Any], poses: np.ndarray | None, found: light.MapLight, turn: np.ndarray) -> Measurement:
    if found.dominant is None:
        return _not_applicable(KEY, "no direction of the map stands out")
    dominant = turn @ found.dominant.direction
    detail: dict[str, Any] = {"map": _angles(dominant), "sharpness": round(found.dominant.sharpness, 3)}
    if _looks(poses):
        detail["map_word"] = light.key_word(dominant, poses[0])
    if key := key_in_numbers(declared):
        source, direction = key
        told = {"from": source, "declared": _angles(direction)}
        return Measurement(KEY, light.angle_between_deg(direction, dominant), "lighting", told | detail)
    error = _word_error(declared, poses, dominant)
    if error is None:
        return _not_applicable(KEY, "no key direction is declared")
    return Measurement(KEY, error, "lighting", {"from": "tag"} | detail)


def key_in_numbers(declared: Mapping[str, Any]) -> tuple[str, np.ndarray] | None:
    """Where the key light is said to come from: the key lamp seen from the origin, else a sun that is up."""
    lamps = [lamp for lamp in declared.get("lights") or () if lamp["role"] == "key"]
    if lamps:
        strongest = max(light.arriving_light(lamps), key=lambda arriving: arriving.illuminance_lx)
        return "key light", strongest.toward
    sun = declared.get("sun")
    if sun and sun["elevation_deg"] > 0:
        return "sun", light.sun_direction(sun["azimuth_deg"], sun["elevation_deg"])
    return None


def _word_error(declared: Mapping[str, Any], poses: np.ndarray | None, direction: np.ndarray) -> float | None:
    """How far a direction lies outside the declared word's, seen by the first camera; None where either is unknown."""
    tag = (declared.get("tags") or {}).get("key_direction")
    if not tag or not _looks(poses):
        return None
    return light.key_error_deg(tag, direction, poses[0])


def _colour(declared: Mapping[str, Any], found: light.MapLight) -> Measurement:
    if not declared.get("cct_k"):
        return _not_applicable(COLOUR, "no colour temperature is declared")
    white = found.white
    if white is None or abs(white.duv) > WHITE_DUV:
        return _not_applicable(COLOUR, "the map's brightest light is no white")
    detail = {"declared_k": declared["cct_k"], "map_k": round(white.cct_k), "map_duv": round(white.duv, 4)}
    return Measurement(COLOUR, abs(white.cct_k - float(declared["cct_k"])), "lighting", detail)


def _harmonics(declared: Mapping[str, Any] | None, found: light.MapLight, turn: np.ndarray) -> Measurement:
    """Distance of the declared harmonics from the map's, both brought to one exposure: 0 equal, 1 nothing in common."""
    if not declared:
        return _not_applicable(HARMONICS, "no spherical harmonics are declared")
    told = np.asarray(declared["coeffs"], np.float64)
    if declared["kind"] == "irradiance":
        told = light.radiance_coefficients(told)
    own = light.rotate_harmonics(found.sh, turn)
    sizes = float(np.linalg.norm(told)), float(np.linalg.norm(own))
    if min(sizes) == 0:
        return _not_applicable(HARMONICS, "the map or the declared light is black")
    likeness = float(np.sum(told * own)) / (sizes[0] * sizes[1])
    return Measurement(HARMONICS, float(np.sqrt(max(0.0, 1 - max(0.0, likeness) ** 2))), "lighting")


def _declared(sample: Sample) -> Iterator[Measurement]:
    """Of what is declared, without the map."""
    declared = sample.record["lighting"]
    key = key_in_numbers(declared)
    error = _word_error(declared, sample.poses, key[1]) if key else None
    if key and error is not None:
        yield Measurement(WORD, error, "lighting", {"from": key[0], "declared": _angles(key[1])})
    ratio, stops = _contrast(declared)
    if ratio and stops is not None:
        low, high = CONTRASTS[ratio]
        yield Measurement(CONTRAST, float(max(0.0, low - stops, stops - high)), "lighting", {"stops": round(stops, 2)})
    yield from _sun_and_hour(sample.record)
    times = [key["time_s"] for key in declared.get("keyframes") or ()]
    if times and sample.clip is not None:
        overrun = max(0.0, max(times) - float(sample.clip.facts["duration_s"]))
        yield Measurement(OVERRUN, overrun, "lighting", {"last_s": max(times)})


def _contrast(declared: Mapping[str, Any]) -> tuple[str | None, float | None]:
    ratio = (declared.get("tags") or {}).get("key_ratio")
    return ratio, light.contrast_stops(light.arriving_light(declared.get("lights") or ()))


def _sun_and_hour(record: Mapping[str, Any]) -> Iterator[Measurement]:
    sun = record["lighting"].get("sun")
    hour = ((record.get("scene") or {}).get("setting") or {}).get("time_of_day")
    if sun and (hour == "night" or hour in DAYTIME):
        metric = NIGHT_SUN if hour == "night" else DAY_SUN
        yield Measurement(metric, float(sun["elevation_deg"]), "lighting", {"time_of_day": hour})


def _looks(poses: np.ndarray | None) -> TypeGuard[np.ndarray]:
    """Whether the first camera is known."""
    return poses is not None and bool(np.isfinite(poses[0]).all())


def _angles(direction: np.ndarray) -> dict[str, float]:
    azimuth_deg, elevation_deg = light.sun_angles(direction)
    return {"azimuth_deg": round(azimuth_deg, 1), "elevation_deg": round(elevation_deg, 1)}


def _not_applicable(metric: str, why: str) -> Measurement:
    return Measurement(metric, None, "lighting", not_applicable=why)
