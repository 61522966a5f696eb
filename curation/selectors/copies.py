"""Who contributed the same before: candidates from the index, confirmed by comparing fingerprints."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction

from curation.lifecycle import SubmissionStatus
from curation.models import Fingerprint
from curation.models.likeness import SPACES
from curation.scoring import seam
from curation.selectors.duplicates import LIVE

NEIGHBOURS = 8  # of every word
CANDIDATES = 10  # of every part, those whose words lie nearest

# With a filter beside the order, an approximate index may else stop before it found one that passes; and a copy's words
# are so much nearer than all others that a narrow search does not miss them.
SEARCH = f"SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL hnsw.ef_search = {2 * NEIGHBOURS}"

# Only live submissions of others: what stands in the way of nobody must not crowd out what does.
NEAR = {
    space: f"""
SELECT probe.place, near.fingerprint_id, near.distance
FROM unnest(%(places)s::int[], %(submissions)s::uuid[], %(words)s::text[]) AS probe(place, submission, word)
CROSS JOIN LATERAL (
    SELECT point.fingerprint_id, point.bits <~> probe.word::bit(256) AS distance
    FROM curation_fingerprintpoint point
    JOIN curation_fingerprint fingerprint ON fingerprint.id = point.fingerprint_id
    JOIN curation_submission theirs ON theirs.current_id = fingerprint.revision_id
    WHERE point.space = '{space}' AND theirs.id <> probe.submission AND theirs.status = ANY(%(live)s)
    ORDER BY point.bits <~> probe.word::bit(256)
    LIMIT %(neighbours)s
) near
WHERE near.distance <= %(radius)s
"""  # noqa: S608 - one of six constants, so that its own index serves; values are parameters
    for space in SPACES
}


@dataclass(frozen=True)
class Alike:
    """One part of a revision that is one of another submission's, too; who was first is not decided yet.

    Attributes:
        revision_id, part: Ours.
        kind: Of our part.
        other_id, other_part, other_kind: Theirs; the revision is their newest one.
        other_submission_id: Theirs.
        similarity: In (0, 1].
        changes, changes_back: What made theirs ours, and ours theirs.
        since, other_since: The first revision of either that had it.
    """

    revision_id: UUID
    part: str
    kind: str
    other_id: UUID
    other_part: str
    other_kind: str
    other_submission_id: UUID
    similarity: float
    changes: str
    changes_back: str
    since: UUID
    other_since: UUID


@dataclass(frozen=True)
class Asked:
    """One fingerprint of a revision, for which others' are sought."""

    revision_id: UUID
    submission_id: UUID
    fingerprint: seam.Fingerprint


def alike_to(asked: Sequence[Asked]) -> list[Alike]:
    """What other live submissions have of these parts, in at most ten queries. Loads OpenCV: for workers only."""
    votes = _votes(asked)
    stored = _stored(chain.from_iterable(votes))
    found: list[_Found] = []
    for mine, candidates in zip(asked, votes, strict=True):
        opened = _Opened(mine.fingerprint) if candidates else None
        matches = ((stored[one], opened.match(stored[one])) for one in candidates if opened and one in stored)
        found += [_Found(mine, row, *match) for row, match in matches if match]
    return _dated(found)


def _votes(asked: Sequence[Asked]) -> list[list[UUID]]:
    """For every fingerprint the ids of the likeliest stored ones, the nearest first."""
    from curation.scoring.fingerprints.kinds import closeness

    votes: list[Counter[UUID]] = [Counter() for _ in asked]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEARCH)
        for space in SPACES:
            cursor.execute(NEAR[space], _probes(space, asked))
            for place, fingerprint_id, distance in cursor.fetchall():
                votes[place][fingerprint_id] += closeness(space, distance)
    return [[one for one, _ in counted.most_common(CANDIDATES)] for counted in votes]


