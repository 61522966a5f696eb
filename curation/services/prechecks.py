"""What can be told of a draft before it is submitted, by the very gates that will judge it, in two tiers.

From facts at once; from the model-free scorers as soon as a worker has decoded the files; from models behind them.
Each tier is measured once per record (`draft_measurements`) and taken over when that very record is submitted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.models import User
from common import storage
from curation import policies
from curation.gating import Finding, Outcome, judge
from curation.lifecycle import MeasuringStatus
from curation.models import Asset, DraftMeasurement, Submission
from curation.record import Problem, Record, RecordRefused, as_json, asset_references, parse_record
from curation.record.cameras import load_poses
from curation.scoring.keeping import restored
from curation.scoring.measuring import Measured
from curation.scoring.seam import Measurement
from curation.scoring.tiers import Tier
from curation.selectors.draft_likeness import Duplicate, alike, same_bytes
from curation.selectors.submissions import NoSuchSubmission
from curation.services import draft_measurements, judgings, revisions
from curation.services.cheap_measures import cheap_measurements
from curation.services.revisions import Prepared, RecordNotReady

MAX_POSES_BYTES = 2**20  # longer paths are left to the workers
NOT_MEASURED = "not_measured"
NOT_STARTED, RUNNING = "not_started", "running"


@dataclass(frozen=True)
class TierState:
    """How far one tier is: not_started, waiting, running, ready or failed."""

    status: str = NOT_STARTED
    failure: dict[str, str] | None = None
    asked_at: datetime | None = None
    measured_at: datetime | None = None


@dataclass(frozen=True)
class Precheck:
    """`ready` is whether submitting would succeed; findings are those of the gates that could be asked so far.

    Attributes:
        record_sha256: Of the record that submitting would freeze; empty while none could be.
        duplicates: Files that are here already, or look as if they were, each at its place in the record.
        measured: What was measured so far, raw: loudness, sizes, what was heard said.
        tiers: By the tier's name.
    """

    ready: bool
    problems: Sequence[Problem]
    outcome: str = Outcome.PASS
    findings: list[dict[str, Any]] = field(default_factory=list)
    record_sha256: str = ""
    duplicates: Sequence[Duplicate] = ()
    measured: Sequence[Measurement] = ()
    tiers: Mapping[str, TierState] = field(default_factory=lambda: dict.fromkeys(map(str, Tier), TierState()))


def precheck(*, submission_id: UUID, contributor: User, now: datetime) -> Precheck:
    """The state of the draft as it stands. Raises `NoSuchSubmission` where there is none of this person's."""
    submission = _own(submission_id, contributor)
    try:
        record = parse_record(submission.draft)
    except RecordRefused as refusal:
        return Precheck(ready=False, problems=refusal.problems)
    references = asset_references(record)
    assets = revisions.own_assets(references, contributor.id)
    wrong_assets = revisions.asset_problems(references, assets)
    problems = [*wrong_assets, *revisions.campaign_problems(record, submission.campaign)]
    if wrong_assets:
        return Precheck(ready=False, problems=problems)
    return _judged(submission, revisions.prepared(submission, record, references, assets), problems, now)


def start(*, submission_id: UUID, contributor: User, now: datetime) -> Precheck:
    """Have both tiers measure the draft as it stands, and its state. A draft that did not change is measured once.

    Raises:
        NoSuchSubmission: There is none of this person's.
        WrongStatus: It is not being written.
        RecordNotReady: What cannot be submitted is not measured; `fields` says what to do.
        TooManyPrechecks: The person has had their share of the models for now.
    """
    submission = _own(submission_id, contributor)
    policies.check_draft_editable(submission.status)
    draft_measurements.start(submission, revisions.prepare(submission), tiers=Tier, now=now)
    return precheck(submission_id=submission_id, contributor=contributor, now=now)


def start_with(asset: Asset, *, now: datetime) -> None:
    """A file was just verified: have the drafts that waited for it measured, as far as no model is needed."""
    drafts = Submission.objects.filter(contributor=asset.owner_id, status__in=policies.EDITABLE)
    named = drafts.annotate(text=Cast("draft", TextField())).filter(text__contains=str(asset.id))
    for submission in named.select_related("campaign"):
        try:
            ready = revisions.prepare(submission)
        except RecordNotReady:
            continue
        draft_measurements.start(submission, ready, tiers=[Tier.MODEL_FREE], now=now)


def _own(submission_id: UUID, contributor: User) -> Submission:
    own = Submission.objects.select_related("campaign").filter(id=submission_id, contributor=contributor)
    submission = own.first()
    if submission is None:
        raise NoSuchSubmission("There is no such submission of yours.")
    return submission


def _judged(submission: Submission, ready: Prepared, problems: list[Problem], now: datetime) -> Precheck:
    rows = {row.tier: row for row in draft_measurements.of_record(submission.id, ready.sha256)}
    states = {str(tier): _state(rows.get(tier), now) for tier in Tier}
    measured = {tier: restored(row.measured) for tier, row in rows.items() if row.status == MeasuringStatus.READY}
    duplicates = _duplicates(submission, ready, measured)
    findings = _findings(submission, ready, measured, duplicates)
    return Precheck(
        ready=not problems,
        problems=problems,
        outcome=findings[0].outcome if findings else Outcome.PASS,
        findings=[asdict(finding) for finding in findings],
        record_sha256=ready.sha256,
        duplicates=duplicates,
        measured=[item for tier in measured.values() for item in tier.measurements],
        tiers=states,
    )


def _state(row: DraftMeasurement | None, now: datetime) -> TierState:
    if row is None:
        return TierState()
    running = row.status == MeasuringStatus.WAITING and row.leased_until is not None and row.leased_until > now
    return TierState(RUNNING if running else row.status, row.failure or None, row.asked_at, row.measured_at)


def _duplicates(submission: Submission, ready: Prepared, measured: Mapping[str, Measured]) -> list[Duplicate]:
    places = {reference.path: ready.assets[reference.asset_id].sha256 for reference in ready.references}
    embeddings = measured[Tier.MODELS].embeddings if Tier.MODELS in measured else []
    return [*same_bytes(places, submission_id=submission.id), *alike(embeddings, submission_id=submission.id)]


def _findings(
    submission: Submission, ready: Prepared, measured: Mapping[str, Measured], duplicates: Sequence[Duplicate]
) -> list[Finding]:
    """Worst first; what a tier has not measured yet is no finding."""
    measurements = [item for tier in measured.values() for item in tier.measurements]
    if Tier.MODEL_FREE not in measured:
        measurements += cheap_measurements(ready.record, ready.assets, poses=_poses(ready.record, ready.assets))
    exact = [one for one in duplicates if one.kind == "exact"]
    measurements.append(Measurement("record.exact_duplicates", float(len(exact))))
    if near := [one.similarity for one in duplicates if one.kind == "near"]:
        measurements.append(Measurement("record.nearest_similarity", max(near)))
    policy, calibrations = judgings.now_for(submission.campaign)
    verdict = judge(policy, measurements, as_json(ready.record), calibrations)
    complete = len(measured) == len(Tier)
    return [finding for finding in verdict.findings if complete or finding.code != NOT_MEASURED]


def _poses(record: Record, assets: Mapping[UUID, Asset]) -> Any:
    if record.camera is None or record.camera.poses is None:
        return None
    asset = assets[record.camera.poses.asset]
    return load_poses(storage.read(asset.storage_key)) if asset.size <= MAX_POSES_BYTES else None
