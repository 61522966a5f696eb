"""Submitted work is fetched, measured, judged and moved: real storage, real decoders, the scorers without a model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from common import storage
from common.errors import ServiceUnavailable
from config.programs import WORKERS
from curation import tasks
from curation.lifecycle import EventKind, SubmissionStatus
from curation.models import Asset, Campaign, Decision, Embedding, Event, GateOutcome, Score, Submission
from curation.record import parse_record
from curation.scoring import registry
from curation.scoring.seam import Embedding as Vector
from curation.scoring.seam import Measurement, Needs, Sample, Scorer, Source
from curation.services import judgings, prechecks, scores, scoring_worker, submissions
from curation.services.cheap_measures import cheap_measurements
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import valid_record
from tests.integration.curation.conftest import Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]


class ColourScorer:
    """A model small enough for tests: a picture's vector is its mean colour."""

    name = "colour"
    metrics = ("image.redness",)
    source = Source("colour-1", "c0" * 32, "mean")
    needs = Needs(picture_px=8)

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.pictures)

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Vector]]:
        return [self._one(sample) for sample in batch]

    def _one(self, sample: Sample) -> list[Measurement | Vector]:
        mean = np.asarray(sample.pictures[0].rgb, np.float32).mean(axis=(0, 1)) + 1
        if mean.max() > 250:
            raise ValueError("too bright to look at")
        return [
            Measurement("image.redness", float(mean[0]), "reference_images.0"),
            Vector("image", "reference_images.0", mean / np.linalg.norm(mean)),
        ]


@pytest.fixture(scope="module")
def using() -> list[Scorer]:
    settings = registry.Settings(weights=Path("weights"), model_cache=Path("var/models"))
    return [*registry.build_scorers(settings, registry.MODEL_FREE), ColourScorer()]


def colour(tmp_path: Path, rgb: tuple[int, int, int], size: tuple[int, int] = (640, 640)) -> bytes:
    from PIL import Image

    noise = np.random.default_rng(sum(rgb)).integers(0, 40, (*size, 3))
    path = tmp_path / "colour.png"
    Image.fromarray((np.asarray(rgb) + noise).clip(0, 255).astype(np.uint8)).save(path)
    return path.read_bytes()


def submitted(campaign: Campaign, image: bytes, *, contributor: User | None = None) -> Submission:
    """A submission with one picture, waiting for scores."""
    owner = contributor or make.person()
    picture = make.asset(owner, image, kind="image", content_type="image/png")
    parts: dict[str, Any] = {"audio": None, "lighting": None, "video": None, "camera": None}
    record = valid_record(image_assets=[picture.id], **parts)
    draft = submissions.create_draft(campaign_id=campaign.id, contributor=owner, record=record, now=timezone.now())
    return submissions.submit(submission_id=draft.id, contributor=owner, now=timezone.now())


def run(using: Sequence[Scorer], now: datetime | None = None) -> int:
    """What a worker does, without its thread: that would not see the test's transaction."""
    clock = (lambda: now) if now else timezone.now
    done = 0
    while batch := scoring_worker.load(using, clock):
        done += scoring_worker.score(batch, using, clock)
    return done


def test_a_submission_is_measured_judged_and_sent_to_review(using: list[Scorer], tmp_path: Path) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (180, 60, 60)))
    assert run(using) == 1
    row = make.submission_of(row.id)
    assert (row.status, row.leased_until, row.attempts) == (SubmissionStatus.IN_REVIEW, None, 0)
    metrics = set(Score.objects.filter(revision=row.current).values_list("metric", flat=True))
    assert {"image.sharpness", "scene.words", "image.redness", "record.exact_duplicates"} <= metrics
    outcome = GateOutcome.objects.get(revision=row.current)
    assert 0 < outcome.overall <= 1
    assert outcome.novelty == 1.0
    assert Embedding.objects.get(revision=row.current).model_id == "colour-1"
    assert list(Event.objects.filter(submission=row).order_by("id").values_list("kind", flat=True)) == [
        EventKind.SUBMITTED,
        EventKind.IN_REVIEW,
    ]


def test_the_very_same_file_is_rejected_and_the_first_one_counts(using: list[Scorer], tmp_path: Path) -> None:
    campaign, image = make.campaign(), colour(tmp_path, (10, 200, 10))
    first, second = submitted(campaign, image), submitted(campaign, image)
    run(using)
    assert make.submission_of(first.id).status == SubmissionStatus.IN_REVIEW
    second = make.submission_of(second.id)
    assert second.status == SubmissionStatus.REJECTED
    decision = Decision.objects.get(revision=second.current)
    assert (decision.outcome, decision.source, decision.reasons) == ("reject", "gates", ["exact_duplicate"])
    assert "first contribution counts" in decision.notes[0]
    assert Event.objects.get(submission=second, kind=EventKind.REJECTED).detail["source"] == "gates"


