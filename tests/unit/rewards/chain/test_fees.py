"""Fees: a replacement is one that nodes take, and never beyond the operator's cap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewards.chain.fees import GWEI, FeeCapReached, Fees, bumped, first_offer

FEE = st.integers(min_value=0, max_value=10**15)


@given(FEE, FEE, FEE)
def test_a_bump_raises_both_fees_by_an_eighth_and_covers_the_base_fee(most: int, priority: int, base: int) -> None:
    last = Fees(max(most, priority), priority)
    after = bumped(last, base_fee_wei=base, cap_wei=10**30)
    for before, now in ((last.max_fee_wei, after.max_fee_wei), (last.priority_fee_wei, after.priority_fee_wei)):
        assert now > before
        assert now * 1000 >= before * 1125
    assert after.max_fee_wei >= base + after.priority_fee_wei


def test_an_odd_fee_is_rounded_up() -> None:
    assert bumped(Fees(9, 1), base_fee_wei=0, cap_wei=100) == Fees(11, 2)


def test_a_bump_beyond_the_cap_is_refused() -> None:
    with pytest.raises(FeeCapReached, match="CHAIN_MAX_FEE_WEI"):
        bumped(Fees(90 * GWEI, GWEI), base_fee_wei=GWEI, cap_wei=100 * GWEI)


def test_a_first_offer_has_room_for_the_base_fee_to_double_within_the_cap() -> None:
    assert first_offer(base_fee_wei=10, priority_fee_wei=2, cap_wei=100) == Fees(22, 2)
    assert first_offer(base_fee_wei=10, priority_fee_wei=2, cap_wei=15) == Fees(15, 2)
    with pytest.raises(FeeCapReached):
        first_offer(base_fee_wei=100, priority_fee_wei=2, cap_wei=100)
