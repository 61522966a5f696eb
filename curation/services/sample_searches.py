"""Searching accepted data: who answers is settled here, since a model may not be there to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from curation.selectors import samples
from curation.selectors.sample_filters import SampleFilter
from curation.services import query_embeddings

NO_MODEL = "No model answered, so that only words were searched. Try again in a moment."


@dataclass(frozen=True)
class Answer:
    """One page; `answered_by` is what its order comes from, `note` what could not be done."""

    results: list[samples.FoundSample]
    next: str | None
    answered_by: tuple[str, ...]
    note: str = ""


def by_words(wanted: Mapping[str, Any], *, words: str, like: UUID | None, sort: str, cursor: str, limit: int) -> Answer:
    """The likest samples to words, or to another sample; the newest where there is neither, or they are asked for.

    Raises:
        BadSampleFilter, BadCursor: As they say.
        NoSuchSample: `like` is none that a model has seen.
    """
    chosen, words = SampleFilter.from_json(wanted), words.strip()
    likeness = samples.of_sample(like) if like else query_embeddings.of_text(words) if words else None
    if sort == "newest" or not (words or likeness):
        page = samples.search(chosen, cursor=cursor, limit=limit)
        return Answer(page.results, page.next, ("newest",))
    page = samples.search(chosen, words=words, like=likeness, cursor=cursor, limit=limit)
    answered = (*(["words"] if words else []), *(["likeness"] if likeness else []))
    return Answer(page.results, page.next, answered, "" if likeness else NO_MODEL)


def by_image(
    person: User, asset_id: UUID, wanted: Mapping[str, Any], *, cursor: str, limit: int, now: datetime
) -> Answer:
    """The samples that look most like a picture.

    Raises:
        NoSuchAsset, NotAnImage, NothingToCompareWith, BadSampleFilter, BadCursor: As they say.
    """
    chosen = SampleFilter.from_json(wanted)
    like = query_embeddings.of_image(person, asset_id, now=now)
    page = samples.search(chosen, like=like, cursor=cursor, limit=limit)
    return Answer(page.results, page.next, ("likeness",))
