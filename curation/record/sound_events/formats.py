"""The formats of sound events, told apart by content, and the one way in and out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from curation.record.models import SoundEvent
from curation.record.problems import Problem, refuse
from curation.record.sound_events import dcase, jams
from curation.record.sound_events.reading import (
    ExportedEvents,
    ImportedEvents,
    RawEvent,
    as_events,
    decoded,
    not_carried,
)


@dataclass(frozen=True)
class EventFormat:
    """One file format: whether a text is of it, its reader and its writer."""

    name: str
    title: str
    ending: str
    looks_like: Callable[[str], bool]
    read: Callable[[bytes], tuple[list[RawEvent], tuple[Problem, ...]]]
    write: Callable[[tuple[SoundEvent, ...]], tuple[bytes, tuple[Problem, ...]]]


FORMATS: Mapping[str, EventFormat] = MappingProxyType(
    {
        "jams": EventFormat("jams", jams.TITLE, "jams", jams.looks_like, jams.read, jams.write),
        "dcase": EventFormat("dcase", dcase.TITLE, "tsv", dcase.looks_like, dcase.read, dcase.write),
    }
)


def detect(content: bytes) -> str:
    """The name of the format of a file, by its content.

    Raises:
        RecordRefused: It is none of `FORMATS`.
    """
    text = decoded(content)
    found = next((format_.name for format_ in FORMATS.values() if format_.looks_like(text)), None)
    if found is None:
        known = ", ".join(format_.title for format_ in FORMATS.values())
        raise refuse("", "unknown_format", "This is in no known format of sound events.", f"Give one of: {known}.")
    return found


def import_events(content: bytes, *, format: str | None = None) -> ImportedEvents:
    """The sound events of a file, each with its AudioSet class where its label names one.

    Args:
        content: The file.
        format: A key of `FORMATS`; found by content when left out.

    Raises:
        RecordRefused: Naming the line or path and the fix. Nothing else is raised, whatever the bytes.
    """
    name = format or detect(content)
    if name not in FORMATS:
        raise refuse("", "unknown_format", f"There is no format {name[:40]!r}.", f"Use one of {', '.join(FORMATS)}.")
    rows, losses = FORMATS[name].read(content)
    events, unknown = as_events(rows)
    return ImportedEvents(events, name, (*losses, *unknown))


def export_events(events: Sequence[SoundEvent], format: str) -> ExportedEvents:
    """The events as a file of one of `FORMATS`, and what it does not carry."""
    target, told = FORMATS[format], tuple(events)
    content, losses = target.write(told)
    return ExportedEvents(content, (*losses, *not_carried(told, target.title)))
