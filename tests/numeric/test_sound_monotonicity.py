"""Every measure of sound against growing harm, as `benchmarks.quality_sounds` prints it."""

import pytest

from benchmarks.quality_sounds import sound_monotonicity


@pytest.mark.deep
def test_every_measure_of_sound_follows_its_degradation() -> None:
    assert {metric: value for metric, value in sound_monotonicity().items() if value < 0.95} == {}
