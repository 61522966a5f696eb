"""Reads of generations, and links to what they made."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from accounts.public import Role, User
from common import storage
from common.errors import DomainError, NotFound
from generation.lifecycle import GenerationStatus
from generation.models import Generation, Vote

CLIP_TYPE, POSTER_TYPE = "video/mp4", "image/webp"


class NoSuchGeneration(NotFound):
    code = "generation_not_found"


class NotDelivered(DomainError):
    """There is no clip yet, or there will be none."""

    code = "not_delivered"


def visible_to(person: User) -> QuerySet[Generation]:
    """One's own generations; the operator's eye sees all."""
    everything = Generation.objects.prefetch_related("stages")
    return everything if Role.OPERATOR in person.roles else everything.filter(created_by=person)


def listed(
    person: User, *, status: str = "", model: str = "", adapter_id: UUID | None = None, mine: bool = False
) -> QuerySet[Generation]:
    """Those this person may see, narrowed."""
    found = visible_to(person)
    found = found.filter(created_by=person) if mine else found
    found = found.filter(status=status) if status else found
    found = found.filter(model=model) if model else found
    return found.filter(adapter_id=adapter_id) if adapter_id else found


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


@dataclass(frozen=True)
class Shown:
    """Links to what a generation made, valid for minutes; None where there is nothing."""

    clip: str | None
    poster: str | None


def links_of(generation: Generation) -> Shown:
    """What a gallery shows of it."""
    if generation.status != GenerationStatus.DELIVERED:
        return Shown(None, None)
    name = f"openslate-{generation.id}"
    poster = None
    if generation.result.get("has_poster"):
        poster = storage.read_link(generation.poster_key, content_type=POSTER_TYPE, filename=f"{name}.webp")
    return Shown(clip_link(generation), poster)


@dataclass(frozen=True)
class BillLine:
    """One stage's part of the price; the lines of a bill sum to the price exactly."""

    name: str
    seconds: float
    amount_wei: int


def bill_of(generation: Generation) -> list[BillLine]:
    """The price by stage, in proportion to their seconds; what is rounded off is with the rest. Empty when unbilled."""
    if not generation.price_wei or not generation.device_seconds:
        return []
    lines = []
    for stage in generation.stages.all():
        share = Fraction(str(stage.seconds)) / Fraction(str(generation.device_seconds))
        lines.append(BillLine(stage.name, stage.seconds, int(min(share, Fraction(1)) * generation.price_wei)))
    left_wei = generation.price_wei - sum(line.amount_wei for line in lines)
    left_s = max(0.0, generation.device_seconds - sum(line.seconds for line in lines))
    return [*lines, BillLine("start_and_end", round(left_s, 3), left_wei)]


def blind_links(vote: Vote) -> tuple[str, str]:
    """Links to the left and the right clip of a vote, under names that give nothing away."""
    pair = (vote.comparison.first, vote.comparison.second)
    left, right = pair if vote.first_is_left else reversed(pair)
    return (
        storage.read_link(left.clip_key, content_type=CLIP_TYPE, filename="left.mp4"),
        storage.read_link(right.clip_key, content_type=CLIP_TYPE, filename="right.mp4"),
    )
