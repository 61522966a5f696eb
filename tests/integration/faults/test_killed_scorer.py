"""A scoring worker that is killed loses nothing and doubles nothing: the small sibling of test_kill_nine."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from config import embedded
from curation.models import Campaign
from curation.models.reviews import Verdict
from curation.scoring import registry
from curation.scoring.registry import Settings
from curation.scoring.seam import Scorer
from curation.services import campaigns, reviews, scores, scoring_worker, submissions
from curation.services.reviews import NothingToReview
from rewards.tasks import credit_waiting
from tests.factories import curation as make
from tests.factories.records import blueprint
from tests.integration.faults.books import assert_settled, read_books
from tests.services import REPO, SLOT, VAR

pytestmark = pytest.mark.django_db(transaction=True)
SUBMISSIONS, SEED = 6, 7
WORKER = """
import django; django.setup()
from django.conf import settings
from django.utils import timezone
from curation.scoring import registry
from curation.services import scoring_worker
using = registry.build_scorers(registry.Settings(settings.WEIGHTS, settings.MODEL_CACHE), registry.MODEL_FREE)
scoring_worker.BATCH = scoring_worker.FIRST_BATCH = 2
print("ready", flush=True)
while True:
    scoring_worker.score_waiting(using=using, clock=timezone.now)
"""


def model_free() -> list[Scorer]:
    """Every scorer that needs no model: what is tested here is who writes, not what."""
    return registry.build_scorers(Settings(settings.WEIGHTS, settings.MODEL_CACHE), registry.MODEL_FREE)


def kill_a_worker(environment: dict[str, str], *, after_s: float) -> None:
    """Start a scoring worker and kill it so long after it began to work."""
    command = [sys.executable, "-c", WORKER]
    with subprocess.Popen(command, cwd=REPO, env=environment, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == b"ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(after_s)
        worker.kill()


def judge_everything(reviewers: list[User]) -> None:
    for reviewer in reviewers:
        while True:
            try:
                review = reviews.take_next(reviewer=reviewer, now=timezone.now())
            except NothingToReview:
                break
            reviews.cast_vote(
                review_id=review.id, reviewer=reviewer, verdict=Verdict.APPROVE, reasons=[], now=timezone.now()
            )


@pytest.fixture
def campaign() -> Campaign:
    made = make.campaign()
    operator = make.person(Role.OPERATOR)
    return campaigns.fund_campaign(campaign_id=made.id, actor=operator, amount_wei=10**21, now=timezone.now())


def test_a_killed_scoring_worker_loses_nothing_and_doubles_nothing(
    campaign: Campaign, child_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    contributor = make.person()
    for _ in range(SUBMISSIONS):
        made = {"campaign_id": campaign.id, "contributor": contributor, "now": timezone.now()}
        draft = submissions.create_draft(record=blueprint(), **made)
        submissions.submit(submission_id=draft.id, contributor=contributor, now=timezone.now())
    kill_a_worker(child_environment, after_s=random.Random(SEED).uniform(0, 0.2))
    later = timezone.now() + 2 * scores.LEASE + timedelta(seconds=1)
    scoring_worker.score_waiting(using=model_free(), clock=lambda: later)
    judge_everything([make.person(Role.REVIEWER), make.person(Role.REVIEWER)])
    credit_waiting()
    assert_settled(read_books(embedded.plan(VAR).postgres_url("app", SLOT.database)), submissions=SUBMISSIONS)
