"""Prepaid accounts, charges and royalties through HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from rewards.services import charges, royalties
from tests.factories import curation as make
from tests.factories import usage

pytestmark = pytest.mark.django_db
PRICE = 10**16


@pytest.fixture
def engineer() -> User:
    return make.person(Role.ENGINEER)


def client_of(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def top_up(engineer: User, amount: int = 100 * PRICE, reference: str = "bank-1") -> object:
    path = f"/api/v1/people/{engineer.id}/top-ups"
    return client_of(make.person(Role.OPERATOR)).post(path, {"amount_wei": str(amount), "reference": reference})


def use(engineer: User, contributor: User, times: int = 1) -> None:
    item = make.submission(make.campaign(), contributor, status=SubmissionStatus.ACCEPTED)
    adapter = usage.adapter(usage.version([item]))
    for _ in range(times):
        usage.delivered(engineer, adapter, price_wei=PRICE)
    charges.charge_waiting(now=make.NOW)
    royalties.distribute_waiting(now=make.NOW)


def test_a_payment_is_booked_and_used_up(engineer: User) -> None:
    ana, client = make.person(), client_of(engineer)
    before = client.get("/api/v1/customer-account").json()
    assert before == {"is_customer": False, "balance_wei": "0", "waiting_wei": "0"}
    assert top_up(engineer).status_code == 201
    use(engineer, ana)
    assert client.get("/api/v1/customer-account").json()["balance_wei"] == str(99 * PRICE)
    [charge] = client.get("/api/v1/charges").json()["results"]
    assert (charge["amount_wei"], charge["royalty_wei"], charge["run"]) == (str(PRICE), str(PRICE * 3 // 10), None)
    assert charge["generation"]
    [royalty] = client_of(ana).get("/api/v1/royalties").json()["results"]
    assert (royalty["amount_wei"], royalty["samples"], royalty["weight_bp"]) == (str(PRICE * 3 // 10), 1, 10_000)


def test_a_reference_stands_for_one_payment(engineer: User) -> None:
    assert top_up(engineer).json()["id"] == top_up(engineer).json()["id"]
    other = top_up(engineer, 5)
    assert (other.status_code, other.json()["code"]) == (409, "reference_reused")
    assert top_up(engineer, 0, "bank-2").status_code == 400


def test_payments_are_booked_by_operators_alone(engineer: User) -> None:
    path = f"/api/v1/people/{engineer.id}/top-ups"
    answer = client_of(engineer).post(path, {"amount_wei": "1", "reference": "mine"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_who_used_up_what_they_prepaid_is_asked_to_pay(engineer: User) -> None:
    top_up(engineer, PRICE)
    use(engineer, make.person(), times=2)
    answer = client_of(engineer).post("/api/v1/generations", {"prompt": "a ball"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (402, "prepaid_used_up")


@pytest.mark.parametrize("path", ["/api/v1/charges", "/api/v1/royalties", "/api/v1/customer-account"])
def test_number_of_queries_does_not_grow_with_the_rows(engineer: User, path: str) -> None:
    top_up(engineer)
    client = client_of(engineer)

    def queries() -> int:
        use(engineer, engineer)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    assert queries() == queries() == queries() <= 3


def test_nobody_sees_the_charges_and_royalties_of_others(engineer: User) -> None:
    top_up(engineer)
    use(engineer, make.person())
    bo = client_of(make.person())
    assert [bo.get(f"/api/v1/{name}").json()["results"] for name in ("charges", "royalties")] == [[], []]
