"""Light as a lit sphere needs it."""

import numpy as np
import pytest

from curation.record.lighting import (
    REC709_LUMINANCE,
    arriving_light,
    evaluate,
    irradiance_coefficients,
    lit_by_harmonics,
    lit_by_lamps,
    lit_by_map,
    map_directions,
    measure_map,
    rgb_of_white,
    white_of,
)


def sun(direction: list[float], lux: float, cct_k: float | None = None) -> dict[str, object]:
    return {
        "role": "key", "type": "directional", "direction": direction, "intensity": lux, "unit": "lx", "cct_k": cct_k,
    }  # fmt: skip


@pytest.mark.parametrize("cct_k", [2_000, 3_200, 5_600, 6_500, 12_000])
def test_the_colour_of_a_temperature_has_that_temperature(cct_k: float) -> None:
    rgb = rgb_of_white(cct_k)
    found = white_of(rgb)
    assert found is not None
    assert found.cct_k == pytest.approx(cct_k, rel=0.01)
    assert REC709_LUMINANCE @ rgb == pytest.approx(1)


def test_lamps_light_the_side_that_faces_them() -> None:
    lit = lit_by_lamps(arriving_light([sun([0, -1, 0], 1_000, 3_200)]))
    assert lit.direction is not None
    assert np.allclose(lit.direction, (0, 1, 0))
    assert lit.white is not None
    assert lit.white.cct_k == pytest.approx(3_200, rel=0.01)
    up, down = evaluate(irradiance_coefficients(lit.sh), [[0, 1, 0], [0, -1, 0]]) @ REC709_LUMINANCE
    # Order two gives a facing surface 17/16 of the lux that arrives (Ramamoorthi and Hanrahan 2001).
    assert up == pytest.approx(1_000 * 17 / 16, rel=1e-6)
    assert abs(down) < 100


def test_two_equal_lamps_on_opposite_sides_have_no_direction() -> None:
    assert lit_by_lamps(arriving_light([sun([0, -1, 0], 10), sun([0, 1, 0], 10)])).direction is None


def test_a_map_is_turned_into_the_world_and_exposed() -> None:
    pixels = np.clip(map_directions(32)[..., :1], 0, 1) ** 40 * np.ones(3)  # from +X
    quarter = [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, -1.0, 0.0, 0.0]  # +X goes to -Z
    lit = lit_by_map(measure_map(pixels), world_from_env=quarter, exposure_ev=1.0)
    plain = lit_by_map(measure_map(pixels), world_from_env=np.eye(3), exposure_ev=0.0)
    assert lit.direction is not None
    assert np.allclose(lit.direction, (0, 0, -1), atol=0.02)
    assert lit.sh[0, 0] == pytest.approx(2 * plain.sh[0, 0])
    told = lit.as_json(None)
    assert told["azimuth_deg"] == pytest.approx(0, abs=1) or told["azimuth_deg"] == pytest.approx(360, abs=1)
    assert told["key_direction"] is None


def test_irradiance_is_shown_as_the_radiance_it_comes_from() -> None:
    lamps = lit_by_lamps(arriving_light([sun([-1, 0, 0], 10)]))
    again = lit_by_harmonics(irradiance_coefficients(lamps.sh), kind="irradiance")
    assert np.allclose(again.sh, lamps.sh)
    assert again.direction is not None
    assert np.allclose(again.direction, (1, 0, 0))
