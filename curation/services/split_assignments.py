"""The split of every submission of a dataset: decided at its first freeze, inherited ever after."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from common.ids import uuid7
from curation.exporting.splits import TRAIN, Links, Settled, settle, split_of
from curation.models import Dataset, SplitAssignment
from curation.selectors import links
from curation.selectors.selections import SELECTED, Selection

PAGE = 10_000
FIRST = UUID(int=0)

UNASSIGNED = f"""
SELECT submission_id FROM ({SELECTED}) selected
WHERE submission_id > %(after)s
  AND NOT EXISTS (SELECT FROM curation_splitassignment known
                  WHERE known.dataset_id = %(dataset)s AND known.submission_id = selected.submission_id)
ORDER BY submission_id LIMIT %(page)s
"""  # noqa: S608 - a constant; values are parameters
HAS_TRAINING = f"""
SELECT EXISTS (
    SELECT FROM ({SELECTED}) selected
    JOIN curation_splitassignment known ON known.submission_id = selected.submission_id
    WHERE known.dataset_id = %(dataset)s AND known.split = 'train' AND NOT known.excluded
)
"""  # noqa: S608 - as above
# What is in no version yet may still be moved.
LARGEST_FREE_GROUP = f"""
SELECT known."group" FROM ({SELECTED}) selected
JOIN curation_splitassignment known ON known.submission_id = selected.submission_id
WHERE known.dataset_id = %(dataset)s AND NOT known.excluded AND NOT EXISTS (
    SELECT FROM curation_splitassignment peer
    JOIN curation_revision revision ON revision.submission_id = peer.submission_id
    JOIN curation_versionitem item ON item.revision_id = revision.id
    JOIN curation_version version ON version.id = item.version_id AND version.dataset_id = peer.dataset_id
    WHERE peer.dataset_id = known.dataset_id AND peer."group" = known."group"
)
GROUP BY known."group" ORDER BY count(*) DESC, known."group" LIMIT 1
"""  # noqa: S608 - as above


@transaction.atomic
def assign(dataset: Dataset, selection: Selection) -> None:
    """Give every selected submission a split, whole groups together; repeating it changes nothing.

    What a new link joins to another side of the split is excluded from then on. Where the selection would have no
    training sample at all, its largest group that is in no version yet goes to training.
    """
    Dataset.objects.select_for_update().get(id=dataset.id)
    known, alike = Links(), Links()
    for together in links.shared(dataset.id, selection):
        known.join(together)
    for together in links.near_duplicates(dataset.id, selection):
        known.join(together)
        alike.join(together)
    for group in known.groups():
        _settle_group(dataset, group)
    for page in _unassigned(dataset, selection):
        _insert(
            dataset, ((submission, submission, split_of(submission, salt=dataset.split_salt)) for submission in page)
        )
    _name_clusters(dataset, alike)
    _see_that_there_is_training(dataset, selection)


def _name_clusters(dataset: Dataset, alike: Links) -> None:
    """Write down which near duplicates belong together; a cluster that grows keeps all that it had."""
    rows = SplitAssignment.objects.filter(dataset=dataset)
    for known in rows.exclude(cluster=None).values_list("cluster", "submission").iterator():
        alike.join(one for one in known if one)
    for group in alike.groups():
        rows.filter(submission__in=group).exclude(cluster=group[0]).update(cluster=group[0])


def _settle_group(dataset: Dataset, group: list[UUID]) -> None:
    rows = SplitAssignment.objects.filter(dataset=dataset, submission__in=group)
    settled: Settled = settle(group, assigned=dict(rows.values_list("submission", "split")), salt=dataset.split_salt)
    rows.exclude(group=settled.root).update(group=settled.root)
    rows.filter(submission__in=settled.excluded, excluded=False).update(excluded=True)
    _insert(dataset, ((submission, settled.root, settled.split) for submission in settled.new))


def _unassigned(dataset: Dataset, selection: Selection) -> Iterator[list[UUID]]:
    after = FIRST
    while page := _column(UNASSIGNED, dataset, selection, after=after, page=PAGE):
        yield page
        after = page[-1]


def _insert(dataset: Dataset, rows: Iterable[tuple[UUID, UUID, str]]) -> None:
    """Store (submission, group, split) rows."""
    columns = 'id, dataset_id, submission_id, "group", split, excluded'
    with connection.cursor() as cursor, cursor.copy(f"COPY curation_splitassignment ({columns}) FROM STDIN") as copy:
        for submission, group, split in rows:
            copy.write_row((uuid7(), dataset.id, submission, group, split, False))


def _see_that_there_is_training(dataset: Dataset, selection: Selection) -> None:
    [has_training] = _column(HAS_TRAINING, dataset, selection)
    if has_training:
        return
    for group in _column(LARGEST_FREE_GROUP, dataset, selection):
        SplitAssignment.objects.filter(dataset=dataset, group=group).update(split=TRAIN)


def _column(sql: str, dataset: Dataset, selection: Selection, **more: Any) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**selection.parameters(), "dataset": dataset.id, **more})
        return [row[0] for row in cursor.fetchall()]
