"""What a version would hold before it is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from curation.models import Dataset
from curation.selectors.selections import SELECTED, Selection

# What stands between all that is accepted and what is selected, in this order; each is counted on top of the former.
REASONS: tuple[tuple[str, str, str], ...] = (
    ("campaigns", "other_campaign", "Contributed to another campaign than the selection names."),
    ("ids", "not_chosen", "Not among the chosen samples."),
    ("modalities", "lacks_modality", "Lacks a modality that the selection asks for."),
    ("filter", "outside_filter", "The filter does not find it."),
    ("min_quality", "low_quality", "Its quality is below what the selection asks for."),
)
SPLITS = f"""
SELECT assigned.split, assigned.excluded, count(*) FROM ({SELECTED}) selected
JOIN curation_splitassignment assigned
  ON assigned.dataset_id = %(dataset)s AND assigned.submission_id = selected.submission_id
GROUP BY 1, 2
"""  # noqa: S608 - a constant; values are parameters
LICENSES = f"""
SELECT coalesce(revision.record -> 'rights' ->> 'license', ''), count(*) FROM ({SELECTED}) selected
JOIN curation_revision revision ON revision.id = selected.revision_id
JOIN curation_splitassignment assigned
  ON assigned.dataset_id = %(dataset)s AND assigned.submission_id = selected.submission_id
WHERE NOT assigned.excluded
GROUP BY 1 ORDER BY 2 DESC, 1
"""  # noqa: S608 - likewise
JOINED_LATER = "Shares something with samples on the other side of the split, as was found after its first freeze."


@dataclass(frozen=True)
class Excluded:
    """Accepted samples that the version would not hold, and why."""

    code: str
    message: str
    count: int


@dataclass(frozen=True)
class SelectionPreview:
    """`samples` would be in the version, by split and by license; of all `accepted` ones the rest is `excluded`."""

    accepted: int
    samples: int
    splits: dict[str, int]
    licenses: dict[str, int]
    excluded: list[Excluded]


def selected_count(selection: Selection) -> int:
    """How many accepted submissions the selection names."""
    [(count,)] = _rows(f"SELECT count(*) FROM ({SELECTED}) selected", selection.parameters())  # noqa: S608 - a constant
    return int(count)


def left_out(selection: Selection) -> list[Excluded]:
    """Why each accepted submission that is not selected is not: by the first criterion that leaves it out."""
    asked, so_far = selection.as_json(), dict[str, Any]()
    before, found = selected_count(Selection()), []
    for criterion, code, message in REASONS:
        if criterion not in asked:
            continue
        so_far[criterion] = asked[criterion]
        left = selected_count(Selection.from_json(so_far))
        found += [Excluded(code, message, before - left)] if before > left else []
        before = left
    return found


def assigned(dataset: Dataset, selection: Selection) -> SelectionPreview:
    """The preview, once every selected submission has a split in the dataset."""
    parameters = {**selection.parameters(), "dataset": dataset.id}
    rows = _rows(SPLITS, parameters)
    splits = {split: count for split, excluded, count in rows if not excluded}
    joined = sum(count for _, excluded, count in rows if excluded)
    excluded = left_out(selection) + ([Excluded("joined_other_split", JOINED_LATER, joined)] if joined else [])
    licenses = dict(_rows(LICENSES, parameters))
    return SelectionPreview(selected_count(Selection()), sum(splits.values()), splits, licenses, excluded)


def _rows(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
