"""Where the stored scores of one metric lie, counted in the database."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

# Of current revisions that are not withdrawn: what a changed bound would be held against.
SCORES = """
FROM curation_submission submission JOIN curation_score score ON score.revision_id = submission.current_id
WHERE score.metric = %(metric)s AND starts_with(score.model_id, %(model)s) AND submission.status <> 'withdrawn'
  AND (%(campaign)s::uuid IS NULL OR submission.campaign_id = %(campaign)s::uuid)
"""
EXTENT = f"""
SELECT count(value), count(*) - count(value),
    percentile_disc(0.005) WITHIN GROUP (ORDER BY value), percentile_disc(0.995) WITHIN GROUP (ORDER BY value)
{SCORES}
"""
PLACES = f"""
SELECT model_id, weights_sha256, preprocessing_id,
    CASE WHEN value = %(high)s THEN %(bins)s ELSE width_bucket(value, %(low)s, %(high)s, %(bins)s) END, count(*)
{SCORES} AND value IS NOT NULL GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Asked:
    """Scores of one metric, by models whose id begins with `model`, in one campaign or in all (None)."""

    metric: str
    model: str = ""
    campaign_id: UUID | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        return {"metric": self.metric, "model": self.model, "campaign": self.campaign_id}


class Extent(NamedTuple):
    """How many scores have a value and how many none; between which values nearly all lie (None: there is none)."""

    scored: int
    without_value: int
    low: float | None
    high: float | None


class Place(NamedTuple):
    """Scores of one measuring model in one bin, from 1; 0 is below all bins, the number of bins and one above."""

    metric: str
    model_id: str
    weights_sha256: str
    preprocessing_id: str
    place: int
    scores: int


def extent(asked: Asked) -> Extent:
    with connection.cursor() as cursor:
        cursor.execute(EXTENT, asked.parameters)
        return Extent(*cursor.fetchone())


def places(asked: Asked, *, low: float, high: float, bins: int) -> list[Place]:
    """How many lie in each of so many bins of equal width from `low` to `high`, which is greater."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, {**asked.parameters, "low": low, "high": high, "bins": bins})
        return [Place(asked.metric, *row) for row in cursor.fetchall()]
