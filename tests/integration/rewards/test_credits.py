"""Crediting by pull: each fact once, from its campaign's budget, with the formula kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import EventKind, SubmissionStatus
from curation.models import Campaign, Event, GateOutcome, Submission
from curation.services import events
from rewards import selectors
from rewards.lifecycle import CREDIT_TRANSITIONS, CreditStatus
from rewards.models import Credit, Funding, Transaction
from rewards.selectors import balance_of
from rewards.services import credits, fundings, ledger
from rewards.tasks import credit_waiting
from tests.factories import curation as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
BASE, FEE = 10**18, 10**16
EARNED = BASE * 8 // 10 * 5 // 10


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign(base_reward_wei=BASE, review_fee_wei=FEE)


@pytest.fixture
def ana() -> User:
    return make.person()


def fund(campaign: Campaign, amount_wei: int) -> Event:
    detail = {"amount_wei": str(amount_wei)}
    return events.record(EventKind.CAMPAIGN_FUNDED, at=NOW, campaign=campaign, detail=detail)


def accept(campaign: Campaign, person: User, **scores: Any) -> Submission:
    return make.submission(
        campaign, person, status=SubmissionStatus.ACCEPTED, **{"overall": 0.8, "novelty": 0.5, **scores}
    )


def review(campaign: Campaign, reviewer: User) -> Event:
    return make.judgement(make.submission(campaign, make.person()), reviewer)


def test_accepted_work_is_paid_from_its_campaigns_budget(campaign: Campaign, ana: User) -> None:
    fund(campaign, 5 * BASE)
    accept(campaign, ana)
    credit_waiting()
    credit = Credit.objects.get()
    assert (credit.status, credit.amount_wei, credit.person) == (CreditStatus.POSTED, EARNED, ana)
    assert [factor["bp"] for factor in credit.factors] == [10_000, 8_000, 5_000, 10_000, 10_000]
    assert balance_of(ana.id).accrued_wei == EARNED
    [total] = selectors.sums()
    assert total.balances_wei == {"budget": 5 * BASE - EARNED, "funding": -5 * BASE, "payable:accrued": EARNED}
    assert (total.sum_wei, selectors.faults()) == (0, [])


def test_running_again_changes_nothing(campaign: Campaign, ana: User) -> None:
    fund(campaign, 5 * BASE)
    accept(campaign, ana)
    credit_waiting()
    credit_waiting()
    assert (Credit.objects.count(), Funding.objects.count(), Transaction.objects.count()) == (1, 1, 2)
    assert (fundings.fund_waiting(now=NOW), credits.credit_waiting(now=NOW), credits.retry_refused(now=NOW)) == (
        0,
        0,
        0,
    )


def test_exhausted_budget_refuses_and_funding_pays_the_oldest_first(campaign: Campaign, ana: User) -> None:
    fund(campaign, EARNED + 1)
    for _ in range(3):
        accept(campaign, ana)
    credit_waiting()
    statuses = list(Credit.objects.order_by("event").values_list("status", "refusal"))
    assert statuses == [("posted", ""), ("refused", "budget_exhausted"), ("refused", "budget_exhausted")]
    assert balance_of(ana.id).waiting_wei == 2 * EARNED

    fund(campaign, EARNED)
    credit_waiting()
    assert list(Credit.objects.order_by("event").values_list("status", flat=True)) == ["posted", "posted", "refused"]
    assert balance_of(ana.id).accrued_wei == 2 * EARNED
    second = Credit.objects.order_by("event")[1]
    assert second.settled_at is not None
    assert second.transaction is not None


def test_money_of_one_campaign_does_not_pay_for_another(campaign: Campaign, ana: User) -> None:
    fund(make.campaign(), 100 * BASE)
    accept(campaign, ana)
    credit_waiting()
    assert Credit.objects.get().status == CreditStatus.REFUSED


def test_credits_of_many_batches_are_all_dealt_with_in_one_run(
    campaign: Campaign, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credits, "BATCH", 2)
    fund(campaign, 4 * EARNED)
    for _ in range(5):
        accept(campaign, ana)
    fundings.fund_waiting(now=NOW)
    assert credits.credit_waiting(now=LATER) == 5
    statuses = list(Credit.objects.order_by("event").values_list("status", flat=True))
    assert statuses == ["posted"] * 4 + ["refused"]


def test_a_later_smaller_credit_gets_what_the_one_before_it_leaves(campaign: Campaign, ana: User) -> None:
    fund(campaign, EARNED)
    accept(campaign, ana, overall=1.0)
    accept(campaign, ana)
    credit_waiting()
    assert list(Credit.objects.order_by("event").values_list("status", flat=True)) == ["refused", "posted"]
    assert balance_of(ana.id).accrued_wei == EARNED


def test_queries_do_not_grow_with_the_number_of_credits(campaign: Campaign, ana: User) -> None:
    fund(campaign, 100 * BASE)
    credit_waiting()

    def queries(count: int) -> int:
        for _ in range(count):
            accept(campaign, ana)
            review(campaign, make.person(Role.REVIEWER))
        with CaptureQueriesContext(connection) as captured:
            credits.credit_waiting(now=NOW)
        return len(captured)

    queries(1)
    assert queries(2) == queries(9) <= 22


@pytest.mark.parametrize("scores", [{"overall": 0.0}, {"novelty": 0.0}])
def test_work_that_earns_nothing_says_so(campaign: Campaign, ana: User, scores: dict[str, float]) -> None:
    fund(campaign, BASE)
    accept(campaign, ana, **scores)
    credit_waiting()
    credit = Credit.objects.get()
    assert (credit.status, credit.amount_wei, credit.transaction) == (CreditStatus.POSTED, 0, None)


def test_reviewer_is_paid_the_campaigns_fee(campaign: Campaign) -> None:
    fund(campaign, BASE)
    reviewer = make.person(Role.REVIEWER)
    review(campaign, reviewer)
    credit_waiting()
    credit = Credit.objects.get()
    assert (credit.rule, credit.person, credit.amount_wei) == ("reviewed", reviewer, FEE)
    assert [(factor["name"], factor["bp"]) for factor in credit.factors] == [("accuracy", 10_000)]
    assert balance_of(reviewer.id).accrued_wei == FEE


def test_review_without_a_fee_is_done_with(campaign: Campaign) -> None:
    Campaign.objects.update(review_fee_wei=0)
    review(campaign, make.person(Role.REVIEWER))
    credit_waiting()
    assert (Credit.objects.get().amount_wei, Transaction.objects.filter(kind="credit").count()) == (0, 0)


def test_one_broken_fact_does_not_hold_up_the_others(campaign: Campaign, ana: User) -> None:
    fund(campaign, 5 * BASE)
    broken = accept(campaign, ana)
    GateOutcome.objects.filter(revision=broken.current).delete()
    accept(campaign, ana)
    fundings.fund_waiting(now=NOW)
    with pytest.raises(credits.CreditsFailed, match="1 events"):
        credits.credit_waiting(now=LATER)
    assert balance_of(ana.id).accrued_wei == EARNED


def test_reversed_credit_goes_back_to_the_budget(campaign: Campaign, ana: User) -> None:
    fund(campaign, BASE)
    accept(campaign, ana)
    credit_waiting()
    posted = Credit.objects.get().transaction
    assert posted
    ledger.reverse(transaction_id=posted.id, source="operator", now=NOW)
    assert balance_of(ana.id).accrued_wei == 0
    assert selectors.faults() == []


def test_every_move_of_a_credit_is_in_the_table() -> None:
    assert CREDIT_TRANSITIONS[CreditStatus.REVERSED] == set()
