"""Workers killed with SIGKILL at chosen instants: what they held is done once, by the next one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from common import storage
from curation.lifecycle import AssetStatus, SubmissionStatus
from curation.models import Asset, Event, GateOutcome, Score, Submission
from curation.scoring import registry
from curation.services import scores, scoring_worker, submissions, verification
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import blueprint
from tests.integration.curation.conftest import signed_in, upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("services")]

PREPARE = """
import sys, django
django.setup()
from django.utils import timezone
from curation.services import moves, scoring_worker, scores, verification
from curation.scoring import registry
from curation.scoring.scene_text import SceneTextScorer

def stop_here(*_, **__):
    print("here", flush=True)
    sys.stdin.read()
"""
SCORE = """
scoring_worker.score_waiting(using=[SceneTextScorer()], clock=timezone.now)
"""
VERIFY = """
verification.verify(verification.claim(now=timezone.now()), clock=timezone.now)
"""
INSTANTS = {
    "claimed": (f"scoring_worker.load_all = stop_here\n{SCORE}"),
    "measured": (f"scores.record = stop_here\n{SCORE}"),
    "half written": (f"scores.GateOutcome.objects.bulk_create = stop_here\n{SCORE}"),
}


@contextmanager
def worker_stopped_at(code: str, environment: dict[str, str]) -> Iterator[None]:
    """A worker process that reached its instant; on leaving it is killed there."""
    command = [sys.executable, "-c", PREPARE + code]
    variables = environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == "here"
            yield
        finally:
            process.kill()


def test_a_scoring_worker_killed_at_any_instant_loses_and_doubles_nothing(child_environment: dict[str, str]) -> None:
    campaign, ana = make.campaign(), make.person()
    for _ in range(3):
        row = submissions.create_draft(campaign_id=campaign.id, contributor=ana, record=blueprint(), now=timezone.now())
        submissions.submit(submission_id=row.id, contributor=ana, now=timezone.now())
    for code in INSTANTS.values():
        Submission.objects.update(attempts=0, leased_until=None)
        with worker_stopped_at(code, child_environment):
            assert Submission.objects.filter(leased_until__gt=timezone.now()).count() == 3
        assert set(Submission.objects.values_list("status", flat=True)) == {SubmissionStatus.SUBMITTED}
        assert not Score.objects.exists()
    later = timezone.now() + 2 * scores.LEASE
    using = registry.build_scorers(registry.Settings(weights=Path("w"), model_cache=Path("m")), ["scene_text"])
    while batch := scoring_worker.load(using, lambda: later):
        scoring_worker.score(batch, using, lambda: later)
    assert set(Submission.objects.values_list("status", flat=True)) == {SubmissionStatus.IN_REVIEW}
    assert GateOutcome.objects.count() == 3
    assert Event.objects.filter(kind="in_review").count() == 3


def test_a_probe_worker_killed_before_it_wrote_leaves_the_file_to_the_next(
    child_environment: dict[str, str], tmp_path: Path
) -> None:
    asset = upload(signed_in(make.person()), media.write_picture(tmp_path / "a.png"))
    with worker_stopped_at(f"verification.moves.move_asset = stop_here\n{VERIFY}", child_environment):
        assert Asset.objects.get(id=asset["id"]).status == AssetStatus.VERIFYING
    later = timezone.now() + verification.LEASE + timedelta(seconds=1)
    verification.verify(verification.claim(now=later), clock=lambda: later)
    row = Asset.objects.get(id=asset["id"])
    assert row.status == AssetStatus.READY
    assert storage.read(row.storage_key) == (tmp_path / "a.png").read_bytes()
