"""What is seen and what happens: the one modality that every sample has."""

from typing import Annotated

from pydantic import AfterValidator, Field

from curation.record import vocabulary as words
from curation.record.models.fields import Flag, Paragraph, Part, Phrase, Seconds, SubjectId, Word, problem, word_count

SHORT_WORDS_MAX = 60
LONG_WORDS = (80, 250)


def _short_enough(text: str) -> str:
    if (count := word_count(text)) > SHORT_WORDS_MAX:
        raise problem(
            "too_many_words", f"The short caption has {count} words.", f"Keep it to {SHORT_WORDS_MAX} words or fewer."
        )
    return text


def _long_enough(text: str) -> str:
    low, high = LONG_WORDS
    if not low <= (count := word_count(text)) <= high:
        raise problem(
            "word_count",
            f"The long caption has {count} words.",
            f"Write {low} to {high} words on one line, or leave it out: one is composed from the record.",
        )
    return text


class Subject(Part):
    """Someone or something that other parts refer to by `id`."""

    id: SubjectId
    name: Word
    kind: words.SubjectKind
    description: Phrase | None = None
    count: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 1


class Action(Part):
    """A subject doing something: `verb` is the rest of the sentence, such as "rolls across the floor"."""

    subject: SubjectId
    verb: Phrase
    start_s: Seconds
    end_s: Seconds


class Setting(Part):
    place: Phrase | None = None
    interior: Flag | None = None
    time_of_day: words.TimeOfDay | None = None
    weather: words.Weather | None = None


class Shot(Part):
    size: words.ShotSize | None = None
    angle: words.CameraAngle | None = None
    framing: words.Framing | None = None
    lens: words.LensLook | None = None
    composition: Annotated[tuple[words.Composition, ...], Field(max_length=8)] = ()


class Scene(Part):
    caption_short: Annotated[Paragraph, AfterValidator(_short_enough)]
    caption_long: Annotated[Paragraph, AfterValidator(_long_enough)] | None = None
    language: Annotated[str, Field(strict=True, pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
    subjects: Annotated[tuple[Subject, ...], Field(max_length=64)] = ()
    actions: Annotated[tuple[Action, ...], Field(max_length=256)] = ()
    setting: Setting | None = None
    shot: Shot | None = None
    style: Annotated[tuple[Word, ...], Field(max_length=16)] = ()
    text_on_screen: Annotated[tuple[Phrase, ...], Field(max_length=64)] = ()
