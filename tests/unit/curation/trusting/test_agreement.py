"""Alpha against the library that the field uses."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.trusting.agreement import krippendorff_alpha

VALUES = ["approve", "request_changes", "reject"]
UNITS = st.lists(st.lists(st.sampled_from(VALUES), max_size=5), min_size=1, max_size=30)


@given(UNITS)
def test_alpha_is_that_of_the_reference_library(units: list[list[str]]) -> None:
    ours = krippendorff_alpha(units)
    judged = [value for unit in units if len(unit) > 1 for value in unit]
    if len(set(judged)) < 2:
        assert ours is None
        return
    table = np.full((5, len(units)), np.nan)
    for column, unit in enumerate(units):
        table[: len(unit), column] = [VALUES.index(value) for value in unit]
    theirs = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal", value_domain=[0, 1, 2])
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_perfect_agreement_is_one_and_systematic_disagreement_is_below_zero() -> None:
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1.0
    apart = krippendorff_alpha([["a", "b"], ["b", "a"]])
    assert apart is not None
    assert apart < 0


def test_nothing_is_said_of_what_one_person_judged_or_where_all_is_the_same() -> None:
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([["a"], ["b"]]) is None
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
