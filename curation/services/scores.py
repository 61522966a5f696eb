"""Scores of submitted revisions: claimed in batches, written together with the gates' verdict and the move it means."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import structlog
from django.db import transaction

from common import leases
from curation.gating import judge
from curation.lifecycle import SubmissionStatus
from curation.models import Copy, Decision, Embedding, GateOutcome, Score, Submission
from curation.models.scores import EMBEDDING_WIDTH, PLATFORM
from curation.models.trust import TrustRole
from curation.scoring.measuring import Measured
from curation.selectors.copies import Alike
from curation.selectors.duplicates import Likeness, likeness_of
from curation.services import copies, gate_verdicts, judgings, moves, standings

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3


@dataclass(frozen=True)
class Failed:
    """Why a revision could not be scored this time."""

    code: str
    message: str


@dataclass(frozen=True)
class Scored:
    """One claimed submission and what came of measuring it."""

    submission: Submission
    found: Measured | Failed
    alike: Sequence[Alike] = ()
    scores: list[Score] = field(default_factory=list)


def claim(*, now: datetime, limit: int) -> list[Submission]:
    """Lease at most `limit` submissions that wait for scores.

    What was tried before comes alone, so that one that kills its worker takes no others with it.
    """
    waiting = Submission.objects.filter(status=SubmissionStatus.SUBMITTED).select_related("current", "campaign")
    fresh = leases.claim(waiting, limit=limit, lease=LEASE, now=now, tried=False)
    return fresh or leases.claim(waiting, limit=1, lease=LEASE, now=now, tried=True)


def looked_up(batch: Sequence[Scored]) -> list[Scored]:
    """The same, with what others have contributed of it; ask before `record`, while the leases are kept."""
    prints = [one.found.fingerprints if isinstance(one.found, Measured) else [] for one in batch]
    alike = copies.search([one.submission for one in batch], prints)
    return [
        replace(one, alike=[each for each in alike if each.revision_id == one.submission.current_id]) for one in batch
    ]


@transaction.atomic
def record(batch: Sequence[Scored], *, now: datetime) -> None:
    """Write scores, embeddings, verdicts and moves of every submission whose lease is still ours; the rest is dropped.

    Running it again after it succeeded changes nothing: the leases are gone.
    """
    locked = copies.lock((one.submission for one in batch), (alike for one in batch for alike in one.alike))
    held = {row.id for row in leases.ours([one.submission for one in batch])}
    mine = [one for one in batch if one.submission.id in held]
    if len(mine) < len(batch):
        log.warning("leases_lost", count=len(batch) - len(mine))
    _write_measured([one for one in mine if isinstance(one.found, Measured)], locked, now)
    for one in mine:
        if isinstance(one.found, Failed):
            _fail(one.submission, one.found, now)


def _write_measured(batch: list[Scored], locked: dict[UUID, Submission], now: datetime) -> None:
    if not batch:
        return
    Embedding.objects.bulk_create((row for one in batch for row in _embeddings(one)), ignore_conflicts=True)
    revision_ids = [_revision_id(one) for one in batch]
    likeness = likeness_of(revision_ids)
    settled = copies.settle(
        [alike for one in batch for alike in one.alike], revision_ids=revision_ids, locked=locked, now=now
    )
    by_campaign = judgings.judgings_of({one.submission.campaign_id for one in batch}, now=now)
    levels = standings.levels_of({one.submission.contributor_id for one in batch})
    outcomes, decisions = [], []
    for one in batch:
        alike = likeness[_revision_id(one)].and_copies(settled[_revision_id(one)].nearest_accepted)
        one.scores.extend(_scores(one, alike, now))
        one.scores.extend(_duplicate_scores(one, settled[_revision_id(one)].copies, now))
        judging = by_campaign[one.submission.campaign_id]
        verdict = judge(judging.policy, one.scores, _record(one), judging.calibrations)
        outcome = gate_verdicts.outcome_row(
            verdict, revision_id=_revision_id(one), ruleset=judging.ruleset, novelty=alike.novelty, now=now
        )
        outcomes.append(outcome)
        decisions += gate_verdicts.move_as(
            verdict, one.submission, level=levels[one.submission.contributor_id], now=now
        )
    Score.objects.bulk_create((score for one in batch for score in one.scores), ignore_conflicts=True)
    GateOutcome.objects.bulk_create(outcomes, ignore_conflicts=True)
    Decision.objects.bulk_create(decisions)
    refused = {decision.revision_id for decision in decisions}
    standings.touch(
        {one.submission.contributor_id for one in batch if _revision_id(one) in refused}, TrustRole.CONTRIBUTOR
    )


def _fail(submission: Submission, failed: Failed, now: datetime) -> None:
    """Put it back for another try, or give up by name."""
    if submission.attempts < MAX_ATTEMPTS:
        log.warning("scoring_will_be_tried_again", submission=str(submission.id), error=failed.message)
        leases.put_back([submission], blameless=False)
        return
    log.error("scoring_failed", submission=str(submission.id), error=failed.message)
    failure = {"code": failed.code, "message": failed.message}
    moves.move_submission(
        submission.id,
        to=SubmissionStatus.FAILED,
        now=now,
        detail=failure,
        changes=leases.released(failure=failure),
    )


def _scores(one: Scored, alike: Likeness, now: datetime) -> list[Score]:
    """Every measurement as a row, and what the platform itself knows of likeness."""
    assert isinstance(one.found, Measured)
    revision_id = _revision_id(one)
    rows = []
    for item in one.found.measurements:
        assert item.source is not None, "measure() names the source"
        rows.append(
            Score(
                revision_id=revision_id,
                metric=item.metric,
                part=item.part,
                value=item.value,
                detail=item.detail,
                not_applicable=(item.not_applicable or "")[:200],
                model_id=item.source.model_id,
                weights_sha256=item.source.weights_sha256,
                preprocessing_id=item.source.preprocessing_id,
                measured_at=now,
            )
        )
    known: dict[str, tuple[float | None, dict[str, Any]]] = {
        "record.exact_duplicates": (float(len(alike.same_bytes)), {"paths": list(alike.same_bytes)}),
        "record.nearest_similarity": (alike.nearest, {}),
    }
    for metric, (value, detail) in known.items():
        reason = "" if value is not None else "there is nothing to compare with"
        rows.append(
            Score(
                revision_id=revision_id, metric=metric, value=value, detail=detail, not_applicable=reason,
                measured_at=now, **PLATFORM,
            )
        )  # fmt: skip
    return rows


def _duplicate_scores(one: Scored, found: Sequence[Copy], now: datetime) -> list[Score]:
    assert isinstance(one.found, Measured)
    kinds = {fingerprint.kind for fingerprint in one.found.fingerprints}
    return copies.duplicate_scores(_revision_id(one), kinds, found, now=now)


def _embeddings(one: Scored) -> list[Embedding]:
    assert isinstance(one.found, Measured)
    rows = []
    for item in one.found.embeddings:
        assert item.source is not None, "measure() names the source"
        rows.append(
            Embedding(
                revision_id=_revision_id(one),
                kind=item.kind,
                part=item.part,
                model_id=item.source.model_id,
                weights_sha256=item.source.weights_sha256,
                vector=np.pad(item.vector, (0, EMBEDDING_WIDTH - len(item.vector))),
            )
        )
    return rows


def _revision_id(one: Scored) -> Any:
    return one.submission.current_id


def _record(one: Scored) -> dict[str, Any]:
    assert one.submission.current is not None, "what is submitted has a revision"
    return one.submission.current.record
