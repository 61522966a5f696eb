"""What every format of sound events gives back, and what all of them refuse alike."""

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from pydantic import ValidationError

from curation.record.models import SoundEvent
from curation.record.models.fields import MAX_DURATION_S
from curation.record.problems import Problem, refuse
from curation.record.vocabularies.audioset import class_of, nearest

MAX_BYTES = 4 * 2**20
MAX_EVENTS = 2_000
# Looking for the nearest name costs milliseconds: further unknown labels are told without one.
SUGGESTIONS = 20


@dataclass(frozen=True)
class ImportedEvents:
    """Events in the order of the file; `losses` says what was in it and is not kept, or has no AudioSet class."""

    events: tuple[SoundEvent, ...]
    format: str
    losses: tuple[Problem, ...]


@dataclass(frozen=True)
class ExportedEvents:
    """The file; `losses` says what of the events it does not carry."""

    content: bytes
    losses: tuple[Problem, ...]


@dataclass(frozen=True)
class RawEvent:
    """One row of a file: seconds as numbers, the label as written; `place` is its line or its path."""

    onset_s: float
    offset_s: float
    label: str
    place: str


def decoded(content: bytes) -> str:
    """The text of a file, without byte order mark.

    Raises:
        RecordRefused: It is too large, or not text.
    """
    if len(content) > MAX_BYTES:
        raise refuse("", "too_large", f"The file has {len(content):,} bytes.", f"Keep it under {MAX_BYTES:,} bytes.")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("", "not_text", "The file is not text.", "Save it as UTF-8 text.") from error
    if "\0" in text:
        raise refuse("", "not_text", "The file is not text.", "Save it as UTF-8 text.")
    return text


def as_events(rows: list[RawEvent]) -> tuple[tuple[SoundEvent, ...], tuple[Problem, ...]]:
    """The record's events of a file's rows, and which labels name no class.

    Raises:
        RecordRefused: Naming the place of the first row that cannot be an event.
    """
    if len(rows) > MAX_EVENTS:
        message = f"There are {len(rows):,} sounds, more than a record holds."
        raise refuse(rows[MAX_EVENTS].place, "too_many", message, f"Keep it to {MAX_EVENTS:,}.")
    unknown: dict[str, str] = {}
    events = []
    for row in rows:
        events.append(_event(row))
        if events[-1].mid is None:
            unknown.setdefault(events[-1].name, row.place)
    losses = (_no_class(name, place, suggest=i < SUGGESTIONS) for i, (name, place) in enumerate(unknown.items()))
    return tuple(events), tuple(losses)


def _event(row: RawEvent) -> SoundEvent:
    for name, value in (("onset", row.onset_s), ("offset", row.offset_s)):
        if not (isfinite(value) and 0 <= value <= MAX_DURATION_S):
            message = f"The {name} is {value:g}."
            raise refuse(row.place, "out_of_range", message, f"Write seconds from 0 to {MAX_DURATION_S:g}.")
    if row.offset_s < row.onset_s:
        message = f"It starts at {row.onset_s:g} s and ends at {row.offset_s:g} s."
        raise refuse(row.place, "ends_before_start", message, "Put the end after the start.")
    name = " ".join(row.label.replace("_", " ").split())
    known = class_of(name)
    try:
        return SoundEvent(onset_s=row.onset_s, offset_s=row.offset_s, mid=known.mid if known else None, name=name)
    except ValidationError as error:
        fix = "Write a label of 1 to 80 characters on one line."
        raise refuse(row.place, "wrong_label", "The label is empty, too long or not on one line.", fix) from error


def _no_class(name: str, place: str, *, suggest: bool) -> Problem:
    near = ", ".join(f"{sound.name} ({sound.mid})" for sound in nearest(name)) if suggest else ""
    fix = f"Keep it as it is, or choose one: {near}." if near else "Keep it as it is, or choose a class."
    return Problem(place, "no_class", f"{name} names no class of the AudioSet ontology.", fix)


def seconds_after(start_s: float, length_s: float) -> float:
    """The sum as people mean it: 0.1 and 0.2 make 0.3."""
    return float(Decimal(repr(start_s)) + Decimal(repr(length_s)))


def seconds_between(start_s: float, end_s: float) -> float:
    """The difference as people mean it: from 0.1 to 0.3 are 0.2."""
    return float(Decimal(repr(end_s)) - Decimal(repr(start_s)))


def not_carried(events: tuple[SoundEvent, ...], title: str) -> tuple[Problem, ...]:
    """What of the events a file of onsets, offsets and labels leaves out."""
    told = {
        "mid": [event for event in events if event.mid is not None and _mid_of(event) != event.mid],
        "source": [event for event in events if event.source is not None],
        "subject": [event for event in events if event.subject is not None],
    }
    messages = {
        "mid": "the AudioSet classes of {count} sounds whose names do not say them",
        "source": "whether {count} sounds are on screen",
        "subject": "whose {count} sounds are",
    }
    return tuple(
        Problem(f"events[].{field}", "not_carried", f"{title} does not carry {messages[field].format(count=len(of))}.",
                "Keep the record beside the file.")
        for field, of in told.items()
        if of
    )  # fmt: skip


def _mid_of(event: SoundEvent) -> str | None:
    known = class_of(event.name)
    return known.mid if known else None
