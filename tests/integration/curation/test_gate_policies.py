"""Gate policies through HTTP: drafts with their problems, versions that never change, and who may read what."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from rest_framework.test import APIClient

from accounts.roles import Role
from curation.gating import default_policy
from curation.lifecycle import CampaignStatus, SubmissionStatus
from curation.models import Campaign, Event, GatePolicy, PolicyVersion
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> APIClient:
    return signed_in(make.person(Role.OPERATOR))


def stricter(reject_s: float = 4.0) -> dict[str, Any]:
    """The default rules, asking for longer clips."""
    return default_policy().overridden({"clip_too_short": {"reject": reject_s}}).as_json()


def published(client: APIClient, name: str = "Long clips", reject_s: float = 4.0) -> dict[str, Any]:
    """The first version of a new policy."""
    policy = answer(client.post("/api/v1/policies", {"name": name}), 201)
    answer(client.put(f"/api/v1/policies/{policy['id']}/draft", {"rules": stricter(reject_s)}))
    return answer(client.post(f"/api/v1/policies/{policy['id']}/versions", {"note": "Two seconds tell nothing."}), 201)


def test_rules_that_are_no_object_are_refused(operator: APIClient) -> None:
    policy = answer(operator.post("/api/v1/policies", {"name": "Mine"}), 201)
    refused = answer(operator.put(f"/api/v1/policies/{policy['id']}/draft", {"rules": ["clip_too_short"]}), 400)
    assert refused["fields"] == {"rules": ["Give a JSON object."]}


def test_a_policy_is_written_checked_and_published(operator: APIClient) -> None:
    policy = answer(operator.post("/api/v1/policies", {"name": "Long clips"}), 201)
    assert policy["newest"] is None
    draft = f"/api/v1/policies/{policy['id']}/draft"
    assert answer(operator.get(draft))["rules"] == default_policy().as_json()
    assert answer(operator.put(draft, {"rules": stricter()})) == {
        "rules": stricter(),
        "problems": {},
        "warnings": [],
    }
    version = answer(operator.post(f"/api/v1/policies/{policy['id']}/versions", {"note": "Longer."}), 201)
    assert (version["number"], version["note"], version["rules"]) == (1, "Longer.", stricter())
    assert answer(operator.get(f"/api/v1/policy-versions/{version['id']}"))["sha256"] == version["sha256"]


def test_wrong_draft_is_kept_with_its_problems_and_not_published(operator: APIClient) -> None:
    policy = answer(operator.post("/api/v1/policies", {"name": "Wrong"}), 201)
    rules = default_policy().as_json()
    by_id = {rule["id"]: rule for rule in rules["rules"]}
    by_id["clip_too_short"]["reject"] = "two"
    by_id["clip_too_small"]["message"] = "{measured.__class__}"
    report = answer(operator.put(f"/api/v1/policies/{policy['id']}/draft", {"rules": rules}))
    assert set(report["problems"]) == {"rules.clip_too_short.reject", "rules.clip_too_small.message"}
    refused = answer(operator.post(f"/api/v1/policies/{policy['id']}/versions", {"note": "No."}), 400)
    assert (refused["code"], set(refused["fields"])) == ("bad_policy", set(report["problems"]))
    assert answer(operator.get(f"/api/v1/policies/{policy['id']}/draft"))["rules"] == rules


def test_draft_that_drops_a_rejecting_rule_or_judges_the_unknown_is_warned_of(operator: APIClient) -> None:
    policy = answer(operator.post("/api/v1/policies", {"name": "Loose"}), 201)
    rules = default_policy().as_json()
    rules["rules"] = [rule for rule in rules["rules"] if rule["id"] != "audio_silent"]
    rules["rules"][0]["metric"] = "record.exact_duplicats"
    report = answer(operator.put(f"/api/v1/policies/{policy['id']}/draft", {"rules": rules}))
    assert report["problems"] == {}
    assert len(report["warnings"]) == 2
    assert "record.exact_duplicats" in report["warnings"][0]
    assert "audio_silent" in report["warnings"][1]


def test_versions_are_numbered_immutable_and_differ_by_name(operator: APIClient) -> None:
    first = published(operator)
    address = f"/api/v1/policies/{first['policy']}/versions"
    assert answer(operator.post(address, {"note": "Again."}), 409)["code"] == "nothing_changed"
    answer(operator.put(f"/api/v1/policies/{first['policy']}/draft", {"rules": stricter(6.0)}))
    second = answer(operator.post(address, {"note": "Longer still."}), 201)
    assert [row["number"] for row in answer(operator.get(address))["results"]] == [2, 1]
    diff = answer(operator.get(f"/api/v1/policy-versions/{first['id']}/diff/{second['id']}"))
    assert diff == {
        "added": [], "removed": [], "weights": {},
        "changed": {"clip_too_short": [{"field": "reject", "before": 4.0, "after": 6.0}]},
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.filter(id=first["id"]).update(note="rewritten")


def test_default_policy_is_seeded_once_and_is_not_edited(operator: APIClient) -> None:
    for _ in range(2):
        [default] = answer(operator.get("/api/v1/policies"))["results"]
    [version] = answer(operator.get(f"/api/v1/policies/{default['id']}/versions"))["results"]
    assert (default["name"], version["number"], version["sha256"]) == ("default", 1, default_policy().sha256)
    address = f"/api/v1/policies/{default['id']}"
    assert answer(operator.put(f"{address}/draft", {"rules": {}}), 409)["code"] == "policy_is_shipped"
    assert answer(operator.post("/api/v1/policies", {"name": "default"}), 409)["code"] == "policy_name_taken"


def test_new_campaign_keeps_the_version_of_its_day(operator: APIClient) -> None:
    campaign = answer(operator.post("/api/v1/campaigns", {"title": "A"}), 201)
    assert str(PolicyVersion.objects.get(policy__name="default").id) == campaign["policy_version"]
    version = published(operator)
    other = answer(operator.post("/api/v1/campaigns", {"title": "B", "policy_version": version["id"]}), 201)
    assert other["policy_version"] == version["id"]
    nowhere = "00000000-0000-0000-0000-000000000000"
    refused = answer(operator.post("/api/v1/campaigns", {"title": "C", "policy_version": nowhere}), 404)
    assert refused["code"] == "policy_version_not_found"


def test_operator_puts_an_open_campaign_under_another_version(operator: APIClient) -> None:
    campaign, version = make.campaign(), published(operator)
    address = f"/api/v1/campaigns/{campaign.id}/policy"
    changed = {"version": version["id"], "overrides": {"audio_silent": {"enabled": False}}, "note": "Silent films."}
    answer(operator.post(address, changed))
    campaign.refresh_from_db()
    assert (str(campaign.policy_version_id), campaign.policy_overrides) == (version["id"], changed["overrides"])
    event = Event.objects.get(campaign=campaign, kind="policy_changed")
    assert (event.detail["note"], event.detail["after"]["version"]) == ("Silent films.", version["id"])
    rules = {rule["id"]: rule for rule in answer(operator.get(address))["rules"]["rules"]}
    assert "audio_silent" not in rules
    assert rules["clip_too_short"]["reject"] == 4.0
    wrong = answer(operator.post(address, {**changed, "overrides": {"audio_loud": {"review": 1}}}), 400)
    assert wrong["fields"] == {"policy_overrides.audio_loud": ["There is no such rule."]}


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.ENGINEER])
def test_operators_alone_manage_policies(operator: APIClient, role: Role) -> None:
    client, campaign, version = signed_in(make.person(role)), make.campaign(), published(operator)
    for address, body in {
        "policies": {"name": "Mine"},
        "policies/what-if": {},
        "rejudgements": {},
        f"campaigns/{campaign.id}/policy": {"version": version["id"], "note": "Mine."},
        f"policies/{version['policy']}/versions": {"note": "Mine."},
    }.items():
        assert answer(client.post(f"/api/v1/{address}", body), 403)["code"] == "not_allowed"
    may_read = 200 if role == Role.ENGINEER else 403
    assert client.get(f"/api/v1/policy-versions/{version['id']}").status_code == may_read


def test_contributors_and_reviewers_read_what_judged_theirs_and_what_will(operator: APIClient) -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER)
    row = make.submission(make.campaign(), author)
    for person in (author, reviewer):
        found = answer(signed_in(person).get(f"/api/v1/submissions/{row.id}/rules"))
        assert found["rules"] == default_policy().as_json()
        shown = answer(signed_in(person).get(f"/api/v1/campaigns/{row.campaign_id}/policy"))
        assert shown["sha256"] == default_policy().sha256
    stranger = signed_in(make.person())
    assert answer(stranger.get(f"/api/v1/submissions/{row.id}/rules"), 404)["code"] == "submission_not_found"
    draft = make.campaign(status=CampaignStatus.DRAFT)
    assert answer(stranger.get(f"/api/v1/campaigns/{draft.id}/policy"), 404)["code"] == "campaign_not_found"


def test_what_the_gates_have_not_judged_has_no_rules_yet() -> None:
    author = make.person()
    row = make.submission(make.campaign(), author, status=SubmissionStatus.SUBMITTED)
    row.current.gate_outcomes.all().delete()
    refused = answer(signed_in(author).get(f"/api/v1/submissions/{row.id}/rules"), 404)
    assert refused["code"] == "not_judged_yet"


def test_admin_shows_policies_and_changes_none(operator: APIClient, client: Any) -> None:
    version = published(operator)
    client.force_login(make.person(Role.OPERATOR))
    for model in ("gatepolicy", "policyversion", "ruleset", "whatif", "rejudgement", "calibration", "scoringhold"):
        assert client.get(f"/admin/curation/{model}/").status_code == 200
    page = client.get(f"/admin/curation/policyversion/{version['id']}/change/")
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert GatePolicy.objects.count() == 2
    assert Campaign.objects.count() == 0
