"""What a submission was each time it was submitted, through HTTP."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db


def test_the_contributor_sees_each_revision_with_its_record_and_decision() -> None:
    ana = make.person()
    row = make.submission(make.campaign(), ana, status=SubmissionStatus.REJECTED)
    [revision] = answer(signed_in(ana).get(f"/api/v1/submissions/{row.id}/revisions"))["results"]
    assert revision["number"] == 1
    assert revision["record"]["scene"]["subjects"]
    assert revision["decision"]["outcome"] == "reject"


def test_a_revision_that_nobody_decided_has_no_decision() -> None:
    ana = make.person()
    row = make.submission(make.campaign(), ana)
    [revision] = answer(signed_in(ana).get(f"/api/v1/submissions/{row.id}/revisions"))["results"]
    assert revision["decision"] is None


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.ENGINEER])
def test_nobody_else_reads_the_records_that_name_their_author(role: Role) -> None:
    row = make.submission(make.campaign(), make.person(), status=SubmissionStatus.ACCEPTED)
    refused = signed_in(make.person(role)).get(f"/api/v1/submissions/{row.id}/revisions")
    assert (refused.status_code, refused.json()["code"]) == (404, "submission_not_found")


def test_revisions_take_two_queries_however_many_there_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ana = make.person()
    row = make.submission(make.campaign(), ana)
    client = signed_in(ana)
    with django_assert_num_queries(2):
        client.get(f"/api/v1/submissions/{row.id}/revisions")
