"""All that other rooms may use of this one."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from training import selectors
from training.models import Checkpoint, Event
from training.services.runs import base_models, weights_folder

__all__ = ["CheckpointFact", "base_models", "checkpoint_fact", "events", "weights_folder"]


@dataclass(frozen=True)
class CheckpointFact:
    """An adapter as generation needs it; `files` are [{name, size, sha256}] below `prefix` in object storage."""

    checkpoint_id: UUID
    run_id: UUID
    version_export_id: UUID
    base: str
    base_fingerprint: str
    fingerprint: str
    prefix: str
    files: tuple[dict[str, str | int], ...]


def events(kind: str) -> QuerySet[Event]:
    """This room's events of one kind, oldest first; consumers filter out what they have handled."""
    return Event.objects.filter(kind=kind).order_by("id")


def checkpoint_fact(checkpoint_id: UUID) -> CheckpointFact:
    """Raises `training.selectors.NoSuchCheckpoint`."""
    checkpoint: Checkpoint = selectors.checkpoint_by_id(checkpoint_id)
    return CheckpointFact(
        checkpoint_id=checkpoint.id,
        run_id=checkpoint.run_id,
        version_export_id=checkpoint.run.export_id,
        base=checkpoint.base,
        base_fingerprint=checkpoint.base_fingerprint,
        fingerprint=checkpoint.fingerprint,
        prefix=checkpoint.prefix,
        files=tuple(checkpoint.files),
    )
