"""What is here already: the same bytes, and the nearest neighbours in a model's space."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from django.db.models import F

from curation.lifecycle import SubmissionStatus
from curation.models import Asset

# Of these, the revision frozen first counts; what was rejected or withdrawn stands in nobody's way.
LIVE = [
    SubmissionStatus.SUBMITTED,
    SubmissionStatus.FAILED,
    SubmissionStatus.IN_REVIEW,
    SubmissionStatus.CHANGES_REQUESTED,
    SubmissionStatus.ACCEPTED,
]
# A path or an environment map may well be shared by honest contributions; a picture or a recording may not.
UNIQUE_KINDS = ["clip", "image", "audio"]

# Ids sort by the time they were made (`common.ids.uuid7`).
# Whoever had the bytes in an earlier revision keeps their place when they submit again; what is accepted counts always.
SAME_BYTES = """
SELECT DISTINCT mine.revision_id, mine.path
FROM curation_revisionasset mine
JOIN curation_revision my_revision ON my_revision.id = mine.revision_id
JOIN curation_asset my_asset ON my_asset.id = mine.asset_id
JOIN curation_asset other_asset ON other_asset.sha256 = my_asset.sha256 AND other_asset.sha256 <> ''
JOIN curation_revisionasset other ON other.asset_id = other_asset.id
JOIN curation_submission first ON first.current_id = other.revision_id
CROSS JOIN LATERAL (
    SELECT (array_agg(had.revision_id ORDER BY had.revision_id) FILTER (WHERE owner.id = first.id))[1] AS theirs,
        (array_agg(had.revision_id ORDER BY had.revision_id) FILTER (WHERE owner.id = my_revision.submission_id))[1]
            AS mine
    FROM curation_asset same
    JOIN curation_revisionasset had ON had.asset_id = same.id
    JOIN curation_revision revision ON revision.id = had.revision_id
    JOIN curation_submission owner ON owner.id = revision.submission_id
    WHERE same.sha256 = my_asset.sha256 AND owner.id IN (first.id, my_revision.submission_id)
) since
WHERE mine.revision_id = ANY(%(revisions)s)
  AND my_asset.kind = ANY(%(kinds)s)
  AND first.id <> my_revision.submission_id
  AND first.status = ANY(%(live)s)
  AND (first.status = 'accepted' OR since.theirs < since.mine)
ORDER BY mine.revision_id, mine.path
"""

NEAREST = """
SELECT mine.revision_id, max(near.similarity)
FROM curation_embedding mine
JOIN curation_revision my_revision ON my_revision.id = mine.revision_id
CROSS JOIN LATERAL (
    SELECT 1 - (other.vector <=> mine.vector) AS similarity
    FROM curation_embedding other
    JOIN curation_submission theirs ON theirs.current_id = other.revision_id
    WHERE other.kind = 'image'
      AND other.weights_sha256 = mine.weights_sha256
      AND theirs.id <> my_revision.submission_id
      AND theirs.status = ANY(%(statuses)s)
      AND (NOT %(earlier)s OR other.revision_id < mine.revision_id)
    ORDER BY other.vector <=> mine.vector
    LIMIT 1
) near
WHERE mine.revision_id = ANY(%(revisions)s) AND mine.kind = 'image'
GROUP BY mine.revision_id
"""


@dataclass(frozen=True)
class Likeness:
    """How much of one revision is here already.

    Attributes:
        same_bytes: Record paths whose very bytes an earlier live contribution has.
        nearest: Highest cosine similarity to an earlier live contribution, in [-1, 1]; None where there is nothing
            to compare with.
        nearest_accepted: The same over all accepted ones.
    """

    same_bytes: tuple[str, ...] = ()
    nearest: float | None = None
    nearest_accepted: float | None = None

    @property
    def novelty(self) -> float:
        """1 minus the nearest accepted neighbour, in [0, 1]."""
        return min(1.0, max(0.0, 1.0 - (self.nearest_accepted or 0.0)))

    def and_copies(self, similarity: float) -> "Likeness":
        """With the similarity to accepted work of which it has copies counted in."""
        return replace(self, nearest_accepted=max(self.nearest_accepted or 0.0, similarity))


def likeness_of(revision_ids: Sequence[UUID]) -> dict[UUID, Likeness]:
    """Of revisions whose embeddings are written, in four queries; ask inside their transaction."""
    ids = list(revision_ids)
    with connection.cursor() as cursor:
        # With a filter beside the order, an approximate index may else stop before it found one that passes.
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        cursor.execute(SAME_BYTES, {"revisions": ids, "kinds": UNIQUE_KINDS, "live": LIVE})
        same: dict[UUID, list[str]] = {}
        for revision_id, path in cursor.fetchall():
            same.setdefault(revision_id, []).append(path)
        cursor.execute(NEAREST, {"revisions": ids, "statuses": LIVE, "earlier": True})
        nearest = dict(cursor.fetchall())
        cursor.execute(NEAREST, {"revisions": ids, "statuses": [SubmissionStatus.ACCEPTED], "earlier": False})
        accepted = dict(cursor.fetchall())
    return {one: Likeness(tuple(same.get(one, ())), nearest.get(one), accepted.get(one)) for one in ids}


def bytes_contributed_before(hashes: Sequence[str], *, submission_id: UUID) -> list[str]:
    """Those of the hashes whose very bytes stand in another live submission, in a file that must be its own."""
    return list(
        Asset.objects.filter(
            sha256__in=hashes,
            kind__in=UNIQUE_KINDS,
            placements__revision__submission__current=F("placements__revision"),
            placements__revision__submission__status__in=LIVE,
        )
        .exclude(placements__revision__submission=submission_id)
        .values_list("sha256", flat=True)
        .distinct()
    )
