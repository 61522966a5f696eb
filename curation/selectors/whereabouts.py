"""Where a submission's data went: the versions that name it, and the exports that carry it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.public import Action, allowed
from curation.lifecycle import BuildStatus, EventKind
from curation.models import Event, Export, ExportShard, Submission, VersionItem
from curation.selectors.submissions import NoSuchSubmission


@dataclass(frozen=True)
class CarriedBy:
    """An export that has the sample."""

    id: UUID
    profile: str
    created_at: datetime
    ready_at: datetime | None


@dataclass(frozen=True)
class InVersion:
    """A frozen version that names the submission."""

    version: UUID
    dataset: str
    number: int
    split: str
    revision_number: int
    frozen_at: datetime | None
    exports: list[CarriedBy]


@dataclass(frozen=True)
class Whereabouts:
    """What a withdrawal cannot call back: what was frozen and exported before it."""

    withdrawn_at: datetime | None
    versions: list[InVersion]


def whereabouts_of(person: User, submission_id: UUID) -> Whereabouts:
    """For its contributor and operators, in four queries. Raises `NoSuchSubmission`."""
    submission = Submission.objects.filter(id=submission_id).first()
    if submission is None or not _may_know(person, submission):
        raise NoSuchSubmission("There is no such submission.")
    withdrawn = Event.objects.filter(submission=submission, kind=EventKind.WITHDRAWN).first()
    items = VersionItem.objects.filter(revision__submission=submission).exclude(version__status=BuildStatus.FAILED)
    rows = list(items.select_related("version__dataset", "revision").order_by("version_id"))
    exports = _exports(rows, before=withdrawn.at if withdrawn else None)
    return Whereabouts(withdrawn.at if withdrawn else None, [_in_version(row, exports[row.version_id]) for row in rows])


def _may_know(person: User, submission: Submission) -> bool:
    owner = submission.contributor_id == person.id
    return allowed(person, Action.SUBMISSION_READ, owner=owner)


def _exports(items: list[VersionItem], *, before: datetime | None) -> dict[UUID, list[CarriedBy]]:
    """By version; what was begun after the withdrawal left the sample out."""
    found: dict[UUID, list[CarriedBy]] = defaultdict(list)
    if not items:
        return found
    carrying = Q()
    for item in items:
        carrying |= Q(export__version=item.version_id, first__lte=item.position, last__gte=item.position) & (
            Q(split="") | Q(split=item.split)
        )
    shards = ExportShard.objects.filter(carrying, export=OuterRef("pk"))
    exports = Export.objects.filter(Exists(shards)).exclude(status=BuildStatus.FAILED)
    if before:
        exports = exports.filter(created_at__lt=before)
    for export in exports.order_by("id"):
        found[export.version_id].append(CarriedBy(export.id, export.profile, export.created_at, export.ready_at))
    return found


def _in_version(item: VersionItem, exports: list[CarriedBy]) -> InVersion:
    return InVersion(
        version=item.version_id,
        dataset=item.version.dataset.name,
        number=item.version.number,
        split=item.split,
        revision_number=item.revision.number,
        frozen_at=item.version.ready_at,
        exports=exports,
    )
