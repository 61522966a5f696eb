"""A person's standing in [0, 1], what it is made of, and what it changes.

Facts fade: one that is a half-life old counts half. Both standings are the mean of a Beta distribution whose prior is
even, so everybody starts at 0.5, a few facts move it little and many move it far, up or down.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum

PRIOR = 2.0  # imagined facts of each kind before any is known
# How many ordinary failures one of these stands for.
DUPLICATE_WEIGHT, REVERSAL_WEIGHT = 3.0, 5.0
GOLD_WEIGHT = 2.0  # whose truth is known, against agreement with others, who may be wrong together

NEW_BELOW = 5.0  # facts, faded
TRUSTED_FROM, TRUSTED_FACTS = 0.8, 20.0
LOW_BELOW = 0.35
# A reviewer is judged by gold alone before being paused, and by no fewer than this many (faded) items.
PAUSED_BELOW, PAUSING_GOLD = 0.4, 4.0


class Level(StrEnum):
    """What a standing amounts to."""

    NEW = "new"
    LOW = "low"
    USUAL = "usual"
    TRUSTED = "trusted"


# Open submissions at once.
VOLUME: Mapping[Level, int] = {Level.NEW: 60, Level.LOW: 10, Level.USUAL: 300, Level.TRUSTED: 2_000}
# Judgements more or less than the campaign asks.
DEPTH: Mapping[Level, int] = {Level.NEW: 0, Level.LOW: 1, Level.USUAL: 0, Level.TRUSTED: -1}


@dataclass(frozen=True)
class Factor:
    """One kind of fact in a standing.

    Attributes:
        name: Stable; what the screens translate.
        count: How many facts, as they happened.
        faded: The same, each by its age.
        weight: How much one counts, negative where it speaks against the person.
    """

    name: str
    count: int
    faded: float
    weight: float


@dataclass(frozen=True)
class Standing:
    """The value, what it is made of, and the level it amounts to."""

    value: float
    level: Level
    factors: tuple[Factor, ...]

    def as_json(self) -> dict[str, object]:
        return {"value": self.value, "level": self.level.value, "factors": [asdict(one) for one in self.factors]}


def faded(ages: Mapping[str, list[timedelta]], half_life: timedelta) -> dict[str, tuple[int, float]]:
    """Per kind of fact, how many there are and what they count together by now."""
    return {
        name: (len(given), sum(0.5 ** (max(age, timedelta(0)) / half_life) for age in given))
        for name, given in ages.items()
    }


def contributor(facts: Mapping[str, tuple[int, float]]) -> Standing:
    """From `accepted`, `rejected`, `gate_rejected`, `duplicates` and `reversed`, each (count, faded)."""
    return _standing(
        facts,
        {
            "accepted": 1.0,
            "rejected": -1.0,
            "gate_rejected": -0.5,
            "duplicates": -DUPLICATE_WEIGHT,
            "reversed": -REVERSAL_WEIGHT,
        },
    )


def reviewer(facts: Mapping[str, tuple[int, float]]) -> Standing:
    """From `gold_right`, `gold_wrong`, `agreed`, `disagreed` and `reversed`, each (count, faded)."""
    return _standing(
        facts,
        {
            "gold_right": GOLD_WEIGHT,
            "gold_wrong": -GOLD_WEIGHT,
            "agreed": 1.0,
            "disagreed": -1.0,
            "reversed": -REVERSAL_WEIGHT,
        },
    )


def is_paused(reviewing: Standing) -> bool:
    """Whether a reviewer gets qualification items alone: enough gold is known, and too much of it was wrong."""
    gold = {one.name: one.faded for one in reviewing.factors if one.name.startswith("gold_")}
    known = gold["gold_right"] + gold["gold_wrong"]
    return known >= PAUSING_GOLD and (gold["gold_right"] + 1) / (known + 2) < PAUSED_BELOW


def judgements_asked(level: Level, *, campaign_asks: int) -> int:
    """Independent judgements that a contribution of this person needs; never none."""
    return max(campaign_asks + DEPTH[level], 1)


def acceptance_too_low(accepted: int, decided: int, *, warm_up: int, least_share: float) -> bool:
    """Whether a campaign's recent decisions say that its call is misunderstood; never before its warm-up."""
    return decided >= warm_up and accepted < least_share * decided


def _standing(facts: Mapping[str, tuple[int, float]], weights: Mapping[str, float]) -> Standing:
    factors = tuple(Factor(name, *facts.get(name, (0, 0.0)), weight) for name, weight in weights.items())
    good = sum(one.weight * one.faded for one in factors if one.weight > 0)
    bad = sum(-one.weight * one.faded for one in factors if one.weight < 0)
    value = (PRIOR + good) / (2 * PRIOR + good + bad)
    return Standing(value, _level(value, sum(one.faded for one in factors)), factors)


def _level(value: float, known: float) -> Level:
    if value < LOW_BELOW:
        return Level.LOW
    if known < NEW_BELOW:
        return Level.NEW
    return Level.TRUSTED if value >= TRUSTED_FROM and known >= TRUSTED_FACTS else Level.USUAL
