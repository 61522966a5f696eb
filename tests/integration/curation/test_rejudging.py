"""Stored scores judged again: what is written, what may move, and what happens when a worker dies over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from curation.gating import default_policy, judge
from curation.lifecycle import BuildStatus, CampaignStatus, SubmissionStatus
from curation.models import Campaign, Decision, Embedding, Event, GateOutcome, Rejudgement, Score, Submission
from curation.models.reviews import Review
from curation.services import campaigns, gate_policies, gate_verdicts, rejudging
from curation.trusting.standing import Level
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)
STRICTER = {"clip_too_short": {"reject": 4.0}}
LENIENT = {"clip_too_short": {"reject": 0.5}}


def judged(campaign: Campaign, duration_s: float) -> Submission:
    """A submission as scoring leaves it: under review, or rejected by the gates with its decision."""
    row = make.submission(campaign, make.person(), status=SubmissionStatus.SUBMITTED)
    assert row.current
    Score.objects.create(
        revision=row.current, metric="clip.duration_s", part="video", value=duration_s, model_id="m",
        preprocessing_id="none", measured_at=make.NOW,
    )  # fmt: skip
    verdict = judge(default_policy(), list(row.current.scores.all()), row.current.record)
    findings = verdict.findings_as_json()
    row.current.gate_outcomes.update(outcome=verdict.outcome, findings=findings, overall=verdict.overall)
    make.embedding(row.current, [1.0, 0.0])
    Decision.objects.bulk_create(gate_verdicts.move_as(verdict, row, level=Level.NEW, now=make.NOW))
    return make.submission_of(row.id)


@pytest.fixture
def operator() -> User:
    return make.person(Role.OPERATOR)


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign()


@pytest.fixture
def change(operator: User, campaign: Campaign) -> Callable[[dict[str, Any]], None]:
    """Put the campaign under other overrides."""

    def act(overrides: dict[str, Any]) -> None:
        campaigns.change_policy(
            campaign_id=campaign.id, version_id=gate_policies.default_version(now=make.NOW).id, overrides=overrides,
            note="Changed in a test.", actor=operator, now=LATER,
        )  # fmt: skip

    return act


def run(operator: User, campaign: Campaign, *, now: datetime = LATER, **allowed: bool) -> Rejudgement:
    options = {"reject_in_review": False, "reopen_rejected": False} | allowed
    job = rejudging.start(campaign_id=campaign.id, actor=operator, now=now, **options)
    assert rejudging.work_next(clock=lambda: now)
    job.refresh_from_db()
    assert (job.status, job.failure) == (BuildStatus.READY, {})
    return job


def newest(row: Submission) -> GateOutcome:
    return GateOutcome.objects.filter(revision=row.current).order_by("-judged_at", "-id")[0]


def test_new_verdict_is_written_and_the_status_left_unless_asked(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None]
) -> None:
    short, long = judged(campaign, 3.0), judged(campaign, 9.0)
    change(STRICTER)
    job = run(operator, campaign)
    assert job.counts == {"would_be_rejected": 1, "review_to_review": 1}
    assert (job.done, job.total) == (2, 2)
    assert [newest(row).outcome for row in (short, long)] == ["reject", "review"]
    assert GateOutcome.objects.filter(revision=short.current).count() == 2
    assert newest(short).ruleset.overrides == STRICTER
    assert newest(short).novelty == 0.5
    assert make.submission_of(short.id).status == SubmissionStatus.IN_REVIEW


def test_what_the_gates_now_reject_is_rejected_where_asked(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None]
) -> None:
    short = judged(campaign, 3.0)
    change(STRICTER)
    job = run(operator, campaign, reject_in_review=True)
    assert job.counts == {"rejected": 1}
    assert make.submission_of(short.id).status == SubmissionStatus.REJECTED
    decision = Decision.objects.get(revision=short.current)
    assert (decision.source, decision.reasons) == ("gates", ["clip_too_short"])
    assert "at least 4 s" in decision.notes[0]
    event = Event.objects.filter(submission=short, kind="rejected").get()
    assert event.detail["rejudgement"] == str(job.id)


@pytest.mark.parametrize("hand", ["cast", "leased"])
def test_what_people_have_begun_to_judge_is_left_to_them(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None], hand: str
) -> None:
    short = judged(campaign, 3.0)
    assert short.current
    Review.objects.create(
        revision=short.current, reviewer=make.person(Role.REVIEWER), status=hand,
        verdict="approve" if hand == "cast" else "", leased_until=LATER + timedelta(minutes=5), created_at=make.NOW,
    )  # fmt: skip
    change(STRICTER)
    assert run(operator, campaign, reject_in_review=True).counts == {"left_to_reviewers": 1}
    assert make.submission_of(short.id).status == SubmissionStatus.IN_REVIEW
    assert newest(short).outcome == "reject"


def test_rejection_by_gates_is_reopened_as_the_next_revision_where_asked(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None]
) -> None:
    short = judged(campaign, 1.0)
    assert short.status == SubmissionStatus.REJECTED
    change(LENIENT)
    assert run(operator, campaign).counts == {"would_be_reopened": 1}
    assert make.submission_of(short.id).status == SubmissionStatus.REJECTED
    assert run(operator, campaign, reopen_rejected=True).counts == {"reopened": 1}
    again = make.submission_of(short.id)
    assert again.current
    assert short.current
    assert (again.status, again.current.number) == (SubmissionStatus.IN_REVIEW, 2)
    assert again.current.record_sha256 == short.current.record_sha256
    facts = [
        set(Score.objects.filter(revision=r).values_list("metric", "value")) for r in (short.current, again.current)
    ]
    assert facts[0] == facts[1]
    assert Embedding.objects.filter(revision=again.current).count() == 1
    placed = [set(r.placements.values_list("path", "asset")) for r in (short.current, again.current)]
    assert placed[0] == placed[1]
    assert Decision.objects.get(revision=short.current).source == "gates"
    assert not Decision.objects.filter(revision=again.current).exists()
    kinds = list(Event.objects.filter(submission=short).order_by("id").values_list("kind", flat=True))
    assert kinds == ["rejected", "submitted", "in_review"]
    assert Event.objects.get(submission=short, kind="submitted").detail["reopened"] is True


def test_rejection_stays_where_the_campaign_is_closed_or_another_came_first(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None]
) -> None:
    short = judged(campaign, 1.0)
    change(LENIENT)
    other = make.submission(make.campaign(), make.person(), media={"video.asset": f"{short.id} video.asset".encode()})
    assert run(operator, campaign, reopen_rejected=True).counts == {"not_reopened_contributed_meanwhile": 1}
    Submission.objects.filter(id=other.id).update(status=SubmissionStatus.WITHDRAWN)
    Campaign.objects.filter(id=campaign.id).update(status=CampaignStatus.CLOSED)
    assert run(operator, campaign, reopen_rejected=True).counts == {"not_reopened_campaign_not_open": 1}
    assert make.submission_of(short.id).status == SubmissionStatus.REJECTED


def test_what_people_decided_is_not_judged_again(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None]
) -> None:
    for status in (SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED, SubmissionStatus.CHANGES_REQUESTED):
        make.submission(campaign, make.person(), status=status)
    before = GateOutcome.objects.count()
    change(STRICTER)
    assert run(operator, campaign, reject_in_review=True, reopen_rejected=True).total == 0
    assert GateOutcome.objects.count() == before


def test_judging_again_by_the_same_rules_writes_nothing(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None]
) -> None:
    judged(campaign, 3.0)
    change(STRICTER)
    run(operator, campaign)
    count = GateOutcome.objects.count()
    assert run(operator, campaign).counts == {"judged_by_these_rules_already": 1}
    assert GateOutcome.objects.count() == count
    change({})
    assert run(operator, campaign).counts == {"reject_to_review": 1}
    assert GateOutcome.objects.count() == count + 1


def test_worker_that_dies_is_followed_where_it_stopped(
    operator: User,
    campaign: Campaign,
    change: Callable[[dict[str, Any]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [judged(campaign, 3.0) for _ in range(5)]
    change(STRICTER)
    monkeypatch.setattr(rejudging, "BATCH", 2)
    options = {"reject_in_review": True, "reopen_rejected": False}
    job = rejudging.start(campaign_id=campaign.id, actor=operator, now=LATER, **options)
    calls = []

    class Died(BaseException):
        """As a killed process: nothing catches it."""

    def dying_clock() -> datetime:
        calls.append(1)
        if len(calls) > 3:
            raise Died
        return LATER

    with pytest.raises(Died):
        rejudging.work_next(clock=dying_clock)
    job.refresh_from_db()
    assert (job.done, job.after, job.status) == (4, rows[3].id, BuildStatus.BUILDING)
    assert not rejudging.work_next(clock=lambda: LATER)  # its lease still runs
    assert rejudging.work_next(clock=lambda: LATER + timedelta(minutes=5))
    job.refresh_from_db()
    assert (job.status, job.done, job.counts) == (BuildStatus.READY, 5, {"rejected": 5})
    assert Decision.objects.count() == 5


def test_worker_that_lost_its_lease_writes_nothing(
    operator: User, campaign: Campaign, change: Callable[[dict[str, Any]], None]
) -> None:
    short = judged(campaign, 3.0)
    change(STRICTER)
    rejudging.start(campaign_id=campaign.id, reject_in_review=True, reopen_rejected=False, actor=operator, now=LATER)
    times = iter([LATER])

    def clock() -> datetime:
        if (now := next(times, None)) is None:  # between claim and first batch another worker takes it
            Rejudgement.objects.update(leased_until=timezone.now() + timedelta(days=1))
            return LATER
        return now

    assert rejudging.work_next(clock=clock)
    assert make.submission_of(short.id).status == SubmissionStatus.IN_REVIEW
    assert GateOutcome.objects.filter(revision=short.current).count() == 1


def test_one_at_a_time_through_http_and_its_progress(operator: User, campaign: Campaign) -> None:
    client = signed_in(operator)
    judged(campaign, 3.0)
    job = answer(client.post("/api/v1/rejudgements", {"campaign": str(campaign.id)}), 201)
    assert (job["status"], job["total"], job["done"]) == ("building", 1, 0)
    assert answer(client.post("/api/v1/rejudgements", {}), 409)["code"] == "already_rejudging"
    assert rejudging.work_next(clock=timezone.now)
    assert answer(client.get(f"/api/v1/rejudgements/{job['id']}"))["status"] == "ready"
    assert [one["id"] for one in answer(client.get("/api/v1/rejudgements"))["results"]] == [job["id"]]
