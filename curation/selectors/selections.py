"""What a version is frozen from: accepted submissions, narrowed by what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from common.errors import InvalidInput
from curation.record.vocabulary import MODALITIES
from curation.selectors.sample_filters import EVERYTHING, MATCHES, SampleFilter

KNOWN_MODALITIES = (*MODALITIES, "video")  # a clip is no modality of its own, but one may ask for it

# One row per selected submission: its accepted revision and the newest gate outcome of that.
SELECTED = f"""
SELECT submission.id AS submission_id, revision.id AS revision_id, gates.id AS gates_id
FROM curation_submission submission
JOIN curation_revision revision ON revision.id = submission.current_id
LEFT JOIN LATERAL (
    SELECT id, overall FROM curation_gateoutcome WHERE revision_id = revision.id
    ORDER BY judged_at DESC, id DESC LIMIT 1
) gates ON true
WHERE submission.status = 'accepted'
  AND (%(campaigns)s::uuid[] IS NULL OR submission.campaign_id = ANY(%(campaigns)s))
  AND (%(min_quality)s::float8 IS NULL OR gates.overall >= %(min_quality)s)
  AND (%(modalities)s::text[] IS NULL OR NOT EXISTS (
      SELECT FROM unnest(%(modalities)s::text[]) AS wanted
      WHERE coalesce(jsonb_typeof(revision.record -> wanted), 'null') = 'null'))
  AND (%(ids)s::uuid[] IS NULL OR submission.id = ANY(%(ids)s))
  AND (%(filtered)s IS NOT TRUE OR EXISTS (
      SELECT FROM curation_sample sample WHERE sample.revision_id = revision.id AND {MATCHES}))
"""  # noqa: S608 - both parts are constants; values are parameters
MOST_IDS = 100_000
CRITERIA = ("campaigns", "min_quality", "modalities", "ids", "filter")


class BadSelection(InvalidInput):
    code = "bad_selection"


@dataclass(frozen=True)
class Selection:
    """What belongs to a version; empty means all.

    Attributes:
        campaigns: Only submissions to these.
        min_quality: Only with at least this overall quality, in [0, 1].
        modalities: Only records that have all of these.
        ids: Only these submissions.
        filter: Only what a search by this filter finds.
    """

    campaigns: tuple[UUID, ...] = ()
    min_quality: float | None = None
    modalities: tuple[str, ...] = ()
    ids: tuple[UUID, ...] = ()
    filter: SampleFilter = EVERYTHING

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Selection":
        """Raises `BadSelection` on unknown names and values out of range."""
        if unknown := sorted(set(data) - set(CRITERIA)):
            raise _refused(unknown[0], f"There is no such criterion; there are {', '.join(CRITERIA)}.")
        return cls(
            _ids("campaigns", data.get("campaigns")),
            _quality(data.get("min_quality")),
            _modalities(data.get("modalities") or ()),
            _ids("ids", data.get("ids")),
            SampleFilter.from_json(data.get("filter") or {}),
        )

    def as_json(self) -> dict[str, Any]:
        asked = {
            "campaigns": [str(campaign) for campaign in self.campaigns],
            "min_quality": self.min_quality,
            "modalities": list(self.modalities),
            "ids": [str(one) for one in self.ids],
            "filter": self.filter.as_json(),
        }
        return {name: value for name, value in asked.items() if value not in (None, [], {})}

    def parameters(self) -> dict[str, Any]:
        """Those of `SELECTED`."""
        return {
            "campaigns": list(self.campaigns) or None,
            "min_quality": self.min_quality,
            "modalities": list(self.modalities) or None,
            "ids": list(self.ids) or None,
            "filtered": bool(self.filter),
            **self.filter.parameters(),
        }


def _ids(name: str, values: object) -> tuple[UUID, ...]:
    if values is None:
        return ()
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) > MOST_IDS:
        raise _refused(name, f"Give a list of at most {MOST_IDS:,} ids.")
    try:
        return tuple(sorted({UUID(str(one)) for one in values}))
    except ValueError as error:
        raise _refused(name, "Give a list of ids.") from error


def _quality(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _refused("min_quality", "Give a number between 0 and 1.")
    return float(value)


def _modalities(values: object) -> tuple[str, ...]:
    if not isinstance(values, Sequence) or isinstance(values, str) or not set(values) <= set(KNOWN_MODALITIES):
        raise _refused("modalities", f"Give a list of these: {', '.join(KNOWN_MODALITIES)}.")
    return tuple(sorted(set(values)))


def _refused(field: str, message: str) -> BadSelection:
    return BadSelection(f"selection.{field}: {message}", fields={f"selection.{field}": [message]})
