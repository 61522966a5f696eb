"""Light as numbers, against light whose numbers are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import lighting
from tests.unit.curation.record.camera_paths import START, looking

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
    found = lighting.dominant_direction(map_with_sun(sun))
    assert lighting.angle_between_deg(found, sun) < 1.5


def test_dominant_direction_of_the_stronger_of_two_lamps_is_told():
    strong, weak = lighting.sun_direction(40, 30), lighting.sun_direction(200, 20)
    pixels = np.maximum(map_with_sun(strong, power=50), map_with_sun(weak, power=20))
    assert lighting.angle_between_deg(lighting.dominant_direction(pixels), strong) < 1.5


def test_dominant_direction_of_a_soft_gradient_is_its_middle():
    axis = lighting.sun_direction(100, 40)
    pixels = np.repeat((1 + lighting.map_directions(64) @ axis)[..., None], 3, axis=2)
    assert lighting.angle_between_deg(lighting.dominant_direction(pixels), axis) < 10


def test_even_and_black_maps_have_no_dominant_direction():
    assert lighting.dominant_direction(np.ones((32, 64, 3))) is None
    assert lighting.dominant_direction(np.zeros((32, 64, 3))) is None


def test_map_rotated_into_the_world_turns_its_dominant_direction():
    quarter = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])  # +Z of the map is +X of the world
    found = lighting.dominant_direction(map_with_sun(np.array([0.0, 0, 1])), world_from_env=quarter.ravel())
    assert np.allclose(found, [1, 0, 0], atol=0.02)


def test_large_maps_give_the_same_direction_and_harmonics_as_small_ones():
    sun = lighting.sun_direction(220, 35)
    large, small = map_with_sun(sun, height=1_000), map_with_sun(sun, height=250)
    assert lighting.angle_between_deg(lighting.dominant_direction(large), lighting.dominant_direction(small)) < 0.5
    assert np.allclose(lighting.project(large), lighting.project(small), atol=0.6)


def test_harmonics_are_orthonormal_and_have_no_condon_shortley_sign():
    values = lighting.harmonics(lighting.map_directions(128))
    gram = np.einsum("hwi,hwj,hx->ij", values, values, lighting.solid_angles(128))
    assert np.abs(gram - np.eye(9)).max() < 1e-3
    positive = lighting.harmonics(np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]]))
    assert np.all(np.diag(positive[:, 1:4]) > 0)  # L1-1 along +Y, L10 along +Z, L11 along +X


def test_projection_of_a_band_limited_map_gives_it_back():
    coefficients = np.random.default_rng(0).normal(size=(9, 3))
    pixels = lighting.evaluate(coefficients, lighting.map_directions(128))
    assert np.abs(lighting.project(pixels) - coefficients).max() < 2e-3


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


@pytest.mark.parametrize(
    ("chromaticity", "cct_k", "duv"),
    [((0.44757, 0.40745), 2856, 0.0), ((0.34567, 0.35850), 5003, 0.0033), ((0.31271, 0.32902), 6504, 0.0032)],
)
def test_colour_temperature_of_the_standard_illuminants(chromaticity: tuple[float, float], cct_k: float, duv: float):
    x, y = chromaticity
    rgb = np.linalg.solve(lighting._XYZ_FROM_REC709, [x / y, 1, (1 - x - y) / y])
    white = lighting.white_of(rgb)
    assert white.cct_k == pytest.approx(cct_k, abs=10)
    assert white.duv == pytest.approx(duv, abs=5e-4)


@settings(max_examples=40, deadline=None)
@given(st.floats(1_500, 15_000))
def test_points_of_the_locus_have_their_own_temperature(cct_k: float):
    u, v = lighting.planckian_uv(np.array(cct_k))
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    white = lighting.white_of(np.linalg.solve(lighting._XYZ_FROM_REC709, [x / y, 1, (1 - x - y) / y]))
    assert white.cct_k == pytest.approx(cct_k, rel=2e-3)
    assert abs(white.duv) < 2e-5


def test_black_has_no_temperature_and_green_is_above_the_locus():
    assert lighting.white_of([0, 0, 0]) is None
    assert lighting.white_of([0, 1, 0]).duv > 0.05


def test_mean_colour_of_a_warm_map_is_warm():
    assert lighting.mean_white(np.ones((16, 32, 3)) * [1.0, 0.5, 0.15]).cct_k < 3_500


def test_environment_map_facts():
    pixels = map_with_sun(lighting.sun_direction(0, 45), power=0.1 * 2**10)
    facts = {result.metric: result.value for result in lighting.check_environment_map(pixels)}
    assert facts["env_map_aspect"] == 2.0
    assert facts["env_map_finite_share"] == 1.0
    assert facts["env_map_negative_share"] == 0.0
    assert facts["env_map_dynamic_range_stops"] == pytest.approx(10.0, abs=1e-3)


def test_environment_map_faults_are_measured_and_stop_what_depends_on_them():
    broken = np.ones((10, 30, 3))
    broken[0, 0, 0], broken[1, 1, 1] = np.nan, -1
    facts = {result.metric: result.value for result in lighting.check_environment_map(broken)}
    assert facts["env_map_aspect"] == 3.0
    assert facts["env_map_finite_share"] < 1
    assert facts["env_map_negative_share"] > 0
    assert "env_map_dynamic_range_stops" not in facts


@pytest.mark.parametrize(
    ("tag", "expected"), [("front", (0, 0, 1)), ("back", (0, 0, -1)), ("left", (-1, 0, 0)), ("top", (0, 1, 0))]
)
def test_key_directions_are_seen_from_the_camera(tag: str, expected: tuple[float, ...]):
    pose = looking(START, START + np.array([0, 0, -1.0]))
    assert np.allclose(lighting.key_direction(tag, pose), expected)


def test_key_between_two_directions_lies_between_them_and_ambient_has_none():
    pose = looking(START, START + np.array([0, 0, -1.0]))
    assert np.allclose(lighting.key_direction("front_left", pose), np.array([-1, 0, 1]) / np.sqrt(2))
    assert lighting.key_direction("ambient", pose) is None


def test_half_float_maps_are_averaged_without_overflow():
    pixels = np.full((1_030, 2_060, 3), 60_000, dtype=np.float16)
    assert np.allclose(lighting.shrunk(pixels), 60_000, rtol=1e-3)
