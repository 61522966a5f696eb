"""Which accepted samples: by facets and ranges; the same filter searches, counts and freezes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from common.errors import InvalidInput
from curation.record.facets import FACETS, VOCABULARY_OF

RANGES = ("duration_s", "short_side_px", "quality")
LIMITS = tuple(f"{bound}_{name}" for name in RANGES for bound in ("min", "max"))
MOST_VALUES = 50

# Rows of the projection that still say how it is.
LIVE = """
FROM curation_sample sample
JOIN curation_submission live
  ON live.id = sample.submission_id AND live.status = 'accepted' AND live.current_id = sample.revision_id
"""
# The same as `SampleFilter.where` for a statement that is a constant: one parameter for all facets.
MATCHES = """
    NOT EXISTS (SELECT FROM jsonb_array_elements(%(sample_facets)s::jsonb) wanted
                WHERE NOT sample.facets && ARRAY(SELECT jsonb_array_elements_text(wanted)::varchar))
    AND sample.duration_s BETWEEN %(sample_min_duration_s)s AND %(sample_max_duration_s)s
    AND coalesce(sample.short_side_px, 0) BETWEEN %(sample_min_short_side_px)s AND %(sample_max_short_side_px)s
    AND sample.quality BETWEEN %(sample_min_quality)s AND %(sample_max_quality)s
"""


class BadSampleFilter(InvalidInput):
    code = "bad_sample_filter"


@dataclass(frozen=True)
class SampleFilter:
    """One of the values for each facet that is named, and within each limit; empty means all.

    Attributes:
        facets: By name the values of which one has to be there, sorted.
        limits: By `min_` or `max_` and one of `RANGES`, inclusive.
    """

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SampleFilter":
        """Raises `BadSampleFilter` on unknown names and words."""
        facets = {name: _values(name, values) for name, values in (data.get("facets") or {}).items()}
        limits = {name: float(data[name]) for name in LIMITS if data.get(name) is not None}
        return cls(facets, limits)

    def as_json(self) -> dict[str, Any]:
        facets = {name: list(values) for name, values in sorted(self.facets.items())}
        return ({"facets": facets} if facets else {}) | dict(sorted(self.limits.items()))

    def __bool__(self) -> bool:
        return bool(self.facets or self.limits)

    def where(self) -> tuple[str, dict[str, Any]]:
        """Conditions on `sample` that indexes serve, and their parameters."""
        clauses, parameters = ["true"], dict[str, Any](self.limits)
        for place, (name, values) in enumerate(sorted(self.facets.items())):
            clauses.append(f"sample.facets && %(facet{place})s::varchar[]")
            parameters[f"facet{place}"] = [f"{name}={value}" for value in values]
        for limit in self.limits:
            bound, _, column = limit.partition("_")
            clauses.append(f"sample.{column} {'>=' if bound == 'min' else '<='} %({limit})s")
        return " AND ".join(clauses), parameters

    def parameters(self) -> dict[str, Any]:
        """Those of `MATCHES`."""
        groups = [[f"{name}={value}" for value in values] for name, values in sorted(self.facets.items())]
        limits = {limit: float("-inf" if limit.startswith("min") else "inf") for limit in LIMITS} | dict(self.limits)
        return {"sample_facets": json.dumps(groups)} | {f"sample_{name}": value for name, value in limits.items()}


EVERYTHING = SampleFilter()


def _values(name: str, values: Any) -> tuple[str, ...]:
    if name not in FACETS:
        raise _refused(name, f"There is no such facet; there are {', '.join(FACETS)}.")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _refused(name, "Give a list of words.")
    if len(values) > MOST_VALUES:
        raise _refused(name, f"Give at most {MOST_VALUES}.")
    vocabulary = VOCABULARY_OF.get(name)
    unknown = sorted(set(values) - set(vocabulary)) if vocabulary else []
    if vocabulary and unknown:
        raise _refused(name, f"{unknown[0]} is no {name}; there are {', '.join(vocabulary)}.")
    return tuple(sorted(set(values)))


def _refused(name: str, message: str) -> BadSampleFilter:
    return BadSampleFilter(f"{name}: {message}", fields={name: [message]})
