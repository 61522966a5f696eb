"""Maps and harmonics, against light whose numbers are known."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import lighting
from tests.unit.curation.record.camera_paths import START, looking


def toward(pixels: np.ndarray, **turned: object) -> np.ndarray:
    found = lighting.dominant_light(pixels, **turned)
    assert found is not None
    return found.direction


angles = st.tuples(st.floats(0, 359.999), st.floats(-89, 89))


def map_with_sun(
    direction: np.ndarray, *, height: int = 128, radius_deg: float = 4.0, power: float = 500.0
) -> np.ndarray:
    pixels = np.full((height, 2 * height, 3), 0.1, dtype=np.float32)
    pixels[lighting.map_directions(height) @ direction > np.cos(np.radians(radius_deg))] = power
    return pixels


@pytest.mark.parametrize(
    ("azimuth", "elevation", "expected"),
    [(0, 0, (0, 0, -1)), (90, 0, (1, 0, 0)), (180, 0, (0, 0, 1)), (0, 90, (0, 1, 0))],
)
def test_sun_stands_where_the_compass_says(azimuth: float, elevation: float, expected: tuple[float, ...]):
    assert np.allclose(lighting.sun_direction(azimuth, elevation), expected, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(angles)
def test_angles_of_a_sun_direction_are_the_angles(pair: tuple[float, float]):
    azimuth, elevation = lighting.sun_angles(lighting.sun_direction(*pair))
    assert abs((azimuth - pair[0] + 180) % 360 - 180) < 1e-6
    assert elevation == pytest.approx(pair[1], abs=1e-9)


def test_map_is_laid_out_as_openexr_says():
    directions = lighting.map_directions(64)
    assert np.allclose(directions[31:33, 63:65].mean(axis=(0, 1)), [0, 0, 1], atol=0.01)  # middle: longitude 0, +Z
    assert np.allclose(directions[31:33, 31:33].mean(axis=(0, 1)), [1, 0, 0], atol=0.01)  # a quarter in: +pi/2, +X
    assert np.allclose(directions[0].mean(axis=0), [0, 1, 0], atol=0.01)
    assert np.allclose(directions[31:33, 0].mean(axis=0), [0, 0, -1], atol=0.05)  # left edge: +pi


def test_solid_angles_cover_the_sphere():
    assert lighting.solid_angles(50).sum() * 100 == pytest.approx(4 * np.pi)


@settings(max_examples=10, deadline=None)
@given(angles)
def test_dominant_direction_of_a_map_with_a_sun_is_the_sun(pair: tuple[float, float]):
    sun = lighting.sun_direction(*pair)
    found = toward(map_with_sun(sun))
    assert lighting.angle_between_deg(found, sun) < 1.5


def test_dominant_direction_of_the_stronger_of_two_lamps_is_told():
    strong, weak = lighting.sun_direction(40, 30), lighting.sun_direction(200, 20)
    pixels = np.maximum(map_with_sun(strong, power=50), map_with_sun(weak, power=20))
    assert lighting.angle_between_deg(toward(pixels), strong) < 1.5


def test_dominant_direction_of_a_soft_gradient_is_its_middle():
    axis = lighting.sun_direction(100, 40)
    pixels = np.repeat((1 + lighting.map_directions(64) @ axis)[..., None], 3, axis=2)
    assert lighting.angle_between_deg(toward(pixels), axis) < 10


def test_even_and_black_maps_have_no_dominant_direction():
    assert lighting.dominant_light(np.ones((32, 64, 3))) is None
    assert lighting.dominant_light(np.zeros((32, 64, 3))) is None


def test_map_rotated_into_the_world_turns_its_dominant_direction():
    quarter = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])  # +Z of the map is +X of the world
    found = toward(map_with_sun(np.array([0.0, 0, 1])), world_from_env=quarter.ravel())
    assert np.allclose(found, [1, 0, 0], atol=0.02)


def test_large_maps_give_the_same_direction_and_harmonics_as_small_ones():
    sun = lighting.sun_direction(220, 35)
    large, small = map_with_sun(sun, height=1_000), map_with_sun(sun, height=250)
    assert lighting.angle_between_deg(toward(large), toward(small)) < 0.5
    assert np.allclose(lighting.project(large), lighting.project(small), atol=0.6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 63), st.integers(0, 127), st.floats(100, 1e7))
def test_a_single_lit_pixel_is_found_to_half_a_pixel(row: int, column: int, power: float):
    pixels = np.full((64, 128, 3), 0.01)
    pixels[row, column] += power
    found = lighting.dominant_light(pixels)
    assert found is not None
    assert lighting.angle_between_deg(found.direction, lighting.map_directions(64)[row, column]) < 180 / 64 / 2


def test_sharpness_falls_as_the_light_grows_softer():
    axis = lighting.sun_direction(70, 30)
    found = [lighting.dominant_light(map_with_sun(axis, radius_deg=radius, power=20)) for radius in (3, 10, 20)]
    soft = [
        lighting.dominant_light(np.exp(k * lighting.map_directions(64) @ axis)[..., None] * np.ones(3))
        for k in (4, 2, 1)
    ]
    assert [one.sharpness for one in soft] == sorted((one.sharpness for one in soft), reverse=True)
    assert all(0 < one.sharpness < 1 and 0 < one.share <= 1 for one in [*found, *soft])


def test_constant_light_has_its_first_coefficient_alone():
    found = lighting.project(np.full((32, 64, 3), 2.0))
    assert np.allclose(found[0], 2.0 * np.sqrt(4 * np.pi))
    assert np.abs(found[1:]).max() < 1e-12


@settings(max_examples=10, deadline=None)
@given(angles, st.floats(-180, 180))
def test_turning_the_map_turns_what_is_found_in_it(pair: tuple[float, float], yaw_deg: float):
    pixels = map_with_sun(lighting.sun_direction(*pair), height=64)
    turn = lighting.world_from_env("openexr", yaw_deg=yaw_deg)
    assert np.allclose(turn @ toward(pixels), toward(pixels, world_from_env=turn))
    turned = lighting.rotate_harmonics(lighting.project(pixels), turn)
    assert np.allclose(lighting.project(pixels, world_from_env=turn), turned, atol=0.02 * np.abs(turned).max())


def test_radiance_and_irradiance_are_two_kinds_of_the_same_light():
    coefficients = np.random.default_rng(3).normal(size=(9, 3))
    assert np.allclose(
        lighting.radiance_coefficients(lighting.irradiance_coefficients(coefficients)), coefficients, atol=1e-12
    )


def test_light_of_a_map_survives_the_facts_it_is_kept_in():
    pixels = map_with_sun(lighting.sun_direction(10, 50))
    found = lighting.measure_map(pixels)
    again = lighting.MapLight.from_facts(json.loads(json.dumps(found.as_facts())))
    assert np.allclose(again.sh, found.sh)
    assert np.allclose(again.dominant.direction, found.dominant.direction)
    assert again.white == found.white
    assert again.range_stops == pytest.approx(np.log2(500 / 0.1), abs=1e-3)
    black = lighting.measure_map(np.zeros((8, 16, 3)))
    assert lighting.MapLight.from_facts(black.as_facts()).dominant is None
    assert black.range_stops is None


def test_harmonics_are_orthonormal_and_have_no_condon_shortley_sign():
    values = lighting.harmonics(lighting.map_directions(128))
    gram = np.einsum("hwi,hwj,hx->ij", values, values, lighting.solid_angles(128))
    assert np.abs(gram - np.eye(9)).max() < 1e-3
    positive = lighting.harmonics(np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]]))
    assert np.all(np.diag(positive[:, 1:4]) > 0)  # L1-1 along +Y, L10 along +Z, L11 along +X


def test_projection_of_a_band_limited_map_gives_it_back():
    coefficients = np.random.default_rng(0).normal(size=(9, 3))
    pixels = lighting.evaluate(coefficients, lighting.map_directions(128))
    assert np.abs(lighting.project(pixels) - coefficients).max() < 1e-12


def test_irradiance_equals_the_integral_over_the_hemisphere():
    coefficients = np.random.default_rng(1).normal(size=(9, 3))
    directions = lighting.map_directions(128)
    pixels = lighting.evaluate(coefficients, directions)
    normal = lighting.sun_direction(10, 20)
    cosine = np.clip(directions @ normal, 0, None)[..., None]
    integral = (pixels * cosine * lighting.solid_angles(128)[..., None]).sum(axis=(0, 1))
    assert np.allclose(lighting.evaluate(lighting.irradiance_coefficients(coefficients), normal), integral, atol=2e-3)


def test_turned_harmonics_are_the_harmonics_of_the_turned_light():
    coefficients = np.random.default_rng(2).normal(size=(9, 3))
    turn = looking(START, START + np.array([0.3, 0.2, -1]), 0.4)[:3, :3]
    directions = lighting.map_directions(16).reshape(-1, 3)
    turned = lighting.rotate_harmonics(coefficients, turn)
    assert np.allclose(lighting.evaluate(turned, directions @ turn.T), lighting.evaluate(coefficients, directions))


def test_half_float_maps_are_averaged_without_overflow():
    pixels = np.full((1_030, 2_060, 3), 60_000, dtype=np.float16)
    assert np.allclose(lighting.shrunk(pixels), 60_000, rtol=1e-3)
