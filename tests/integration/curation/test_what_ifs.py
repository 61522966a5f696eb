"""What another policy would change, over stored scores: counted, shown, and changing nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from curation.gating import default_policy, judge
from curation.lifecycle import BuildStatus, SubmissionStatus
from curation.models import Campaign, GateOutcome, Score, Submission, WhatIf
from curation.services import what_ifs
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db


def judged(
    campaign: Campaign, duration_s: float, *, status: SubmissionStatus = SubmissionStatus.IN_REVIEW
) -> Submission:
    """A submission whose stored verdict is what the default policy makes of a clip of this length."""
    row = make.submission(campaign, make.person(), status=status)
    assert row.current
    scores = [
        Score(revision=row.current, metric=metric, part=part, value=value, model_id="m", preprocessing_id="none",
              measured_at=make.NOW)
        for metric, part, value in (("clip.duration_s", "video", duration_s), ("scene.words", "scene", 14.0))
    ]  # fmt: skip
    Score.objects.bulk_create(scores)
    verdict = judge(default_policy(), list(row.current.scores.all()), row.current.record)
    findings = verdict.findings_as_json()
    row.current.gate_outcomes.update(outcome=verdict.outcome, findings=findings, ruleset=make.ruleset())
    return row


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


def ask(operator: User, **asked: Any) -> dict[str, Any]:
    return answer(signed_in(operator).post("/api/v1/policies/what-if", asked))


def test_counts_examples_and_histogram_of_a_stricter_bound(operator: User) -> None:
    campaign = make.campaign()
    rows = [judged(campaign, length) for length in (1.0, 3.0, 5.0)]
    judged(campaign, 3.5, status=SubmissionStatus.ACCEPTED)
    before = list(GateOutcome.objects.order_by("id").values())
    found = ask(operator, campaign=str(campaign.id), overrides={"clip_too_short": {"reject": 4.0}})["result"]
    moved = {(one["status"], one["before"], one["after"]): one["count"] for one in found["transitions"]}
    assert moved == {
        ("in_review", "reject", "reject"): 1,
        ("in_review", "review", "reject"): 1,
        ("in_review", "review", "review"): 1,
        ("accepted", "review", "reject"): 1,
    }
    assert (found["judged"], found["changed"]) == (4, 2)
    assert found["rules"] == {"clip_too_short": {"appear": 2, "disappear": 0, "stay": 1}}
    assert str(rows[1].id) in {one["submission"] for one in found["examples"]}
    [sentence] = [one["appear"][0]["message"] for one in found["examples"] if one["submission"] == str(rows[1].id)]
    assert "measured 3 s" in sentence
    assert "at least 4 s" in sentence
    [histogram] = found["histograms"]
    assert (histogram["metric"], histogram["scale"], sum(histogram["counts"])) == ("clip.duration_s", "value", 4)
    assert {(line["side"], line["reject"]) for line in histogram["lines"]} == {("before", 2.0), ("after", 4.0)}
    assert list(GateOutcome.objects.order_by("id").values()) == before


def test_nothing_changes_where_nothing_is_asked(operator: User) -> None:
    judged(make.campaign(), 5.0)
    found = ask(operator)["result"]
    assert (found["changed"], found["rules"], found["examples"], found["histograms"]) == (0, {}, [], [])


def test_each_campaign_keeps_its_overrides_unless_they_are_taken_away(operator: User) -> None:
    lenient = make.campaign(policy_overrides={"clip_too_short": {"reject": 0.5}})
    judged(lenient, 1.0)
    judged(make.campaign(), 1.0)
    kept = ask(operator)["result"]["transitions"]
    assert {(one["before"], one["after"]) for one in kept} == {("reject", "reject"), ("reject", "review")}
    away = ask(operator, overrides={"clip_too_short": None})["result"]["transitions"]
    assert [(one["before"], one["after"], one["count"]) for one in away] == [("reject", "reject", 2)]


def test_draft_and_version_can_be_asked_about(operator: User) -> None:
    judged(make.campaign(), 3.0)
    client = signed_in(operator)
    policy = answer(client.post("/api/v1/policies", {"name": "Long"}), 201)
    rules = default_policy().overridden({"clip_too_short": {"reject": 4.0}}).as_json()
    answer(client.put(f"/api/v1/policies/{policy['id']}/draft", {"rules": rules}))
    assert ask(operator, draft_of=policy["id"])["result"]["changed"] == 1
    version = answer(client.post(f"/api/v1/policies/{policy['id']}/versions", {"note": "n"}), 201)
    assert ask(operator, version=version["id"])["result"]["changed"] == 1
    both = {"version": version["id"], "rules": rules}
    assert client.post("/api/v1/policies/what-if", both).status_code == 400


def test_candidate_that_does_not_fit_a_campaign_is_refused_by_its_name(operator: User) -> None:
    judged(make.campaign(title="Quiet films", policy_overrides={"audio_silent": {"enabled": False}}), 5.0)
    rules = default_policy().overridden({"audio_silent": {"enabled": False}}).as_json()
    refused = answer(signed_in(operator).post("/api/v1/policies/what-if", {"rules": rules}), 400)
    assert refused["code"] == "bad_policy"
    assert "Quiet films" in refused["message"]


def test_long_question_is_answered_by_a_worker_with_progress(operator: User) -> None:
    judged(make.campaign(), 3.0)
    asked = {"overrides": {"clip_too_short": {"reject": 4.0}}, "actor": operator, "now": timezone.now()}
    row = what_ifs.ask(**asked, at_once_s=-1)
    assert (row.status, row.result, row.total) == (BuildStatus.BUILDING, {}, 1)
    assert what_ifs.answer_next(clock=timezone.now)
    found = answer(signed_in(operator).get(f"/api/v1/what-ifs/{row.id}"))
    assert (found["status"], found["done"], found["total"]) == ("ready", 1, 1)
    assert found["result"] == what_ifs.ask(**asked).result
    assert not what_ifs.answer_next(clock=timezone.now)


def test_too_much_for_a_request_is_left_to_a_worker_but_wrong_rules_are_refused_at_once(
    operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        judged(make.campaign(), 3.0)
    monkeypatch.setattr(what_ifs, "MOST_AT_ONCE", 1)
    client = signed_in(operator)
    waiting = answer(client.post("/api/v1/policies/what-if", {}), 202)
    assert (waiting["status"], waiting["result"]) == ("building", {})
    assert answer(client.post("/api/v1/policies/what-if", {"rules": {"version": 1}}), 400)["code"] == "bad_policy"
    assert WhatIf.objects.count() == 1


def test_worker_that_died_is_followed_by_another_and_one_that_cannot_answer_says_why(operator: User) -> None:
    campaign = make.campaign()
    judged(campaign, 3.0)
    row = what_ifs.ask(actor=operator, now=timezone.now(), at_once_s=-1)
    WhatIf.objects.update(leased_until=timezone.now() + timedelta(seconds=30), attempts=1)  # and it dies here
    assert not what_ifs.answer_next(clock=timezone.now)
    Campaign.objects.update(policy_overrides={"no_such_rule": {"review": 1}})
    assert what_ifs.answer_next(clock=lambda: timezone.now() + timedelta(seconds=40))
    row.refresh_from_db()
    assert (row.status, row.failure["code"]) == (BuildStatus.FAILED, "bad_policy")
    assert campaign.title in row.failure["message"]


def test_command_prints_what_would_change(capsys: pytest.CaptureFixture[str]) -> None:
    campaign = make.campaign()
    judged(campaign, 3.0)
    call_command("gate_what_if", "--override", "clip_too_short.reject=4", "--campaign", str(campaign.id))
    said = capsys.readouterr().out
    assert "in_review" in said
    assert "clip_too_short" in said
    assert "review -> reject" in said
