"""How the stored scores of a metric lie: what an operator sees beside the bounds of a rule."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign, Score
from curation.services import calibrations
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
METRIC = "image.same_scene"
ADDRESS = "/api/v1/policies/scores"


def measured(campaign: Campaign, *values: float | None, status: SubmissionStatus = SubmissionStatus.IN_REVIEW,
             **identity: str) -> None:  # fmt: skip
    """One submission for each value, whose current revision has it for a score."""
    named = {"metric": METRIC, "model_id": "m", "preprocessing_id": "none", **identity}
    for value in values:
        row = make.submission(campaign, make.person(), status=status)
        Score.objects.create(revision=row.current, part="video", value=value, measured_at=make.NOW, **named)


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


def ask(person: User, status: int = 200, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = answer(signed_in(person).get(ADDRESS, {"metric": METRIC, **query}), status)
    return found


def test_values_are_counted_where_they_lie_and_what_has_none_apart(operator: User) -> None:
    measured(make.campaign(), 0.0, 1.0, 1.0, 4.0, None)
    found = ask(operator)
    assert (found["scored"], found["without_value"]) == (4, 1)
    value = found["value"]
    assert (value["low"], value["high"], sum(value["counts"])) == (0.0, 4.0, 4)
    assert [place for place, count in enumerate(value["counts"]) if count] == [0, 10, 39]
    assert found["probability"] is None


def test_a_campaign_and_a_model_are_counted_alone_and_withdrawn_work_not_at_all(operator: User) -> None:
    mine, other = make.campaign(), make.campaign()
    measured(mine, 1.0, 2.0)
    measured(mine, 9.0, model_id="another")
    measured(mine, 7.0, status=SubmissionStatus.WITHDRAWN)
    measured(other, 5.0)
    assert ask(operator)["scored"] == 4
    assert ask(operator, campaign=str(mine.id))["scored"] == 3
    assert ask(operator, campaign=str(mine.id), model="an")["scored"] == 1


def test_probabilities_follow_the_calibration_of_what_measured(operator: User) -> None:
    curve = next(iter(calibrations.known().of([METRIC])))
    identity = {name: getattr(curve, name) for name in ("model_id", "weights_sha256", "preprocessing_id")}
    scores = [curve.points[0][0], curve.points[-1][0]]
    measured(make.campaign(), *scores, **identity)
    measured(make.campaign(), scores[0], model_id="nobody-calibrated")
    chances = ask(operator)["probability"]
    assert (sum(chances["counts"]), chances["without_value"]) == (2, 1)
    wanted = sorted(min(int(chance * 40), 39) for chance in (curve.points[0][1], curve.points[-1][1]))
    found = [place for place, count in enumerate(chances["counts"]) for _ in range(count)]
    assert all(abs(place - about) <= 1 for place, about in zip(found, wanted, strict=True))


def test_it_asks_the_database_as_often_for_many_scores_as_for_few(operator: User) -> None:
    campaign = make.campaign()
    measured(campaign, 1.0)
    ask(operator)
    with CaptureQueriesContext(connection) as few:
        ask(operator)
    measured(campaign, *(float(value) for value in range(20)))
    with CaptureQueriesContext(connection) as many:
        ask(operator)
    assert len(many) == len(few)


def test_nothing_measured_says_so_and_others_are_not_told(operator: User) -> None:
    found = ask(operator)
    assert (found["scored"], found["value"], found["probability"]) == (0, None, None)
    assert ask(make.person(Role.ENGINEER), 403)["code"] == "not_allowed"
    assert ask(operator, 404, campaign="00000000-0000-0000-0000-000000000000")["code"] == "campaign_not_found"