def test_a_new_revision_is_no_duplicate_of_its_own_first_one(using: list[Scorer], tmp_path: Path) -> None:
    campaign, image = make.campaign(), colour(tmp_path, (10, 10, 200))
    row = submitted(campaign, image)
    run(using)
    Submission.objects.filter(id=row.id).update(status=SubmissionStatus.CHANGES_REQUESTED)
    submissions.submit(submission_id=row.id, contributor=row.contributor, now=timezone.now())
    run(using)
    assert make.submission_of(row.id).status == SubmissionStatus.IN_REVIEW


def test_novelty_is_the_distance_to_the_nearest_accepted_work(using: list[Scorer], tmp_path: Path) -> None:
    campaign = make.campaign()
    accepted = submitted(campaign, colour(tmp_path, (200, 20, 20)))
    run(using)
    Submission.objects.filter(id=accepted.id).update(status=SubmissionStatus.ACCEPTED)
    like = submitted(campaign, colour(tmp_path, (190, 20, 20)))
    unlike = submitted(campaign, colour(tmp_path, (20, 20, 200)))
    run(using)
    novelty = {row.revision.submission_id: row.novelty for row in GateOutcome.objects.select_related("revision")}
    assert novelty[like.id] < 0.02
    assert novelty[unlike.id] > 0.3
    finding = GateOutcome.objects.get(revision__submission=like).findings[0]
    assert (finding["code"], finding["outcome"]) == ("near_duplicate", "review")


def test_a_campaign_overrides_the_gates(using: list[Scorer], tmp_path: Path) -> None:
    strict = make.campaign(policy_overrides={"image_too_small": {"review": 2000, "reject": 1000}})
    row = submitted(strict, colour(tmp_path, (90, 90, 20)))
    run(using)
    assert make.submission_of(row.id).status == SubmissionStatus.REJECTED
    outcome = GateOutcome.objects.get(revision=make.submission_of(row.id).current)
    assert "image_too_small" in {finding["code"] for finding in outcome.findings}
    assert outcome.ruleset.overrides == strict.policy_overrides


def test_one_that_cannot_be_measured_fails_by_name_and_takes_no_other_with_it(
    using: list[Scorer], tmp_path: Path
) -> None:
    campaign = make.campaign()
    bright, good = (submitted(campaign, colour(tmp_path, rgb)) for rgb in ((255, 255, 255), (80, 120, 40)))
    run(using)
    assert make.submission_of(good.id).status == SubmissionStatus.IN_REVIEW
    failed = make.submission_of(bright.id)
    assert failed.status == SubmissionStatus.FAILED
    assert failed.failure["code"] == "scoring_failed"
    assert "too bright to look at" in failed.failure["message"]
    assert not Score.objects.filter(revision=failed.current).exists()


def test_media_that_vanished_fail_by_name(using: list[Scorer], tmp_path: Path) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (1, 2, 3)))
    storage.delete([Asset.objects.get(owner=row.contributor).storage_key])
    run(using)
    assert make.submission_of(row.id).failure["code"] == "media_unreadable"


def test_a_worker_that_dies_leaves_its_work_to_the_next(using: list[Scorer], tmp_path: Path) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (44, 55, 66)))
    now = timezone.now()
    assert len(scores.claim(now=now, limit=3)) == 1  # and the worker dies here
    assert run(using, now) == 0
    assert run(using, now + scores.LEASE + timedelta(seconds=1)) == 1
    assert make.submission_of(row.id).status == SubmissionStatus.IN_REVIEW
    assert GateOutcome.objects.count() == 1


def test_results_of_a_worker_that_lost_its_lease_are_dropped(using: list[Scorer], tmp_path: Path) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (70, 10, 70)))
    now = timezone.now()
    batch = scoring_worker.load(using, lambda: now)
    assert batch is not None
    submissions.withdraw(submission_id=row.id, actor=row.contributor, now=now)
    scoring_worker.score(batch, using, lambda: now)
    assert make.submission_of(row.id).status == SubmissionStatus.WITHDRAWN
    assert not Score.objects.exists()


def test_what_was_tried_before_is_claimed_alone(tmp_path: Path) -> None:
    campaign = make.campaign()
    for level in range(3):
        submitted(campaign, colour(tmp_path, (level, 0, 0)))
    now = timezone.now()
    assert len(scores.claim(now=now, limit=3)) == 3
    later = now + scores.LEASE + timedelta(seconds=1)
    assert [len(scores.claim(now=later, limit=3)) for _ in range(4)] == [1, 1, 1, 0]


def test_one_that_kills_its_worker_every_time_fails_by_name(using: list[Scorer], tmp_path: Path) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (3, 30, 90)))
    now = timezone.now()
    for _ in range(scores.MAX_ATTEMPTS):
        assert len(scores.claim(now=now, limit=3)) == 1  # and the worker dies here
        now += scores.LEASE + timedelta(seconds=1)
    assert run(using, now) == 0
    failed = make.submission_of(row.id)
    assert (failed.status, failed.failure["code"]) == (SubmissionStatus.FAILED, "scoring_failed")


