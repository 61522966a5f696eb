"""What of a draft is here already: the same bytes, and what looks so alike that a reviewer would ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection, transaction

from curation.models.scores import EMBEDDING_WIDTH
from curation.scoring.seam import Embedding
from curation.selectors.duplicates import LIVE, bytes_contributed_before

NEAR_SIMILARITY = 0.95

NEAREST = """
SELECT 1 - (other.vector <=> %(vector)s::halfvec) AS similarity
FROM curation_embedding other
JOIN curation_submission theirs ON theirs.current_id = other.revision_id
WHERE other.kind = %(kind)s
  AND other.weights_sha256 = %(weights)s
  AND theirs.id <> %(submission)s
  AND theirs.status = ANY(%(statuses)s)
ORDER BY other.vector <=> %(vector)s::halfvec
LIMIT 1
"""


@dataclass(frozen=True)
class Duplicate:
    """One file of a draft that another live contribution has: `exact` bytes, or `near` in a model's space.

    Attributes:
        path: Where in the draft.
        similarity: Cosine, 1 for the same bytes.
    """

    path: str
    kind: str
    similarity: float


def same_bytes(places: Mapping[str, str], *, submission_id: UUID) -> list[Duplicate]:
    """Of the files by place (path -> sha256), those whose very bytes another live submission has."""
    again = set(bytes_contributed_before(list(places.values()), submission_id=submission_id))
    return [Duplicate(path, "exact", 1.0) for path, sha256 in places.items() if sha256 in again]


def alike(embeddings: Sequence[Embedding], *, submission_id: UUID) -> list[Duplicate]:
    """Pictures and clips of the draft that look like another live contribution's, one query for each."""
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        # With a filter beside the order, an approximate index may else stop before it found one that passes.
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        for item in (one for one in embeddings if one.kind == "image"):
            cursor.execute(NEAREST, _parameters(item, submission_id))
            row = cursor.fetchone()
            if row and row[0] >= NEAR_SIMILARITY:
                found.append(Duplicate(item.part, "near", round(float(row[0]), 4)))
    return found


def _parameters(item: Embedding, submission_id: UUID) -> dict[str, str | UUID | list[str]]:
    assert item.source is not None, "measure() names the source"
    padded = np.pad(item.vector.astype(np.float32), (0, EMBEDDING_WIDTH - len(item.vector)))
    return {
        "vector": "[" + ",".join(f"{value:.7g}" for value in padded) + "]",
        "kind": item.kind,
        "weights": item.source.weights_sha256,
        "submission": submission_id,
        "statuses": [str(status) for status in LIVE],
    }
