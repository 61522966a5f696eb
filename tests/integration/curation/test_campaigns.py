"""Calls for contributions, through HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import EventKind
from curation.models import Campaign, Event
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
FULL = {
    "title": "Rolling things",
    "brief": "Things that roll.",
    "license": "CC-BY-4.0",
    "required_modalities": ["reference_images"],
    "base_reward_wei": "1000000000000000000",
}


def created(person: User, **fields: Any) -> dict[str, Any]:
    return answer(signed_in(person).post("/api/v1/campaigns", FULL | fields), 201)


def test_a_campaign_is_written_opened_funded_and_closed() -> None:
    operator = make.person(Role.OPERATOR)
    client = signed_in(operator)
    campaign = created(operator)
    assert (campaign["status"], campaign["base_reward_wei"]) == ("draft", "1000000000000000000")
    path = f"/api/v1/campaigns/{campaign['id']}"
    assert answer(client.post(f"{path}/open"))["status"] == "open"
    funded = answer(client.post(f"{path}/fund", {"amount_wei": str(10**24)}))
    assert funded["budget_wei"] == str(10**24)
    closed = answer(client.post(f"{path}/close"))
    assert closed["status"] == "closed"
    assert closed["closed_at"]
    events = Event.objects.filter(campaign=campaign["id"]).order_by("id")
    assert [event.kind for event in events] == ["campaign_opened", "campaign_funded", "campaign_closed"]
    assert events[1].detail == {"amount_wei": str(10**24)}


def test_an_operator_pauses_a_campaign_puts_its_words_right_and_opens_it_again() -> None:
    operator = make.person(Role.OPERATOR)
    client, campaign = signed_in(operator), created(operator)
    path = f"/api/v1/campaigns/{campaign['id']}"
    assert answer(client.post(f"{path}/pause", {"reason": "Not yet."}), 409)["code"] == "wrong_state"
    answer(client.post(f"{path}/open"))
    assert answer(client.post(f"{path}/pause", {"reason": ""}), 400)["code"] == "invalid"
    paused = answer(client.post(f"{path}/pause", {"reason": "The brief is misread."}))
    assert (paused["status"], paused["pause_reason"]) == ("paused", "The brief is misread.")
    assert answer(client.patch(path, {"brief": "Things that roll downhill."}))["brief"] == "Things that roll downhill."
    again = answer(client.post(f"{path}/open"))
    assert (again["status"], again["pause_reason"]) == ("open", "")
    assert answer(signed_in(make.person()).post(f"{path}/pause", {"reason": "No."}), 403)["code"] == "not_allowed"


def test_a_campaign_opens_only_when_nothing_is_missing() -> None:
    operator = make.person(Role.OPERATOR)
    bare = answer(signed_in(operator).post("/api/v1/campaigns", {"title": "Bare"}), 201)
    refused = answer(signed_in(operator).post(f"/api/v1/campaigns/{bare['id']}/open"), 400)
    assert refused["code"] == "campaign_incomplete"
    assert set(refused["fields"]) == {"brief", "license", "required_modalities"}


def test_essentials_are_frozen_at_opening_and_words_are_not() -> None:
    operator = make.person(Role.OPERATOR)
    client, campaign = signed_in(operator), created(operator)
    path = f"/api/v1/campaigns/{campaign['id']}"
    assert answer(client.patch(path, {"license": "CC0-1.0"}))["license"] == "CC0-1.0"
    answer(client.post(f"{path}/open"))
    refused = answer(client.patch(path, {"license": "CC-BY-4.0", "title": "New"}), 409)
    assert (refused["code"], list(refused["fields"])) == ("campaign_not_draft", ["license"])
    assert answer(client.patch(path, {"title": "New", "license": "CC0-1.0"}))["title"] == "New"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"required_modalities": ["smell"]}, "invalid"),
        ({"policy_overrides": {"no_such_rule": {"review": 1}}}, "bad_policy"),
        ({"policy_overrides": {"image_too_small": {"review": "big"}}}, "bad_policy"),
        ({"policy_overrides": [1]}, "bad_policy"),
        ({"license": "not a licence!"}, "invalid"),
        ({"base_reward_wei": "-5"}, "invalid"),
        ({"base_reward_wei": 1.5}, "invalid"),
        ({"reviews_needed": 0}, "invalid"),
        ({"title": ""}, "invalid"),
    ],
)
def test_wrong_values_are_refused_by_field(fields: dict[str, Any], code: str) -> None:
    refused = answer(signed_in(make.person(Role.OPERATOR)).post("/api/v1/campaigns", FULL | fields), 400)
    assert refused["code"] == code
    assert next(iter(refused["fields"])).split(".")[0] == next(iter(fields))
    assert Campaign.objects.count() == 0


@pytest.mark.parametrize("amount", ["0", "-1", "x", "1e3", str(10**78), None])
def test_only_a_positive_amount_that_fits_funds_a_campaign(amount: Any) -> None:
    operator = make.person(Role.OPERATOR)
    campaign = created(operator)
    answered = signed_in(operator).post(f"/api/v1/campaigns/{campaign['id']}/fund", {"amount_wei": amount})
    assert answered.status_code == 400
    assert not Event.objects.filter(kind=EventKind.CAMPAIGN_FUNDED).exists()


def test_the_sum_of_fundings_must_fit_too() -> None:
    operator = make.person(Role.OPERATOR)
    client, campaign = signed_in(operator), created(operator)
    path = f"/api/v1/campaigns/{campaign['id']}/fund"
    answer(client.post(path, {"amount_wei": str(10**78 - 1)}))
    assert answer(client.post(path, {"amount_wei": "1"}), 400)["fields"]["amount_wei"]


def test_a_draft_is_seen_by_those_who_may_write_campaigns() -> None:
    engineer = make.person(Role.ENGINEER)
    campaign = created(engineer)
    path = f"/api/v1/campaigns/{campaign['id']}"
    for role, status in ((Role.CONTRIBUTOR, 404), (Role.REVIEWER, 404), (Role.ENGINEER, 200), (Role.OPERATOR, 200)):
        client = signed_in(make.person(role))
        assert client.get(path).status_code == status
        assert len(answer(client.get("/api/v1/campaigns"))["results"]) == (status == 200)
    assert answer(signed_in(make.person(Role.ENGINEER)).patch(path, {"title": "Mine"}), 403)["code"] == "not_allowed"
    assert answer(signed_in(make.person()).post("/api/v1/campaigns", FULL), 403)["code"] == "not_allowed"


def test_campaigns_are_listed_by_status_newest_first() -> None:
    first, second = make.campaign(), make.campaign()
    make.campaign(status="closed")
    found = answer(signed_in(make.person()).get("/api/v1/campaigns?status=open"))["results"]
    assert [one["id"] for one in found] == [str(second.id), str(first.id)]


def test_opening_twice_is_refused() -> None:
    operator = make.person(Role.OPERATOR)
    path = f"/api/v1/campaigns/{created(operator)['id']}/open"
    answer(signed_in(operator).post(path))
    assert answer(signed_in(operator).post(path), 409)["code"] == "wrong_state"
