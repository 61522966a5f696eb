"""All that other rooms may use of this one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.public import User
from generation.models import Event, Generation, Vote
from generation.selectors import generation_by_id

__all__ = ["DeliveredFact", "Event", "check_generation_visible", "delivered_fact", "events", "files_in_use"]


@dataclass(frozen=True)
class DeliveredFact:
    """A delivered clip and its price; `version_id` is whose data its adapter was made from, if it has one."""

    event_id: UUID
    generation_id: UUID
    customer_id: UUID
    adapter_id: UUID | None
    version_id: UUID | None
    price_wei: int
    at: datetime


def events(kind: str) -> QuerySet[Event]:
    """This room's events of one kind, oldest first; consumers filter out what they have handled."""
    return Event.objects.filter(kind=kind).select_related("generation__adapter__run__export").order_by("id")


def delivered_fact(event: Event) -> DeliveredFact:
    """The fact behind a `generation_delivered` event."""
    generation = event.generation
    assert generation is not None
    return DeliveredFact(
        event_id=event.id,
        generation_id=generation.id,
        customer_id=generation.created_by_id,
        adapter_id=generation.adapter_id,
        version_id=generation.adapter.run.export.version_id if generation.adapter else None,
        price_wei=generation.price_wei,
        at=event.at,
    )


def files_in_use(asset_ids: Collection[UUID]) -> set[UUID]:
    """Those of the files that a generation refers to, whatever became of it."""
    used = Generation.objects.filter(reference_image__in=asset_ids)
    return {asset_id for asset_id in used.values_list("reference_image", flat=True) if asset_id}


def check_generation_visible(person: User, generation_id: UUID) -> None:
    """Raises `NoSuchGeneration` where there is none that this person asked for, oversees, or was shown to judge."""
    either = Q(comparison__first=generation_id) | Q(comparison__second=generation_id)
    if not Vote.objects.filter(either, voter=person).exists():
        generation_by_id(person, generation_id)
