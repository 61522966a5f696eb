"""Calibrations are derived, stored and used; a model without one holds the queue and loses nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image

from accounts.roles import Role
from curation.checks import TAG
from curation.gating import Curve, default_policy
from curation.gating.shipped import shipped
from curation.lifecycle import SubmissionStatus
from curation.models import Calibration, Campaign, Decision, GateOutcome, Ruleset, Score, ScoringHold
from curation.scoring.calibration import Targets
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import ClipScorer
from curation.scoring.clip_weights import choose
from curation.services import calibrating, calibrations, judgings, scoring_holds, scoring_worker
from tests.factories import curation as make
from tests.factories.tiny_clip import save_tiny_clip
from tests.integration.curation.conftest import answer, signed_in
from tests.integration.curation.test_scoring_worker import colour, submitted

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(scope="module")
def unknown(tmp_path_factory: pytest.TempPathFactory) -> ClipScorer:
    """A model that nobody has calibrated."""
    folder = save_tiny_clip(tmp_path_factory.mktemp("unknown-clip"))
    return ClipScorer(ClipModel(choose(str(folder), "", bundled=Path("absent")), device="cpu"))


def curve(scorer: ClipScorer, metric: str = "clip.text_alignment") -> Curve:
    source = scorer.source
    return Curve(metric, source.model_id, source.weights_sha256, source.preprocessing_id, ((0.0, 0.0), (1.0, 1.0)))


def calibrated(scorer: ClipScorer, metric: str) -> None:
    one = curve(scorer, metric)
    Calibration.objects.create(
        metric=metric, model_id=one.model_id, weights_sha256=one.weights_sha256, method="given", source="a test",
        preprocessing_id=one.preprocessing_id, points=one.points, sha256=one.sha256, created_at=NOW,
    )  # fmt: skip


def reviewed(campaign: Campaign, value: float, outcome: str, reasons: list[str]) -> None:
    """Work with this score that people decided on."""
    row = make.submission(campaign, make.person(), status=SubmissionStatus.IN_REVIEW)
    Score.objects.filter(revision=row.current).update(value=value, model_id="some-clip")
    Decision.objects.create(
        revision=row.current, outcome=outcome, source="reviews", reasons=reasons, decided_at=make.NOW
    )


def test_out_of_the_box_every_bundled_model_is_calibrated() -> None:
    assert list(scoring_holds.uncalibrated(scoring_worker.scorers(), [default_policy()])) == []
    assert run_checks(tags=[TAG], include_deployment_checks=True) == []


def test_shipped_calibrations_are_stored_once_and_later_ones_hold() -> None:
    for _ in range(2):
        before = calibrations.known()
    assert Calibration.objects.count() == len(shipped())
    [nano] = [one for one in before if (one.metric, one.model_id) == ("clip.text_alignment", "nano-clip")]
    row = Calibration.objects.get(sha256=nano.sha256)
    later = Curve(nano.metric, nano.model_id, nano.weights_sha256, nano.preprocessing_id, ((0.0, 0.1), (1.0, 0.9)))
    Calibration.objects.create(
        metric=row.metric, model_id=row.model_id, weights_sha256=row.weights_sha256, method="given", source="a test",
        preprocessing_id=row.preprocessing_id, points=later.points, sha256=later.sha256, created_at=NOW,
    )  # fmt: skip
    assert calibrations.known().curve_for(nano) == later
    with pytest.raises(DatabaseError), transaction.atomic():
        Calibration.objects.filter(id=row.id).update(points=[])


def test_another_curve_is_another_ruleset() -> None:
    campaign = make.campaign()
    first = judgings.judgings_of([campaign.id], now=NOW)[campaign.id].ruleset
    [nano] = [one for one in calibrations.known().of(["clip.text_alignment"]) if one.model_id == "nano-clip"]
    moved = Curve(nano.metric, nano.model_id, nano.weights_sha256, nano.preprocessing_id, ((0.0, 0.1), (1.0, 0.9)))
    Calibration.objects.create(
        metric=moved.metric, model_id=moved.model_id, weights_sha256=moved.weights_sha256, method="given", source="t",
        preprocessing_id=moved.preprocessing_id, points=moved.points, sha256=moved.sha256, created_at=NOW,
    )  # fmt: skip
    second = judgings.judgings_of([campaign.id], now=NOW)[campaign.id].ruleset
    assert first.rules == second.rules
    assert set(second.calibrations) ^ set(first.calibrations) == {nano.sha256, moved.sha256}
    assert Ruleset.objects.count() == 2


@pytest.mark.usefixtures("services")
def test_uncalibrated_model_holds_the_queue_until_it_is_calibrated(
    unknown: ClipScorer, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = submitted(make.campaign(), colour(tmp_path, (90, 60, 30)))
    operator = signed_in(make.person(Role.OPERATOR))
    for _ in range(2):
        assert scoring_worker.score_waiting(using=[unknown], clock=timezone.now) == 0
    waiting = make.submission_of(row.id)
    assert (waiting.status, waiting.attempts, waiting.leased_until) == (SubmissionStatus.SUBMITTED, 0, None)
    shown = answer(operator.get("/api/v1/scoring-holds"))["results"]
    assert {one["metric"] for one in shown} == {"clip.text_alignment", "image.same_scene"}
    assert all("manage.py calibrate configured" in one["message"] for one in shown)
    assert shown[0]["weights_sha256"] == unknown.source.weights_sha256
    for metric in ("clip.text_alignment", "image.same_scene"):
        assert scoring_holds.refresh([unknown], now=timezone.now())
        calibrated(unknown, metric)
    assert not scoring_holds.refresh([unknown], now=timezone.now())
    assert not ScoringHold.objects.exists()


@pytest.mark.usefixtures("services")
def test_operator_may_score_without_a_calibration_and_the_gate_passes_the_score_over(
    unknown: ClipScorer, tmp_path: Path, settings: Any
) -> None:
    settings.SCORE_UNCALIBRATED = True
    row = submitted(make.campaign(), colour(tmp_path, (90, 60, 30)))
    assert not scoring_holds.refresh([unknown], now=timezone.now())
    batch = scoring_worker.load([unknown], timezone.now)
    assert batch is not None
    scoring_worker.score(batch, [unknown], timezone.now)
    assert make.submission_of(row.id).status == SubmissionStatus.IN_REVIEW
    found = GateOutcome.objects.get(revision=make.submission_of(row.id).current).findings
    assert not {"clip_caption_differs", "image_other_scene"} & {finding["code"] for finding in found}


def test_campaign_whose_gates_ask_for_no_probability_is_not_held(unknown: ClipScorer) -> None:
    off = {name: {"enabled": False} for name in ("clip_caption_differs", "image_other_scene")}
    row = make.submission(make.campaign(policy_overrides=off), make.person(), status=SubmissionStatus.SUBMITTED)
    assert not scoring_holds.refresh([unknown], now=NOW)
    Campaign.objects.filter(id=row.campaign_id).update(policy_overrides={})
    assert scoring_holds.refresh([unknown], now=NOW)


def test_reviewers_decisions_make_a_curve() -> None:
    campaign, rng = make.campaign(), np.random.default_rng(0)
    for _ in range(40):
        reviewed(campaign, float(rng.normal(0.3, 0.04)), "approve", [])
        reviewed(campaign, float(rng.normal(0.2, 0.04)), "request_changes", ["caption_wrong", "audio_quality"])
    reviewed(campaign, 0.9, "reject", ["off_brief"])  # says nothing of the caption
    derived = calibrating.from_reviews("some-clip", metrics=["clip.text_alignment"], targets=Targets(), now=NOW)
    [one] = [found.calibration for found in derived.found]
    assert (one.pairs, one.right_pairs, one.source) == (80, 40, "reviews")
    assert one.curve.probability(0.3) > 0.7 > 0.3 > one.curve.probability(0.2)
    assert one.curve.weights_sha256 == "ab" * 32
    with pytest.raises(calibrating.NothingToCalibrate, match="no pairs"):
        calibrating.from_reviews("another-clip", metrics=["clip.text_alignment"], targets=Targets(), now=NOW)
    with pytest.raises(calibrating.NothingToCalibrate, match="No reason"):
        calibrating.from_reviews("some-clip", metrics=["audio.lufs"], targets=Targets(), now=NOW)


@pytest.mark.usefixtures("services")
def test_command_derives_from_the_studio_stores_and_shows(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("calibrate", "nano-clip", "--pairs", "studio", "--scenes", "10", "--metric", "clip.text_alignment")
    said = capsys.readouterr().out
    assert "clip.text_alignment" in said.replace("…", "") or "clip.text" in said
    row = Calibration.objects.get(source="studio", pairs=40)
    assert row.figures["auc"]["low"] <= row.figures["auc"]["value"] <= row.figures["auc"]["high"]
    assert {gate["name"] for gate in row.gates} == {"review", "reject", "good"}
    [held] = [one for one in calibrations.known() if one.sha256 == row.sha256]
    assert held.points == tuple(map(tuple, row.points))
    engineer = signed_in(make.person(Role.ENGINEER))
    shown = answer(engineer.get(f"/api/v1/calibrations/{row.id}"))
    assert (shown["has_diagram"], shown["method"]) == (True, row.method)
    link = answer(engineer.get(f"/api/v1/calibrations/{row.id}/diagram"))["url"]
    assert httpx.get(link).content.startswith(b"\x89PNG")
    given = Calibration.objects.get(model_id__startswith="ViT-B-32", metric="clip.text_alignment")
    assert answer(engineer.get(f"/api/v1/calibrations/{given.id}/diagram"), 404)["code"] == "no_diagram"
    assert signed_in(make.person()).get("/api/v1/calibrations").status_code == 403


def test_command_writes_a_file_to_ship_from_pairs_in_a_file(unknown: ClipScorer, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    lines = []
    for number in range(60):
        right = number % 2 == 0
        frame = np.full((32, 32, 3), 220 if right else 30, np.uint8) + rng.integers(0, 20, (32, 32, 3), np.uint8)

        Image.fromarray(frame).save(tmp_path / f"{number}.png")
        lines.append({"media": f"{number}.png", "text": "a bright picture", "right": right})
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    out = tmp_path / "out.json"
    folder = str(unknown.model.choice.folder)
    call_command("calibrate", folder, "--pairs", str(tmp_path / "pairs.jsonl"), "--write", str(out))
    written = json.loads(out.read_text())
    [one] = written["curves"]
    assert (one["metric"], one["pairs"], written["source"]) == ("image.text_alignment", 60, "pairs.jsonl")
    assert one["weights_sha256"] == unknown.source.weights_sha256
    assert Curve.from_json(one).points
    assert not Calibration.objects.filter(source="pairs.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ViT-Z/nobody"], "neither a folder nor"),
        (["nano-clip", "--pairs", "absent.jsonl"], "absent.jsonl"),
        (["nano-clip", "--scenes", "1"], "at least 2"),
        (["some-clip", "--pairs", "reviews"], "no pairs"),
    ],
)
def test_command_says_what_is_missing(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("calibrate", *arguments)


def test_newest_of_two_calibrations_holds(unknown: ClipScorer) -> None:
    calibrated(unknown, "clip.text_alignment")
    newer = Curve(**{**vars(curve(unknown)), "points": ((0.0, 0.2), (1.0, 0.8))})
    Calibration.objects.create(
        metric=newer.metric, model_id=newer.model_id, weights_sha256=newer.weights_sha256, method="given", source="t",
        preprocessing_id=newer.preprocessing_id, points=newer.points, sha256=newer.sha256,
        created_at=NOW + timedelta(seconds=1),
    )  # fmt: skip
    assert calibrations.known().curve_for(newer) == newer


def test_check_names_what_is_not_calibrated(unknown: ClipScorer, monkeypatch: pytest.MonkeyPatch) -> None:
    make.campaign()
    monkeypatch.setattr(scoring_worker, "scorers", lambda: (unknown,))
    errors = run_checks(tags=[TAG], include_deployment_checks=True)
    assert [error.id for error in errors] == ["curation.E001", "curation.E001"]
    assert "manage.py calibrate configured" in errors[0].msg
