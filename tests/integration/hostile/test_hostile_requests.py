"""Garbage sent to every operation of the API, as everybody: a clear refusal each time, never a fault of the server."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from accounts.roles import Role
from curation.lifecycle import BuildStatus, SubmissionStatus
from curation.models import Dataset, Export, Review, Version
from tests.factories import curation as make
from tests.factories.requests import BODIES, GARBAGE, QUERIES, Operation, operations, spoiled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]
EVERYTHING = tuple(Role)
AS = [(), *[(role,) for role in Role]]  # nobody, then everybody by a single part
WRITES = ("post", "put", "patch", "delete")
# Every fourth request by default: with 27 kinds of garbage and 11 of queries each field meets others.
QUARTERS = [0, *(pytest.param(quarter, marks=pytest.mark.deep) for quarter in (1, 2, 3))]


@pytest.fixture
def ids() -> dict[str, UUID]:
    """One real thing of each kind that is quick to make, another person's, by the name of its path parameter."""
    owner, engineer = make.person(), make.person(Role.ENGINEER)
    campaign = make.campaign()
    submission = make.submission(campaign, owner)
    dataset = Dataset.objects.create(name="d", split_salt="s", created_by=engineer, created_at=make.NOW)
    shared = {"dataset": dataset, "created_by": engineer, "created_at": make.NOW, "status": BuildStatus.READY,
              "manifest_key": "manifests/lost.jsonl.gz"}  # fmt: skip
    version, other = (Version.objects.create(number=number, item_count=1, **shared) for number in (1, 2))
    export = Export.objects.create(version=version, profile="metadata", created_by=engineer, created_at=make.NOW)
    review = Review.objects.create(
        revision=submission.current, reviewer=make.person(Role.REVIEWER), leased_until=make.NOW, created_at=make.NOW
    )
    return {
        "campaign_id": campaign.id,
        "submission_id": submission.id,
        "asset_id": submission.current.assets.first().id,
        "dataset_id": dataset.id,
        "version_id": version.id,
        "other_id": other.id,
        "export_id": export.id,
        "review_id": review.id,
    }


@pytest.fixture
def own(ids: dict[str, UUID]) -> tuple[User, dict[str, UUID]]:
    """A person who may do everything, with a draft, a file, a review and a token of their own."""
    person = make.person(*EVERYTHING)
    campaign = make.campaign()
    submission = make.submission(campaign, person, status=SubmissionStatus.CHANGES_REQUESTED)
    judged = make.submission(campaign, make.person())
    review = Review.objects.create(
        revision=judged.current, reviewer=person, leased_until=make.NOW.replace(year=2100), created_at=make.NOW
    )
    token = ApiToken.objects.create(
        person=person, name="t", digest="d", hint="h", scopes=[], created_at=make.NOW,
        expires_at=make.NOW.replace(year=2100),
    )  # fmt: skip
    mine = {
        "campaign_id": campaign.id,
        "submission_id": submission.id,
        "asset_id": submission.current.assets.first().id,
        "review_id": review.id,
        "token_id": token.id,
    }
    return person, {**ids, **mine}


class Prober:
    """Sends requests as one person and keeps what went wrong; nothing that a request did stays."""

    def __init__(self, person: User | None) -> None:
        self.client = APIClient(raise_request_exception=False)
        self.client.force_authenticate(person)
        self.faults: list[str] = []
        self.sent = 0

    def send(self, operation: Operation, ids: dict[str, UUID], body: Any = None, query: str = "") -> None:
        options: dict[str, Any] = {"format": "json"}
        if isinstance(body, bytes):
            options = {"content_type": "application/json"}
        address = operation.address(ids) + (f"?{query}" if query else "")
        with transaction.atomic():
            if operation.method == "get":
                response = self.client.get(address)
            else:
                response = getattr(self.client, operation.method)(address, body, **options)
            transaction.set_rollback(True)
        self.sent += 1
        if response.status_code >= 500 or (response.status_code >= 400 and not _is_clear(response)):
            told = response.content[:200] if hasattr(response, "content") else b""
            self.faults.append(f"{operation} {str(query or body)[:120]} -> {response.status_code} {told!r}")


