"""Balances, credits and the ledger through HTTP; the operator's command and admin."""

from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from config import embedded
from curation.lifecycle import EventKind, SubmissionStatus
from curation.models import Campaign
from curation.services import events
from rewards.models import Credit
from rewards.tasks import credit_waiting
from tests.databases import TestDatabase
from tests.factories import curation as make

pytestmark = pytest.mark.django_db
BASE = 10**24


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


@pytest.fixture
def ana() -> User:
    return make.person()


def client_of(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def credited(person: User, times: int = 1, campaign: Campaign | None = None) -> None:
    campaign = campaign or make.campaign(base_reward_wei=BASE)
    funding = {"amount_wei": str(times * BASE)}
    events.record(EventKind.CAMPAIGN_FUNDED, at=make.NOW, campaign=campaign, detail=funding)
    for _ in range(times):
        make.submission(campaign, person, status=SubmissionStatus.ACCEPTED, overall=0.8, novelty=0.5)
    credit_waiting()


def queries(client: APIClient, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_balance_is_given_in_strings_of_base_units(ana: User) -> None:
    assert client_of(ana).get("/api/v1/balance").json()["accrued_wei"] == "0"
    credited(ana)
    assert client_of(ana).get("/api/v1/balance").json() == {
        "asset": "SLATE",
        "held_wei": "0",
        "accrued_wei": "400000000000000000000000",
        "allocated_wei": "0",
        "paid_wei": "0",
        "waiting_wei": "0",
        "owed_back_wei": "0",
    }


def test_credit_shows_its_formula_with_the_persons_own_numbers(ana: User) -> None:
    credited(ana)
    [credit] = client_of(ana).get("/api/v1/credits").json()["results"]
    assert credit["formula"] == (
        f"{BASE} x 1.0000 (modalities) x 0.8000 (quality) x 0.5000 (novelty)"
        " x 1.0000 (scarcity) x 1.0000 (trust) = 400000000000000000000000"
    )
    assert (credit["amount_wei"], credit["base_wei"], credit["status"]) == (str(BASE * 4 // 10), str(BASE), "posted")
    assert credit["submission"]
    assert all(factor["meaning"] for factor in credit["factors"])


def test_nobody_sees_the_credits_of_others(ana: User) -> None:
    credited(ana)
    bo = client_of(make.person())
    assert bo.get("/api/v1/credits").json()["results"] == []
    assert bo.get("/api/v1/balance").json()["accrued_wei"] == "0"


def test_operator_reads_the_whole_ledger(ana: User, operator: User) -> None:
    credited(ana)
    newest, first = client_of(operator).get("/api/v1/ledger").json()["results"]
    assert (first["kind"], newest["kind"]) == ("funding", "credit")
    assert {entry["account"].split(":")[0]: entry["amount_wei"] for entry in newest["entries"]} == {
        "budget": str(-BASE * 4 // 10),
        "payable": str(BASE * 4 // 10),
    }
    [summary] = client_of(operator).get("/api/v1/ledger/summary").json()
    assert (summary["asset"], summary["sum_wei"]) == ("SLATE", "0")
    assert summary["balances_wei"]["funding"] == str(-BASE)


def test_empty_ledger_sums_to_zero(operator: User) -> None:
    assert client_of(operator).get("/api/v1/ledger/summary").json() == [
        {"asset": "SLATE", "sum_wei": "0", "balances_wei": {}}
    ]


@pytest.mark.parametrize("path", ["/api/v1/ledger", "/api/v1/ledger/summary"])
def test_ledger_is_the_operators_alone(ana: User, path: str) -> None:
    answer = client_of(ana).get(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("path", ["/api/v1/balance", "/api/v1/credits", "/api/v1/ledger", "/api/v1/ledger/summary"])
def test_number_of_queries_does_not_grow_with_the_rows(ana: User, operator: User, path: str) -> None:
    client = client_of(operator if "ledger" in path else ana)
    credited(ana)
    few = queries(client, path)
    credited(ana, times=7)
    assert queries(client, path) == few <= 3


def test_credits_are_walked_page_by_page(ana: User) -> None:
    credited(ana, times=5)
    client, seen = client_of(ana), []
    path: Any = "/api/v1/credits?page_size=2"
    while path:
        page = client.get(path).json()
        seen += [credit["id"] for credit in page["results"]]
        path = page["next"]
    assert seen == [str(pk) for pk in Credit.objects.order_by("-id").values_list("id", flat=True)]


def test_check_command_recomputes_the_ledger(ana: User) -> None:
    credited(ana, times=2)
    out = StringIO()
    call_command("ledger", "check", stdout=out)
    assert "SLATE: sums to 0" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_check_command_finds_what_somebody_did_around_the_database(
    ana: User, services: embedded.Services, test_database: TestDatabase
) -> None:
    credited(ana, times=2)
    with psycopg.connect(services.postgres_url("superuser", test_database.name)) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE rewards_account SET balance_wei = balance_wei + 1 WHERE kind = 'payable:accrued'")
        root.execute("DELETE FROM rewards_entry WHERE id = (SELECT min(id) FROM rewards_entry)")
        root.execute("UPDATE rewards_credit SET amount_wei = amount_wei + 1")
    with pytest.raises(CommandError) as caught:
        call_command("ledger", "check")
    text = str(caught.value)
    assert all(says in text for says in ("stands at", "sums to", "of 2 entries", "was posted"))


@pytest.mark.parametrize("page", ["account", "transaction", "credit"])
def test_admin_shows_the_ledger_and_changes_nothing(client: Any, ana: User, operator: User, page: str) -> None:
    credited(ana)
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/admin/rewards/{page}/").status_code == 200
    assert client.get(f"/admin/rewards/{page}/add/").status_code == 403
    row = Credit.objects.get() if page == "credit" else None
    if row:
        assert client.get(f"/admin/rewards/credit/{row.id}/change/").status_code == 200
        assert client.post(f"/admin/rewards/credit/{row.id}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"/admin/rewards/transaction/{row.transaction_id}/change/").status_code == 200
