"""How the values of a metric lie, and where the bounds of its rules cut them: what an operator's screen draws."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from curation.gating.policy import Bound, Policy

BINS = 40
MOST_LINES = 50


@dataclass
class Histogram:
    """Values in bins of equal width.

    Attributes:
        low, high: The ends of the bins; what lies beyond is counted in `below` and `above`.
        without_value: Scores that do not apply, or have no probability for want of a calibration.
    """

    low: float
    high: float
    counts: list[int] = field(default_factory=lambda: [0] * BINS)
    below: int = 0
    above: int = 0
    without_value: int = 0

    def add(self, value: float | None) -> None:
        if value is None:
            self.without_value += 1
        elif value < self.low:
            self.below += 1
        elif value > self.high:
            self.above += 1
        else:
            place = int((value - self.low) / (self.high - self.low) * BINS)
            self.counts[min(place, BINS - 1)] += 1

    def as_json(self) -> dict[str, Any]:
        return {
            "low": self.low,
            "high": self.high,
            "counts": self.counts,
            "below": self.below,
            "above": self.above,
            "without_value": self.without_value,
        }


def spanning(low: float, high: float, bounds: Iterable[float]) -> Histogram:
    """Empty, from `low` to `high`, widened so that every bound is in it."""
    ends = [low, high, *bounds]
    low, high = min(ends), max(ends)
    return Histogram(low, high if high > low else low + 1.0)


def lines(metric: str, policies: Iterable[tuple[str, Policy]]) -> list[dict[str, Any]]:
    """The bounds of every rule on the metric, each set once: `{rule, side, calibrated, review, reject, good}`.

    Args:
        policies: (side, policy), where the side is before or after.
    """
    found: list[dict[str, Any]] = []
    for side, policy in policies:
        for rule in policy.rules:
            if rule.metric != metric:
                continue
            line = {"rule": rule.id, "side": side, "calibrated": rule.calibrated, "model": rule.model} | {
                name: getattr(rule, name) for name in ("review", "reject", "good")
            }
            if line not in found and len(found) < MOST_LINES:
                found.append(line)
    return found


def ends(bound: Bound | None) -> tuple[float, ...]:
    """The numbers of a bound."""
    if bound is None:
        return ()
    return bound if isinstance(bound, tuple) else (bound,)
