"""From a model's scores on right and wrong pairs to a curve of probability, gate points and how far to trust both.

The curve is Platt's sigmoid unless isotonic steps foretell held-out pairs better by more than a standard error: two
parameters need few pairs and have no steps, but the sigmoid is wrong where the two kinds overlap unevenly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.scoring.probability_fits import Curve, Fit, Floats, isotonic, platt

FITS: dict[str, Fit] = {"platt": platt, "isotonic": isotonic}
FOLDS = 5
BINS = 10
RESAMPLES = 300
INTERVAL = (2.5, 97.5)  # percentiles: all intervals here are 95 % bootstrap intervals
FEWEST = 20  # pairs of each kind
EDGE = 1e-6


class TooFewPairs(ValueError):
    """There are not enough right or wrong pairs to derive anything from."""


class ScoreTellsNothing(ValueError):
    """Right and wrong pairs have the same scores as far as can be told."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Scored pairs.

    Attributes:
        scores: `[N]` float64, raw, finite.
        right: `[N]` bool, whether the pair belongs together.
        groups: `[N]` int; pairs of one group (one scene, one contributor) are no independent evidence, so they are
            held out together and resampled together.
    """

    scores: Floats
    right: NDArray[np.bool_]
    groups: NDArray[np.int64]


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval; `value` None where the target cannot be reached."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Targets:
    """What the gate points are chosen for.

    Attributes:
        review_recall: This share of right pairs lies at or above the review point.
        reject_precision: This share of the pairs below the reject point is wrong.
        good_precision: This share of the pairs at or above the good point is right.
    """

    review_recall: float = 0.95
    reject_precision: float = 0.98
    good_precision: float = 0.98


@dataclass(frozen=True)
class GatePoint:
    """Where to draw a line: as a raw score, and as the probability there."""

    name: str
    target: float
    score: Estimate
    probability: Estimate


@dataclass(frozen=True)
class Bin:
    """Held-out pairs of about one probability: how many, what was foretold, and how many were right."""

    count: int
    foretold: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """What `calibrate` found.

    Attributes:
        method: platt or isotonic.
        points: (score, probability), scores rising.
        band: (low, high) of the probability at each point.
        gates: Review, reject and good points.
        auc: Chance that a right pair scores on the right side of a wrong one.
        ece: Expected calibration error over `bins`, of pairs that the curve had not seen.
        log_loss, brier: Mean over the same.
        bins: The reliability diagram, `BINS` bins of equal count.
        pairs, right_pairs: How many.
    """

    method: str
    points: tuple[tuple[float, float], ...]
    band: tuple[tuple[float, float], ...]
    gates: tuple[GatePoint, ...]
    auc: Estimate
    ece: Estimate
    log_loss: float
    brier: float
    bins: tuple[Bin, ...]
    pairs: int
    right_pairs: int


def calibrate(pairs: Pairs, *, targets: Targets = Targets(), resamples: int = RESAMPLES, seed: int = 0) -> Calibration:
    """The curve, its gate points and its reliability on held-out pairs; the same pairs and seed give the same.

    Raises:
        TooFewPairs: Fewer than `FEWEST` of either kind, or all from fewer groups than folds.
        ScoreTellsNothing: The interval of the area under the ROC curve holds 0.5.
    """
    _check(pairs)
    rng = np.random.default_rng([seed, 70])
    rising = area_under_curve(pairs.scores, pairs.right) >= 0.5
    scores = pairs.scores if rising else -pairs.scores
    right = pairs.right.astype(np.float64)
    weights = np.concatenate([np.ones((1, len(scores))), _resampled(pairs.groups, resamples, rng)])
    weights = weights[(weights * right).sum(1) * (weights * (1 - right)).sum(1) > 0]
    auc = _estimate(_weighted_auc(scores, right, weights))
    if auc.low is None or auc.low <= 0.5:
        raise ScoreTellsNothing(
            f"Right pairs do not score differently from wrong ones (AUC {auc.value:.3f}, 95 % from {auc.low:.3f}). "
            "Look at the pairs, or leave the metric out of the gates."
        )
    method, held_out = _best_method(scores, right, pairs.groups, rng)
    curves = FITS[method](scores, right, weights)
    ece = _unbiased(np.array([expected_calibration_error(held_out, right, row) for row in weights]))
    points, band = _points_and_band(curves)
    return Calibration(
        method=method,
        points=points if rising else _mirrored(points),
        band=band if rising else band[::-1],
        gates=_gates(scores, right, weights, curves, targets, rising=rising),
        auc=auc,
        ece=ece,
        log_loss=float(_losses(held_out, right).mean()),
        brier=float(((held_out - right) ** 2).mean()),
        bins=tuple(reliability(held_out, right)),
        pairs=len(scores),
        right_pairs=int(right.sum()),
    )


def area_under_curve(scores: Floats, right: NDArray[np.bool_]) -> float:
    """Chance that a right pair scores above a wrong one; ties count half."""
    return float(_weighted_auc(scores, right.astype(np.float64), np.ones((1, len(scores))))[0])


def reliability(chances: Floats, right: Floats) -> Iterator[Bin]:
    """Bins of equal count, from the least probable on."""
    order = np.argsort(chances, kind="stable")
    for part in np.array_split(order, min(BINS, len(order))):
        yield Bin(len(part), float(chances[part].mean()), float(right[part].mean()))


def expected_calibration_error(chances: Floats, right: Floats, weights: Floats | None = None) -> float:
    """Mean distance between what was foretold and what was right, over bins of equal count (Naeini et al., 2015)."""
    weights = np.ones(len(chances)) if weights is None else weights
    order = np.argsort(chances, kind="stable")
    starts = np.array([part[0] for part in np.array_split(np.arange(len(order)), min(BINS, len(order)))])
    gaps = np.add.reduceat((weights * (chances - right))[order], starts)
    return float(np.abs(gaps).sum() / weights.sum())


def _check(pairs: Pairs) -> None:
    right = int(pairs.right.sum())
    wrong = len(pairs.right) - right
    if min(right, wrong) < FEWEST:
        raise TooFewPairs(f"There are {right} right and {wrong} wrong pairs; at least {FEWEST} of each are needed.")
    if len(np.unique(pairs.groups)) < FOLDS:
        raise TooFewPairs(
            f"The pairs come from fewer than {FOLDS} groups; what holds for so few may hold for no other."
        )
    if not np.isfinite(pairs.scores).all():
        raise TooFewPairs("A score is not finite; leave such pairs out.")


def _resampled(groups: NDArray[np.int64], resamples: int, rng: np.random.Generator) -> Floats:
    """`[R, N]`: how often each pair is drawn when whole groups are drawn with replacement."""
    _, member = np.unique(groups, return_inverse=True)
    count = member.max() + 1
    return rng.multinomial(count, np.full(count, 1 / count), size=resamples)[:, member].astype(np.float64)


def _best_method(
    scores: Floats, right: Floats, groups: NDArray[np.int64], rng: np.random.Generator
) -> tuple[str, Floats]:
    """The method, and the probability it gives each pair when fitted without that pair's fold."""
    names, member = np.unique(groups, return_inverse=True)
    fold = rng.permutation(len(names)) % FOLDS
    held_out = {name: np.empty(len(scores)) for name in FITS}
    for number in range(FOLDS):
        out = fold[member] == number
        for name, fit in FITS.items():
            [(at, chances)] = fit(scores[~out], right[~out], np.ones((1, int((~out).sum()))))
            held_out[name][out] = np.interp(scores[out], at, chances)
    gain = _losses(held_out["platt"], right) - _losses(held_out["isotonic"], right)
    by_group = np.bincount(member, gain)
    better = by_group.sum() > by_group.std() * np.sqrt(len(by_group))
    chosen = "isotonic" if better else "platt"
    return chosen, held_out[chosen]


