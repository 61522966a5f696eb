"""Accepted samples found by words, by likeness and by facets, page by page; and how many there are of each kind."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from common.errors import InvalidInput, NotFound
from curation.models import Sample
from curation.selectors.judging import Medium, media_of, without_identity
from curation.selectors.sample_filters import LIVE, SampleFilter

# How deep words and likeness are followed. Whoever wants more narrows by facets, or asks for the newest.
DEPTH = 400
SMOOTHING = 60  # of reciprocal rank fusion (Cormack, Clarke, Buettcher 2009)

NOWHERE = "SELECT NULL::uuid AS submission_id, 0 AS place, NULL::float8 AS likeness WHERE false"
BY_WORDS = """
SELECT submission_id, row_number() OVER (ORDER BY rank DESC, submission_id) AS place, NULL::float8 AS likeness FROM (
    SELECT sample.submission_id, ts_rank_cd(sample.search, websearch_to_tsquery('english', %(words)s)) AS rank
    {live} WHERE {where} AND sample.search @@ websearch_to_tsquery('english', %(words)s)
    ORDER BY rank DESC, sample.submission_id LIMIT %(depth)s) found
"""
BY_LIKENESS = """
SELECT submission_id, row_number() OVER (ORDER BY likeness DESC, submission_id) AS place, likeness FROM (
    SELECT sample.submission_id, 1 - (sample.vector <=> %(vector)s::halfvec) AS likeness
    {live} WHERE {where} AND sample.weights_sha256 = %(weights)s AND sample.submission_id <> %(itself)s
    ORDER BY sample.vector <=> %(vector)s::halfvec LIMIT %(depth)s) found
"""
LIKEST = """
WITH fused AS (
    SELECT submission_id, sum(1.0 / ({smoothing} + place))::float8 AS key, max(likeness) AS likeness
    FROM (({words}) UNION ALL ({likeness})) either GROUP BY submission_id
)
SELECT submission_id, key, likeness FROM fused
WHERE %(key)s::float8 IS NULL OR (key, submission_id) < (%(key)s::float8, %(after)s::uuid)
ORDER BY key DESC, submission_id DESC LIMIT %(limit)s
"""
NEWEST = """
SELECT sample.submission_id, sample.accepted_at::text AS key, NULL::float8 AS likeness
{live} WHERE {where}
  AND (%(key)s::text IS NULL
       OR (sample.accepted_at, sample.submission_id) < (%(key)s::timestamptz, %(after)s::uuid))
ORDER BY sample.accepted_at DESC, sample.submission_id DESC LIMIT %(limit)s
"""
ONE = "SELECT sample.vector::text, sample.weights_sha256 {live} WHERE sample.submission_id = %(id)s"
NOBODY = UUID(int=0)


class NoSuchSample(NotFound):
    """There is no such accepted sample."""

    code = "sample_not_found"


class BadCursor(InvalidInput):
    code = "bad_cursor"


@dataclass(frozen=True)
class Likeness:
    """What is to be looked like: a vector in one model's space, and the sample that it is of, where it is of one."""

    vector: str
    weights_sha256: str
    itself: UUID = NOBODY


@dataclass(frozen=True)
class FoundSample:
    """One accepted sample; `likeness` is a cosine in [-1, 1], None where it was found by words or date."""

    id: UUID
    revision_id: UUID
    caption: str
    record: Mapping[str, Any]
    facets: dict[str, list[str]]
    duration_s: float
    short_side_px: int | None
    quality: float
    accepted_at: datetime
    media: list[Medium]
    likeness: float | None


@dataclass(frozen=True)
class Page:
    """`next` is the cursor of the following page."""

    results: list[FoundSample]
    next: str | None


def search(
    wanted: SampleFilter, *, words: str = "", like: Likeness | None = None, cursor: str = "", limit: int = 50
) -> Page:
    """One page in a constant number of queries: the likest first where there is something to be like, else the newest.

    Raises:
        BadCursor: It is none that a page gave.
    """
    where, parameters = wanted.where()
    likest = bool(words or like)
    key, after = _read(cursor, likest=likest)
    parts = {"live": LIVE, "where": where}
    if likest:
        sql = LIKEST.format(
            smoothing=SMOOTHING,
            words=BY_WORDS.format(**parts) if words else NOWHERE,
            likeness=BY_LIKENESS.format(**parts) if like else NOWHERE,
        )
    else:
        sql = NEWEST.format(**parts)
    asked = {**parameters, "words": words, "depth": DEPTH, "key": key, "after": after, "limit": limit + 1}
    rows = _rows(sql, {**asked, **_likeness(like)})
    page = rows[:limit]
    last = page[-1] if len(rows) > limit else None
    return Page(_found({row[0]: row[2] for row in page}), _cursor(last[1], last[0]) if last else None)


def of_sample(sample_id: UUID) -> Likeness:
    """What a sample looks like. Raises `NoSuchSample`, also where no model saw it."""
    for vector, weights in _rows(ONE.format(live=LIVE), {"id": sample_id}):
        if vector:
            return Likeness(vector, weights, sample_id)
    raise NoSuchSample("There is no such sample that a model has seen. Search by words.")


def sample(sample_id: UUID) -> FoundSample:
    """One accepted sample, its contributor left out. Raises `NoSuchSample`."""
    if not _rows(ONE.format(live=LIVE), {"id": sample_id}):
        raise NoSuchSample("There is no such accepted sample.")
    return _found({sample_id: None})[0]


def _found(likeness: Mapping[UUID, float | None]) -> list[FoundSample]:
    """The samples with what is shown of them, in the order asked."""
    samples = Sample.objects.select_related("revision").defer("search", "vector").in_bulk(list(likeness))
    media = media_of([one.revision_id for one in samples.values()])
    return [
        FoundSample(
            id=id_,
            revision_id=one.revision_id,
            caption=one.revision.caption,
            record=without_identity(one.revision.record),
            facets=_by_name(one.facets),
            duration_s=one.duration_s,
            short_side_px=one.short_side_px,
            quality=one.quality,
            accepted_at=one.accepted_at,
            media=media[one.revision_id],
            likeness=likeness[id_],
        )
        for id_, one in ((id_, samples[id_]) for id_ in likeness if id_ in samples)
    ]


def _by_name(facets: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for facet in facets:
        name, _, value = facet.partition("=")
        found.setdefault(name, []).append(value)
    return found


def _likeness(like: Likeness | None) -> dict[str, Any]:
    return {"vector": like.vector, "weights": like.weights_sha256, "itself": like.itself} if like else {}


def _rows(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        # With filters beside the order, the approximate index may else stop before it found enough that pass.
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _cursor(key: float | str, after: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([key, str(after)]).encode()).decode()


def _read(cursor: str, *, likest: bool) -> tuple[float | str | None, UUID]:
    if not cursor:
        return None, NOBODY
    try:
        key, after = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return float(key) if likest else datetime.fromisoformat(key).isoformat(), UUID(after)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadCursor("This is no cursor of such a page. Leave it out to begin again.") from error
