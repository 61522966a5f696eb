"""A draft is measured in two tiers, once per record, and what was measured is taken over when it is submitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from accounts.models import User
from common.errors import ServiceUnavailable
from curation.lifecycle import MeasuringStatus, SubmissionStatus
from curation.models import Asset, Campaign, DraftMeasurement, Embedding, Score, Submission
from curation.scoring import registry
from curation.scoring.seam import Embedding as Vector
from curation.scoring.seam import Measurement, Sample, Scorer
from curation.scoring.tiers import Tier
from curation.services import draft_measurements, draft_worker, prechecks, scoring_worker, submissions
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import blueprint, valid_record
from tests.integration.curation.conftest import Upload, answer, signed_in, upload, verify_all
from tests.integration.curation.test_killed_workers import worker_stopped_at
from tests.integration.curation.test_scoring_worker import ColourScorer, colour, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]
PICTURE_ALONE: dict[str, Any] = {"audio": None, "lighting": None, "video": None, "camera": None}


class CountingScorer(ColourScorer):
    """Counts the samples it was asked to look at."""

    def __init__(self) -> None:
        self.looked_at = 0

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Vector]]:
        self.looked_at += len(batch)
        return super().score(batch)


@pytest.fixture
def model() -> CountingScorer:
    return CountingScorer()


@pytest.fixture
def using(model: CountingScorer) -> list[Scorer]:
    settings = registry.Settings(weights=Path("weights"), model_cache=Path("var/models"))
    return [*registry.build_scorers(settings, registry.MODEL_FREE), model]


def draft(owner: User, image: bytes, *, campaign: Campaign | None = None, **parts: Any) -> Submission:
    picture = make.asset(owner, image, kind="image", content_type="image/png")
    Asset.objects.filter(id=picture.id).update(facts={"width": 640, "height": 640})
    record = valid_record(image_assets=[picture.id], **PICTURE_ALONE | parts)
    campaign_id = (campaign or make.campaign()).id
    return submissions.create_draft(campaign_id=campaign_id, contributor=owner, record=record, now=timezone.now())


def noise(tmp_path: Path) -> bytes:
    pixels = np.random.default_rng(1).normal(120, 40, (640, 640, 3))
    Image.fromarray(pixels.clip(0, 240).astype(np.uint8)).save(tmp_path / "noise.png")
    return (tmp_path / "noise.png").read_bytes()


def page(row: Submission) -> str:
    return f"/api/v1/submissions/{row.id}/precheck"


def statuses(told: dict[str, Any]) -> tuple[str, str]:
    return told["tiers"]["model_free"]["status"], told["tiers"]["models"]["status"]


def work(tier: Tier, using: Sequence[Scorer]) -> int:
    done = 0
    while found := draft_worker.measure_next(tier, using=using, clock=timezone.now):
        done += found
    return done


def test_each_tier_tells_what_it_found_as_soon_as_it_found_it(using: list[Scorer], tmp_path: Path) -> None:
    ana = make.person()
    row, client = draft(ana, noise(tmp_path)), signed_in(ana)
    assert statuses(answer(client.get(page(row)))) == ("not_started", "not_started")
    assert statuses(answer(client.post(page(row)))) == ("waiting", "waiting")
    assert "image.noise_sigma" not in {finding["metric"] for finding in answer(client.get(page(row)))["findings"]}
    assert work(Tier.MODEL_FREE, using) == 1
    told = answer(client.get(page(row)))
    assert statuses(told) == ("ready", "waiting")
    [noisy] = [finding for finding in told["findings"] if finding["metric"] == "image.noise_sigma"]
    assert noisy["measured"] > 12
    assert noisy["asked"]
    assert noisy["fix"]
    assert work(Tier.MODELS, using) == 1
    told = answer(client.get(page(row)))
    assert statuses(told) == ("ready", "ready")
    assert told["tiers"]["models"]["measured_at"]
    assert {"image.noise_sigma", "image.redness"} <= {one["metric"] for one in told["measured"]}
    stored = DraftMeasurement.objects.get(tier=Tier.MODELS).measured
    assert "image.redness" in str(stored)


def test_polling_with_the_etag_costs_nothing_until_something_changed(using: list[Scorer], tmp_path: Path) -> None:
    ana = make.person()
    row, client = draft(ana, colour(tmp_path, (90, 90, 90))), signed_in(ana)
    client.post(page(row))
    first = client.get(page(row))
    again = client.get(page(row), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    work(Tier.MODEL_FREE, using)
    assert client.get(page(row), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_draft_that_is_being_measured_says_so(tmp_path: Path) -> None:
    ana = make.person()
    row, client = draft(ana, colour(tmp_path, (90, 90, 90))), signed_in(ana)
    client.post(page(row))
    draft_measurements.claim(Tier.MODEL_FREE, now=timezone.now(), limit=1)
    assert statuses(answer(client.get(page(row)))) == ("running", "waiting")


def test_an_unchanged_draft_is_measured_once_and_a_changed_one_again(
    using: list[Scorer], model: CountingScorer, tmp_path: Path
) -> None:
    ana = make.person()
    row, client = draft(ana, colour(tmp_path, (90, 90, 90))), signed_in(ana)
    for _ in range(3):
        client.post(page(row))
        work(Tier.MODELS, using)
    assert (model.looked_at, DraftMeasurement.objects.count()) == (1, 2)
    record = row.draft | {"scene": row.draft["scene"] | {"style": ["plain", "bright"]}}
    submissions.replace_draft(submission_id=row.id, contributor=ana, record=record, now=timezone.now())
    assert statuses(answer(client.get(page(row)))) == ("not_started", "not_started")
    client.post(page(row))
    assert work(Tier.MODELS, using) == 1
    assert model.looked_at == 2


def test_submitting_what_was_measured_runs_no_model_again(
    using: list[Scorer], model: CountingScorer, tmp_path: Path
) -> None:
    ana, ben = make.person(), make.person()
    image = colour(tmp_path, (120, 80, 60))
    row = draft(ana, image)
    signed_in(ana).post(page(row))
    work(Tier.MODEL_FREE, using)
    work(Tier.MODELS, using)
    looked_at = model.looked_at
    submissions.submit(submission_id=row.id, contributor=ana, now=timezone.now())
    assert run(using) == 0  # nothing had to be loaded
    assert model.looked_at == looked_at
    taken = make.submission_of(row.id)
    assert taken.status == SubmissionStatus.IN_REVIEW
    fresh = draft(ben, image, campaign=make.campaign())
    submissions.submit(submission_id=fresh.id, contributor=ben, now=timezone.now())
    assert run(using) == 1
    measured = make.submission_of(fresh.id)

    def values(of: Submission) -> list[tuple[Any, ...]]:
        rows = Score.objects.filter(revision=of.current).exclude(model_id="platform-1").order_by("metric", "part")
        return list(rows.values_list("metric", "part", "value", "model_id", "weights_sha256", "preprocessing_id"))

    assert values(taken) == values(measured)
    one, other = Embedding.objects.filter(revision__in=[taken.current_id, measured.current_id])
    assert one.vector == other.vector


def test_other_scorers_than_those_that_measured_the_draft_measure_anew(using: list[Scorer], tmp_path: Path) -> None:
    ana = make.person()
    row = draft(ana, colour(tmp_path, (120, 80, 60)))
    signed_in(ana).post(page(row))
    work(Tier.MODEL_FREE, using)
    work(Tier.MODELS, using)
    submissions.submit(submission_id=row.id, contributor=ana, now=timezone.now())
    DraftMeasurement.objects.filter(tier=Tier.MODELS).update(scorers_sha256="0" * 64)
    assert run(using) == 1


def test_files_that_are_here_already_are_named_with_their_place(using: list[Scorer], tmp_path: Path) -> None:
    ana, ben = make.person(), make.person()
    image = colour(tmp_path, (120, 80, 60))
    first = draft(ana, image)
    submissions.submit(submission_id=first.id, contributor=ana, now=timezone.now())
    run(using)
    same, like = draft(ben, image), draft(ben, colour(tmp_path, (122, 80, 60)))
    for row in (same, like):
        signed_in(ben).post(page(row))
    work(Tier.MODEL_FREE, using)
    work(Tier.MODELS, using)
    told = answer(signed_in(ben).get(page(same)))
    assert {"path": "reference_images[0].asset", "kind": "exact", "similarity": 1.0} in told["duplicates"]
    assert told["findings"][0]["code"] == "exact_duplicate"
    told = answer(signed_in(ben).get(page(like)))
    assert [(one["path"], one["kind"]) for one in told["duplicates"]] == [("reference_images.0", "near")]
    assert "near_duplicate" in {finding["code"] for finding in told["findings"]}


def test_submitted_work_is_measured_before_drafts(
    using: list[Scorer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, order = make.person(), []
    waiting = [draft(ana, colour(tmp_path, (level, 40, 40))) for level in (10, 60)]
    for row in waiting:
        signed_in(ana).post(page(row))
    late = draft(ana, colour(tmp_path, (200, 40, 40)))
    submissions.submit(submission_id=late.id, contributor=ana, now=timezone.now())
    monkeypatch.setattr(draft_worker, "BATCH", 1)
    real_record, real_scores = draft_measurements.record, scoring_worker.scores.record
    monkeypatch.setattr(
        draft_measurements, "record", lambda found, **more: (order.extend("d" * len(found)), real_record(found, **more))
    )
    monkeypatch.setattr(
        scoring_worker.scores,
        "record",
        lambda batch, **more: (order.extend("s" * len(batch)), real_scores(batch, **more)),
    )
    monkeypatch.setattr(scoring_worker, "score_waiting", lambda *, using, clock: run(using))
    monkeypatch.setattr(scoring_worker, "scorers", lambda: tuple(using))
    from curation.tasks import score_waiting

    score_waiting.run()
    assert "".join(order) == "sdd"


def test_a_person_has_a_share_of_the_models_and_is_told_when_it_is_used_up(tmp_path: Path, settings: Any) -> None:
    ana, ben = make.person(), make.person()
    rows = [draft(ana, colour(tmp_path, (level, 9, 9))) for level in range(5)]
    for row in rows[:3]:
        assert signed_in(ana).post(page(row)).status_code == 200
    refused = answer(signed_in(ana).post(page(rows[3])), 429)
    assert refused["code"] == "too_many_prechecks"
    assert not DraftMeasurement.objects.filter(submission=rows[3]).exists()
    assert signed_in(ana).post(page(rows[0])).status_code == 200  # asked before: it costs nothing
    assert signed_in(ben).post(page(draft(ben, colour(tmp_path, (1, 1, 1))))).status_code == 200
    DraftMeasurement.objects.update(status=MeasuringStatus.READY)
    settings.PRECHECKS_PER_HOUR = 4
    assert signed_in(ana).post(page(rows[3])).status_code == 200
    assert "minutes" in answer(signed_in(ana).post(page(rows[4])), 429)["message"]
    DraftMeasurement.objects.update(asked_at=timezone.now() - timedelta(minutes=61))
    assert signed_in(ana).post(page(rows[4])).status_code == 200


def test_what_cannot_be_submitted_is_not_measured(tmp_path: Path) -> None:
    ana = make.person()
    row = draft(ana, colour(tmp_path, (1, 1, 1)), campaign=make.campaign(required_modalities=["camera"]))
    assert answer(signed_in(ana).post(page(row)), 422)["code"] == "modality_missing"
    assert signed_in(make.person()).post(page(row)).status_code == 404
    assert not DraftMeasurement.objects.exists()


def test_the_last_file_that_is_verified_starts_the_tier_that_needs_no_model(tmp_path: Path) -> None:
    ana = make.person()
    client = signed_in(ana)
    assets = [
        upload(client, media.write_picture(tmp_path / "a.png", size=(640, 640))),
        upload(client, media.write_picture(tmp_path / "b.png", size=(640, 640), seed=3)),
    ]
    record = blueprint(reference_images=[{"asset": asset["id"], "role": "style", "subject": None} for asset in assets])
    body = {"campaign": str(make.campaign().id), "record": record}
    row = Submission.objects.get(id=answer(client.post("/api/v1/submissions", body), 201)["id"])
    assert not DraftMeasurement.objects.exists()
    verify_all()
    assert statuses(answer(client.get(page(row)))) == ("waiting", "not_started")
    assert work(Tier.MODEL_FREE, draft_worker.model_free_scorers()) == 1
    assert statuses(answer(client.get(page(row)))) == ("ready", "not_started")


def test_a_draft_that_no_scorer_survives_fails_by_name_and_can_be_asked_again(
    using: list[Scorer], tmp_path: Path
) -> None:
    ana = make.person()
    row, client = draft(ana, colour(tmp_path, (255, 255, 255))), signed_in(ana)
    client.post(page(row))
    assert work(Tier.MODELS, using) == draft_measurements.MAX_ATTEMPTS
    told = answer(client.get(page(row)))
    assert statuses(told) == ("waiting", "failed")
    assert told["tiers"]["models"]["failure"]["code"] == "scoring_failed"
    assert statuses(answer(client.post(page(row)))) == ("waiting", "waiting")


def test_one_that_kills_its_worker_every_time_fails_by_name(using: list[Scorer], tmp_path: Path) -> None:
    ana = make.person()
    signed_in(ana).post(page(draft(ana, colour(tmp_path, (9, 9, 9)))))
    now = timezone.now()
    for _ in range(draft_measurements.MAX_ATTEMPTS):
        assert len(draft_measurements.claim(Tier.MODELS, now=now, limit=4)) == 1  # and the worker dies here
        now += draft_measurements.LEASE + timedelta(seconds=1)
    assert draft_worker.measure_next(Tier.MODELS, using=using, clock=lambda: now) == 1
    assert DraftMeasurement.objects.get(tier=Tier.MODELS).failure["code"] == "precheck_failed"


def test_while_storage_is_away_no_attempt_is_counted(using: list[Scorer], tmp_path: Path, settings: Any) -> None:
    ana = make.person()
    signed_in(ana).post(page(draft(ana, colour(tmp_path, (9, 9, 9)))))
    settings.S3_BUCKET = "no-such-bucket"
    with pytest.raises(ServiceUnavailable):
        work(Tier.MODELS, using)
    row = DraftMeasurement.objects.get(tier=Tier.MODELS)
    assert (row.status, row.leased_until, row.attempts) == (MeasuringStatus.WAITING, None, 0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_it_wrote_leaves_the_draft_to_the_next(
    child_environment: dict[str, str], using: list[Scorer], tmp_path: Path
) -> None:
    ana = make.person()
    signed_in(ana).post(page(draft(ana, colour(tmp_path, (9, 9, 9)))))
    code = (
        "from curation.scoring.tiers import Tier\nfrom curation.services import draft_measurements, draft_worker\n"
        "real = draft_measurements.record\n"
        "draft_measurements.record = lambda found, **more: stop_here() if found else None\n"
        "draft_worker.measure_next(Tier.MODEL_FREE, using=draft_worker.model_free_scorers(), clock=timezone.now)"
    )
    with worker_stopped_at(code, child_environment):
        assert DraftMeasurement.objects.filter(leased_until__gt=timezone.now()).count() == 1
    later = timezone.now() + draft_measurements.LEASE + timedelta(seconds=1)
    assert draft_worker.measure_next(Tier.MODEL_FREE, using=using, clock=lambda: later) == 1
    assert DraftMeasurement.objects.get(tier=Tier.MODEL_FREE).status == MeasuringStatus.READY


def test_old_measurements_are_forgotten(using: list[Scorer], tmp_path: Path) -> None:
    ana = make.person()
    signed_in(ana).post(page(draft(ana, colour(tmp_path, (9, 9, 9)))))
    work(Tier.MODEL_FREE, using)
    assert draft_measurements.sweep(now=timezone.now()) == 0
    assert draft_measurements.sweep(now=timezone.now() + timedelta(days=8)) == 1
    assert DraftMeasurement.objects.get().status == MeasuringStatus.WAITING


def test_a_whole_draft_is_foretold_by_the_tier_that_needs_no_model(tmp_path: Path, uploaded: Upload) -> None:
    ana = make.person()
    files = {
        "image_assets": [uploaded(ana, media.write_picture(tmp_path / "ball.jpg", size=(900, 600)))["id"]],
        "clip_asset": uploaded(ana, media.write_clip(tmp_path / "shot.mp4", seconds=3, size=(640, 480)))["id"],
        "audio_asset": uploaded(ana, media.write_sound(tmp_path / "roll.wav"))["id"],
        "poses_asset": uploaded(ana, media.write_poses(tmp_path / "path.npy", media.poses(36)))["id"],
        "env_map_asset": uploaded(ana, media.write_map(tmp_path / "sky.exr"))["id"],
    }
    now = timezone.now()
    row = submissions.create_draft(
        campaign_id=make.campaign().id, contributor=ana, record=valid_record(**files, duration_s=3.0, fps=12), now=now
    )
    prechecks.start(submission_id=row.id, contributor=ana, now=now)
    assert work(Tier.MODEL_FREE, draft_worker.model_free_scorers()) == 1
    [stored] = DraftMeasurement.objects.filter(tier=Tier.MODEL_FREE)
    assert (stored.status, stored.failure) == (MeasuringStatus.READY, {})
    families = {item["metric"].partition(".")[0] for item in stored.measured["measurements"]}
    assert {"clip", "image", "audio", "camera", "lighting", "scene"} <= families
