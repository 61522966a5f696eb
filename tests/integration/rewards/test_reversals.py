"""Accepted work that is taken back later: out of what is still there, else owed and kept from what comes next."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import EventKind
from curation.models import Campaign, Event, Submission
from curation.services import events, submissions
from rewards import selectors
from rewards.lifecycle import AccountKind, CreditStatus, TransactionKind
from rewards.models import Account, Credit, Reversal, Transaction
from rewards.services import credits, fundings, holds, ledger, receivables, reversals
from rewards.services.ledger import AccountName
from tests.factories import curation as make

pytestmark = pytest.mark.django_db
NOW = make.NOW
LATER = NOW + timedelta(days=30)
BASE = 1000


@pytest.fixture
def campaign() -> Campaign:
    return funded(make.campaign(base_reward_wei=BASE), 100)


@pytest.fixture
def ana() -> User:
    return make.person()


def funded(campaign: Campaign, times: int) -> Campaign:
    detail = {"amount_wei": str(times * BASE)}
    events.record(EventKind.CAMPAIGN_FUNDED, at=NOW, campaign=campaign, detail=detail)
    fundings.fund_waiting(now=NOW)
    return campaign


def earn(campaign: Campaign, person: User, count: int = 1, *, held: bool = False) -> list[Event]:
    made = make.acceptances(campaign, [person], count)
    credits.credit_waiting(now=NOW if held else LATER)
    return made


def withdraw(event: Event, by: User | None = None) -> None:
    submission = Submission.objects.get(id=event.submission_id)
    submissions.withdraw(submission_id=submission.id, actor=by or submission.contributor, now=LATER)


def frozen(person: User, amount: int) -> None:
    """As an epoch would: accrued -> allocated."""
    ledger.post(
        key=f"epoch:{person.id}", kind=TransactionKind.ALLOCATION, source="test", now=LATER,
        moves={
            AccountName(AccountKind.ACCRUED, person.id): -amount,
            AccountName(AccountKind.ALLOCATED, person.id): amount,
        },
    )  # fmt: skip


def budget() -> int:
    return Account.objects.get(kind=AccountKind.BUDGET).balance_wei // BASE


def clean() -> bool:
    return selectors.faults() == [] and [total.sum_wei for total in selectors.sums()] == [0]


@pytest.mark.parametrize("operator", [False, True])
def test_what_is_owed_goes_back_to_the_budget_once(campaign: Campaign, ana: User, operator: bool) -> None:
    [event] = earn(campaign, ana)
    withdraw(event, make.person(Role.OPERATOR) if operator else None)
    assert [reversals.reverse_waiting(now=LATER) for _ in range(2)] == [1, 0]
    balance = selectors.balance_of(ana.id)
    assert (balance.accrued_wei, balance.owed_back_wei, budget()) == (0, 0, 100)
    credit, reversal = Credit.objects.get(), Reversal.objects.get()
    assert (credit.status, reversal.credit, reversal.owed_wei) == (CreditStatus.REVERSED, credit, 0)
    assert reversal.transaction
    assert reversal.transaction.reverses_id == credit.transaction_id
    assert clean()


def test_what_is_held_goes_back_too(campaign: Campaign, ana: User) -> None:
    [event, _] = earn(campaign, ana, 2, held=True)
    withdraw(event)
    reversals.reverse_waiting(now=NOW)
    assert (selectors.balance_of(ana.id).held_wei, budget()) == (BASE, 99)
    assert holds.release_due(now=LATER) == 1
    assert (selectors.balance_of(ana.id).accrued_wei, clean()) == (BASE, True)


def test_what_an_epoch_has_is_owed_and_kept_from_what_is_earned_next(campaign: Campaign, ana: User) -> None:
    events_of_ana = earn(campaign, ana, 3)
    frozen(ana, 5 * BASE // 2)
    withdraw(events_of_ana[0])
    reversals.reverse_waiting(now=LATER)
    balance = selectors.balance_of(ana.id)
    assert (balance.accrued_wei, balance.allocated_wei, balance.owed_back_wei) == (0, 2500, 500)
    assert (Reversal.objects.get().owed_wei, budget()) == (500, 98)

    earn(campaign, ana)
    assert selectors.payable() == {ana.id: 500}  # before anybody netted
    assert [receivables.net_off_waiting(now=LATER) for _ in range(2)] == [1, 0]
    balance = selectors.balance_of(ana.id)
    assert (balance.accrued_wei, balance.owed_back_wei, selectors.payable()) == (500, 0, {ana.id: 500})
    assert clean()


def test_a_debt_is_paid_bit_by_bit(campaign: Campaign, ana: User) -> None:
    made = earn(campaign, ana, 3)
    frozen(ana, 3 * BASE)
    for event in made:
        withdraw(event)
    reversals.reverse_waiting(now=LATER)
    left = []
    for _ in range(4):
        earn(campaign, ana)
        receivables.net_off_waiting(now=LATER)
        left.append(selectors.balance_of(ana.id).owed_back_wei // BASE)
    assert left == [2, 1, 0, 0]
    assert (selectors.balance_of(ana.id).accrued_wei, clean()) == (BASE, True)


def test_a_refused_credit_is_never_paid_after_its_work_is_withdrawn(ana: User) -> None:
    campaign = make.campaign(base_reward_wei=BASE)
    [event] = earn(campaign, ana)
    withdraw(event)
    reversals.reverse_waiting(now=LATER)
    funded(campaign, 5)
    assert credits.retry_refused(now=LATER) == 0
    assert (Credit.objects.get().status, budget(), clean()) == (CreditStatus.REVERSED, 5, True)


def test_a_withdrawal_waits_for_its_acceptance_to_be_credited(campaign: Campaign, ana: User) -> None:
    [event] = make.acceptances(campaign, [ana], 1)
    withdraw(event)
    assert reversals.reverse_waiting(now=LATER) == 0
    credits.credit_waiting(now=LATER)
    assert (reversals.reverse_waiting(now=LATER), budget()) == (1, 100)


def test_what_was_never_accepted_has_nothing_to_take_back(campaign: Campaign, ana: User) -> None:
    draft = submissions.create_draft(campaign_id=campaign.id, contributor=ana, record={}, now=NOW)
    submissions.withdraw(submission_id=draft.id, actor=ana, now=NOW)
    assert [reversals.reverse_waiting(now=LATER) for _ in range(2)] == [1, 0]
    assert Reversal.objects.get().credit is None


@pytest.mark.django_db(transaction=True)
def test_racing_workers_reverse_and_net_once() -> None:
    campaign, people = funded(make.campaign(base_reward_wei=BASE), 100), [make.person() for _ in range(4)]
    made = make.acceptances(campaign, people, 24)
    credits.credit_waiting(now=LATER)
    for person in people:
        frozen(person, 4 * BASE)
    for event in made:
        withdraw(event)
    assert sum(at_once(lambda: reversals.reverse_waiting(now=LATER))) == 24
    assert (budget(), Transaction.objects.filter(kind="reversal").count()) == (100, 24)
    make.acceptances(campaign, people, 8)
    credits.credit_waiting(now=LATER)
    at_once(lambda: receivables.net_off_waiting(now=LATER))
    assert owed_back([person.id for person in people]) == [2 * BASE] * 4
    assert clean()


def owed_back(people: list[UUID]) -> list[int]:
    return [selectors.balance_of(person).owed_back_wei for person in people]


def at_once(work: Callable[[], int]) -> list[int]:
    def and_hang_up(_: int) -> int:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(and_hang_up, range(6)))
