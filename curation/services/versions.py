"""Frozen versions: asked for here, built by `version_builds`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from common.errors import DomainError, NotFound
from common.tasks import wake
from curation.lifecycle import BuildStatus
from curation.models import Dataset, Version
from curation.selectors.selections import Selection
from curation.services import datasets

BUILD_TASK = "curation.tasks.build_versions"


class NoSuchVersion(NotFound):
    code = "version_not_found"


class VersionNotReady(DomainError):
    code = "version_not_ready"


def freeze(*, dataset_id: UUID, selection: Mapping[str, Any], actor: User, now: datetime) -> Version:
    """A version that is being built; a worker freezes the accepted submissions that the selection names.

    Raises:
        NoSuchDataset: There is none.
        BadSelection: The selection names an unknown criterion or a value out of range.
    """
    asked = Selection.from_json(selection).as_json()
    datasets.find(dataset_id)
    with transaction.atomic():
        dataset = Dataset.objects.select_for_update().get(id=dataset_id)
        last = dataset.versions.aggregate(last=Max("number"))["last"] or 0
        version = Version.objects.create(
            dataset=dataset, number=last + 1, selection=asked, created_by=actor, created_at=now
        )
        wake(BUILD_TASK)
    return version


def find(version_id: UUID) -> Version:
    """Raises `NoSuchVersion`."""
    version = Version.objects.select_related("dataset").filter(id=version_id).first()
    if version is None:
        raise NoSuchVersion("There is no such version.")
    return version


def ready(version_id: UUID) -> Version:
    """The version, once it is frozen. Raises `NoSuchVersion`, `VersionNotReady`."""
    version = find(version_id)
    if version.status != BuildStatus.READY:
        raise VersionNotReady(f"Version {version.number} is {version.get_status_display().lower()}.")
    return version
