"""How good models are, from pairs that people judged: win rates with their intervals, and strengths of all against all.

Plain functions over counts. A small number of votes says little: n and an interval stand with every figure.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

Z_95 = 1.959963984540054
ROUNDS = 200
CLOSE = 1e-9
RESAMPLES = 200
SEED = 20
# Half a drawn game against everyone keeps strengths finite where somebody never lost (a Jeffreys-like prior).
PRIOR = 0.5
POINTS = 400 / math.log(10)  # so that 400 points are odds of 10 to 1, as in Elo's scale
MEAN = 1_000.0

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Game(Generic[Name]):
    """One judged pair: `score` of the first in {0, 0.5, 1}; votes of one `voter` go together when resampling."""

    first: Name
    second: Name
    score: float
    voter: Hashable


@dataclass(frozen=True)
class Strength:
    """A model among those it was judged with.

    Attributes:
        n: Votes.
        win_rate: Ties count as half. `low` and `high`: 95 % Wilson interval.
        rating: Bradley-Terry strength on Elo's scale, 1,000 on average. `rating_low` and `rating_high`: 95 % of
            resamples of the voters.
    """

    n: int
    wins: float
    win_rate: float
    low: float
    high: float
    rating: float
    rating_low: float
    rating_high: float


def wilson(rate: float, n: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a proportion `rate` seen in `n` trials, `n` at least 1 (JASA 22, 1927)."""
    centre = rate + Z_95**2 / (2 * n)
    spread = Z_95 * math.sqrt(rate * (1 - rate) / n + Z_95**2 / (4 * n**2))
    scale = 1 + Z_95**2 / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def strengths(games: Sequence[Game[Name]]) -> dict[Name, Strength]:
    """Every model that was judged, in no order; the same games give the same figures."""
    names = sorted({name for game in games for name in (game.first, game.second)}, key=str)
    if not names:
        return {}
    place = {name: i for i, name in enumerate(names)}
    voters = {voter: i for i, voter in enumerate(sorted({game.voter for game in games}, key=str))}
    by_voter = np.zeros((len(voters), len(names), len(names)))
    for game in games:
        first, second, voter = place[game.first], place[game.second], voters[game.voter]
        by_voter[voter, first, second] += game.score
        by_voter[voter, second, first] += 1 - game.score
    wins = by_voter.sum(axis=0)
    ratings = _ratings(wins)
    low, high = _spread(by_voter)
    return {name: _strength(wins, ratings, low, high, i) for name, i in place.items()}


def _strength(wins: np.ndarray, ratings: np.ndarray, low: np.ndarray, high: np.ndarray, i: int) -> Strength:
    won, n = float(wins[i].sum()), round(float(wins[i].sum() + wins[:, i].sum()))
    rate = won / n
    bounds = wilson(rate, n)
    return Strength(n, won, rate, *bounds, float(ratings[i]), float(low[i]), float(high[i]))


def _ratings(wins: np.ndarray) -> np.ndarray:
    """Bradley and Terry's strengths by Hunter's MM iteration (Annals of Statistics 32, 2004).

    Args:
        wins: `[..., M, M]` how often the row's model won against the column's.

    Returns:
        `[..., M]` on Elo's scale.
    """
    met = (wins + wins.swapaxes(-1, -2)) > 0
    smoothed = wins + PRIOR * met
    games = smoothed + smoothed.swapaxes(-1, -2)
    strength = np.ones(wins.shape[:-1])
    for _ in range(ROUNDS):
        new = smoothed.sum(axis=-1) / (games / (strength[..., :, None] + strength[..., None, :])).sum(axis=-1)
        new /= np.exp(np.log(new).mean(axis=-1, keepdims=True))
        if np.abs(new - strength).max() < CLOSE:
            break
        strength = new
    return MEAN + POINTS * np.log(strength)


def _spread(by_voter: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The middle 95 % of the strengths over resamples of whole voters: one person's votes are no independent ones."""
    voters = len(by_voter)
    drawn = np.random.default_rng(SEED).integers(voters, size=(RESAMPLES, voters))
    counts = np.stack([np.bincount(sample, minlength=voters) for sample in drawn])
    met = by_voter.sum(axis=0) + by_voter.sum(axis=0).T > 0
    wins = np.tensordot(counts.astype(float), by_voter, axes=1)
    low, high = np.quantile(_ratings(wins + 1e-6 * met), [0.025, 0.975], axis=0)
    return low, high
