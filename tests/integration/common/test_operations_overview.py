"""What the operator is told of queues, workers and services."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.public import Role
from curation.lifecycle import SubmissionStatus
from curation.models import Submission
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]


def test_an_operator_sees_what_waits_and_what_answers() -> None:
    now = timezone.now()
    campaign, person = make.campaign(), make.person()
    rows = [make.submission(campaign, person, status=SubmissionStatus.SUBMITTED) for _ in range(3)]
    make.submission(campaign, person, status=SubmissionStatus.FAILED)
    for row, changes in zip(
        rows, [{"leased_until": now + timedelta(hours=1)}, {"attempts": 2}, {"leased_until": now}], strict=True
    ):
        Submission.objects.filter(id=row.id).update(updated_at=now - timedelta(seconds=100), **changes)
    found = answer(signed_in(make.person(Role.OPERATOR)).get("/api/v1/operations"))
    [queue] = [one for one in found["queues"] if one["name"] == "submissions"]
    assert queue["oldest_s"] == pytest.approx(100, abs=30)
    counted = {name: queue[name] for name in ("worker", "waiting", "held", "retried", "failed")}
    assert counted == {"worker": "score", "waiting": 2, "held": 1, "retried": 1, "failed": 1}
    assert {one["name"]: one["answers"] for one in found["services"]} == {
        "database": True, "cache": True, "storage": True, "broker": True,
    }  # fmt: skip
    assert found["workers"] == []
    assert "score" in found["unserved"]


def test_operations_are_for_operators() -> None:
    refused = answer(signed_in(make.person(Role.ENGINEER)).get("/api/v1/operations"), 403)
    assert refused["code"] == "not_allowed"
