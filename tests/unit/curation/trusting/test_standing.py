"""Standings: even at first, moved by facts in the right direction, fading, and never out of bounds."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.trusting import standing
from curation.trusting.standing import Level

DAY = timedelta(days=1)
COUNTS = st.dictionaries(
    st.sampled_from(["accepted", "rejected", "gate_rejected", "duplicates", "reversed"]),
    st.integers(min_value=0, max_value=10_000),
)


def facts(**counts: int) -> dict[str, tuple[int, float]]:
    return {name: (count, float(count)) for name, count in counts.items()}


@given(COUNTS)
def test_a_good_fact_raises_and_a_bad_one_lowers_and_all_stays_between_0_and_1(counts: dict[str, int]) -> None:
    before = standing.contributor(facts(**counts)).value
    assert 0 < before < 1
    for name in ("accepted", "rejected", "gate_rejected", "duplicates", "reversed"):
        after = standing.contributor(facts(**{**counts, name: counts.get(name, 0) + 1})).value
        assert after > before if name == "accepted" else after < before


def test_everybody_starts_in_the_middle_as_new() -> None:
    assert standing.contributor({}).value == standing.reviewer({}).value == 0.5
    assert standing.contributor({}).level == Level.NEW
    assert not standing.is_paused(standing.reviewer({}))


@pytest.mark.parametrize(
    ("counts", "level"),
    [
        ({"accepted": 4}, Level.NEW),
        ({"accepted": 6, "rejected": 3}, Level.USUAL),
        ({"accepted": 30}, Level.TRUSTED),
        ({"accepted": 30, "reversed": 2}, Level.USUAL),
        ({"duplicates": 2}, Level.LOW),
        ({"accepted": 2, "rejected": 8}, Level.LOW),
    ],
)
def test_levels_follow_from_the_facts(counts: dict[str, int], level: Level) -> None:
    assert standing.contributor(facts(**counts)).level == level


def test_a_fact_counts_half_after_its_half_life_and_standing_recovers() -> None:
    counted = standing.faded({"duplicates": [timedelta(0), 30 * DAY, 60 * DAY]}, half_life=30 * DAY)
    assert counted["duplicates"] == (3, pytest.approx(1.75))
    fresh = standing.contributor(standing.faded({"duplicates": [timedelta(0)] * 2}, 30 * DAY))
    old = standing.contributor(standing.faded({"duplicates": [300 * DAY] * 2}, 30 * DAY))
    assert (fresh.level, old.level) == (Level.LOW, Level.NEW)
    assert old.value > fresh.value


def test_a_reviewer_is_paused_by_wrong_gold_alone_and_returns_by_right_gold() -> None:
    assert not standing.is_paused(standing.reviewer(facts(gold_wrong=3)))
    paused = standing.reviewer(facts(gold_right=1, gold_wrong=4))
    assert standing.is_paused(paused)
    assert not standing.is_paused(standing.reviewer(facts(gold_right=4, gold_wrong=4)))
    assert not standing.is_paused(standing.reviewer(facts(disagreed=50)))


@pytest.mark.parametrize(("level", "asks", "needed"), [(Level.TRUSTED, 1, 1), (Level.TRUSTED, 2, 1), (Level.LOW, 2, 3)])
def test_standing_changes_the_depth_of_review_but_never_to_none(level: Level, asks: int, needed: int) -> None:
    assert standing.judgements_asked(level, campaign_asks=asks) == needed


@pytest.mark.parametrize(
    ("accepted", "decided", "low"), [(0, 19, False), (0, 20, True), (1, 20, True), (2, 20, False), (9, 100, True)]
)
def test_a_campaign_is_told_when_too_little_is_accepted_but_not_before_its_warm_up(
    accepted: int, decided: int, low: bool
) -> None:
    assert standing.acceptance_too_low(accepted, decided, warm_up=20, least_share=0.1) is low
