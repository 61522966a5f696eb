"""The searchable projection of accepted work, kept by looking for what it lacks: no event is needed, none is missed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from curation.lifecycle import EventKind, SubmissionStatus
from curation.models import Event, GateOutcome, RevisionAsset, Sample, Submission
from curation.record.facets import facets_of, words_of

BATCH = 200

UPSERT = """
INSERT INTO curation_sample (
    submission_id, revision_id, facets, search, duration_s, short_side_px, quality, accepted_at, vector, weights_sha256)
SELECT %(submission)s, %(revision)s, %(facets)s, to_tsvector('english', %(words)s), %(duration_s)s, %(short_side_px)s,
    %(quality)s, %(accepted_at)s, seen.vector, coalesce(seen.weights_sha256, '')
FROM (SELECT) one LEFT JOIN LATERAL (
    SELECT vector, weights_sha256 FROM curation_embedding
    WHERE revision_id = %(revision)s AND kind = 'image' ORDER BY part = 'video' DESC, part, id DESC LIMIT 1
) seen ON true
ON CONFLICT (submission_id) DO UPDATE SET
    revision_id = excluded.revision_id, facets = excluded.facets, search = excluded.search,
    duration_s = excluded.duration_s, short_side_px = excluded.short_side_px, quality = excluded.quality,
    accepted_at = excluded.accepted_at, vector = excluded.vector, weights_sha256 = excluded.weights_sha256
"""


def index_waiting() -> int:
    """How many accepted submissions were taken up, at most 200; rows of what is accepted no more are dropped."""
    Sample.objects.exclude(submission__status=SubmissionStatus.ACCEPTED).delete()
    waiting = list(_waiting().select_related("current")[:BATCH])
    if waiting:
        _index(waiting)
    return len(waiting)


def index_all() -> None:
    """Take up everything that is accepted now."""
    while index_waiting() >= BATCH:
        pass


def _waiting() -> QuerySet[Submission]:
    """Accepted submissions that have no row, or one of an earlier revision; the oldest first."""
    taken_up = Sample.objects.filter(submission=OuterRef("pk"), revision=OuterRef("current"))
    return Submission.objects.filter(~Exists(taken_up), status=SubmissionStatus.ACCEPTED).order_by("id")


def _index(submissions: Sequence[Submission]) -> None:
    ids = [one.current_id for one in submissions if one.current_id]
    sides, quality, accepted = _short_sides(ids), _qualities(ids), _accepted_at(ids)
    rows = []
    for submission in submissions:
        revision = submission.current
        assert revision, "what is accepted has a revision"
        rows.append(
            {
                "submission": submission.id,
                "revision": revision.id,
                "facets": sorted([*facets_of(revision.record), f"campaign={submission.campaign_id}"]),
                "words": words_of(revision.record),
                "duration_s": revision.record["timeline"]["duration_s"],
                "short_side_px": sides.get(revision.id),
                "quality": quality.get(revision.id, 0.0),
                "accepted_at": accepted.get(revision.id, submission.updated_at),
            }
        )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(UPSERT, rows)


def _short_sides(revision_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Of the clip, else of the largest picture, in pixels."""
    found: dict[UUID, tuple[bool, int]] = {}
    placed = RevisionAsset.objects.filter(revision__in=revision_ids, asset__kind__in=["clip", "image"])
    for revision_id, kind, facts in placed.values_list("revision", "asset__kind", "asset__facts"):
        side = min(facts.get("width") or 0, facts.get("height") or 0)
        if side:
            found[revision_id] = max(found.get(revision_id, (False, 0)), (kind == "clip", side))
    return {revision_id: side for revision_id, (_, side) in found.items()}


def _qualities(revision_ids: Sequence[UUID]) -> dict[UUID, float]:
    newest = GateOutcome.objects.filter(revision__in=revision_ids).order_by("revision", "-judged_at", "-id")
    return dict(newest.distinct("revision").values_list("revision", "overall"))


def _accepted_at(revision_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    found = Event.objects.filter(kind=EventKind.ACCEPTED, revision__in=revision_ids).order_by("id")
    return dict(found.values_list("revision", "at"))
