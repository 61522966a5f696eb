"""Every metric of camera and light rises with its fault, on scenes of the film set."""

import pytest

from benchmarks.quality_geometry import light_errors, measure

FIGURES = measure()


@pytest.mark.parametrize("metric", FIGURES)
def test_metric_rises_with_every_level_of_its_fault(metric: str) -> None:
    assert FIGURES[metric] >= 0.95


def test_key_and_colour_of_the_film_sets_maps_are_found() -> None:
    found = light_errors(range(12))
    assert found["direction_deg_max"] < 5
    assert found["cct_share_max"] < 0.1
