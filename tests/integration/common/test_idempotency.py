"""One effect per Idempotency-Key, whatever happens around it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import path
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from accounts.models import User
from accounts.services import people
from common.errors import DomainError
from common.idempotency import idempotent, sweep
from common.models import IdempotencyKey
from common.tasks import sweep_idempotency_keys


class Greet(APIView):
    """A creating POST: it adds a person named in the body, and can be told to fail afterwards."""

    @idempotent
    def post(self, request: Request) -> Response:
        person = User.objects.create_user(request.data["email"])
        if request.data.get("then") == "refuse":
            raise DomainError("Refused after writing.")
        if request.data.get("then") == "answer 400":
            return Response({"code": "no"}, status=400)
        return Response({"id": str(person.id), "wei": str(10**30), "b": 1, "a": 2}, status=201)


urlpatterns = [path("greet", Greet.as_view()), path("greet-too", Greet.as_view())]


@pytest.fixture(autouse=True)
def _these_urls(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def caller(db: None) -> User:
    return User.objects.create_user("caller@example.org")


def post(person: User, key: str | None, body: dict[str, Any], where: str = "/greet") -> Any:
    client = APIClient()
    client.force_authenticate(person)
    return client.post(where, body, headers={} if key is None else {"Idempotency-Key": key})


def test_repeat_gets_the_first_answer_and_does_nothing(caller: User) -> None:
    first = post(caller, "k1", {"email": "a@example.org"})
    again = post(caller, "k1", {"email": "a@example.org"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first
    assert User.objects.filter(email="a@example.org").count() == 1


def test_order_of_the_fields_is_the_same_request(caller: User) -> None:
    post(caller, "k", {"email": "a@example.org", "then": ""})
    assert post(caller, "k", {"then": "", "email": "a@example.org"}).status_code == 201


@pytest.mark.parametrize(
    ("body", "where"), [({"email": "b@example.org"}, "/greet"), ({"email": "a@example.org"}, "/greet-too")]
)
def test_key_of_another_request_is_refused(caller: User, body: dict[str, str], where: str) -> None:
    post(caller, "k", {"email": "a@example.org"})
    answer = post(caller, "k", body, where)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert not User.objects.filter(email="b@example.org").exists()


def test_two_people_may_choose_the_same_key(caller: User) -> None:
    post(caller, "k", {"email": "a@example.org"})
    assert post(User.objects.create_user("other@example.org"), "k", {"email": "b@example.org"}).status_code == 201


@pytest.mark.parametrize(("then", "status"), [("refuse", 409), ("answer 400", 400)])
def test_refusal_leaves_nothing_and_the_key_is_free(caller: User, then: str, status: int) -> None:
    assert post(caller, "k", {"email": "a@example.org", "then": then}).status_code == status
    assert not User.objects.filter(email="a@example.org").exists()
    assert not IdempotencyKey.objects.exists()
    assert post(caller, "k", {"email": "a@example.org"}).status_code == 201


def test_without_a_key_every_post_counts(caller: User) -> None:
    assert post(caller, None, {"email": "a@example.org"}).status_code == 201
    assert post(caller, None, {"email": "b@example.org"}).status_code == 201
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 101, "tab\there", "naïve"])
def test_unusable_key_is_named(caller: User, key: str) -> None:
    answer = post(caller, key, {"email": "a@example.org"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_idempotency_key")


def test_key_costs_two_queries_and_a_replay_two(
    caller: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):  # savepoint, key, the work, answer, release
        post(caller, "k", {"email": "a@example.org"})
    with django_assert_num_queries(4):  # savepoint, key, stored answer, release
        post(caller, "k", {"email": "a@example.org"})


@pytest.fixture
def eight(transactional_db: None) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool
        list(pool.map(lambda _: connection.close(), range(8)))


def test_eight_at_once_make_one(eight: ThreadPoolExecutor) -> None:
    caller = people.ensure(email="caller@example.org", password="a-long-password", roles=["contributor"])

    def send(_: int) -> tuple[int, bytes]:
        try:
            answer = post(caller, "k", {"email": "a@example.org"})
            return answer.status_code, answer.content
        finally:
            connection.close()

    assert len(set(eight.map(send, range(8)))) == 1
    assert User.objects.filter(email="a@example.org").count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_keys_are_forgotten_after_a_day(caller: User) -> None:
    post(caller, "k", {"email": "a@example.org"})
    now = timezone.now()
    assert sweep(now=now + timedelta(hours=23)) == 0
    sweep_idempotency_keys()
    assert IdempotencyKey.objects.count() == 1
    assert sweep(now=now + timedelta(hours=25)) == 1
