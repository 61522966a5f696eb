"""Every status of a generation and every allowed move between them, as data."""

from enum import StrEnum

from django.db.models import TextChoices


class GenerationStatus(TextChoices):
    QUEUED = "queued", "Waiting for a GPU node"
    RUNNING = "running", "Being made"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


GENERATION_TRANSITIONS: dict[str, set[str]] = {
    GenerationStatus.QUEUED: {GenerationStatus.RUNNING, GenerationStatus.CANCELLED},
    GenerationStatus.RUNNING: {
        GenerationStatus.DELIVERED,
        GenerationStatus.FAILED,
        GenerationStatus.CANCELLED,
        GenerationStatus.QUEUED,
    },
    GenerationStatus.DELIVERED: set(),
    GenerationStatus.FAILED: {GenerationStatus.QUEUED},
    GenerationStatus.CANCELLED: set(),
}


class EventKind(StrEnum):
    GENERATION_QUEUED = "generation_queued"
    GENERATION_STARTED = "generation_started"
    GENERATION_DELIVERED = "generation_delivered"
    GENERATION_FAILED = "generation_failed"
    GENERATION_CANCELLED = "generation_cancelled"
    VOTE_CAST = "vote_cast"


EVENT_OF_STATUS = {
    GenerationStatus.QUEUED: EventKind.GENERATION_QUEUED,
    GenerationStatus.RUNNING: EventKind.GENERATION_STARTED,
    GenerationStatus.DELIVERED: EventKind.GENERATION_DELIVERED,
    GenerationStatus.FAILED: EventKind.GENERATION_FAILED,
    GenerationStatus.CANCELLED: EventKind.GENERATION_CANCELLED,
}
