"""A freeze rehearsed: the splits it would give, and nothing kept of them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import transaction

from common.errors import DomainError
from curation.selectors.selection_previews import SelectionPreview, assigned, selected_count
from curation.selectors.selections import Selection
from curation.services import datasets, samples, split_assignments

MOST = 20_000  # of more the groups take longer to find than a request may last


class TooManyToPreview(DomainError):
    """The splits of so many are found by freezing only."""

    code = "too_many_to_preview"
    status = HTTPStatus.CONFLICT


def preview(*, dataset_id: UUID, selection: Mapping[str, Any]) -> SelectionPreview:
    """What a version frozen now would hold; the assignment of splits is made and taken back.

    Raises:
        NoSuchDataset, BadSelection: As `versions.freeze`.
        TooManyToPreview: The selection names more than 20,000 samples.
    """
    samples.index_all()
    chosen, dataset = Selection.from_json(selection), datasets.find(dataset_id)
    if (count := selected_count(chosen)) > MOST:
        raise TooManyToPreview(f"The selection names {count:,} samples. Narrow it to {MOST:,}, or freeze it.")
    with transaction.atomic():
        split_assignments.assign(dataset, chosen)
        found = assigned(dataset, chosen)
        transaction.set_rollback(True)
    return found
