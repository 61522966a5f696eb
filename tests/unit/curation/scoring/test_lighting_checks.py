"""The light against itself: each check on light that agrees and on light that does not, and the sentence it earns."""

from typing import Any

import numpy as np
import pytest

from curation.gating import default_policy, judge
from curation.record import lighting as light
from curation.record.lighting import map_directions, sun_direction
from curation.scoring.lighting_checks import LightingScorer
from curation.scoring.measuring import measure
from curation.scoring.seam import Clip, EnvironmentMap, Measurement, Sample
from tests.factories import media
from tests.factories.records import valid_record

SUN = {"azimuth_deg": 220.0, "elevation_deg": 35.0}


def sunny_map(azimuth_deg: float, elevation_deg: float, colour: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    toward = map_directions(64) @ sun_direction(azimuth_deg, elevation_deg)
    return ((0.05 + 500.0 * (toward > 0.995))[..., None] * np.array(colour)).astype(np.float32)


def record_with(scene: dict[str, Any] | None = None, **lighting: Any) -> dict[str, Any]:
    record = valid_record()
    record["lighting"] = {"static": True, "source": "engine", "env_map": {"asset": "x"}, **lighting}
    record["scene"]["setting"] |= scene or {}
    return record


def measured(record: dict[str, Any], pixels: np.ndarray | None = None, **sample: Any) -> list[Measurement]:
    found = None
    if pixels is not None:
        found = EnvironmentMap(pixels, pixels.shape[1], pixels.shape[0], float(np.nanmax(pixels)))
    [all_of_it] = measure([Sample("a", record, environment=found, **sample)], [LightingScorer()])
    return all_of_it.measurements


def values(pixels: np.ndarray | None, **lighting: Any) -> dict[str, Measurement]:
    return {item.metric: item for item in measured(record_with(**lighting), pixels)}


def findings(record: dict[str, Any], pixels: np.ndarray | None = None, **sample: Any) -> dict[str, str]:
    verdict = judge(default_policy(), measured(record, pixels, **sample), record)
    return {item.code: item.message for item in verdict.findings if item.modality == "lighting"}


def test_map_agrees_with_the_declared_sun_or_is_caught_turned() -> None:
    pixels = sunny_map(220, 35)
    right = values(pixels, sun=SUN, cct_k=6500.0)
    assert right["lighting.key_direction_error_deg"].value < 1
    assert right["lighting.cct_error_k"].value < 300
    assert right["lighting.dynamic_range_stops"].value > 12
    turned = values(pixels, sun=SUN | {"azimuth_deg": 40.0})
    assert turned["lighting.key_direction_error_deg"].value > 60
    assert turned["lighting.cct_error_k"].not_applicable == "no colour temperature is declared"
    assert "degrees apart" in findings(record_with(sun=SUN | {"azimuth_deg": 40.0}), pixels)["lighting_key_differs"]
    assert findings(record_with(sun=SUN, cct_k=6500.0), pixels) == {}


def test_map_turned_by_world_from_env_agrees_again() -> None:
    turn = light.world_from_env("openexr", yaw_deg=90).ravel().tolist()
    asked = {"env_map": {"asset": "x", "world_from_env": turn}, "sun": SUN}
    assert values(sunny_map(130, 35), **asked)["lighting.key_direction_error_deg"].value < 1
    assert values(sunny_map(220, 35), **asked)["lighting.key_direction_error_deg"].value > 60


def test_colour_of_the_map_is_that_of_its_key_not_of_its_sky() -> None:
    pixels = sunny_map(220, 35, colour=(1.0, 0.55, 0.2))
    pixels += np.array([0.2, 0.3, 0.6], np.float32)
    assert values(pixels, cct_k=3000.0)["lighting.cct_error_k"].value < 800
    assert values(pixels, cct_k=9000.0)["lighting.cct_error_k"].value > 5000
    assert "K apart" in findings(record_with(cct_k=9000.0), pixels)["lighting_colour_differs"]


def test_key_lamp_goes_before_the_sun() -> None:
    travels = [float(-x) for x in sun_direction(220, 35)]
    lamp = {"role": "key", "type": "directional", "direction": travels, "intensity": 1.0, "unit": "lx"}
    found = values(sunny_map(220, 35), lights=[lamp], sun=SUN | {"azimuth_deg": 40.0})
    assert found["lighting.key_direction_error_deg"].value < 1
    assert found["lighting.key_direction_error_deg"].detail["from"] == "key light"


def test_lamp_that_hangs_is_seen_from_the_origin() -> None:
    lamp = {"role": "key", "type": "point", "position": (3 * sun_direction(220, 35)).tolist()}
    found = values(sunny_map(220, 35), lights=[lamp | {"intensity": 100.0, "unit": "cd"}])
    assert found["lighting.key_direction_error_deg"].value < 1


def test_word_for_the_key_is_held_against_the_map_and_against_the_numbers() -> None:
    # The first camera looks north: a sun in the south-west is in front of it, on its left.
    poses = media.poses(4)
    poses[:, :3, :3] = np.diag([1.0, -1.0, -1.0])
    said = {"sun": SUN, "tags": {"key_direction": "front_left"}}
    assert findings(record_with(**said), sunny_map(220, 35), poses=poses) == {}
    wrong = record_with(sun=SUN, tags={"key_direction": "right"})
    assert "in words and in numbers" in findings(wrong, sunny_map(220, 35), poses=poses)["lighting_key_word_differs"]
    by_metric = {item.metric: item for item in measured(wrong, sunny_map(220, 35), poses=poses)}
    found = by_metric["lighting.key_direction_error_deg"]
    assert found.detail["map_word"] == "front_left"
    assert found.detail["map"] == {"azimuth_deg": pytest.approx(220, abs=1), "elevation_deg": pytest.approx(35, abs=1)}
    word_alone = record_with(tags={"key_direction": "back_right"})
    assert "lighting_key_differs" in findings(word_alone, sunny_map(220, 35), poses=poses)


def test_harmonics_of_the_map_agree_with_it_at_any_exposure_and_in_both_kinds() -> None:
    pixels = sunny_map(220, 35)
    sh = light.project(pixels) * 3.0
    for kind, coeffs in (("radiance", sh), ("irradiance", light.irradiance_coefficients(sh))):
        found = values(pixels, sh={"order": 2, "kind": kind, "coeffs": coeffs.tolist()})
        assert found["lighting.sh_error"].value == pytest.approx(0, abs=1e-3)
    other = light.rotate_harmonics(sh, light.world_from_env("openexr", yaw_deg=180)).tolist()
    record = record_with(sh={"order": 2, "kind": "radiance", "coeffs": other})
    assert "little in common" in findings(record, pixels)["lighting_harmonics_differ"]


@pytest.mark.parametrize(
    ("ratio", "fill", "fits"),
    [("low_key", 0.05, True), ("low_key", 1.0, False), ("high_key", 1.0, True), ("high_key", 0.05, False)],
)
def test_lamps_have_the_contrast_that_is_declared(ratio: str, fill: float, fits: bool) -> None:
    lamps = [
        {"role": role, "type": "point", "position": [0.0, 2.0, 0.0], "intensity": 100.0 * share, "unit": "cd"}
        for role, share in (("key", 1.0), ("fill", fill))
    ]
    record = record_with(tags={"key_ratio": ratio}, lights=lamps)
    assert ("lighting_contrast_differs" not in findings(record)) == fits


@pytest.mark.parametrize(
    ("hour", "elevation", "code"),
    [
        ("night", 35.0, "lighting_sun_at_night"),
        ("night", -20.0, None),
        ("noon", -20.0, "lighting_no_sun_by_day"),
        ("noon", 50.0, None),
        ("dusk", -3.0, None),
    ],
)
def test_sun_stands_where_the_hour_allows(hour: str, elevation: float, code: str | None) -> None:
    record = record_with(scene={"time_of_day": hour}, sun={"azimuth_deg": 10.0, "elevation_deg": elevation})
    assert set(findings(record)) == ({code} if code else set())


def test_keyframes_after_the_clips_end_are_seen() -> None:
    record = record_with(cct_k=5000.0, static=False, keyframes=[{"time_s": 4.9, "cct_k": 4000.0}])
    assert findings(record, clip=Clip({"duration_s": 5.0})) == {}
    assert "has ended" in findings(record, clip=Clip({"duration_s": 3.0}))["lighting_keyframes_overrun"]


def test_broken_and_oblong_maps_are_measured_only_as_far_as_they_make_sense() -> None:
    pixels = sunny_map(0, 45)
    pixels[0, 0, 0] = np.nan
    assert set(values(pixels)) == {
        "lighting.map_finite_share",
        "lighting.map_negative_share",
        "lighting.map_aspect_ratio",
    }
    assert "environment_map_not_finite" in findings(record_with(cct_k=5000.0), pixels)
    oblong = values(sunny_map(0, 45)[:, :100])
    assert oblong["lighting.map_aspect_ratio"].value == pytest.approx(100 / 64)
    assert values(None)["lighting.map_finite_share"].value is None


def test_what_the_probe_kept_serves_where_no_pixels_are_at_hand() -> None:
    pixels = sunny_map(220, 35)
    record = record_with(sun=SUN, cct_k=6500.0)
    kept = measured(record, map_light=light.measure_map(pixels))
    decoded = {item.metric: item.value for item in measured(record, pixels)}
    assert {item.metric for item in kept} >= {"lighting.key_direction_error_deg", "lighting.cct_error_k"}
    assert all(decoded[item.metric] == pytest.approx(item.value) for item in kept if item.value is not None)


def test_flat_map_is_reviewed_unless_it_is_declared_so() -> None:
    pixels = np.clip(sunny_map(220, 35), 0, 1)
    assert "stops" in findings(record_with(sun=SUN), pixels)["environment_map_flat"]
    assert findings(record_with(sun=SUN, env_map={"asset": "x", "hdr": False}), pixels) == {}
