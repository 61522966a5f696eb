"""From a model's raw score to the probability that the work is right, by the calibration of the very weights.

A rule that is `calibrated` asks for a probability; which score that is differs from model to model.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any, Protocol

import rfc8785

MOST_POINTS = 256


class CurveInvalid(ValueError):
    """The points do not make a calibration curve."""


class Traced(Protocol):
    """Anything that says which model, weights and preprocessing measured it."""

    @property
    def metric(self) -> str: ...

    @property
    def model_id(self) -> str: ...

    @property
    def weights_sha256(self) -> str: ...

    @property
    def preprocessing_id(self) -> str: ...


@dataclass(frozen=True)
class Curve:
    """Score -> probability of one metric as one model measures it.

    Attributes:
        weights_sha256, preprocessing_id: Of the measuring model. Both empty: any under this `model_id`, which only
            starting values may say of themselves.
        points: (score, probability), scores rising, probabilities rising or falling throughout; straight lines
            between, level beyond the ends.
    """

    metric: str
    model_id: str
    weights_sha256: str
    preprocessing_id: str
    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        scores, chances = [score for score, _ in self.points], [chance for _, chance in self.points]
        if not 2 <= len(scores) <= MOST_POINTS:
            raise CurveInvalid(f"{self.metric}: a curve has 2 to {MOST_POINTS} points, not {len(scores)}.")
        if not all(isfinite(score) for score in scores) or sorted(set(scores)) != scores:
            raise CurveInvalid(f"{self.metric}: the scores of a curve are finite and rise from point to point.")
        if not all(0 <= chance <= 1 for chance in chances) or chances not in (
            sorted(chances), sorted(chances, reverse=True),
        ):  # fmt: skip
            raise CurveInvalid(f"{self.metric}: probabilities lie in [0, 1] and only rise, or only fall.")

    @cached_property
    def sha256(self) -> str:
        """Of the canonical JSON of everything it says."""
        return hashlib.sha256(rfc8785.dumps(self.as_json())).hexdigest()

    def as_json(self) -> dict[str, Any]:
        return {
            "metric": self.metric,
            "model_id": self.model_id,
            "weights_sha256": self.weights_sha256,
            "preprocessing_id": self.preprocessing_id,
            "points": [list(point) for point in self.points],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Curve":
        """Raises `CurveInvalid`."""
        try:
            points = tuple((float(score), float(chance)) for score, chance in data["points"])
            names = {key: str(data[key]) for key in ("metric", "model_id", "weights_sha256", "preprocessing_id")}
        except (KeyError, TypeError, ValueError) as error:
            raise CurveInvalid(f"This is no calibration curve: {error!r}.") from error
        return cls(**names, points=points)

    @cached_property
    def _scores(self) -> tuple[float, ...]:
        return tuple(score for score, _ in self.points)

    def probability(self, score: float) -> float:
        """In [0, 1]."""
        right = bisect_right(self._scores, score)
        if right in (0, len(self.points)):
            return self.points[min(right, len(self.points) - 1)][1]
        (low, from_chance), (high, to_chance) = self.points[right - 1], self.points[right]
        return from_chance + (to_chance - from_chance) * (score - low) / (high - low)


class Calibrations:
    """The curves that hold now: one for each metric, model, weights and preprocessing."""

    def __init__(self, curves: Iterable[Curve] = ()) -> None:
        self._curves = {(c.metric, c.model_id, c.weights_sha256, c.preprocessing_id): c for c in curves}

    def __iter__(self) -> Iterator[Curve]:
        return iter(self._curves.values())

    def curve_for(self, item: Traced) -> Curve | None:
        """The curve of exactly what measured, or else the starting values under its model's name."""
        exact = (item.metric, item.model_id, item.weights_sha256, item.preprocessing_id)
        return self._curves.get(exact) or self._curves.get((item.metric, item.model_id, "", ""))

    def of(self, metrics: Iterable[str]) -> list[Curve]:
        """Those of these metrics, in a fixed order."""
        wanted = set(metrics)
        return [self._curves[key] for key in sorted(self._curves) if key[0] in wanted]
