"""From raw values to quality in [0, 1]: a piecewise-linear map on the gate points, then geometric means."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import exp, log

AT_REVIEW = 0.5
AT_WORST = 0.1  # of a metric that cannot reject: it must not turn an accepted piece of work worthless
Bound = float | tuple[float, float]


def metric_score(value: float, *, reject: Bound | None, review: Bound | None, good: Bound) -> float:
    """0 at `reject` and beyond, 0.5 at `review`, 1 at `good` and beyond, linear between.

    Where `reject` is missing the line ends at 0.1, as far beyond `review` as `good` is before it; where `review` is
    missing it runs from `reject` to `good`. Pairs are the two ends of a range; the worse side counts.
    """
    if isinstance(good, tuple):
        low = _one_side(value, _end(reject, 0), _end(review, 0), good[0], more_is_better=True)
        high = _one_side(value, _end(reject, 1), _end(review, 1), good[1], more_is_better=False)
        return min(low, high)
    worse = _end(review if review is not None else reject, 0)
    assert worse is not None
    return _one_side(value, _end(reject, 0), _end(review, 0), good, more_is_better=good >= worse)


def modality_score(scores: Sequence[float]) -> float:
    """The mean of a modality's metric scores; 0 where one of them is 0, for one broken thing breaks the whole."""
    return 0.0 if min(scores) <= 0 else sum(scores) / len(scores)


def overall(scores: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Weighted geometric mean over the modalities that were scored; 0 where one is 0 or none was scored."""
    if not scores or min(scores.values()) <= 0:
        return 0.0
    total = sum(weights.get(name, 1.0) for name in scores)
    return exp(sum(weights.get(name, 1.0) * log(score) for name, score in scores.items()) / total)


def novelty(nearest_similarity: float | None) -> float:
    """1 minus the cosine similarity to the nearest accepted neighbour, in [0, 1]; 1 where there is none."""
    return 1.0 if nearest_similarity is None else min(1.0, max(0.0, 1.0 - nearest_similarity))


def _end(bound: Bound | None, which: int) -> float | None:
    return bound[which] if isinstance(bound, tuple) else bound


def _one_side(value: float, reject: float | None, review: float | None, good: float, *, more_is_better: bool) -> float:
    if review is None:
        assert reject is not None
        points = [(reject, 0.0), (good, 1.0)]
    else:
        worst = (2 * review - good, AT_WORST) if reject is None else (reject, 0.0)
        points = [worst, (review, AT_REVIEW), (good, 1.0)]
    if not more_is_better:  # mirror, so that one walk serves both
        points, value = [(-x, y) for x, y in points], -value
    if value >= points[-1][0]:
        return 1.0
    if value <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if value < right:
            return low + (high - low) * (value - left) / (right - left)
    return 1.0
