"""The audit log and the operators' list of people, through HTTP."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.api.audit import rows_of
from accounts.models import AuditEntry, User
from accounts.roles import Role
from accounts.services import people
from accounts.services.auditing import audit
from curation.models.reviews import Verdict
from curation.reasons import Reason
from curation.services import reviews
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"
NOW = timezone.now()


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR, name="op")


def kinds(client: Any, query: str = "") -> list[str]:
    return [entry["kind"] for entry in answer(client.get(f"/api/v1/audit?{query}"))["results"]]


def sign_in(email: str, password: str) -> int:
    body = {"email": email, "password": password}
    return Client().post("/_allauth/browser/v1/auth/login", body, content_type="application/json").status_code


def test_what_is_done_to_a_campaign_is_found_by_person_kind_object_and_time(operator: User) -> None:
    client = signed_in(operator)
    body = {"title": "Rolling", "brief": "Roll.", "license": "CC-BY-4.0", "required_modalities": ["scene"]}
    campaign = answer(client.post("/api/v1/campaigns", body), 201)
    path = f"/api/v1/campaigns/{campaign['id']}"
    answer(client.patch(path, {"title": "Rolling on"}))
    answer(client.post(f"{path}/open"))
    answer(client.post(f"{path}/fund", {"amount_wei": "7"}))
    done = ["campaign.funded", "campaign.opened", "campaign.edited", "campaign.created"]
    assert kinds(client, f"object={campaign['id']}") == done
    assert kinds(client, f"person={operator.id}&kind=campaign") == done
    assert kinds(client, "kind=campaign.opened") == ["campaign.opened"]
    assert kinds(client, f"person={make.person().id}") == []
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat().replace("+", "%2B")
    assert kinds(client, f"since={tomorrow}") == []
    assert kinds(client, f"until={tomorrow}&kind=campaign") == done
    assert answer(client.get("/api/v1/audit?since=yesterday"), 400)["code"] == "invalid"
    [entry] = answer(client.get("/api/v1/audit?kind=campaign.funded"))["results"]
    assert (entry["actor_email"], entry["detail"]) == (operator.email, {"amount_wei": "7"})


def test_signing_in_and_failing_to_is_written_down_without_what_was_tried(operator: User) -> None:
    person = people.ensure(email="ana@example.org", password=PASSWORD, roles=[Role.CONTRIBUTOR])
    assert sign_in(person.email, "not-the-password") == 400
    assert sign_in(person.email, PASSWORD) == 200
    client = signed_in(operator)
    assert kinds(client, f"object={person.id}") == ["person.signed_in", "person.sign_in_failed"]
    entries = AuditEntry.objects.filter(object_id=person.id)
    assert "not-the-password" not in str(list(entries.values()))
    assert entries.get(kind="person.signed_in").detail["methods"] == ["password"]


def test_vote_and_decision_are_written_down_and_who_voted_is_the_operators_to_know(operator: User) -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER)
    submission = make.submission(make.campaign(reviews_needed=1), author)
    review = reviews.take_next(reviewer=reviewer, now=NOW)
    reviews.cast_vote(
        review_id=review.id, reviewer=reviewer, verdict=Verdict.REJECT, reasons=[Reason.WATERMARK], now=NOW
    )
    assert kinds(signed_in(operator), f"object={submission.id}") == ["submission.rejected", "review.cast"]
    assert AuditEntry.objects.get(kind="review.cast").actor == reviewer
    assert answer(signed_in(author).get("/api/v1/audit"), 403)["code"] == "not_allowed"


def test_entry_is_never_altered(operator: User) -> None:
    entry = audit("test.done", actor=operator, now=NOW)
    for statement in ("UPDATE accounts_auditentry SET kind = 'x'", "DELETE FROM accounts_auditentry"):
        with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditEntry.objects.get().id == entry.id


def test_log_is_listed_in_one_query(operator: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        audit("test.done", actor=operator, now=NOW)
    client = signed_in(operator)
    with django_assert_num_queries(1):
        assert len(kinds(client)) == 3


def test_log_is_one_file_in_which_nothing_is_a_formula(operator: User) -> None:
    audit("test.done", actor=operator, now=NOW, detail={"note": 'ü, "quoted"'})
    audit("=1+1", actor=None, now=NOW)
    response = signed_in(operator).get("/api/v1/audit.csv?kind=")
    assert response["Content-Type"].startswith("text/csv")
    header, *rows = csv.reader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert header[:5] == ["id", "at", "actor", "actor_email", "kind"]
    assert {row[4] for row in rows} == {"test.done", "'=1+1"}
    assert answer(signed_in(make.person()).get("/api/v1/audit.csv"), 403)["code"] == "not_allowed"
    assert len(list(rows_of(iter(())))) == 1


def test_operator_finds_people_and_changes_what_they_may(operator: User) -> None:
    ana = make.person(name="ana")
    client = signed_in(operator)
    [found] = answer(client.get("/api/v1/people?search=ANA-"))["results"]
    assert (found["id"], found["roles"]) == (str(ana.id), ["contributor"])
    path = f"/api/v1/people/{ana.id}"
    changed = answer(client.patch(path, {"roles": ["reviewer", "contributor"], "reason": "Passed the test."}))
    assert changed["roles"] == ["contributor", "reviewer"]
    assert [one["id"] for one in answer(client.get("/api/v1/people?role=reviewer"))["results"]] == [str(ana.id)]
    answer(client.patch(path, {"is_active": False, "reason": "Spam."}))
    ana.refresh_from_db()
    assert not ana.is_active
    entries = list(AuditEntry.objects.filter(object_id=ana.id).order_by("id"))
    assert [entry.detail["reason"] for entry in entries] == ["Passed the test.", "Spam."]
    assert entries[0].detail["before"]["roles"] == ["contributor"]


def test_operators_do_not_lock_themselves_out_and_nothing_is_changed_without_a_reason(operator: User) -> None:
    client, path = signed_in(operator), f"/api/v1/people/{operator.id}"
    for change in ({"roles": []}, {"is_active": False}):
        assert answer(client.patch(path, change | {"reason": "?"}), 409)["code"] == "own_access"
    assert answer(client.patch(path, {"roles": ["operator"]}), 400)["fields"] == {"reason": ["This field is required."]}
    assert not AuditEntry.objects.filter(object_id=operator.id).exists()


def test_people_are_the_operators_alone(operator: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ana = make.person()
    for person in (ana, make.person(Role.REVIEWER), make.person(Role.ENGINEER)):
        assert answer(signed_in(person).get("/api/v1/people"), 403)["code"] == "not_allowed"
        assert answer(signed_in(person).get(f"/api/v1/people/{ana.id}"), 403)["code"] == "not_allowed"
        body = {"roles": ["operator"], "reason": "me"}
        assert answer(signed_in(person).patch(f"/api/v1/people/{ana.id}", body), 403)["code"] == "not_allowed"
    client = signed_in(operator)
    with django_assert_num_queries(1):
        assert len(answer(client.get("/api/v1/people"))["results"]) == 4
