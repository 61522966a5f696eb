"""JAMS: JSON with annotations of observations `{time, duration, value, confidence}`, as Scaper and music tools write.

Format: https://jams.readthedocs.io (Humphrey et al., ISMIR 2014). Values are labels, or objects with a `label` (the
`scaper` namespace; older ones say `event_label`). Old files hold columns instead of observations. Annotations of music
(beats, chords, keys ...) are left out and told.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Never

from curation.record.models import SoundEvent
from curation.record.problems import Problem, RecordRefused, refuse
from curation.record.sound_events.reading import RawEvent, decoded, seconds_after, seconds_between

TITLE = "JAMS"
VERSION = "0.3.4"
NAMESPACE = "tag_open"
NOT_SOUNDS = (
    "beat", "blob", "chord", "key", "lyrics", "melody", "mood", "multi_segment", "note", "onset", "pattern", "pitch",
    "segment", "tempo", "vector",
)  # fmt: skip
_COLUMNS = ("time", "duration", "value", "confidence")
MAX_ANNOTATIONS = 1_000
MAX_OBSERVATIONS = 20_000
_FIX = "Write annotations of observations with time, duration and value."


def looks_like(text: str) -> bool:
    return text.lstrip().startswith("{") and '"annotations"' in text


def read(content: bytes) -> tuple[list[RawEvent], tuple[Problem, ...]]:
    """The observations of all annotations of sounds.

    Raises:
        RecordRefused: Naming the path of what cannot be read.
    """
    data = _parsed(content)
    annotations = data.get("annotations") if isinstance(data, dict) else None
    if not isinstance(annotations, list) or len(annotations) > MAX_ANNOTATIONS:
        raise refuse("annotations", "wrong_shape", "This is not a list of annotations.", _FIX)
    rows, losses = list[RawEvent](), list[Problem]()
    unsure = 0
    for i, annotation in enumerate(annotations):
        place = f"annotations[{i}]"
        if not isinstance(annotation, dict):
            raise refuse(place, "wrong_shape", "This is not an annotation.", _FIX)
        if loss := _no_sounds(annotation, place):
            losses.append(loss)
            continue
        for at, observation in _observations(annotation.get("data"), f"{place}.data"):
            rows.append(_row(observation, at))
            unsure += observation.get("confidence") not in (None, 1, 1.0)
    if unsure:
        message = f"A record does not carry the confidence of {unsure} sounds."
        losses.append(Problem("annotations", "not_carried", message, "Leave out what is unsure."))
    return rows, tuple(losses)


def write(events: tuple[SoundEvent, ...]) -> tuple[bytes, tuple[Problem, ...]]:
    """One `tag_open` annotation; its duration reaches the last event's end."""
    length_s = max((event.offset_s for event in events), default=0.0)
    observations = [
        {
            "time": event.onset_s,
            "duration": seconds_between(event.onset_s, event.offset_s),
            "value": event.name,
            "confidence": None,
        }
        for event in events
    ]
    annotation = {
        "namespace": NAMESPACE,
        "data": observations,
        "annotation_metadata": {},
        "sandbox": {},
        "time": 0.0,
        "duration": length_s,
    }
    metadata = {"jams_version": VERSION, "duration": length_s, "title": "", "artist": "", "release": "",
                "identifiers": {}}  # fmt: skip
    document = {"annotations": [annotation], "file_metadata": metadata, "sandbox": {}}
    return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode(), ()


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(decoded(content), parse_constant=_not_finite)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}"
        raise refuse(place, "not_json", "The JSON breaks off or is malformed here.", "Repair it.") from error
    except RecordRefused:
        raise
    except (ValueError, RecursionError) as error:
        raise refuse("", "not_json", "The JSON cannot be read.", "Write plain numbers, not deeply nested.") from error


def _not_finite(word: str) -> Never:
    raise refuse("", "not_finite", f"The file contains {word}.", "Remove or repair that observation.")


def _no_sounds(annotation: Mapping[str, Any], place: str) -> Problem | None:
    namespace = annotation.get("namespace")
    if not isinstance(namespace, str):
        raise refuse(f"{place}.namespace", "missing", "The annotation does not say what it is about.", _FIX)
    if not namespace.startswith(NOT_SOUNDS):
        return None
    return Problem(place, "not_sounds", f"Annotations of {namespace[:40]} tell no sound events.", "They are left out.")


def _observations(data: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each observation with its place; columns of old files are turned into observations."""
    if isinstance(data, dict):
        data = _turned(data, place)
    if not isinstance(data, list) or len(data) > MAX_OBSERVATIONS:
        raise refuse(place, "wrong_shape", "This is not a list of observations.", _FIX)
    for i, observation in enumerate(data):
        if not isinstance(observation, dict):
            raise refuse(f"{place}[{i}]", "wrong_shape", "This is not an observation.", _FIX)
        yield f"{place}[{i}]", observation


def _turned(columns: Mapping[str, Any], place: str) -> list[dict[str, Any]]:
    lists = {name: columns[name] for name in _COLUMNS if isinstance(columns.get(name), list)}
    lengths = {len(values) for values in lists.values()}
    if len(lengths) != 1 or not {"time", "duration", "value"} <= lists.keys() or max(lengths) > MAX_OBSERVATIONS:
        raise refuse(place, "wrong_shape", "The columns are missing or of different lengths.", _FIX)
    return [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]


def _row(observation: Mapping[str, Any], place: str) -> RawEvent:
    onset_s = _seconds(observation.get("time"), f"{place}.time")
    length_s = _seconds(observation.get("duration"), f"{place}.duration")
    value = observation.get("value")
    if isinstance(value, dict):
        value = value.get("label", value.get("event_label"))
    if not isinstance(value, str):
        raise refuse(f"{place}.value", "wrong_label", "The observation has no label.", "Write the label as its value.")
    return RawEvent(onset_s, seconds_after(onset_s, length_s), value, place)


def _seconds(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 10**9:
        raise refuse(place, "not_a_number", "A time is not a number of seconds.", "Write seconds, such as 1.25.")
    return float(value)
