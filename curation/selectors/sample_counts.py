"""How much accepted data there is of each kind, and of which there is little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from common.errors import InvalidInput
from curation.record.facets import FACETS, VOCABULARY_OF
from curation.selectors.sample_filters import LIVE, SampleFilter

MOST_VALUES = 100  # of a facet with an open vocabulary, the most frequent ones
RAREST = 20

COUNTS = """
WITH chosen AS (SELECT sample.facets, sample.duration_s {live} WHERE {where})
SELECT NULL, NULL, count(*), coalesce(sum(duration_s), 0) FROM chosen
UNION ALL
SELECT split_part(facet, '=', 1), substr(facet, strpos(facet, '=') + 1), count(*), sum(duration_s)
FROM chosen, unnest(facets) facet GROUP BY facet
"""
CROSSED = """
SELECT substr(x, strpos(x, '=') + 1), substr(y, strpos(y, '=') + 1), count(*)
{live} CROSS JOIN unnest(sample.facets) x CROSS JOIN unnest(sample.facets) y
WHERE {where} AND starts_with(x, %(x)s) AND starts_with(y, %(y)s)
GROUP BY x, y
"""


class NoSuchFacet(InvalidInput):
    code = "no_such_facet"


@dataclass(frozen=True)
class FacetCount:
    value: str
    count: int
    duration_s: float


@dataclass(frozen=True)
class Counts:
    """How many samples and seconds in all, and by facet the values with their counts, the most frequent first.

    Words of a closed vocabulary that nothing has count 0.
    """

    total: int
    duration_s: float
    facets: dict[str, list[FacetCount]]


@dataclass(frozen=True)
class Cell:
    x: str
    y: str
    count: int


@dataclass(frozen=True)
class Coverage:
    """Two facets crossed: `counts[row of y][column of x]`; `rarest` are the emptiest cells, the emptiest first."""

    x: str
    y: str
    xs: list[str]
    ys: list[str]
    counts: list[list[int]]
    rarest: list[Cell]


def counts(wanted: SampleFilter) -> Counts:
    """Of the samples that the filter finds, in one query."""
    rows = _rows(COUNTS, wanted, {})
    [(total, duration_s)] = [(count, float(seconds)) for name, _, count, seconds in rows if name is None]
    facets: dict[str, dict[str, FacetCount]] = {name: _zeros(VOCABULARY_OF.get(name, ())) for name in FACETS}
    for name, value, count, seconds in rows:
        if name in facets:
            facets[name][value] = FacetCount(value, count, float(seconds))
    return Counts(total, duration_s, {name: _ordered(name, list(found.values())) for name, found in facets.items()})


def coverage(wanted: SampleFilter, *, x: str, y: str) -> Coverage:
    """Two facets crossed over the samples that the filter finds, in one query.

    Raises:
        NoSuchFacet: `x` or `y` is none, or both are the same.
    """
    for name in (x, y):
        if name not in FACETS:
            raise NoSuchFacet(f"{name} is no facet. Use two of: {', '.join(FACETS)}.")
    if x == y:
        raise NoSuchFacet("Cross two different facets.")
    found = {(a, b): count for a, b, count in _rows(CROSSED, wanted, {"x": f"{x}=", "y": f"{y}="})}
    xs, ys = _values(x, [a for a, _ in found]), _values(y, [b for _, b in found])
    cells = [Cell(a, b, found.get((a, b), 0)) for b in ys for a in xs]
    return Coverage(
        x=x,
        y=y,
        xs=xs,
        ys=ys,
        counts=[[found.get((a, b), 0) for a in xs] for b in ys],
        rarest=sorted(cells, key=lambda cell: cell.count)[:RAREST],
    )


def _rows(sql: str, wanted: SampleFilter, more: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    where, parameters = wanted.where()
    with connection.cursor() as cursor:
        cursor.execute(sql.format(live=LIVE, where=where), {**parameters, **more})
        return cursor.fetchall()


def _zeros(words: Sequence[str]) -> dict[str, FacetCount]:
    return {word: FacetCount(word, 0, 0.0) for word in words}


def _ordered(name: str, found: list[FacetCount]) -> list[FacetCount]:
    ordered = sorted(found, key=lambda one: (-one.count, one.value))
    return ordered if name in VOCABULARY_OF else ordered[:MOST_VALUES]


def _values(name: str, seen: Sequence[str]) -> list[str]:
    """A closed vocabulary whole, in its order; of an open one what was seen most cells of."""
    if name in VOCABULARY_OF:
        return list(VOCABULARY_OF[name])
    by_cells = sorted(set(seen), key=lambda value: (-seen.count(value), value))
    return by_cells[:MOST_VALUES]