def _probes(space: str, asked: Sequence[Asked]) -> dict[str, Any]:
    """The parameters of `NEAR`."""
    from curation.scoring.fingerprints.kinds import RADII

    places: list[int] = []
    words: list[str] = []
    for place, one in enumerate(asked):
        distinct = np.unique(one.fingerprint.probes.get(space, np.zeros((0, 32), np.uint8)), axis=0)
        places += [place] * len(distinct)
        words += as_bits(distinct)
    return {
        "places": places, "submissions": [asked[place].submission_id for place in places], "words": words,
        "live": [str(status) for status in LIVE], "neighbours": NEIGHBOURS, "radius": RADII[space],
    }  # fmt: skip


def as_bits(words: np.ndarray) -> list[str]:
    """Words `[N, 32]` as PostgreSQL writes bit(256)."""
    return ["".join(map(str, row)) for row in np.unpackbits(words, axis=1).tolist()]


def _stored(ids: Iterable[UUID]) -> dict[UUID, Fingerprint]:
    rows = Fingerprint.objects.filter(id__in=set(ids)).select_related("revision")
    return {row.id: row for row in rows.defer("revision__record", "revision__caption")}


class _Opened:
    """A fingerprint at hand, unpacked once for all that it is compared with."""

    def __init__(self, fingerprint: seam.Fingerprint | Fingerprint) -> None:
        from curation.scoring.fingerprints import kinds

        self._kinds = kinds
        self.kind = fingerprint.kind
        self.content = kinds.opened(fingerprint.kind, bytes(fingerprint.data))

    def match(self, row: Fingerprint) -> tuple[float, str, str] | None:
        """(similarity, what made theirs ours, what made ours theirs); None where they are two."""
        if row.model_id != self._kinds.KINDS[row.kind].source.model_id:
            return None
        theirs = self._kinds.opened(row.kind, bytes(row.data))
        there = self._kinds.compare(row.kind, theirs, self.kind, self.content)
        if there is None:
            return None
        back = self._kinds.compare(self.kind, self.content, row.kind, theirs)
        return there.similarity, there.changes, back.changes if back else there.changes


@dataclass(frozen=True)
class _Found:
    mine: Asked
    row: Fingerprint
    similarity: float
    changes: str
    changes_back: str


def _dated(found: Sequence[_Found]) -> list[Alike]:
    """With the first revision of either side that had it: who resubmits keeps their place."""
    history = _history({one.mine.submission_id for one in found} | {one.row.revision.submission_id for one in found})
    return [
        Alike(
            revision_id=one.mine.revision_id,
            part=one.mine.fingerprint.part,
            kind=one.mine.fingerprint.kind,
            other_id=one.row.revision_id,
            other_part=one.row.part,
            other_kind=one.row.kind,
            other_submission_id=one.row.revision.submission_id,
            similarity=one.similarity,
            changes=one.changes[:120],
            changes_back=one.changes_back[:120],
            since=_since(_Opened(one.row), history[one.mine.submission_id], default=one.mine.revision_id),
            other_since=_since(
                _Opened(one.mine.fingerprint), history[one.row.revision.submission_id], default=one.row.revision_id
            ),
        )
        for one in found
    ]


def _history(submission_ids: set[UUID]) -> Mapping[UUID, list[Fingerprint]]:
    """Every fingerprint of these submissions, oldest revision first."""
    if not submission_ids:
        return {}
    rows = Fingerprint.objects.filter(revision__submission__in=submission_ids).select_related("revision")
    found: dict[UUID, list[Fingerprint]] = {one: [] for one in submission_ids}
    for row in rows.defer("revision__record", "revision__caption").order_by("revision_id"):
        found[row.revision.submission_id].append(row)
    return found


def _since(opened: _Opened, history: Sequence[Fingerprint], *, default: UUID) -> UUID:
    """The first revision that had it. Ids sort by the time they were made (`common.ids.uuid7`)."""
    earlier = (row for row in history if row.revision_id < default)
    return next((row.revision_id for row in earlier if opened.match(row)), default)


def comes_first(alike: Alike, *, other_status: str) -> bool:
    """Whether theirs counts as the original: what is accepted always does, else who had it first."""
    return other_status == SubmissionStatus.ACCEPTED or alike.other_since < alike.since
