"""DCASE event tables: `onset offset label` a line, tabs between, with or without a header or a file name before.

Format: https://dcase.community/challenge2016/submission (tasks 2 and 3); since 2018 with the header
`filename onset offset event_label`. Tables that were edited by hand come with commas, spaces, decimal commas, comments
and blank lines; they are read.
"""

import re
from collections.abc import Iterator, Mapping
from io import StringIO

from curation.record.models import SoundEvent
from curation.record.problems import Problem, refuse
from curation.record.sound_events.reading import RawEvent, decoded

TITLE = "DCASE TSV"
HEADER = ("onset", "offset", "event_label")
_COLUMNS: Mapping[str, str] = {
    "onset": "onset", "onset_s": "onset", "start": "onset", "start_time": "onset",
    "offset": "offset", "offset_s": "offset", "end": "offset", "end_time": "offset",
    "event_label": "label", "label": "label", "event": "label", "class": "label",
    "filename": "filename", "file": "filename",
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d{1,3})?")
_FIX = "Each line is: onset, offset and label, with tabs between, in seconds."


def looks_like(text: str) -> bool:
    """Whether the first line that says something is a header or an event."""
    for _, line in _lines(text[:100_000]):
        cells = _cells(line)
        return _header(cells) is not None or _unnamed(cells) is not None
    return False


def read(content: bytes) -> tuple[list[RawEvent], tuple[Problem, ...]]:
    """The rows of a table of one recording.

    Raises:
        RecordRefused: Naming the line.
    """
    columns: Mapping[str, int] | None = None
    rows: list[RawEvent] = []
    recording: str | None = None
    for number, line in _lines(decoded(content)):
        cells = _cells(line)
        if not rows and columns is None and (named := _header(cells)) is not None:
            columns = named
            continue
        found = columns if columns is not None else _unnamed(cells)
        if found is None or max(found.values()) >= len(cells):
            raise refuse(f"line {number}", "wrong_columns", f"This line has {len(cells)} columns.", _FIX)
        if "filename" in found:
            recording = _same(recording, cells[found["filename"]], number)
        if any(cells[found[name]] for name in ("onset", "offset", "label")):  # DESED lists silent files with none
            rows.append(_row(cells, found, number))
    return rows, ()


def write(events: tuple[SoundEvent, ...]) -> tuple[bytes, tuple[Problem, ...]]:
    """A table with a header; spaces in labels are underscores, as DCASE writes them."""
    lines = ["\t".join(HEADER)]
    lines += [f"{event.onset_s!r}\t{event.offset_s!r}\t{event.name.replace(' ', '_')}" for event in events]
    changed = sum("_" in event.name for event in events)
    message = f"{TITLE} writes spaces as underscores: {changed} names have underscores of their own."
    losses = (Problem("events[].name", "not_carried", message, "Rename them."),) if changed else ()
    return ("\n".join(lines) + "\n").encode(), losses


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Line numbers from 1 and lines; blank ones and comments left out."""
    for number, line in enumerate(StringIO(text, newline=None), start=1):
        stripped = line.strip("\r\n")
        if stripped.strip() and not stripped.lstrip().startswith("#"):
            yield number, stripped


def _cells(line: str) -> list[str]:
    """Columns between tabs; else between commas after a number or a name; else between spaces, the label last."""
    if "\t" in line:
        cells = line.split("\t")
    elif re.match(r"\s*[^\s,]+\s*,\s*[^\s,]+\s*,", line):
        cells = line.split(",")
        cells = cells if _header(cells) else _joined(cells, 2 if _is_number(cells[0]) else 3)
    else:
        cells = line.split(None, 2)
    return [cell.strip() for cell in cells]


def _joined(cells: list[str], before: int) -> list[str]:
    """A label may hold commas itself (`Thump, thud`)."""
    return [*cells[:before], ",".join(cells[before:])]


def _header(cells: list[str]) -> Mapping[str, int] | None:
    named = {
        _COLUMNS[cell.strip().casefold()]: i for i, cell in enumerate(cells) if cell.strip().casefold() in _COLUMNS
    }
    return named if {"onset", "offset", "label"} <= named.keys() else None


def _unnamed(cells: list[str]) -> Mapping[str, int] | None:
    if len(cells) >= 3 and _is_number(cells[0]) and _is_number(cells[1]):
        return {"onset": 0, "offset": 1, "label": 2}
    if len(cells) >= 4 and all(not cell or _is_number(cell) for cell in cells[1:3]):
        return {"filename": 0, "onset": 1, "offset": 2, "label": 3}
    return None


def _row(cells: list[str], columns: Mapping[str, int], line: int) -> RawEvent:
    place = f"line {line}"
    return RawEvent(
        _seconds(cells[columns["onset"]], place),
        _seconds(cells[columns["offset"]], place),
        cells[columns["label"]],
        place,
    )


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell.strip()) is not None


def _seconds(cell: str, place: str) -> float:
    if not _is_number(cell):
        raise refuse(place, "not_a_number", "A time is not a number.", "Write seconds, such as 1.25.")
    return float(cell.replace(",", "."))


def _same(recording: str | None, name: str, line: int) -> str:
    if recording is not None and name != recording:
        message = "The table tells of several recordings."
        raise refuse(f"line {line}", "several_recordings", message, "Keep the lines of one recording.")
    return name
