"""Key lights in words, lamps, the sun over a place, and which way maps look."""

from datetime import UTC, datetime, timedelta, timezone
from math import pi
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import RecordRefused, lighting
from curation.record.vocabulary import KeyDirection
from tests.unit.curation.record.camera_paths import START, looking

NORTHWARD = looking(START, START + np.array([0, 0, -1.0]))
WORDS = [word for word in KeyDirection.__args__ if word != "ambient"]


@pytest.mark.parametrize(
    ("tag", "expected"), [("front", (0, 0, 1)), ("back", (0, 0, -1)), ("left", (-1, 0, 0)), ("top", (0, 1, 0))]
)
def test_key_directions_are_seen_from_the_camera(tag: str, expected: tuple[float, ...]):
    assert np.allclose(lighting.key_direction(tag, NORTHWARD), expected)


def test_key_between_two_directions_lies_between_them_and_ambient_has_none():
    assert np.allclose(lighting.key_direction("front_left", NORTHWARD), np.array([-1, 0, 1]) / np.sqrt(2))
    assert lighting.key_direction("ambient", NORTHWARD) is None
    assert lighting.key_error_deg("ambient", [0, 1, 0], NORTHWARD) is None


@pytest.mark.parametrize("word", WORDS)
def test_every_word_names_its_own_direction_without_error(word: str):
    pose = looking(START, START + np.array([1.0, -0.4, -0.7]))
    direction = lighting.key_direction(word, pose)
    assert lighting.key_word(direction, pose) == word
    assert lighting.key_error_deg(word, direction, pose) == pytest.approx(0, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 359), st.floats(-88, 88), st.floats(0, 359))
def test_the_word_for_a_direction_always_includes_it(azimuth: float, elevation: float, heading: float):
    pose = looking(START, START + lighting.sun_direction(heading, 10))
    light = lighting.sun_direction(azimuth, elevation)
    assert lighting.key_error_deg(lighting.key_word(light, pose), light, pose) == pytest.approx(0, abs=1e-4)


def test_high_sun_from_the_left_is_still_from_the_left_but_not_from_the_right():
    sun = lighting.sun_direction(270, 50)  # west: left of a camera that looks north
    assert lighting.key_error_deg("left", sun, NORTHWARD) == 0
    assert lighting.key_error_deg("right", sun, NORTHWARD) > 45


def lamp(**fields: Any) -> dict[str, Any]:
    return {"role": "key", "type": "point", "position": [0.0, 2.0, 0.0], "intensity": 100.0, "unit": "cd", **fields}


@pytest.mark.parametrize(
    ("fields", "lux"),
    [
        ({}, 25.0),
        ({"unit": "lm"}, 100 / (4 * pi) / 4),
        ({"type": "area", "unit": "lm"}, 100 / pi / 4),
        ({"type": "area", "direction": [0.0, -1.0, 0.0]}, 25.0),
        ({"type": "area", "direction": [1.0, -1.0, 0.0]}, 25.0 / np.sqrt(2)),
        ({"type": "area", "direction": [0.0, 1.0, 0.0]}, 0.0),
        ({"type": "spot", "direction": [0.0, -1.0, 0.0], "unit": "lm"}, 100 / pi / 4),
    ],
)
def test_lamps_send_the_lux_of_their_unit_and_distance(fields: dict[str, Any], lux: float):
    [found] = lighting.arriving_light([lamp(**fields)])
    assert found.illuminance_lx == pytest.approx(lux)
    assert np.allclose(found.toward, [0, 1, 0])


def test_directional_light_arrives_from_where_it_does_not_travel():
    sun = lamp(type="directional", position=None, direction=[0.0, -2.0, -2.0], unit="lx", intensity=9e4)
    [found] = lighting.arriving_light([sun])
    assert found.illuminance_lx == 9e4
    assert np.allclose(found.toward, np.array([0, 1, 1]) / np.sqrt(2))


def test_contrast_is_key_and_fill_over_fill_in_stops():
    key, fill = lamp(), lamp(role="fill", intensity=100 / 7)
    assert lighting.contrast_stops(lighting.arriving_light([key, fill])) == pytest.approx(3.0)
    assert lighting.contrast_stops(lighting.arriving_light([key])) is None


# By the hour angle and the declination of the day, with the equation of time; good to a tenth of a degree.
@pytest.mark.parametrize(
    ("place", "at", "azimuth", "elevation"),
    [
        ((51.4779, 0.0), datetime(2026, 6, 21, 12, 2, tzinfo=UTC), 180.0, 61.96),
        ((0.0, 0.0), datetime(2026, 3, 20, 12, 8, tzinfo=UTC), 180.0, 89.9),
        ((-33.8688, 151.2093), datetime(2026, 12, 21, 8, 0, tzinfo=timezone(timedelta(hours=11))), 101.76, 26.22),
    ],
)
def test_sun_stands_where_the_almanac_has_it(
    place: tuple[float, float], at: datetime, azimuth: float, elevation: float
):
    found = lighting.sun_position(latitude_deg=place[0], longitude_deg=place[1], at=at)
    told = lighting.sun_direction(azimuth, elevation)
    assert lighting.angle_between_deg(lighting.sun_direction(found.azimuth_deg, found.elevation_deg), told) < 0.2


def test_air_lifts_the_setting_sun_by_half_a_degree_and_the_high_one_hardly():
    def at(hour: int, minute: int) -> lighting.SunPosition:
        moment = datetime(2026, 3, 20, hour, minute, tzinfo=UTC)
        return lighting.sun_position(latitude_deg=51.4779, longitude_deg=0.0, at=moment)

    assert at(18, 10).refraction_deg == pytest.approx(0.5, abs=0.2)
    assert at(12, 0).refraction_deg < 0.05


@pytest.mark.parametrize(
    ("place", "at", "code"),
    [
        ((91.0, 0.0), datetime(2026, 1, 1, tzinfo=UTC), "out_of_range"),
        ((0.0, float("nan")), datetime(2026, 1, 1, tzinfo=UTC), "out_of_range"),
        ((0.0, 0.0), datetime(2026, 1, 1), "no_time_zone"),  # noqa: DTZ001 - the very fault that is refused
    ],
)
def test_sun_of_no_place_or_no_instant_is_refused(place: tuple[float, float], at: datetime, code: str):
    with pytest.raises(RecordRefused) as caught:
        lighting.sun_position(latitude_deg=place[0], longitude_deg=place[1], at=at)
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "azimuth"), lighting.ORIENTATIONS.items())
def test_middle_of_a_map_faces_what_its_orientation_says(name: str, azimuth: float):
    middle = lighting.world_from_env(name) @ np.array([0, 0, 1.0])
    assert np.allclose(middle, lighting.sun_direction(azimuth, 0), atol=1e-12)
    turned = lighting.world_from_env(name, yaw_deg=30) @ np.array([0, 0, 1.0])
    assert np.allclose(turned, lighting.sun_direction(azimuth + 30, 0), atol=1e-12)
