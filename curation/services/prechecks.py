"""What can be told of a draft before it is submitted, by the very gates that will judge it, without any model."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from accounts.models import User
from common import storage
from curation.gating import Finding, Outcome, judge
from curation.models import Asset, Submission
from curation.record import Problem, Record, RecordRefused, as_json, asset_references, parse_record
from curation.record.cameras import load_poses
from curation.scoring.seam import Measurement
from curation.selectors.duplicates import bytes_contributed_before
from curation.selectors.submissions import NoSuchSubmission
from curation.services import gate_policies, revisions
from curation.services.cheap_measures import cheap_measurements

MAX_POSES_BYTES = 2**20  # longer paths are left to the scoring worker
NOT_MEASURED = "not_measured"


@dataclass(frozen=True)
class Precheck:
    """`ready` is whether submitting would succeed; findings are those of the gates that need no model."""

    ready: bool
    problems: list[Problem]
    outcome: str = Outcome.PASS
    findings: list[dict[str, Any]] = field(default_factory=list)


def precheck(*, submission_id: UUID, contributor: User) -> Precheck:
    """The state of the draft. Raises `NoSuchSubmission` where there is none of this person's."""
    submission = Submission.objects.select_related("campaign").filter(id=submission_id, contributor=contributor).first()
    if submission is None:
        raise NoSuchSubmission("There is no such submission of yours.")
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
    findings = _findings(record, assets, submission)
    outcome = findings[0].outcome if findings else Outcome.PASS
    return Precheck(not problems, problems, outcome, [asdict(finding) for finding in findings])


def _findings(record: Record, assets: Mapping[UUID, Asset], submission: Submission) -> list[Finding]:
    """Worst first; what could not be measured without a model is no finding yet."""
    measured = cheap_measurements(record, assets, poses=_poses(record, assets))
    again = bytes_contributed_before([asset.sha256 for asset in assets.values()], submission_id=submission.id)
    measured.append(Measurement("record.exact_duplicates", float(len(again))))
    policy = gate_policies.policy_with(submission.campaign.policy_overrides)
    verdict = judge(policy, measured, as_json(record))
    return [finding for finding in verdict.findings if finding.code != NOT_MEASURED]


def _poses(record: Record, assets: Mapping[UUID, Asset]) -> Any:
    if record.camera is None or record.camera.poses is None:
        return None
    asset = assets[record.camera.poses.asset]
    return load_poses(storage.read(asset.storage_key)) if asset.size <= MAX_POSES_BYTES else None
