"""What new people earn, and those under a hold, is kept back until it may be paid."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from accounts.roles import Role
from common.errors import InvalidInput
from curation.lifecycle import EventKind
from curation.models import Campaign
from curation.services import events
from rewards import selectors
from rewards.lifecycle import CreditStatus
from rewards.models import Credit, Transaction
from rewards.services import credits, fundings, holds
from tests.factories import curation as make

pytestmark = pytest.mark.django_db
NOW = make.NOW
LATER = NOW + timedelta(days=7)
BASE = 1000


@pytest.fixture
def campaign() -> Campaign:
    made = make.campaign(base_reward_wei=BASE, review_fee_wei=10)
    events.record(EventKind.CAMPAIGN_FUNDED, at=NOW, campaign=made, detail={"amount_wei": str(100 * BASE)})
    fundings.fund_waiting(now=NOW)
    return made


@pytest.fixture
def ana() -> User:
    return make.person()


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


def earn(campaign: Campaign, person: User, count: int = 1, *, now: datetime = NOW) -> None:
    make.acceptances(campaign, [person], count)
    credits.credit_waiting(now=now)


def standing(person: User) -> tuple[int, int]:
    balance = selectors.balance_of(person.id)
    return balance.held_wei // BASE, balance.accrued_wei // BASE


def test_what_a_new_person_earns_is_held(campaign: Campaign, ana: User) -> None:
    earn(campaign, ana, 2)
    assert (standing(ana), holds.release_due(now=NOW)) == ((2, 0), 0)
    assert set(Credit.objects.values_list("status", flat=True)) == {CreditStatus.HELD}
    assert selectors.payable() == {}
    assert selectors.faults() == []


def test_a_week_after_the_first_credit_it_is_released_once(campaign: Campaign, ana: User) -> None:
    earn(campaign, ana, 2)
    assert [holds.release_due(now=LATER) for _ in range(2)] == [2, 0]
    assert standing(ana) == (0, 2)
    assert Transaction.objects.filter(kind="release").count() == 2
    assert set(Credit.objects.values_list("status", flat=True)) == {CreditStatus.POSTED}
    assert selectors.faults() == []


def test_three_contributions_end_being_new_at_once(campaign: Campaign, ana: User) -> None:
    earn(campaign, ana, 3)
    assert holds.release_due(now=NOW) == 3
    earn(campaign, ana)
    assert standing(ana) == (0, 4)


def test_who_earned_long_ago_is_not_new_when_it_is_credited(campaign: Campaign, ana: User) -> None:
    earn(campaign, ana, now=LATER)
    assert standing(ana) == (0, 1)


def test_under_an_operators_hold_nothing_is_paid_and_afterwards_all(
    campaign: Campaign, ana: User, operator: User
) -> None:
    earn(campaign, ana, now=LATER)
    holds.place(person=ana, reason="The same clip under two names.", by=operator, now=LATER)
    earn(campaign, ana, now=LATER)
    assert standing(ana) == (1, 1)
    assert (holds.release_due(now=LATER), selectors.payable()) == (0, {})
    holds.lift(person=ana, by=operator, now=LATER)
    assert (holds.release_due(now=LATER), selectors.payable()) == (1, {ana.id: 2 * BASE})


def test_holds_are_placed_with_a_reason_and_one_at_a_time(ana: User, operator: User) -> None:
    with pytest.raises(InvalidInput, match="Say why"):
        holds.place(person=ana, reason=" ", by=operator, now=NOW)
    with pytest.raises(holds.NotHeld):
        holds.lift(person=ana, by=operator, now=NOW)
    holds.place(person=ana, reason="Odd.", by=operator, now=NOW)
    with pytest.raises(holds.AlreadyHeld):
        holds.place(person=ana, reason="Odder.", by=operator, now=NOW)
    holds.lift(person=ana, by=operator, now=NOW)
    holds.place(person=ana, reason="Odd again.", by=operator, now=NOW)


def test_queries_of_a_release_do_not_grow_with_the_credits(campaign: Campaign) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            earn(campaign, make.person())
        with CaptureQueriesContext(connection) as captured:
            assert holds.release_due(now=LATER) == count
        return len(captured)

    queries(1)
    assert queries(2) == queries(6)


def test_what_a_new_reviewer_earns_is_held_by_an_operator_alone(campaign: Campaign, operator: User) -> None:
    free, suspected = make.person(Role.REVIEWER), make.person(Role.REVIEWER)
    holds.place(person=suspected, reason="Approves everything.", by=operator, now=NOW)
    for reviewer in (free, suspected):
        make.judgement(make.submission(campaign, make.person()), reviewer)
    credits.credit_waiting(now=NOW)
    assert Credit.objects.get(person=free).status == CreditStatus.POSTED
    assert Credit.objects.get(person=suspected).status == CreditStatus.HELD


def test_who_placed_and_lifted_a_hold_is_in_the_audit_log(ana: User, operator: User) -> None:
    holds.place(person=ana, reason="Odd.", by=operator, now=NOW)
    holds.lift(person=ana, by=operator, now=NOW)
    entries = AuditEntry.objects.filter(object_id=ana.id, actor=operator).order_by("id")
    assert list(entries.values_list("kind", flat=True)) == ["hold.placed", "hold.lifted"]