def test_a_whole_record_is_measured_as_the_precheck_foretold(tmp_path: Path, uploaded: Upload) -> None:
    settings = registry.Settings(weights=Path("weights"), model_cache=Path("var/models"))
    using = registry.build_scorers(settings, registry.MODEL_FREE)
    owner = make.person()
    files = {
        "image_assets": [uploaded(owner, media.write_picture(tmp_path / "ball.jpg", size=(900, 600)))["id"]],
        "clip_asset": uploaded(owner, media.write_clip(tmp_path / "shot.mp4", seconds=3, size=(640, 480)))["id"],
        "audio_asset": uploaded(owner, media.write_sound(tmp_path / "roll.wav"))["id"],
        "poses_asset": uploaded(owner, media.write_poses(tmp_path / "path.npy", media.poses(36)))["id"],
        "env_map_asset": uploaded(owner, media.write_map(tmp_path / "sky.exr"))["id"],
    }
    record = valid_record(**files, duration_s=3.0, fps=12)
    now = timezone.now()
    draft = submissions.create_draft(campaign_id=make.campaign().id, contributor=owner, record=record, now=now)
    foretold = prechecks.precheck(submission_id=draft.id, contributor=owner, now=now)
    row = submissions.submit(submission_id=draft.id, contributor=owner, now=now)
    assert run(using) == 1
    row = make.submission_of(row.id)
    assert row.failure == {}
    outcome = GateOutcome.objects.get(revision=row.current)
    found = {(one["code"], one["metric"], one["measured"]) for one in outcome.findings}
    assert {(one["code"], one["metric"], one["measured"]) for one in foretold.findings} <= found
    assert set(outcome.quality) == {"scene", "reference_images", "audio", "camera", "lighting", "video"}
    cheap = cheap_measurements(parse_record(record), {one.id: one for one in Asset.objects.all()})
    stored = {(one.metric, one.part): one.value for one in Score.objects.filter(revision=row.current)}
    without_path = [one for one in cheap if not one.metric.startswith(("camera.", "lighting."))]
    assert len(without_path) > 10
    assert {(one.metric, one.part): one.value for one in without_path} == pytest.approx(
        {key: stored[key] for key in ((one.metric, one.part) for one in without_path)}, abs=1e-6
    )


def test_while_storage_is_away_nothing_is_lost_and_no_attempt_counted(
    using: list[Scorer], tmp_path: Path, settings: Any
) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (7, 8, 9)))
    settings.S3_BUCKET = "no-such-bucket"
    with pytest.raises(ServiceUnavailable):
        run(using)
    waiting = make.submission_of(row.id)
    assert (waiting.status, waiting.leased_until, waiting.attempts) == (SubmissionStatus.SUBMITTED, None, 0)


@pytest.mark.parametrize("limit", ["MAX_BATCH_BYTES", "MAX_BATCH_S"])
def test_a_batch_takes_no_more_than_the_machine_holds(
    using: list[Scorer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    campaign = make.campaign()
    rows = [submitted(campaign, colour(tmp_path, (level * 50, 20, 20))) for level in range(3)]
    Asset.objects.update(facts={"duration_s": 1000.0, "width": 640, "height": 640})
    monkeypatch.setattr(scoring_worker, limit, 1)
    batch = scoring_worker.load(using, timezone.now)
    assert batch is not None
    assert [one.id for one in batch.submissions] == [rows[0].id]
    batch.kept.close()
    others = Submission.objects.filter(id__in=[row.id for row in rows[1:]])
    assert set(others.values_list("leased_until", "attempts")) == {(None, 0)}


def test_a_batch_is_written_in_few_queries(
    using: list[Scorer], tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    campaign = make.campaign()
    for level in range(6):
        submitted(campaign, colour(tmp_path, (level * 30, 90, 20)))
    batch = scoring_worker.load(using, timezone.now)
    assert batch is not None
    judgings.judgings_of([campaign.id], now=timezone.now())  # the first verdict by a policy also stores its rules
    with django_assert_max_num_queries(34 + 6 * 6):
        scoring_worker.score(batch, using, timezone.now)


@pytest.mark.django_db(transaction=True)
def test_a_worker_loads_ahead_and_stops_when_nothing_waits(
    using: list[Scorer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring_worker, "BATCH", 2)
    monkeypatch.setattr(scoring_worker, "FIRST_BATCH", 2)
    campaign = make.campaign()
    rows = [submitted(campaign, colour(tmp_path, (level * 40, 90, 20))) for level in range(5)]
    rows.append(submitted(campaign, colour(tmp_path, (255, 255, 255))))
    assert scoring_worker.score_waiting(using=using, clock=timezone.now) == 8
    statuses = [make.submission_of(row.id).status for row in rows]
    assert statuses == [SubmissionStatus.IN_REVIEW] * 5 + [SubmissionStatus.FAILED]
    assert GateOutcome.objects.count() == 5


def test_one_thread_of_the_worker_is_never_scoring_so_that_it_answers_searches(tmp_path: Path) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (40, 90, 20)))
    _, threads = WORKERS["models"]
    scoring = [tasks.SCORING_AT_ONCE.acquire(blocking=False) for _ in range(threads)]
    try:
        tasks.score_waiting()
        assert make.submission_of(row.id).status == SubmissionStatus.SUBMITTED
    finally:
        tasks.SCORING_AT_ONCE.release(sum(scoring))
    assert scoring == [True] * (threads - 1) + [False]