def writing() -> list[Operation]:
    """What takes a body."""
    return [operation for operation in operations() if operation.method in WRITES]


def _is_clear(response: Any) -> bool:
    """Whether the refusal has the one shape that every refusal has."""
    if not response.get("content-type", "").startswith("application/json"):
        return False
    told = response.json()
    return bool(told.get("code")) and bool(told.get("message"))


@pytest.fixture
def as_each_part(ids: dict[str, UUID]) -> Iterator[Prober]:
    return iter([Prober(make.person(*roles) if roles else None) for roles in AS])


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_field_of_any_body_can_break_the_server(own: tuple[User, dict[str, UUID]], quarter: int) -> None:
    person, ids = own
    prober = Prober(person)
    everything = ((operation, body) for operation in writing() for body in spoiled(operation.body))
    for operation, body in islice(everything, quarter, None, 4):
        prober.send(operation, ids, body)
    assert prober.faults == []
    assert prober.sent > 1000


def test_no_body_that_is_no_object_can_break_the_server(own: tuple[User, dict[str, UUID]]) -> None:
    person, ids = own
    prober = Prober(person)
    for operation in writing():
        for body in BODIES:
            prober.send(operation, ids, body)
    assert prober.faults == []
    assert prober.sent > 200


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_query_can_break_the_server(own: tuple[User, dict[str, UUID]], quarter: int) -> None:
    person, ids = own
    prober = Prober(person)
    reading = [operation for operation in operations() if operation.method == "get"]
    named = ((operation, name) for operation in reading for name in operation.queries)
    for (operation, name), value in islice(product(named, QUERIES), quarter, None, 4):
        prober.send(operation, ids, query=f"{name}={quote(value)}")
    assert prober.faults == []
    assert prober.sent > 100


def test_other_peoples_things_and_things_that_are_not_there_are_refused_to_everybody(
    ids: dict[str, UUID], as_each_part: Iterator[Prober]
) -> None:
    faults = []
    for prober in as_each_part:
        for operation in operations():
            prober.send(operation, ids, operation.body)
            prober.send(operation, {}, operation.body)
            prober.send(operation, ids, dict.fromkeys(operation.body, GARBAGE[prober.sent % len(GARBAGE)]))
        faults += prober.faults
    assert faults == []


def test_ids_that_are_none_are_not_found(own: tuple[User, dict[str, UUID]]) -> None:
    client = APIClient(raise_request_exception=False)
    client.force_authenticate(own[0])
    named = [operation for operation in operations() if "{" in operation.path]
    for tried in ("x", "0", "%00", "..%2f..%2fadmin", "' OR 1=1", "019000010000700080000000000000001" * 9):
        for operation in named:
            address = operation.path.partition("{")[0] + tried
            assert getattr(client, operation.method)(address).status_code in (404, 405), address


def test_a_body_of_twenty_megabytes_is_refused_unread(own: tuple[User, dict[str, UUID]]) -> None:
    client = APIClient(raise_request_exception=False)
    client.force_authenticate(own[0])
    body = b'{"campaign": "x", "record": {"a": "' + b"x" * 20_000_000 + b'"}}'
    refused = client.post("/api/v1/submissions", body, content_type="application/json")
    assert refused.status_code == 413
    assert refused.json()["code"] == "request_too_large"


@pytest.mark.parametrize("content_type", ["text/xml", "multipart/form-data", "application/x-www-form-urlencoded", "x"])
def test_bodies_of_another_kind_are_refused(own: tuple[User, dict[str, UUID]], content_type: str) -> None:
    client = APIClient(raise_request_exception=False)
    client.force_authenticate(own[0])
    refused = client.post("/api/v1/submissions", b"<a/>", content_type=content_type)
    assert refused.status_code in (400, 415), refused.content
    assert refused.json()["code"]
