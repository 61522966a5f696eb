"""Scores of work that people have decided on: what a calibration learns from reviewers."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from curation.models.reviews import Verdict
from curation.reasons import CONCERNS

# Accepted work is right; work that was turned down for a reason that concerns the metric is wrong; the rest, turned
# down for other reasons, says nothing of it.
REVIEWED = """
SELECT score.weights_sha256, score.preprocessing_id, score.value, decision.outcome = %(approve)s,
    submission.contributor_id
FROM curation_decision decision
JOIN curation_revision revision ON revision.id = decision.revision_id
JOIN curation_submission submission ON submission.id = revision.submission_id
JOIN curation_score score ON score.revision_id = revision.id
WHERE decision.source = 'reviews' AND score.model_id = %(model)s AND score.metric = %(metric)s
  AND score.value IS NOT NULL
  AND (decision.outcome = %(approve)s OR decision.reasons && %(concerns)s::varchar[])
ORDER BY score.id
"""


class ReviewedScore(NamedTuple):
    """One score and what people made of the work; scores of one contributor are no independent evidence."""

    weights_sha256: str
    preprocessing_id: str
    value: float
    right: bool
    contributor_id: UUID


def reviewed_scores(model_id: str, metric: str) -> Iterator[ReviewedScore]:
    """Every score of this model that a decision by reviewers speaks about.

    They saw only what the gates let pass, so what lies far below these is unknown to the curve: it is level there.
    """
    asked: dict[str, Any] = {"model": model_id, "metric": metric}
    asked |= {"approve": Verdict.APPROVE, "concerns": sorted(CONCERNS[metric])}
    with connection.cursor() as cursor:
        cursor.execute(REVIEWED, asked)
        yield from map(ReviewedScore._make, cursor.fetchall())