def _losses(chances: Floats, right: Floats) -> Floats:
    clipped = np.clip(chances, EDGE, 1 - EDGE)
    return np.asarray(-np.log(np.where(right > 0, clipped, 1 - clipped)))


def _weighted_auc(scores: Floats, right: Floats, weights: Floats) -> Floats:
    """`[R]`, one for each row of weights."""
    order = np.argsort(scores, kind="stable")
    _, first = np.unique(scores[order], return_index=True)
    ups = np.add.reduceat((weights * right)[:, order], first, axis=1)
    downs = np.add.reduceat((weights * (1 - right))[:, order], first, axis=1)
    below = np.cumsum(downs, axis=1) - downs
    return np.asarray((ups * (below + downs / 2)).sum(1) / (ups.sum(1) * downs.sum(1)))


def _points_and_band(
    curves: Sequence[Curve],
) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float], ...]]:
    at, chances = curves[0]
    others = np.stack([np.interp(at, *curve) for curve in curves])
    low, high = np.percentile(others, INTERVAL, axis=0)
    points = tuple((float(score), float(chance)) for score, chance in zip(at, chances, strict=True))
    return points, tuple((float(a), float(b)) for a, b in zip(low, high, strict=True))


def _mirrored(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((-score, chance) for score, chance in reversed(points))


def _gates(
    scores: Floats, right: Floats, weights: Floats, curves: Sequence[Curve], targets: Targets, *, rising: bool
) -> tuple[GatePoint, ...]:
    order = np.argsort(scores, kind="stable")
    places, first = np.unique(scores[order], return_index=True)
    ups = np.add.reduceat((weights * right)[:, order], first, axis=1)
    downs = np.add.reduceat((weights * (1 - right))[:, order], first, axis=1)
    found = {
        "review": (targets.review_recall, _at_recall(places, ups, targets.review_recall)),
        "reject": (targets.reject_precision, _wrong_below(places, ups, downs, targets.reject_precision)),
        "good": (targets.good_precision, _right_above(places, ups, downs, targets.good_precision)),
    }
    gates = []
    for name, (target, lines) in found.items():
        chances = np.array([np.interp(line, *curve) for line, curve in zip(lines, curves, strict=True)])
        chances[np.isnan(lines)] = np.nan
        gates.append(GatePoint(name, target, _estimate(lines if rising else -lines), _estimate(chances)))
    return tuple(gates)


def _at_recall(places: Floats, ups: Floats, recall: float) -> Floats:
    """The highest places with at least this share of the right pairs at or above them, `[R]`."""
    at_or_above = np.cumsum(ups[:, ::-1], axis=1)[:, ::-1]
    enough = at_or_above >= recall * at_or_above[:, :1]
    return places[enough.shape[1] - 1 - np.argmax(enough[:, ::-1], axis=1)]


def _wrong_below(places: Floats, ups: Floats, downs: Floats, precision: float) -> Floats:
    """The highest places below which at least this share is wrong; NaN where there is none."""
    right, wrong = np.cumsum(ups, axis=1) - ups, np.cumsum(downs, axis=1) - downs
    enough = (wrong > 0) & (wrong >= precision * (right + wrong))
    found = places[enough.shape[1] - 1 - np.argmax(enough[:, ::-1], axis=1)]
    return np.where(enough.any(axis=1), found, np.nan)


def _right_above(places: Floats, ups: Floats, downs: Floats, precision: float) -> Floats:
    """The lowest places at or above which at least this share is right; NaN where there is none."""
    right, wrong = (np.cumsum(one[:, ::-1], axis=1)[:, ::-1] for one in (ups, downs))
    enough = (right > 0) & (right >= precision * (right + wrong))
    return np.where(enough.any(axis=1), places[np.argmax(enough, axis=1)], np.nan)


def _estimate(values: Floats) -> Estimate:
    """The first is of the pairs as they are, the others of their resamples; unreachable ones are NaN."""
    if np.isnan(values[0]):
        return Estimate(None)
    low, high = np.nanpercentile(values, INTERVAL)
    return Estimate(float(values[0]), float(low), float(high))


def _unbiased(values: Floats) -> Estimate:
    """A figure that resampling raises, since gaps of any sign count: the basic bootstrap interval takes that off."""
    low, high = np.percentile(values, INTERVAL)
    value = float(values[0])
    return Estimate(value, max(0.0, 2 * value - float(high)), max(value, 2 * value - float(low)))
