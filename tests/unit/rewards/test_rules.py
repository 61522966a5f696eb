"""What a fact is worth."""

from datetime import UTC, datetime
from fractions import Fraction
from math import prod
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.public import AcceptedFact, Coverage, ReviewFact
from rewards.lifecycle import CREDIT_TRANSITIONS, CreditStatus
from rewards.reward_policy import ONE_BP, PARTS, BadRewardPolicy, RewardPolicy, from_json
from rewards.rules import RULES, Due, FactOutOfRange, contribution, quantise, review, scarcity, trust

WEI = st.integers(0, 10**60)
BP = st.lists(st.integers(0, ONE_BP), max_size=5)


def accepted(**changes: Any) -> AcceptedFact:
    facts: dict[str, Any] = {
        "event_id": UUID(int=1),
        "submission_id": UUID(int=2),
        "revision_id": UUID(int=3),
        "contributor_id": UUID(int=4),
        "campaign_id": UUID(int=5),
        "base_reward_wei": 10**18,
        "modalities": PARTS,
        "quality_bp": 8_000,
        "novelty_bp": 5_000,
        "standing_bp": 8_000,
        "coverage": None,
        "decided_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return AcceptedFact(**facts | changes)


def due(fact: AcceptedFact) -> Due:
    return contribution(fact, RewardPolicy())


@given(WEI, BP)
def test_amount_is_the_exact_product_rounded_down_once(base_wei: int, factors: list[int]) -> None:
    exact = base_wei * prod((Fraction(bp, ONE_BP) for bp in factors), start=Fraction(1))
    amount = quantise(base_wei, factors)
    assert amount <= exact < amount + 1


@given(WEI, BP)
def test_amount_never_exceeds_the_base(base_wei: int, factors: list[int]) -> None:
    assert 0 <= quantise(base_wei, factors) <= base_wei


def test_complete_record_earns_base_times_quality_times_novelty() -> None:
    earned = due(accepted())
    assert earned.amount_wei == 10**18 * 8 // 10 * 5 // 10
    assert [(factor.name, factor.bp) for factor in earned.factors] == [
        ("modalities", 10_000),
        ("quality", 8_000),
        ("novelty", 5_000),
        ("scarcity", 10_000),
        ("trust", 10_000),
    ]
    assert (earned.person_id, earned.campaign_id) == (UUID(int=4), UUID(int=5))


@pytest.mark.parametrize(
    ("modalities", "share_bp", "says"),
    [
        (("scene", "camera"), 4_000, "2 of 5 parts given: scene, camera"),
        (("scene", "scene", "video", "unheard of"), 2_000, "1 of 5 parts given: scene"),
        ((), 0, "0 of 5 parts given: none"),
    ],
)
def test_each_part_earns_its_share_once(modalities: tuple[str, ...], share_bp: int, says: str) -> None:
    factor = due(accepted(modalities=modalities)).factors[0]
    assert (factor.bp, factor.meaning) == (share_bp, says)


def test_shares_of_a_complete_record_make_one() -> None:
    assert sum(RewardPolicy().shares_bp.values()) == ONE_BP


@pytest.mark.parametrize(("before", "bp"), [(0, 10_000), (25, 7_500), (49, 5_100), (50, 5_000), (90, 5_000)])
def test_work_earns_less_as_its_target_fills_and_the_floor_when_it_is_full(before: int, bp: int) -> None:
    factor = scarcity([Coverage("movement=dolly_in", 50, before)], RewardPolicy())
    assert factor.bp == bp
    assert factor.meaning == f"{before} of the 50 wanted of movement=dolly_in had been accepted before it"


def test_the_emptiest_target_decides() -> None:
    factor = scarcity([Coverage("time_of_day=night", 10, 9), Coverage("light=neon", 10, 2)], RewardPolicy())
    assert (factor.bp, "light=neon" in factor.meaning) == (9_000, True)


def test_work_that_fills_no_target_earns_the_floor_and_all_where_there_are_none() -> None:
    assert scarcity([], RewardPolicy(scarcity_floor_bp=3_000)).bp == 3_000
    assert scarcity(None, RewardPolicy()).bp == ONE_BP


@pytest.mark.parametrize(
    ("standing", "bp"), [(0, 5_000), (4_000, 7_500), (8_000, 10_000), (10_000, 10_000), (None, 10_000)]
)
def test_trust_rises_with_the_standing_to_one(standing: int | None, bp: int) -> None:
    assert trust(standing, RewardPolicy()).bp == bp


@pytest.mark.parametrize(("right", "wrong", "bp"), [(0, 0, 10_000), (0, 1, 8_000), (6, 0, 10_000), (0, 36, 1_000)])
def test_reviewers_are_paid_by_their_checked_judgements(right: int, wrong: int, bp: int) -> None:
    fact = ReviewFact(
        event_id=UUID(int=1), review_id=UUID(int=2), reviewer_id=UUID(int=3), campaign_id=UUID(int=4), fee_wei=10**6,
        at=datetime(2026, 1, 1, tzinfo=UTC), gold_right=right, gold_wrong=wrong,
    )  # fmt: skip
    earned = review(fact, RewardPolicy())
    assert (earned.person_id, earned.factors[0].bp, earned.amount_wei) == (UUID(int=3), bp, 100 * bp)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"scene_bp": 4000}', "make more than 10000"),
        ('{"kindness_bp": 1}', "kindness_bp"),
        ('{"trust_full_bp": 0}', "trust_full_bp"),
        ('{"hold_days": 1.5}', "hold_days"),
        ("shares", "JSON"),
    ],
)
def test_a_wrong_policy_is_refused_with_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(BadRewardPolicy, match=says):
        from_json(text)


def test_a_policy_keeps_the_default_where_it_says_nothing() -> None:
    assert from_json('{"trust_floor_bp": 0}') == RewardPolicy(trust_floor_bp=0)


@pytest.mark.parametrize("changes", [{"quality_bp": -1}, {"quality_bp": 10_001}, {"novelty_bp": 20_000}])
def test_impossible_factor_is_refused(changes: dict[str, int]) -> None:
    with pytest.raises(FactOutOfRange):
        due(accepted(**changes))


def test_large_amounts_lose_no_unit() -> None:
    assert due(accepted(base_reward_wei=10**60 + 1, quality_bp=10_000, novelty_bp=10_000)).amount_wei == 10**60 + 1


def test_there_is_a_rule_for_contributions_and_for_reviews() -> None:
    assert set(RULES) == {"accepted", "reviewed"}


def test_credit_statuses_are_all_in_the_transition_table() -> None:
    assert set(CREDIT_TRANSITIONS) == set(CreditStatus)
    assert CREDIT_TRANSITIONS[CreditStatus.REVERSED] == set()
