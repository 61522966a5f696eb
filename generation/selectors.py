"""Reads of generations, and links to what they made."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.public import Role, User
from common import storage
from common.errors import DomainError, NotFound
from generation.lifecycle import GenerationStatus
from generation.models import Generation, Vote

CLIP_TYPE = "video/mp4"


class NoSuchGeneration(NotFound):
    code = "generation_not_found"


class NotDelivered(DomainError):
    """There is no clip yet, or there will be none."""

    code = "not_delivered"


def visible_to(person: User) -> QuerySet[Generation]:
    """One's own generations; the operator's eye sees all."""
    everything = Generation.objects.prefetch_related("stages")
    return everything if Role.OPERATOR in person.roles else everything.filter(created_by=person)


def generation_by_id(person: User, generation_id: UUID) -> Generation:
    """Raises `NoSuchGeneration`, also where it is another person's."""
    generation = visible_to(person).filter(id=generation_id).first()
    if generation is None:
        raise NoSuchGeneration("There is no such generation.")
    return generation


def clip_link(generation: Generation) -> str:
    """A presigned link to the mp4, valid for minutes. Raises `NotDelivered`."""
    if generation.status != GenerationStatus.DELIVERED:
        raise NotDelivered(f"This generation is {generation.get_status_display().lower()}: there is no clip to fetch.")
    return storage.read_link(generation.clip_key, content_type=CLIP_TYPE, filename=f"openslate-{generation.id}.mp4")


def blind_links(vote: Vote) -> tuple[str, str]:
    """Links to the left and the right clip of a vote, under names that give nothing away."""
    pair = (vote.comparison.first, vote.comparison.second)
    left, right = pair if vote.first_is_left else reversed(pair)
    return (
        storage.read_link(left.clip_key, content_type=CLIP_TYPE, filename="left.mp4"),
        storage.read_link(right.clip_key, content_type=CLIP_TYPE, filename="right.mp4"),
    )
