"""Camera, lighting and description checks as scores."""

from typing import Any

import numpy as np
import pytest

from curation.record.lighting import map_directions, sun_direction
from curation.scoring.camera_checks import CameraScorer
from curation.scoring.lighting_checks import LightingScorer
from curation.scoring.measuring import measure
from curation.scoring.scene_text import SceneTextScorer, contacts_in
from curation.scoring.seam import EnvironmentMap, Measurement, Sample
from curation.scoring.word_errors import word_error_rate, words_of
from tests.factories import media
from tests.factories.records import valid_record


def camera_values(poses: np.ndarray | None, **camera: Any) -> dict[str, Measurement]:
    record = valid_record(duration_s=1.0)
    record["camera"] |= camera
    [measured] = measure([Sample("a", record, poses=poses)], [CameraScorer()])
    return {item.metric: item for item in measured.measurements}


def test_a_steady_dolly_agrees_with_its_declaration() -> None:
    path = np.tile(np.eye(4) @ np.diag([1.0, -1, -1, 1]), (24, 1, 1))
    path[:, 2, 3] = -0.05 * np.arange(24)
    found = camera_values(path)
    assert found["camera.declared_f1"].value == pytest.approx(1, abs=0.1)
    assert found["camera.finite_share"].value == 1
    assert found["camera.pose_count_error"].value == 0
    wrong = camera_values(path, declared={"primitives": [{"name": "pan_left", "start_s": 0.0, "end_s": 1.0}]})
    assert wrong["camera.declared_f1"].value == 0
    assert wrong["camera.declared_f1"].detail["derived"][0]["name"] == "dolly_in"


def test_jitter_raises_the_jump_ratio_with_every_step() -> None:
    shake = np.random.default_rng(1).normal(size=(24, 3))
    ratios = []
    for size in (0.0, 0.02, 0.1, 0.5):
        path = media.poses(24, step_m=0.005)
        path[12, :3, 3] += size * shake[12]
        ratios.append(camera_values(path)["camera.jump_ratio_max"].value)
    assert ratios == sorted(ratios)
    assert ratios[-1] > 1 > ratios[0]


def test_nan_poses_are_measured_not_crashed_on() -> None:
    path = media.poses(24)
    path[3, 0, 0] = np.nan
    found = camera_values(path)
    assert found["camera.finite_share"].value < 1
    assert found["camera.declared_f1"].value is None


def test_camera_without_a_path_says_so() -> None:
    found = camera_values(None)
    assert found["camera.finite_share"].not_applicable == "no camera path was given"


def sunny_map(azimuth_deg: float, elevation_deg: float, colour: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    toward = map_directions(64) @ sun_direction(azimuth_deg, elevation_deg)
    return ((0.05 + 500.0 * (toward > 0.995))[..., None] * np.array(colour)).astype(np.float32)


def lighting_values(pixels: np.ndarray | None, **lighting: Any) -> dict[str, Measurement]:
    record = valid_record()
    record["lighting"] = {"static": True, "source": "engine", "env_map": {"asset": "x"}, **lighting}
    found = None
    if pixels is not None:
        peak = float(np.nanmax(pixels))
        found = EnvironmentMap(pixels, pixels.shape[1], pixels.shape[0], peak)
    [measured] = measure([Sample("a", record, environment=found)], [LightingScorer()])
    return {item.metric: item for item in measured.measurements}


def test_map_agrees_with_the_declared_sun_or_is_caught_turned() -> None:
    pixels = sunny_map(220, 35)
    right = lighting_values(pixels, sun={"azimuth_deg": 220.0, "elevation_deg": 35.0}, cct_k=6500.0)
    assert right["lighting.key_direction_error_deg"].value < 5
    assert right["lighting.cct_error_k"].value < 300
    assert right["lighting.dynamic_range_stops"].value > 12
    turned = lighting_values(pixels, sun={"azimuth_deg": 40.0, "elevation_deg": 35.0})
    assert turned["lighting.key_direction_error_deg"].value > 60
    assert turned["lighting.cct_error_k"].not_applicable == "no colour temperature is declared"


def test_colour_of_the_map_is_that_of_its_key_not_of_its_sky() -> None:
    pixels = sunny_map(220, 35, colour=(1.0, 0.55, 0.2))
    pixels += np.array([0.2, 0.3, 0.6], np.float32)
    found = lighting_values(pixels, cct_k=3000.0)
    assert found["lighting.cct_error_k"].value < 800
    assert lighting_values(pixels, cct_k=9000.0)["lighting.cct_error_k"].value > 5000


def test_key_lamp_goes_before_the_sun() -> None:
    travels = [float(-x) for x in sun_direction(220, 35)]
    lamp = {"role": "key", "type": "directional", "direction": travels, "intensity": 1.0, "unit": "lx"}
    found = lighting_values(sunny_map(220, 35), lights=[lamp], sun={"azimuth_deg": 40.0, "elevation_deg": 35.0})
    assert found["lighting.key_direction_error_deg"].value < 5
    assert found["lighting.key_direction_error_deg"].detail["from"] == "key light"


def test_broken_and_oblong_maps_are_measured_only_as_far_as_they_make_sense() -> None:
    pixels = sunny_map(0, 45)
    pixels[0, 0, 0] = np.nan
    assert set(lighting_values(pixels)) == {
        "lighting.map_finite_share",
        "lighting.map_negative_share",
        "lighting.map_aspect_ratio",
    }
    oblong = lighting_values(sunny_map(0, 45)[:, :100])
    assert oblong["lighting.map_aspect_ratio"].value == pytest.approx(100 / 64)
    assert lighting_values(None)["lighting.map_finite_share"].value is None


def test_sun_above_the_horizon_at_night_is_a_fact() -> None:
    record = valid_record()
    record["scene"]["setting"]["time_of_day"] = "night"
    [measured] = measure([Sample("a", record)], [LightingScorer()])
    assert {item.metric: item.value for item in measured.measurements}["lighting.night_sun_elevation_deg"] == 35


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A red ball rolls over 12 boards in 1975 at 24 fps.", []),
        ("Write to me.now+x@mail.example.org or www.example.com/a?b", ["e-mail", "link"]),
        ("Call +49 (170) 123-45678, ask for @ballroller", ["phone number", "handle"]),
    ],
)
def test_addresses_in_text_are_counted_by_kind(text: str, kinds: list[str]) -> None:
    assert contacts_in(text) == kinds


def test_description_is_counted() -> None:
    record = valid_record()
    record["scene"] = {"caption_short": "A ball", "language": "en"}
    [measured] = measure([Sample("a", record)], [SceneTextScorer()])
    found = {item.metric: item for item in measured.measurements}
    assert found["scene.words"].value == 2
    assert found["scene.slots_missing"].detail["missing"] == ["subjects", "setting", "shot"]


def test_word_error_rate_counts_edits_and_forgives_case_and_marks() -> None:
    assert word_error_rate("the CAT sat.", "The cat sat") == 0
    assert word_error_rate("the cat", "the cat sat down") == 0.5
    assert word_error_rate("a dog sat in the sun", "the cat sat") == pytest.approx(5 / 3)
    assert words_of("Don\u2019t stop, 'now'!") == ["don't", "stop", "now"]
    with pytest.raises(ValueError, match="no words"):
        word_error_rate("anything", " ... ")
