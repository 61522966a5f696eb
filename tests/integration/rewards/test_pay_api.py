"""What a campaign pays, a person's credits as a file, and an operator's holds, through HTTP."""

import csv
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import CampaignStatus, EventKind
from curation.models import CoverageCount, Standing
from curation.services import events
from rewards.services import credits, fundings
from tests.factories import curation as make

pytestmark = pytest.mark.django_db
BASE = 10**18


@pytest.fixture
def ana() -> User:
    return make.person()


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


def client_of(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_the_pay_formula_has_all_that_a_calculator_needs(ana: User) -> None:
    campaign = make.campaign(base_reward_wei=BASE, coverage_targets={"movement=dolly_in": 10})
    CoverageCount.objects.create(campaign=campaign, word="movement=dolly_in", accepted=4)
    Standing.objects.create(person=ana, role="contributor", value=0.4)
    events.record(EventKind.CAMPAIGN_FUNDED, at=make.NOW, campaign=campaign, detail={"amount_wei": str(7 * BASE)})
    fundings.fund_waiting(now=make.NOW)
    told = client_of(ana).get(f"/api/v1/pay-formula?campaign={campaign.id}").json()
    assert (told["base_reward_wei"], told["budget_left_wei"]) == (str(BASE), str(7 * BASE))
    assert told["shares_bp"] == dict.fromkeys(("scene", "reference_images", "audio", "camera", "lighting"), 2_000)
    assert told["wanted"] == [{"word": "movement=dolly_in", "wanted": 10, "accepted": 4, "scarcity_bp": 8_000}]
    assert (told["unwanted_scarcity_bp"], told["your_trust"]["bp"]) == (5_000, 7_500)
    ranges = {factor["name"]: (factor["least_bp"], factor["most_bp"]) for factor in told["factors"]}
    assert ranges["trust"] == ranges["scarcity"] == (5_000, 10_000)
    assert ranges["modalities"] == (2_000, 10_000)
    assert all(factor["meaning"] for factor in told["factors"])


def test_a_campaign_without_targets_pays_all_of_scarcity(ana: User) -> None:
    told = client_of(ana).get(f"/api/v1/pay-formula?campaign={make.campaign().id}").json()
    assert (told["wanted"], told["unwanted_scarcity_bp"]) == ([], 10_000)


def test_the_formula_of_a_campaign_that_one_may_not_see_is_not_told(ana: User) -> None:
    draft = make.campaign(status=CampaignStatus.DRAFT)
    for unknown in (draft.id, uuid4()):
        answer = client_of(ana).get(f"/api/v1/pay-formula?campaign={unknown}")
        assert (answer.status_code, answer.json()["code"]) == (404, "campaign_not_found")
    assert client_of(ana).get("/api/v1/pay-formula").status_code == 400


def test_credits_are_streamed_as_csv_with_a_column_for_each_factor(ana: User) -> None:
    campaign = make.campaign(base_reward_wei=BASE, title="=HYPERLINK(1)")
    make.acceptances(campaign, [ana, make.person()], 6)
    credits.credit_waiting(now=make.NOW)
    answer = client_of(ana).get("/api/v1/credits.csv")
    assert (answer.streaming, answer["Content-Type"]) == (True, "text/csv; charset=utf-8")
    rows = list(csv.DictReader(answer.getvalue().decode().splitlines()))
    assert len(rows) == 3
    assert {row["quality"] for row in rows} == {"1.0000"}
    assert {(row["amount_wei"], row["status"], row["accuracy"]) for row in rows} == {(str(BASE), "refused", "")}
    assert {row["campaign"] for row in rows} == {"'=HYPERLINK(1)"}  # no formula for a spreadsheet


def test_an_operator_holds_and_lets_go(ana: User, operator: User) -> None:
    path, client = f"/api/v1/people/{ana.id}/holds", client_of(operator)
    assert client.post(path, {"reason": "The same clip under two names."}).status_code == 201
    again = client.post(path, {"reason": "Once more."})
    assert (again.status_code, again.json()["code"]) == (409, "already_held")
    campaign = make.campaign(base_reward_wei=BASE)
    events.record(EventKind.CAMPAIGN_FUNDED, at=make.NOW, campaign=campaign, detail={"amount_wei": str(BASE)})
    fundings.fund_waiting(now=make.NOW)
    make.acceptances(campaign, [ana], 1)
    credits.credit_waiting(now=timezone.now() + timedelta(days=30))
    assert client_of(ana).get("/api/v1/balance").json()["held_wei"] == str(BASE)
    assert client.post(f"{path}/lift").json()["lifted_at"]
    assert client.post(f"{path}/lift").json()["code"] == "not_held"
    assert [hold["reason"] for hold in client.get(path).json()] == ["The same clip under two names."]


def test_holds_are_the_operators_alone(ana: User) -> None:
    for path in ("holds", "holds/lift"):
        answer = client_of(ana).post(f"/api/v1/people/{ana.id}/{path}", {"reason": "Mine."})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
