"""The newest verdict of every current revision with its scores, page by page: for judging them by other rules."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

AT_ONCE = 1_000

# One row per submission whose current revision has a verdict.
STANDING = """
FROM curation_submission submission
JOIN LATERAL (
    SELECT ruleset_id, outcome, findings FROM curation_gateoutcome WHERE revision_id = submission.current_id
    ORDER BY judged_at DESC, id DESC LIMIT 1
) gates ON true
WHERE submission.status <> 'withdrawn' AND (%(campaign)s::uuid IS NULL OR submission.campaign_id = %(campaign)s::uuid)
"""
ROWS = f"""
SELECT submission.id, submission.status, submission.campaign_id, gates.ruleset_id, gates.outcome, gates.findings::text,
    (SELECT jsonb_object_agg(part, revision.record -> part)::text
     FROM curation_revision revision, unnest(%(parts)s::text[]) part WHERE revision.id = submission.current_id),
    (SELECT json_agg(json_build_array(metric, part, value, model_id, weights_sha256, preprocessing_id))::text
     FROM curation_score WHERE revision_id = submission.current_id AND metric = ANY(%(metrics)s))
{STANDING}
  AND (%(after)s::uuid IS NULL OR submission.id > %(after)s::uuid)
ORDER BY submission.id LIMIT %(limit)s
"""  # noqa: S608 - a constant; values are parameters
SOME = """
SELECT count(*) FROM (
    SELECT FROM curation_submission
    WHERE %(campaign)s::uuid IS NULL OR campaign_id = %(campaign)s::uuid LIMIT %(limit)s
) counted
"""
PAIRINGS = f"SELECT gates.ruleset_id, submission.campaign_id, count(*) {STANDING} GROUP BY 1, 2"
RANGES = """
SELECT metric, percentile_disc(ARRAY[0.005, 0.995]) WITHIN GROUP (ORDER BY value)
FROM curation_submission submission JOIN curation_score score ON score.revision_id = submission.current_id
WHERE score.metric = ANY(%(metrics)s) AND value IS NOT NULL AND submission.status <> 'withdrawn'
  AND (%(campaign)s::uuid IS NULL OR submission.campaign_id = %(campaign)s::uuid)
GROUP BY metric
"""


@dataclass(frozen=True)
class StandingRow:
    """One submission: findings as stored, scores as lists, and the asked parts of the record."""

    submission_id: UUID
    status: str
    campaign_id: UUID
    ruleset_id: UUID
    outcome: str
    findings: list[dict[str, Any]]
    record: dict[str, Any]
    scores: list[list[Any]]


def more_than(count: int, campaign_id: UUID | None) -> bool:
    """Whether there are more submissions than this; looks at no more of them."""
    with connection.cursor() as cursor:
        cursor.execute(SOME, {"campaign": campaign_id, "limit": count + 1})
        return bool(cursor.fetchone()[0] > count)


def pairings(campaign_id: UUID | None) -> dict[tuple[UUID, UUID], int]:
    """(ruleset that judged, campaign) -> how many verdicts of it stand."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRINGS, {"campaign": campaign_id})
        return {(ruleset, campaign): count for ruleset, campaign, count in cursor.fetchall()}


def standing(campaign_id: UUID | None, *, metrics: Sequence[str], parts: Sequence[str]) -> Iterator[list[StandingRow]]:
    """Of one campaign or of all, in pages by id: memory stays flat, and no transaction hides the reader's progress.

    Args:
        metrics: Only their scores are read.
        parts: Only these top-level parts of the record are read.
    """
    asked = {"campaign": campaign_id, "metrics": list(metrics), "parts": list(parts), "limit": AT_ONCE}
    after: UUID | None = None
    while page := _page({**asked, "after": after}):
        yield page
        after = page[-1].submission_id


def _page(asked: dict[str, Any]) -> list[StandingRow]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, asked)
        return [_row(*values) for values in cursor.fetchall()]


def _row(*values: Any) -> StandingRow:
    submission_id, status, campaign_id, ruleset_id, outcome, findings, record, scores = values
    return StandingRow(
        submission_id=submission_id,
        status=status,
        campaign_id=campaign_id,
        ruleset_id=ruleset_id,
        outcome=outcome,
        findings=_parsed(findings, []),
        record=_parsed(record, {}),
        scores=_parsed(scores, []),
    )


def ranges(campaign_id: UUID | None, *, metrics: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Metric -> between which values nearly all of its scores lie."""
    with connection.cursor() as cursor:
        cursor.execute(RANGES, {"campaign": campaign_id, "metrics": list(metrics)})
        return {metric: (float(low), float(high)) for metric, (low, high) in cursor.fetchall()}


def _parsed(text: str | None, empty: Any) -> Any:
    return empty if text in (None, "[]", "{}") else json.loads(text)
