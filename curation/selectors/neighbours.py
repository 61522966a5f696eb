"""What looks most alike, by the embeddings that scoring stored."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

# Per vector the index gives a handful, of which those of the same submission and the withdrawn ones are dropped.
NEAREST = """
SELECT near.revision_id, revision.caption, submission.status, max(1 - near.distance) AS similarity
FROM (SELECT * FROM curation_embedding WHERE revision_id = %(revision)s AND kind = 'image'
      ORDER BY part LIMIT %(vectors)s) mine
CROSS JOIN LATERAL (
    SELECT other.revision_id, other.vector <=> mine.vector AS distance FROM curation_embedding other
    WHERE other.kind = mine.kind AND other.weights_sha256 = mine.weights_sha256
      AND other.revision_id <> mine.revision_id
    ORDER BY other.vector <=> mine.vector LIMIT %(each)s
) near
JOIN curation_revision revision ON revision.id = near.revision_id
JOIN curation_submission submission ON submission.current_id = revision.id
WHERE submission.status <> 'withdrawn'
  AND submission.id <> (SELECT submission_id FROM curation_revision WHERE id = %(revision)s)
GROUP BY near.revision_id, revision.caption, submission.status
ORDER BY similarity DESC, near.revision_id
LIMIT %(limit)s
"""
VECTORS, EACH = 4, 12


@dataclass(frozen=True)
class Neighbour:
    """Another contribution that looks like the one in question; `similarity` is a cosine in [-1, 1].

    `picture` and `clip` are links to what stands for it, null where nothing is there to be shown.
    """

    revision_id: UUID
    caption: str
    status: str
    similarity: float
    picture: str | None = None
    clip: str | None = None


def nearest(revision_id: UUID, *, limit: int = 5) -> list[Neighbour]:
    """The most alike current revisions of other submissions, the likest first; empty where nothing was embedded."""
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, {"revision": revision_id, "vectors": VECTORS, "each": EACH, "limit": limit})
        return [Neighbour(*row) for row in cursor.fetchall()]
