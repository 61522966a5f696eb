"""Eight workers at once: every event credited once, no budget overspent."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Sum

from curation.lifecycle import EventKind, SubmissionStatus
from curation.services import events
from rewards import selectors
from rewards.lifecycle import AccountKind, CreditStatus, TransactionKind
from rewards.models import Account, Credit, Transaction
from rewards.services import credits, fundings, ledger
from rewards.services.ledger import AccountName
from rewards.tasks import credit_waiting
from tests.factories import curation as make

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=30)  # when nobody is new any more
WORKERS = 8
STRIDES = (1, 3, 7, 9, 11, 13, 17, 19)  # without a common divisor with 80 and 400, so that each visits every key
REPO = Path(__file__).resolve().parents[3]
# In batches so small that a kill finds some credited and others not.
RUN_TASK = (
    "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings');"
    "import django; django.setup();"
    "from rewards.services import credits; credits.BATCH = 5;"
    "from rewards.tasks import credit_waiting; credit_waiting()"
)


def at_once(work: Callable[[int], int]) -> list[int]:
    def and_hang_up(number: int) -> int:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(and_hang_up, range(WORKERS)))


@pytest.mark.parametrize(("keys", "budget"), [(80, 60), pytest.param(400, 300, marks=pytest.mark.deep)])
def test_eight_posters_post_every_key_once_and_stop_at_the_floor(keys: int, budget: int) -> None:
    """Every worker posts all keys, each in another order; the budget does not cover them all."""
    campaign, person = AccountName(AccountKind.BUDGET, make.uuid7()), AccountName(AccountKind.ACCRUED, make.uuid7())
    ledger.post(
        key="funding", kind=TransactionKind.FUNDING, source="test", now=NOW,
        moves={AccountName(AccountKind.FUNDING): -budget, campaign: budget},
    )  # fmt: skip

    def post_all(worker: int) -> int:
        refused = 0
        for step in range(keys):
            number = (step * STRIDES[worker] + worker * keys // WORKERS) % keys
            try:
                ledger.post(
                    key=f"credit:{number}", kind=TransactionKind.CREDIT, source="test",
                    moves={campaign: -1, person: 1}, now=NOW,
                )  # fmt: skip
            except ledger.InsufficientFunds:
                refused += 1
        return refused

    assert at_once(post_all) == [keys - budget] * WORKERS
    assert Transaction.objects.filter(kind=TransactionKind.CREDIT).count() == budget
    balances = dict(Account.objects.values_list("code", "balance_wei"))
    assert balances == {"funding": -budget, campaign.code: 0, person.code: budget}
    assert selectors.faults() == []


@pytest.mark.parametrize(("acceptances", "covered"), [(400, 300), pytest.param(2_000, 1_500, marks=pytest.mark.deep)])
def test_eight_workers_credit_each_acceptance_once_within_the_budget(acceptances: int, covered: int) -> None:
    campaign = make.campaign(base_reward_wei=1000)
    people = [make.person() for _ in range(4)]
    made = make.acceptances(campaign, people, acceptances)
    events.record(EventKind.CAMPAIGN_FUNDED, at=NOW, campaign=campaign, detail={"amount_wei": str(1000 * covered)})
    fundings.fund_waiting(now=NOW)
    dealt = at_once(lambda _: credits.credit_waiting(now=LATER))
    assert sum(dealt) == acceptances
    credited = Credit.objects.filter(status=CreditStatus.POSTED).values_list("event", flat=True)
    assert sorted(credited) == sorted(event.id for event in made)[:covered]
    assert Credit.objects.filter(status=CreditStatus.REFUSED).count() == acceptances - covered
    assert Account.objects.get(kind=AccountKind.BUDGET).balance_wei == 0
    accrued = Account.objects.filter(kind=AccountKind.ACCRUED)
    assert accrued.aggregate(sum=Sum("balance_wei"))["sum"] == 1000 * covered
    assert ([total.sum_wei for total in selectors.sums()], selectors.faults()) == ([0], [])


def test_workers_that_retry_what_was_refused_post_it_once() -> None:
    campaign = make.campaign(base_reward_wei=1000)
    make.acceptances(campaign, [make.person()], 20)
    credits.credit_waiting(now=NOW)
    events.record(EventKind.CAMPAIGN_FUNDED, at=NOW, campaign=campaign, detail={"amount_wei": "15000"})
    fundings.fund_waiting(now=NOW)
    assert sum(at_once(lambda _: credits.retry_refused(now=LATER))) == 15
    assert Account.objects.get(kind=AccountKind.BUDGET).balance_wei == 0
    assert selectors.faults() == []


@pytest.mark.deep
def test_killed_workers_lose_and_double_nothing(child_environment: dict[str, str]) -> None:
    """Two processes at a time run the task and are killed in the midst of it; the last run finishes what they left."""
    campaign, person = make.campaign(base_reward_wei=1000), make.person()
    for _ in range(60):
        make.submission(campaign, person, status=SubmissionStatus.ACCEPTED, overall=1.0, novelty=1.0)
    events.record(EventKind.CAMPAIGN_FUNDED, at=NOW, campaign=campaign, detail={"amount_wei": "60000"})
    for credited in (3, 15, 30, 45):
        started = [_start(child_environment) for _ in range(2)]
        while Credit.objects.count() < credited and any(process.poll() is None for process in started):
            with suppress(subprocess.TimeoutExpired):
                started[0].wait(timeout=0.02)
        for process in started:
            process.kill()
            process.wait(timeout=10)
    left = 60 - Credit.objects.count()
    assert left > 0
    credit_waiting()
    assert Credit.objects.filter(status=CreditStatus.POSTED).count() == 60
    assert selectors.balance_of(person.id).accrued_wei == 60_000
    assert selectors.faults() == []


def _start(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", RUN_TASK], cwd=REPO, env=environment)
