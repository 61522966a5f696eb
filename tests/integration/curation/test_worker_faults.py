"""Faults around the workers: storage away, a broken probe, an interrupted pass, work longer than its lease."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from common import leases
from common.errors import ServiceUnavailable
from curation.lifecycle import AssetStatus, SubmissionStatus
from curation.models import Asset, Submission
from curation.probing import ProbeBroken
from curation.scoring.scene_text import SceneTextScorer
from curation.scoring.seam import Embedding, Measurement, Sample
from curation.services import scoring_worker, submissions, uploads, verification
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import blueprint
from tests.integration.curation.conftest import signed_in, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]


class StoppedScorer(SceneTextScorer):
    """What a worker looks like to its models when it is told to stop."""

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        raise SystemExit("told to stop")


def waiting(count: int) -> list[Submission]:
    campaign, ana = make.campaign(), make.person()
    drafts = [
        submissions.create_draft(campaign_id=campaign.id, contributor=ana, record=blueprint(), now=timezone.now())
        for _ in range(count)
    ]
    return [submissions.submit(submission_id=one.id, contributor=ana, now=timezone.now()) for one in drafts]


def picture_to_verify(tmp_path: Path) -> Asset:
    asset = upload(signed_in(make.person()), media.write_picture(tmp_path / "a.png"))
    return Asset.objects.get(id=asset["id"])


def test_while_storage_is_away_files_wait_and_no_attempt_is_counted(tmp_path: Path, settings: Any) -> None:
    asset = picture_to_verify(tmp_path)
    settings.S3_BUCKET = "no-such-bucket"
    with pytest.raises(ServiceUnavailable):
        verification.verify(verification.claim(now=timezone.now()), clock=timezone.now)
    asset.refresh_from_db()
    assert (asset.status, asset.leased_until, asset.attempts) == (AssetStatus.VERIFYING, None, 0)


def test_a_broken_probe_is_tried_three_times_and_then_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = picture_to_verify(tmp_path)

    def broken(*_: object, **__: object) -> None:
        raise ProbeBroken("a library is missing")

    monkeypatch.setattr(verification, "probe", broken)
    for attempt in (1, 2):
        verification.verify(verification.claim(now=timezone.now()), clock=timezone.now)
        asset.refresh_from_db()
        assert (asset.status, asset.attempts, asset.leased_until) == (AssetStatus.VERIFYING, attempt, None)
    verification.verify(verification.claim(now=timezone.now()), clock=timezone.now)
    asset.refresh_from_db()
    assert (asset.status, asset.refusal["code"]) == (AssetStatus.REFUSED, "verification_failed")


def test_of_two_requests_that_open_an_upload_at_once_both_get_links_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    ana = make.person()
    asset = uploads.start(owner=ana, name="a.wav", size=10, declared_type="", now=timezone.now())
    first = uploads.part_links(asset_id=asset.id, owner=ana, numbers=[1])
    late = uploads._open_multipart(asset)  # it read the row before the first request wrote it
    assert late == Asset.objects.get(id=asset.id).upload_id
    assert late in first[0].url


@pytest.mark.django_db(transaction=True)
def test_what_was_loaded_ahead_of_an_interrupted_pass_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring_worker, "BATCH", 1)
    monkeypatch.setattr(scoring_worker, "FIRST_BATCH", 1)
    first, second = waiting(2)
    with pytest.raises(SystemExit):
        scoring_worker.score_waiting(using=[StoppedScorer()], clock=timezone.now)
    ahead = Submission.objects.get(id=second.id)
    assert (ahead.status, ahead.leased_until, ahead.attempts) == (SubmissionStatus.SUBMITTED, None, 0)
    held = Submission.objects.get(id=first.id)
    assert (held.status, held.attempts) == (SubmissionStatus.SUBMITTED, 1)
    assert held.leased_until


@pytest.mark.django_db(transaction=True)
def test_work_that_outlasts_its_lease_keeps_it() -> None:
    waiting(1)
    started, lease, renewed = timezone.now(), timedelta(seconds=0.3), threading.Event()
    [row] = leases.claim(Submission.objects.filter(status="submitted"), limit=1, lease=lease, now=started)
    calls: list[int] = []

    def clock() -> datetime:
        calls.append(1)
        if len(calls) == 2:  # the first renewal is written by the time of the second
            renewed.set()
        return started + timedelta(hours=len(calls))

    with leases.held([row], lease=lease, clock=clock) as holding:
        assert renewed.wait(timeout=20)
        holding.settle(row)
    assert row.leased_until is not None
    assert row.leased_until > started + timedelta(minutes=59)
    with transaction.atomic():
        assert leases.still_held(row)
        Submission.objects.update(leased_until=started)
        assert leases.ours([row]) == []
    leases.put_back([row], blameless=True)
    assert Submission.objects.get().leased_until == started
