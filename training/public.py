"""All that other rooms may use of this one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from training import selectors
from training.models import Checkpoint, Event
from training.services.runs import base_models, weights_folder

__all__ = [
    "CheckpointFact",
    "Event",
    "FinishedFact",
    "base_models",
    "checkpoint_fact",
    "events",
    "finished_fact",
    "weights_folder",
]


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
    return Event.objects.filter(kind=kind).select_related("run__export").order_by("id")


@dataclass(frozen=True)
class FinishedFact:
    """A finished run and its price."""

    event_id: UUID
    run_id: UUID
    customer_id: UUID
    version_id: UUID
    price_wei: int
    at: datetime


def finished_fact(event: Event) -> FinishedFact:
    """The fact behind a `run_finished` event; it cost nothing where it finished before runs had a price."""
    return FinishedFact(
        event_id=event.id,
        run_id=event.run_id,
        customer_id=event.run.created_by_id,
        version_id=event.run.export.version_id,
        price_wei=int(event.detail.get("price_wei", 0)),
        at=event.at,
    )


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
