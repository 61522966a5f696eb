"""Use is charged to who prepaid; a share reaches those whose data made the model."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign, Submission
from curation.services import submissions
from generation.services import generations
from rewards import selectors
from rewards.lifecycle import AccountKind, ChargeStatus
from rewards.models import Account, Charge, Distribution, Royalty, TopUp
from rewards.selectors.customers import customer_account
from rewards.services import charges, customers, royalties
from tests.factories import curation as make
from tests.factories import usage

pytestmark = pytest.mark.django_db
NOW = make.NOW
PRICE = 10**16
SHARE = PRICE * 3 // 10


@pytest.fixture
def engineer() -> User:
    return make.person(Role.ENGINEER)


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign()


def accepted(campaign: Campaign, person: User, quality: float) -> Submission:
    return make.submission(campaign, person, status=SubmissionStatus.ACCEPTED, overall=quality)


def pay(person: User, amount: int = 5 * PRICE, reference: str = "bank-1") -> TopUp:
    return customers.top_up(customer=person, amount_wei=amount, reference=reference, by=None, now=NOW)


def balances() -> dict[str, int]:
    [total] = selectors.sums()
    assert (total.sum_wei, selectors.faults()) == (0, [])
    return total.balances_wei


def test_a_delivered_clip_is_charged_once_and_a_share_of_it_gathers(engineer: User, campaign: Campaign) -> None:
    version = usage.version([accepted(campaign, make.person(), 0.8)])
    pay(engineer)
    usage.delivered(engineer, usage.adapter(version), price_wei=PRICE)
    assert [charges.charge_waiting(now=NOW) for _ in range(2)] == [1, 0]
    charge = Charge.objects.get()
    assert (charge.status, charge.amount_wei, charge.royalty_wei, charge.version) == ("posted", PRICE, SHARE, version)
    assert balances() == {"customer": 4 * PRICE, "funding": -5 * PRICE, "revenue": PRICE - SHARE, "royalty": SHARE}


def test_a_finished_run_is_charged_like_a_clip(engineer: User, campaign: Campaign) -> None:
    version = usage.version([accepted(campaign, make.person(), 0.8)])
    pay(engineer)
    usage.finished(engineer, version, price_wei=PRICE)
    assert charges.charge_waiting(now=NOW) == 1
    assert Charge.objects.get().royalty_wei == SHARE


def test_a_clip_of_the_base_model_alone_owes_no_royalties(engineer: User) -> None:
    pay(engineer)
    usage.delivered(engineer, None, price_wei=PRICE)
    charges.charge_waiting(now=NOW)
    assert balances()["revenue"] == PRICE


def test_who_never_prepaid_works_at_the_platforms_expense(engineer: User) -> None:
    usage.delivered(engineer, None, price_wei=PRICE)
    assert charges.charge_waiting(now=NOW) == 1
    assert (Charge.objects.get().amount_wei, balances()) == (0, {})
    customers.check_may_spend(person_id=engineer.id)


def test_what_is_not_covered_waits_for_the_next_payment_in_order(engineer: User) -> None:
    pay(engineer, PRICE + 1)
    for _ in range(3):
        usage.delivered(engineer, None, price_wei=PRICE)
    charges.charge_waiting(now=NOW)
    assert sorted(Charge.objects.values_list("status", flat=True)) == ["posted", "waiting", "waiting"]
    assert customer_account(engineer.id).waiting_wei == 2 * PRICE
    with pytest.raises(customers.PrepaidUsedUp, match="Have an operator book a payment"):
        generations.request(
            wanted={"prompt": "a ball"}, model="slate-nano", adapter_id=None, reference_image_id=None, actor=engineer,
            now=NOW,
        )  # fmt: skip
    pay(engineer, PRICE, "bank-2")
    assert [charges.retry_waiting(now=NOW) for _ in range(2)] == [1, 0]
    pay(engineer, PRICE, "bank-3")
    assert charges.retry_waiting(now=NOW) == 1
    assert not Charge.objects.filter(status=ChargeStatus.WAITING).exists()
    assert balances() == {"customer": 1, "funding": -3 * PRICE - 1, "revenue": 3 * PRICE}


def test_royalties_reach_contributors_by_the_quality_of_their_samples(engineer: User, campaign: Campaign) -> None:
    ana, bo = make.person(), make.person()
    version = usage.version([accepted(campaign, ana, 0.5), accepted(campaign, ana, 0.25), accepted(campaign, bo, 0.25)])
    pay(engineer)
    usage.delivered(engineer, usage.adapter(version), price_wei=PRICE)
    charges.charge_waiting(now=NOW)
    assert [royalties.distribute_waiting(now=NOW) for _ in range(2)] == [1, 0]
    assert selectors.balance_of(ana.id).accrued_wei == SHARE * 3 // 4
    assert selectors.balance_of(bo.id).accrued_wei == SHARE // 4
    mine = Royalty.objects.get(person=ana)
    assert (mine.samples, mine.weight_bp) == (2, 7_500)
    assert balances()["royalty"] == 0


def test_withdrawn_data_gets_nothing_from_then_on(engineer: User, campaign: Campaign) -> None:
    ana, bo = make.person(), make.person()
    of_ana, of_bo = accepted(campaign, ana, 0.5), accepted(campaign, bo, 0.5)
    adapter = usage.adapter(usage.version([of_ana, of_bo]))
    pay(engineer)
    for gone in (None, of_ana, of_bo):
        if gone:
            submissions.withdraw(submission_id=gone.id, actor=gone.contributor, now=NOW)
        usage.delivered(engineer, adapter, price_wei=PRICE)
        charges.charge_waiting(now=NOW)
        royalties.distribute_waiting(now=NOW)
    earned = [selectors.balance_of(person.id).accrued_wei for person in (ana, bo)]
    assert earned == [SHARE // 2, SHARE // 2 + SHARE]
    assert balances()["revenue"] == 3 * (PRICE - SHARE) + SHARE  # nobody was left


def test_little_waits_until_it_is_worth_sharing_out(engineer: User, campaign: Campaign) -> None:
    adapter = usage.adapter(usage.version([accepted(campaign, make.person(), 0.5)]))
    pay(engineer)
    for share_count in (0, 1):
        usage.delivered(engineer, adapter, price_wei=2 * 10**15)
        charges.charge_waiting(now=NOW)
        assert royalties.distribute_waiting(now=NOW) == share_count


def test_many_contributors_are_paid_in_several_transactions_to_the_last_unit(
    engineer: User, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(royalties, "AT_ONCE", 2)
    people = [make.person() for _ in range(7)]
    version = usage.version([accepted(campaign, person, 0.3) for person in people])
    pay(engineer)
    usage.delivered(engineer, usage.adapter(version), price_wei=PRICE)
    charges.charge_waiting(now=NOW)
    royalties.distribute_waiting(now=NOW)
    earned = [selectors.balance_of(person.id).accrued_wei for person in people]
    assert (sum(earned), max(earned) - min(earned)) == (SHARE, 1)
    assert balances()["royalty"] == 0


def test_a_payment_is_booked_once_by_its_reference(engineer: User) -> None:
    assert pay(engineer).id == pay(engineer).id
    assert customer_account(engineer.id).balance_wei == 5 * PRICE
    with pytest.raises(customers.ReferenceReused):
        pay(engineer, PRICE)
    with pytest.raises(customers.ReferenceReused):
        pay(make.person())


def test_the_command_books_a_payment(engineer: User) -> None:
    out = StringIO()
    for _ in range(2):
        call_command("top_up", engineer.email, "700", reference="bank-7", stdout=out)
    assert customer_account(engineer.id).balance_wei == 700
    with pytest.raises(CommandError, match="nobody"):
        call_command("top_up", "no@example.org", "700", reference="bank-8")


@pytest.mark.django_db(transaction=True)
def test_racing_workers_charge_and_share_out_once() -> None:
    engineer, campaign = make.person(Role.ENGINEER), make.campaign()
    adapter = usage.adapter(usage.version([accepted(campaign, make.person(), 0.5)]))
    pay(engineer, 15 * PRICE)
    for _ in range(20):
        usage.delivered(engineer, adapter, price_wei=PRICE)
    assert sum(at_once(lambda: charges.charge_waiting(now=NOW))) == 20
    assert Charge.objects.filter(status=ChargeStatus.POSTED).count() == 15
    assert Account.objects.get(kind=AccountKind.CUSTOMER).balance_wei == 0
    assert sum(at_once(lambda: royalties.distribute_waiting(now=NOW))) == 1
    assert Distribution.objects.get().amount_wei == 15 * SHARE
    assert balances()["payable:accrued"] == 15 * SHARE


def at_once(work: Callable[[], Any]) -> list[Any]:
    def and_hang_up(_: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(and_hang_up, range(6)))
