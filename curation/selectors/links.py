"""What two submissions of a dataset share, so that they must stay on one side of its split."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import connection

from curation.selectors.selections import SELECTED, Selection

NEAR_DUPLICATE_DISTANCE = 0.05  # cosine similarity 0.95
NEAREST = 10

# What is frozen now together with all that ever was: a chain through a withdrawn sample links its neighbours still.
SCOPE = f"""
WITH scope AS (
    SELECT submission_id, revision_id FROM ({SELECTED}) selected
    UNION
    SELECT assigned.submission_id, submission.current_id FROM curation_splitassignment assigned
    JOIN curation_submission submission ON submission.id = assigned.submission_id
    WHERE assigned.dataset_id = %(dataset)s
)
"""  # noqa: S608 - both parts are constants; values are parameters

# The same bytes (a trajectory, an environment map, a picture), the same parent of converted files, the same source.
SHARED = """
SELECT array_agg(submission_id) FROM (
    SELECT scope.submission_id, unnest(ARRAY[asset.sha256, parent.sha256]) AS key
    FROM scope
    JOIN curation_revisionasset placement ON placement.revision_id = scope.revision_id
    JOIN curation_asset asset ON asset.id = placement.asset_id
    LEFT JOIN curation_asset parent ON parent.id = asset.derived_from_id
    UNION ALL
    SELECT scope.submission_id, revision.record #>> '{provenance,source_url}'
    FROM scope JOIN curation_revision revision ON revision.id = scope.revision_id
) keys
WHERE key <> ''
GROUP BY key HAVING count(*) > 1
"""

# Only what is new to the dataset is compared; the rest was when it was new.
ALIKE = """
SELECT ARRAY[scope.submission_id, other.submission_id]
FROM scope
JOIN curation_embedding mine ON mine.revision_id = scope.revision_id AND mine.kind = 'image'
CROSS JOIN LATERAL (
    SELECT near.revision_id, near.vector <=> mine.vector AS distance FROM curation_embedding near
    WHERE near.kind = mine.kind AND near.weights_sha256 = mine.weights_sha256
      AND near.revision_id <> mine.revision_id
    ORDER BY near.vector <=> mine.vector LIMIT %(nearest)s
) near
JOIN scope other ON other.revision_id = near.revision_id
WHERE near.distance <= %(distance)s
  AND NOT EXISTS (SELECT FROM curation_splitassignment known
                  WHERE known.dataset_id = %(dataset)s AND known.submission_id = scope.submission_id)
"""

# Changed copies: of pictures, clips, sounds, camera paths and environment maps. Two people may use the same words.
COPIED = """
SELECT DISTINCT ARRAY[one.submission_id, other.submission_id]
FROM scope one
JOIN curation_copy copy ON copy.revision_id = one.revision_id
JOIN scope other ON other.revision_id = copy.original_id
WHERE copy.kind <> 'text'
"""


def shared(dataset_id: UUID, selection: Selection) -> Iterator[list[UUID]]:
    """Ids of submissions, selected now or frozen before, that share a file or a source; one may stand in many lists."""
    return _together([SHARED], dataset_id, selection)


def near_duplicates(dataset_id: UUID, selection: Selection) -> Iterator[list[UUID]]:
    """The same of those that look alike or are changed copies; of what looks alike only what is new to the dataset."""
    return _together([ALIKE, COPIED], dataset_id, selection)


def _together(questions: Sequence[str], dataset_id: UUID, selection: Selection) -> Iterator[list[UUID]]:
    parameters = {
        **selection.parameters(),
        "dataset": dataset_id,
        "nearest": NEAREST,
        "distance": NEAR_DUPLICATE_DISTANCE,
    }
    for question in questions:
        with connection.cursor() as cursor:
            cursor.execute(SCOPE + question, parameters)
            yield from (row[0] for row in cursor)
