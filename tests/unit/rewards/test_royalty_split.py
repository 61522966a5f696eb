"""An amount shared out by weights."""

from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rewards.royalty_split import split

WEIGHTS = st.dictionaries(st.integers(0, 50).map(lambda number: UUID(int=number)), st.integers(0, 10**6), min_size=1)


@given(st.integers(0, 10**30), WEIGHTS.filter(lambda weights: sum(weights.values()) > 0))
def test_the_parts_sum_to_the_amount_and_are_within_a_unit_of_what_is_exact(
    amount: int, weights: dict[UUID, int]
) -> None:
    parts = split(amount, weights)
    total = sum(weights.values())
    assert sum(parts.values()) == amount
    assert all(abs(parts[one] - Fraction(amount * weight, total)) < 1 for one, weight in weights.items())


def test_what_is_left_over_goes_to_who_lost_most_then_to_the_smaller_id() -> None:
    a, b, c = (UUID(int=number) for number in (1, 2, 3))
    assert split(10, {a: 1, b: 1, c: 1}) == {a: 4, b: 3, c: 3}
    assert split(10, {a: 16, b: 17, c: 67}) == {a: 1, b: 2, c: 7}


def test_who_has_no_weight_gets_nothing() -> None:
    assert split(7, {UUID(int=1): 0, UUID(int=2): 3}) == {UUID(int=1): 0, UUID(int=2): 7}
