"""Reports of abuse, through HTTP."""

from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Notification, User
from accounts.roles import Role
from common.ids import uuid7
from curation.lifecycle import CampaignStatus, SubmissionStatus
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return make.person(name="ana")


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


def reported(person: User, kind: str, subject: UUID, code: int = 201) -> dict[str, Any]:
    body = {"subject_kind": kind, "subject": str(subject), "reason": "rights", "text": "This is my picture."}
    return answer(signed_in(person).post("/api/v1/reports", body), code)


def test_report_is_answered_by_an_operator_and_its_author_is_told(ana: User, operator: User) -> None:
    report = reported(ana, "campaign", make.campaign().id)
    [waiting] = answer(signed_in(operator).get("/api/v1/reports?status=open"))["results"]
    assert (waiting["id"], waiting["reporter"], waiting["reason"]) == (report["id"], str(ana.id), "rights")
    path, body = f"/api/v1/reports/{report['id']}/answer", {"upheld": True, "answer": "The brief was changed."}
    assert answer(signed_in(operator).post(path, body))["status"] == "upheld"
    assert answer(signed_in(operator).post(path, body), 409)["code"] == "report_settled"
    told = Notification.objects.get(person=ana)
    assert (told.kind, told.parameters["explanation"]) == ("report_answered", "The brief was changed.")
    entry = AuditEntry.objects.get(kind="report.upheld")
    assert (entry.actor, entry.object_kind) == (operator, "campaign")


def test_only_what_one_may_see_can_be_reported(ana: User) -> None:
    hidden = make.campaign(status=CampaignStatus.DRAFT)
    assert reported(ana, "campaign", hidden.id, 404)["code"] == "campaign_not_found"
    others = make.submission(make.campaign(), make.person())
    assert reported(ana, "submission", others.id, 404)["code"] == "submission_not_found"
    assert reported(ana, "generation", uuid7(), 404)["code"] == "generation_not_found"
    assert reported(ana, "person", uuid7(), 404)["code"] == "not_found"
    assert reported(ana, "lunch", uuid7(), 400)["code"] == "invalid"


def test_reviewer_reports_what_is_in_review(ana: User) -> None:
    submission = make.submission(make.campaign(), ana, status=SubmissionStatus.IN_REVIEW)
    assert reported(make.person(Role.REVIEWER), "submission", submission.id)["status"] == "open"


def test_same_thing_is_reported_once_until_it_is_answered(ana: User, operator: User) -> None:
    first = reported(ana, "person", operator.id)
    assert reported(ana, "person", operator.id, 409)["code"] == "reported_already"
    path = f"/api/v1/reports/{first['id']}/answer"
    answer(signed_in(make.person(Role.OPERATOR)).post(path, {"upheld": False, "answer": "Nothing wrong."}))
    assert reported(ana, "person", operator.id)["status"] == "open"


def test_reports_of_others_are_the_operators_alone(
    ana: User, operator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        report = reported(ana, "campaign", make.campaign().id)
    assert answer(signed_in(make.person()).get("/api/v1/reports"))["results"] == []
    assert len(answer(signed_in(ana).get("/api/v1/reports"))["results"]) == 3
    body = {"upheld": True, "answer": "!"}
    refused = answer(signed_in(ana).post(f"/api/v1/reports/{report['id']}/answer", body), 403)
    assert refused["code"] == "not_allowed"
    client = signed_in(operator)
    with django_assert_num_queries(1):
        assert len(answer(client.get("/api/v1/reports"))["results"]) == 3


def test_operator_does_not_answer_their_own_report(operator: User) -> None:
    report = reported(operator, "campaign", make.campaign().id)
    path = f"/api/v1/reports/{report['id']}/answer"
    assert answer(signed_in(operator).post(path, {"upheld": True, "answer": "!"}), 403)["code"] == "not_allowed"
