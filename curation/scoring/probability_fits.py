"""Monotone curves from score to probability: Platt's sigmoid and isotonic steps, for many reweightings at once.

Scores are taken to rise with the probability; a metric that falls is negated by the caller.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

Floats = NDArray[np.float64]
Curve = tuple[Floats, Floats]  # scores `[P]` strictly rising, probabilities `[P]` not falling
Fit = Callable[[Floats, Floats, Floats], list[Curve]]

NEWTON_STEPS = 50
MOST_POINTS = 64
PRIOR_WEIGHT = 2.0  # pairs' worth of the base rate in every isotonic step: no step says 0 or 1


def platt(scores: Floats, labels: Floats, weights: Floats) -> list[Curve]:
    """Logistic curves, as points over the range of the scores.

    Platt, "Probabilistic outputs for support vector machines", 1999, with his smoothed targets; Newton's method with
    the safeguards of Lin, Lin and Weng, 2007 (a floor under the curvature, halved steps).

    Args:
        scores, labels: `[N]`; labels are 1 for right and 0 for wrong.
        weights: `[R, N]`, not negative; one curve for each row.
    """
    centre, width = scores.mean(), scores.std() or 1.0
    x = (scores - centre) / width
    slopes, shifts = _newton(x, _smoothed_targets(labels, weights), weights)
    at = np.linspace(scores.min(), scores.max(), MOST_POINTS) if np.ptp(scores) else scores[:1] + np.array([0.0, 1.0])
    z = np.maximum(slopes, 0.0)[:, None] * ((at - centre) / width) + shifts[:, None]
    return [(at, chances) for chances in _sigmoid(z)]


def isotonic(scores: Floats, labels: Floats, weights: Floats) -> list[Curve]:
    """Isotonic curves: least-squares steps (pool adjacent violators), joined by straight lines between their middles.

    Barlow et al., 1972; interpolation as in Oron and Flournoy, "Centered isotonic regression", 2017.

    Args:
        As for `platt`.
    """
    order = np.argsort(scores, kind="stable")
    places, first = np.unique(scores[order], return_index=True)
    totals = np.add.reduceat(weights[:, order], first, axis=1)
    right = np.add.reduceat((weights * labels)[:, order], first, axis=1)
    return [_steps(places, one_right, one_total) for one_right, one_total in zip(right, totals, strict=True)]


def _steps(places: Floats, right: Floats, totals: Floats) -> Curve:
    there = totals > 0
    places, right, totals = places[there], right[there], totals[there]
    blocks = isotonic_regression(right / totals, weights=totals).blocks[:-1]
    sums = np.add.reduceat(totals, blocks)
    middles = np.add.reduceat(places * totals, blocks) / sums
    base = right.sum() / totals.sum()
    chances = (np.add.reduceat(right, blocks) + PRIOR_WEIGHT * base) / (sums + PRIOR_WEIGHT)
    chances = isotonic_regression(chances, weights=sums).x  # the prior may have turned small steps round
    if len(middles) > MOST_POINTS:
        kept = np.unique(np.linspace(0, len(middles) - 1, MOST_POINTS).round().astype(int))
        middles, chances = middles[kept], chances[kept]
    if len(middles) == 1:
        middles, chances = middles[0] + np.array([0.0, 1.0]), np.repeat(chances, 2)
    return middles, chances


def _smoothed_targets(labels: Floats, weights: Floats) -> Floats:
    """`[R, N]`: short of 1 and over 0 by what one more pair of each kind would have left open."""
    right = (weights * labels).sum(axis=1, keepdims=True)
    wrong = weights.sum(axis=1, keepdims=True) - right
    return np.where(labels > 0, (right + 1) / (right + 2), 1 / (wrong + 2))


def _newton(x: Floats, targets: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Slopes and shifts `[R]` of the sigmoids of least log loss."""
    slopes, shifts = np.zeros(len(weights)), np.zeros(len(weights))
    loss = _log_loss(x, targets, weights, slopes, shifts)
    for _ in range(NEWTON_STEPS):
        chances = _sigmoid(slopes[:, None] * x + shifts[:, None])
        excess, curvature = weights * (chances - targets), weights * chances * (1 - chances)
        gradient = np.stack([(excess * x).sum(1), excess.sum(1)])
        xx, x1, one = (curvature * x * x).sum(1) + 1e-9, (curvature * x).sum(1), curvature.sum(1) + 1e-9
        determinant = xx * one - x1 * x1
        step_slope = (one * gradient[0] - x1 * gradient[1]) / determinant
        step_shift = (xx * gradient[1] - x1 * gradient[0]) / determinant
        size = np.ones(len(weights))
        for _ in range(20):
            tried = _log_loss(x, targets, weights, slopes - size * step_slope, shifts - size * step_shift)
            if not (worse := tried > loss + 1e-12).any():
                break
            size[worse] /= 2
        better = tried <= loss
        slopes = np.where(better, slopes - size * step_slope, slopes)
        shifts = np.where(better, shifts - size * step_shift, shifts)
        if (loss - np.minimum(tried, loss)).max() < 1e-10 * max(1.0, float(loss.max())):
            break
        loss = np.minimum(tried, loss)
    return slopes, shifts


def _log_loss(x: Floats, targets: Floats, weights: Floats, slopes: Floats, shifts: Floats) -> Floats:
    z = slopes[:, None] * x + shifts[:, None]
    return np.asarray((weights * (np.logaddexp(0, z) - targets * z)).sum(axis=1))


def _sigmoid(z: Floats) -> Floats:
    return np.asarray(np.exp(-np.logaddexp(0, -z)))
