"""What a fact is worth."""

from datetime import UTC, datetime
from fractions import Fraction
from math import prod
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.public import AcceptedFact
from rewards.lifecycle import CREDIT_TRANSITIONS, CreditStatus
from rewards.rules import ONE_BP, RULES, SHARE_BP, FactOutOfRange, contribution_due, quantise

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
        "modalities": tuple(SHARE_BP),
        "quality_bp": 8_000,
        "novelty_bp": 5_000,
        "decided_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return AcceptedFact(**facts | changes)


@given(WEI, BP)
def test_amount_is_the_exact_product_rounded_down_once(base_wei: int, factors: list[int]) -> None:
    exact = base_wei * prod((Fraction(bp, ONE_BP) for bp in factors), start=Fraction(1))
    amount = quantise(base_wei, factors)
    assert amount <= exact < amount + 1


@given(WEI, BP)
def test_amount_never_exceeds_the_base(base_wei: int, factors: list[int]) -> None:
    assert 0 <= quantise(base_wei, factors) <= base_wei


def test_complete_record_earns_base_times_quality_times_novelty() -> None:
    due = contribution_due(accepted())
    assert due.amount_wei == 10**18 * 8 // 10 * 5 // 10
    assert [(factor.name, factor.bp) for factor in due.factors] == [
        ("modalities", 10_000),
        ("quality", 8_000),
        ("novelty", 5_000),
    ]
    assert (due.person_id, due.campaign_id) == (UUID(int=4), UUID(int=5))


@pytest.mark.parametrize(
    ("modalities", "share_bp", "says"),
    [
        (("scene", "camera"), 4_000, "2 of 5 parts given: scene, camera"),
        (("scene", "scene", "video", "unheard of"), 2_000, "1 of 5 parts given: scene"),
        ((), 0, "0 of 5 parts given: none"),
    ],
)
def test_each_part_earns_its_share_once(modalities: tuple[str, ...], share_bp: int, says: str) -> None:
    factor = contribution_due(accepted(modalities=modalities)).factors[0]
    assert (factor.bp, factor.meaning) == (share_bp, says)


def test_shares_of_a_complete_record_make_one() -> None:
    assert sum(SHARE_BP.values()) == ONE_BP


@pytest.mark.parametrize("changes", [{"quality_bp": -1}, {"quality_bp": 10_001}, {"novelty_bp": 20_000}])
def test_impossible_factor_is_refused(changes: dict[str, int]) -> None:
    with pytest.raises(FactOutOfRange):
        contribution_due(accepted(**changes))


def test_large_amounts_lose_no_unit() -> None:
    assert (
        contribution_due(accepted(base_reward_wei=10**60 + 1, quality_bp=10_000, novelty_bp=10_000)).amount_wei
        == 10**60 + 1
    )


def test_there_is_a_rule_for_contributions_and_for_reviews() -> None:
    assert set(RULES) == {"accepted", "reviewed"}


def test_credit_statuses_are_all_in_the_transition_table() -> None:
    assert set(CREDIT_TRANSITIONS) == set(CreditStatus)
    assert CREDIT_TRANSITIONS[CreditStatus.REFUSED] == {CreditStatus.POSTED}
