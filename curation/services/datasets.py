"""Named lines of versions."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from common.errors import DomainError, NotFound
from curation.models import Dataset


class NoSuchDataset(NotFound):
    code = "dataset_not_found"


class DatasetNameTaken(DomainError):
    code = "dataset_name_taken"


def create(*, name: str, description: str = "", actor: User, now: datetime) -> Dataset:
    """An empty dataset with a split salt of its own.

    Raises:
        DatasetNameTaken: Another dataset has this name.
    """
    try:
        with transaction.atomic():
            return Dataset.objects.create(
                name=name, description=description, split_salt=secrets.token_hex(16), created_by=actor, created_at=now
            )
    except IntegrityError as error:
        message = "Another dataset has this name."
        raise DatasetNameTaken(message, fields={"name": [message]}) from error


def find(dataset_id: UUID) -> Dataset:
    """Raises `NoSuchDataset`."""
    dataset = Dataset.objects.filter(id=dataset_id).first()
    if dataset is None:
        raise NoSuchDataset("There is no such dataset.")
    return dataset
