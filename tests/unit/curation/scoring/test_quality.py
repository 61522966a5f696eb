"""Quality: piecewise-linear on the gate points, geometric over modalities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.scoring.quality import metric_score, modality_score, novelty, overall


@pytest.mark.parametrize(
    ("value", "score"), [(100, 0), (480, 0), (600, 0.25), (720, 0.5), (900, 0.75), (1080, 1), (4000, 1)]
)
def test_score_runs_through_the_gate_points(value: float, score: float) -> None:
    assert metric_score(value, reject=480, review=720, good=1080) == pytest.approx(score)


def test_where_more_is_worse_the_line_falls() -> None:
    assert [metric_score(v, reject=None, review=0.3, good=0.1) for v in (0.0, 0.1, 0.3, 0.5, 9.0)] == pytest.approx(
        [1, 1, 0.5, 0.1, 0.1]
    )


def test_ranges_are_judged_on_their_worse_side() -> None:
    scores = [metric_score(v, reject=None, review=(-35, -9), good=(-27, -13)) for v in (-35, -31, -20, -11, -9)]
    assert scores == pytest.approx([0.5, 0.75, 1, 0.75, 0.5])


def test_range_that_is_good_up_to_its_end_is_good_inside_it() -> None:
    scores = [metric_score(v, reject=None, review=(8, 250), good=(15, 250)) for v in (20, 250, 251)]
    assert scores == pytest.approx([1, 1, 0.1])


def test_reject_alone_runs_to_good() -> None:
    assert metric_score(0.5, reject=0.8, review=None, good=0.2) == pytest.approx(0.5)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_better_values_never_score_lower(one: float, other: float) -> None:
    low, high = sorted((one, other))
    rising = [metric_score(v, reject=1, review=2, good=5) for v in (low, high)]
    falling = [metric_score(v, reject=5, review=2, good=1) for v in (low, high)]
    assert 0 <= rising[0] <= rising[1] <= 1
    assert 1 >= falling[0] >= falling[1] >= 0


def test_one_broken_thing_breaks_its_modality_and_the_whole() -> None:
    assert modality_score([1, 0.5]) == 0.75
    assert modality_score([1, 0]) == 0
    assert overall({"video": 1, "audio": 0}, {}) == 0
    assert overall({}, {}) == 0


def test_overall_is_the_weighted_geometric_mean() -> None:
    assert overall({"video": 0.25, "audio": 1.0}, {"video": 2, "audio": 1}) == pytest.approx(0.25 ** (2 / 3))


def test_novelty_is_distance_to_the_nearest() -> None:
    assert [novelty(s) for s in (None, 1.0, 0.6, -0.5, 1.00001)] == pytest.approx([1, 0, 0.4, 1, 0])
