"""Colour temperatures and colour spaces, against published values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import lighting
from curation.record.lighting.colours import space_of


def rgb_of(uv: np.ndarray) -> np.ndarray:
    """Linear Rec.709 of a CIE 1960 chromaticity, luminance 1."""
    u, v = uv
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    return np.linalg.solve(lighting.XYZ_FROM_REC709, [x / y, 1, (1 - x - y) / y])


@pytest.mark.parametrize(
    ("chromaticity", "cct_k", "duv"),
    [
        ((0.44757, 0.40745), 2855.5, 0.0),  # A, on today's temperature scale
        ((0.34567, 0.35850), 5003, 0.0032),
        ((0.31271, 0.32902), 6504, 0.0032),
        ((0.29902, 0.31485), 7509, 0.0031),
    ],
)
def test_colour_temperature_of_the_standard_illuminants(chromaticity: tuple[float, float], cct_k: float, duv: float):
    x, y = chromaticity
    white = lighting.white_of(np.linalg.solve(lighting.XYZ_FROM_REC709, [x / y, 1, (1 - x - y) / y]))
    assert white.cct_k == pytest.approx(cct_k, abs=2)
    assert white.duv == pytest.approx(duv, abs=1e-4)


@settings(max_examples=80, deadline=None)
@given(st.floats(1_100, 38_000), st.floats(-0.03, 0.03))
def test_temperature_and_distance_of_any_white_come_back(cct_k: float, duv: float):
    along = lighting.planckian_uv(cct_k * 1.00001) - lighting.planckian_uv(cct_k * 0.99999)
    normal = np.array([-along[1], along[0]]) / np.hypot(*along)
    white = lighting.white_of(rgb_of(lighting.planckian_uv(cct_k) + duv * normal * np.sign(normal[1])))
    assert white.cct_k == pytest.approx(cct_k, rel=2e-5)
    assert white.duv == pytest.approx(duv, abs=1e-6)


@pytest.mark.parametrize("cct_k", [2_856, 4_000, 5_500, 6_504, 10_000])
def test_mccamys_formula_agrees_near_the_locus(cct_k: float):
    u, v = lighting.planckian_uv(cct_k)
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    n = (x - 0.3320) / (0.1858 - y)
    mccamy = 449 * n**3 + 3525 * n**2 + 6823.3 * n + 5520.33
    assert lighting.white_of(rgb_of(np.array([u, v]))).cct_k == pytest.approx(mccamy, rel=0.02)


def test_black_has_no_temperature_and_green_is_above_the_locus():
    assert lighting.white_of([0, 0, 0]) is None
    assert lighting.white_of([np.nan, 1, 1]) is None
    assert lighting.white_of([0, 1, 0]).duv > 0.05


def test_ends_of_the_range_are_the_ends():
    assert lighting.white_of([1, 0.02, 0]).cct_k == pytest.approx(1_000, rel=0.2)
    assert lighting.white_of([0.3, 0.5, 1.5]).cct_k <= 40_000


@pytest.mark.parametrize("name", lighting.COLOR_SPACES)
def test_white_and_grey_stay_so_from_every_space(name: str):
    space = lighting.COLOR_SPACES[name]
    assert np.allclose(lighting.to_rec709(np.ones((2, 3)), space), 1.0, atol=1e-6)


def test_red_of_rec2020_is_the_published_red_of_rec709():
    # ITU-R BT.2087, table of the matrix from BT.2020 to BT.709.
    found = lighting.to_rec709(np.array([1.0, 0.0, 0.0]), lighting.COLOR_SPACES["lin_rec2020"])
    assert np.allclose(found, [1.6605, -0.1246, -0.0182], atol=1e-4)


def test_acescg_goes_to_rec709_by_the_academys_matrix():
    found = lighting.to_rec709(np.eye(3), lighting.COLOR_SPACES["acescg"])
    assert np.allclose(found[0], [1.70505, -0.13026, -0.02400], atol=2e-4)


def test_encoded_srgb_is_made_linear():
    found = lighting.to_rec709(np.array([0.0, 0.5, 1.0]), lighting.COLOR_SPACES["srgb"])
    assert np.allclose(found, [0.0, 0.21404, 1.0], atol=1e-5)


def test_a_files_chromaticities_are_known_by_name_or_refused():
    aces = space_of([0.713, 0.293, 0.165, 0.830, 0.128, 0.044, 0.32168, 0.33767])
    assert aces.is_like([0.7129999, 0.293, 0.165, 0.83, 0.128, 0.044, 0.3217, 0.3377])
    with pytest.raises(ValueError, match="on one line"):
        space_of([0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3127, 0.329])
    with pytest.raises(ValueError, match="above 0"):
        space_of([0.64, 0.0, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329])
