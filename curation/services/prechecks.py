"""What can be told of a draft before it is submitted, by the very gates that will judge it, without any model."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.models import User
from curation.models import Submission
from curation.record import Problem, RecordRefused, asset_references, parse_record
from curation.selectors.submissions import NoSuchSubmission
from curation.services import revisions


@dataclass(frozen=True)
class Precheck:
    """`ready` is whether submitting would succeed; findings are those of the gates that need no model."""

    ready: bool
    problems: list[Problem]
    outcome: str = "pass"
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
    problems = [
        *revisions.asset_problems(references, assets),
        *revisions.campaign_problems(record, submission.campaign),
    ]
    return Precheck(ready=not problems, problems=problems)
