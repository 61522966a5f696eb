"""All that other rooms may use of this one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from generation.models import Event

__all__ = ["DeliveredFact", "delivered_fact", "events"]


@dataclass(frozen=True)
class DeliveredFact:
    """A delivered clip and its price."""

    event_id: UUID
    generation_id: UUID
    customer_id: UUID
    adapter_id: UUID | None
    price_wei: int
    at: datetime


def events(kind: str) -> QuerySet[Event]:
    """This room's events of one kind, oldest first; consumers filter out what they have handled."""
    return Event.objects.filter(kind=kind).select_related("generation").order_by("id")


def delivered_fact(event: Event) -> DeliveredFact:
    """The fact behind a `generation_delivered` event."""
    generation = event.generation
    assert generation is not None
    return DeliveredFact(
        event_id=event.id,
        generation_id=generation.id,
        customer_id=generation.created_by_id,
        adapter_id=generation.adapter_id,
        price_wei=generation.price_wei,
        at=event.at,
    )
