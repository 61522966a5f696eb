"""Calibration finds the curve that made the data, and its intervals hold what they promise."""

import numpy as np
import pytest
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from curation.scoring import calibration, probability_fits
from curation.scoring.calibration import Pairs, ScoreTellsNothing, TooFewPairs, calibrate


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def sigmoid_pairs(count: int, *, seed: int = 0, slope: float = 2.0, shift: float = -0.5) -> Pairs:
    """Scores whose probability is exactly a sigmoid."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=count)
    return Pairs(scores, rng.random(count) < sigmoid(slope * scores + shift), np.arange(count))


def stepped_pairs(count: int, *, seed: int = 0) -> Pairs:
    """Scores whose probability jumps from 0.1 to 0.6 to 0.95: no sigmoid."""
    rng = np.random.default_rng(seed)
    scores = rng.random(count)
    chances = np.select([scores < 0.5, scores < 0.6], [0.1, 0.6], 0.95)
    return Pairs(scores, rng.random(count) < chances, np.arange(count))


def test_known_sigmoid_is_recovered() -> None:
    found = calibrate(sigmoid_pairs(3000), resamples=40)
    points = np.array(found.points)
    assert found.method == "platt"
    assert np.abs(points[:, 1] - sigmoid(2 * points[:, 0] - 0.5)).max() < 0.05
    assert found.ece.value is not None
    assert found.ece.value < 0.03


def test_known_steps_are_recovered_by_isotonic_regression() -> None:
    found = calibrate(stepped_pairs(3000), resamples=40)
    assert found.method == "isotonic"
    at = np.interp([0.2, 0.4, 0.55, 0.8], *np.array(found.points).T)
    assert at == pytest.approx([0.1, 0.1, 0.6, 0.95], abs=0.08)


@pytest.mark.parametrize("pairs", [sigmoid_pairs(800), stepped_pairs(800)])
def test_curve_is_monotone_and_inside_its_band(pairs: Pairs) -> None:
    found = calibrate(pairs, resamples=60)
    scores, chances = np.array(found.points).T
    low, high = np.array(found.band).T
    assert (np.diff(scores) > 0).all()
    assert (np.diff(chances) >= 0).all()
    assert ((low <= chances + 0.02) & (chances <= high + 0.02)).all()
    assert len(scores) <= probability_fits.MOST_POINTS


def test_metric_that_falls_with_rightness_gives_the_mirrored_curve() -> None:
    pairs = sigmoid_pairs(800)
    rising = calibrate(pairs, resamples=20)
    falling = calibrate(Pairs(-pairs.scores, pairs.right, pairs.groups), resamples=20)
    mirrored = [(-score, chance) for score, chance in reversed(falling.points)]
    assert np.array(mirrored) == pytest.approx(np.array(rising.points))
    for one, other in zip(rising.gates, falling.gates, strict=True):
        assert one.score.value is not None
        assert other.score.value == pytest.approx(-one.score.value)
        assert other.probability.value == pytest.approx(one.probability.value)
        assert other.score.low is not None
        assert other.score.high is not None
        assert other.score.low <= other.score.value <= other.score.high


def test_gate_points_reach_their_targets() -> None:
    pairs = sigmoid_pairs(4000, slope=4.0)
    lines = {gate.name: gate for gate in calibrate(pairs, resamples=20).gates}
    values = {name: gate.score.value for name, gate in lines.items()}
    assert (pairs.scores[pairs.right] >= values["review"]).mean() == pytest.approx(0.95, abs=0.002)
    assert (~pairs.right[pairs.scores < values["reject"]]).mean() >= 0.98
    assert pairs.right[pairs.scores >= values["good"]].mean() >= 0.98
    assert (lines["good"].probability.value or 0) > (lines["review"].probability.value or 0)


def test_target_out_of_reach_has_no_point() -> None:
    pairs = sigmoid_pairs(400, slope=0.5, shift=0.0)
    targets = calibration.Targets(good_precision=1.0)
    noisy = Pairs(pairs.scores, pairs.right & (pairs.scores < pairs.scores.max()), pairs.groups)
    gates = {gate.name: gate for gate in calibrate(noisy, targets=targets, resamples=20).gates}
    assert gates["good"].score == calibration.Estimate(None)


def test_fits_agree_with_scikit_learn() -> None:
    pairs = sigmoid_pairs(1500, seed=3)
    right, weights = pairs.right.astype(float), np.ones((1, 1500))
    [(at, chances)] = probability_fits.platt(pairs.scores, right, weights)
    oracle = LogisticRegression(C=1e9).fit(pairs.scores[:, None], pairs.right)
    assert chances == pytest.approx(oracle.predict_proba(at[:, None])[:, 1], abs=0.004)
    [(at, chances)] = probability_fits.isotonic(pairs.scores, right, weights)
    steps = IsotonicRegression(out_of_bounds="clip").fit(pairs.scores, right)
    assert np.abs(np.interp(pairs.scores, at, chances) - steps.predict(pairs.scores)).mean() < 0.04
    tied = Pairs(pairs.scores.round(1), pairs.right, pairs.groups)
    assert calibration.area_under_curve(tied.scores, tied.right) == pytest.approx(
        roc_auc_score(tied.right, tied.scores)
    )


def test_weighted_fits_are_fits_of_repeated_pairs() -> None:
    pairs = sigmoid_pairs(120)
    times = np.random.default_rng(0).integers(0, 3, 120)
    right = pairs.right.astype(float)
    for fit in (probability_fits.platt, probability_fits.isotonic):
        [weighted] = fit(pairs.scores, right, times[None].astype(float))
        [repeated] = fit(np.repeat(pairs.scores, times), np.repeat(right, times), np.ones((1, int(times.sum()))))
        at = np.linspace(-1.5, 1.5, 20)
        assert np.interp(at, *weighted) == pytest.approx(np.interp(at, *repeated), abs=2e-3)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    truth, covered = sigmoid(np.array(2 * 0.3 - 0.5)), []
    for seed in range(60):
        found = calibrate(sigmoid_pairs(250, seed=seed), resamples=80)
        at = [score for score, _ in found.points]
        low, high = (np.interp(0.3, at, side) for side in np.array(found.band).T)
        covered.append(low <= truth <= high)
    assert np.mean(covered) >= 0.85


def test_pairs_of_one_group_are_no_independent_evidence() -> None:
    pairs = sigmoid_pairs(300)
    again = [np.repeat(part, 5) for part in (pairs.scores, pairs.right, pairs.groups)]
    alone, together = calibrate(pairs, resamples=80), calibrate(Pairs(*again), resamples=80)
    naive = calibrate(Pairs(again[0], again[1], np.arange(1500)), resamples=80)

    def width(found: calibration.Calibration) -> float:
        assert found.auc.low is not None
        assert found.auc.high is not None
        return found.auc.high - found.auc.low

    assert width(together) == pytest.approx(width(alone), rel=0.3)
    assert width(naive) < 0.6 * width(together)


def test_same_pairs_and_seed_give_the_same() -> None:
    assert calibrate(sigmoid_pairs(300), resamples=20) == calibrate(sigmoid_pairs(300), resamples=20)


def test_scores_that_tell_nothing_are_refused() -> None:
    rng = np.random.default_rng(0)
    pairs = Pairs(rng.normal(size=400), rng.random(400) < 0.5, np.arange(400))
    with pytest.raises(ScoreTellsNothing, match="AUC"):
        calibrate(pairs, resamples=60)


@pytest.mark.parametrize(
    "pairs",
    [
        sigmoid_pairs(20),
        Pairs(np.arange(100.0), np.arange(100) > 2, np.arange(100)),
        Pairs(np.arange(100.0), np.arange(100) > 50, np.zeros(100, np.int64)),
        Pairs(np.full(100, np.nan), np.arange(100) > 50, np.arange(100)),
    ],
)
def test_too_little_to_go_by_is_refused(pairs: Pairs) -> None:
    with pytest.raises(TooFewPairs):
        calibrate(pairs, resamples=10)


def test_kinds_that_do_not_overlap_still_make_a_curve() -> None:
    scores = np.concatenate([np.linspace(0, 0.4, 100), np.linspace(0.6, 1, 100)])
    found = calibrate(Pairs(scores, scores > 0.5, np.arange(200)), resamples=30)
    assert found.auc.value == 1
    chances = [chance for _, chance in found.points]
    assert 0 < chances[0] < 0.1 < 0.9 < chances[-1] < 1
