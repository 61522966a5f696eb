"""When independent judgements amount to a verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import policies
from curation.models.reviews import Verdict
from curation.reasons import FIXES, Reason

TIE = Verdict.REQUEST_CHANGES
A, C, R = Verdict.APPROVE, Verdict.REQUEST_CHANGES, Verdict.REJECT
verdicts = st.lists(st.sampled_from(list(Verdict)), max_size=8)


@pytest.mark.parametrize(
    ("cast", "needed", "outcome"),
    [
        ([], 2, None),
        ([A], 2, None),
        ([A], 1, A),
        ([A, A], 2, A),
        ([A, R], 2, None),
        ([A, R, R], 2, R),
        ([A, R, C], 2, TIE),
        ([A, A, R], 3, None),
        ([A, A, R, R], 3, TIE),
        ([A, A, R, C], 3, A),
    ],
)
def test_needed_equal_verdicts_decide_and_one_more_settles(
    cast: list[Verdict], needed: int, outcome: Verdict | None
) -> None:
    assert policies.verdict_of(cast, needed=needed, tie=TIE) == outcome


@given(verdicts, st.integers(1, 4))
def test_one_judgement_more_than_needed_always_decides(cast: list[Verdict], needed: int) -> None:
    decided = policies.verdict_of(cast, needed=needed, tie=TIE) is not None
    assert decided == (len(cast) > needed or any(cast.count(verdict) >= needed for verdict in Verdict))


@given(st.integers(0, 6), st.integers(1, 4))
def test_an_undecided_revision_always_waits_for_somebody(cast: int, needed: int) -> None:
    waiting = policies.judgements_needed(cast, needed=needed)
    assert waiting >= 1
    assert cast + waiting <= max(needed, cast + 1)


def test_every_reason_has_its_fix() -> None:
    assert set(FIXES) == set(Reason)
    assert all(fix.endswith(".") for fix in FIXES.values())


@pytest.mark.parametrize("check", [policies.check_review_move, lambda a, b: policies.check_build_move("export", a, b)])
def test_final_statuses_move_no_more(check: object) -> None:
    final, start = ("cast", "leased") if check is policies.check_review_move else ("ready", "building")
    check(start, final)  # type: ignore[operator]  # both are functions of two statuses
    with pytest.raises(policies.WrongStatus):
        check(final, start)  # type: ignore[operator]  # as above
