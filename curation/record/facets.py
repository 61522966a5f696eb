"""What accepted work is searched and counted by: words of the vocabularies, drawn from a record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from curation.record.captions.facts import DERIVED_CONFIDENCE_MIN
from curation.record.vocabularies import CLOSED
from curation.record.vocabulary import MODALITIES

Data = Mapping[str, Any]

# Facets whose values are a closed vocabulary: what nobody contributed yet counts 0 there.
VOCABULARY_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "modality": (*MODALITIES, "video"),
        "movement": CLOSED["camera_primitive"],
        "steadiness": CLOSED["steadiness"],
        "shot_size": CLOSED["shot_size"],
        "camera_angle": CLOSED["camera_angle"],
        "light": CLOSED["light_type"],
        "light_quality": CLOSED["light_quality"],
        "key_direction": CLOSED["key_direction"],
        "time_of_day": CLOSED["time_of_day"],
        "weather": CLOSED["weather"],
    }
)
OPEN = ("campaign", "sound", "license", "language", "ai_generated")
FACETS: tuple[str, ...] = (*VOCABULARY_OF, *OPEN)
LONGEST = 100
# What a campaign may ask for so many of: words of a closed vocabulary that somebody can set out to contribute.
TARGETED = ("movement", "light", "time_of_day", "weather", "shot_size", "camera_angle")
TARGETS = frozenset(f"{name}={value}" for name in TARGETED for value in VOCABULARY_OF[name])


def facets_of(record: Data) -> list[str]:
    """`name=value` of every facet that a valid record has, sorted; a campaign is no part of a record."""
    found = {f"{name}={value[:LONGEST]}" for name, read in READERS.items() for value in read(record) if value}
    return sorted(found)


def words_of(record: Data) -> str:
    """All that is said of the record in its contributor's words, for searching."""
    scene, audio = record["scene"], record.get("audio") or {}
    parts = [scene["caption_short"], scene.get("caption_long"), (scene.get("setting") or {}).get("place")]
    parts += [one for subject in _list(scene, "subjects") for one in (subject["name"], subject.get("description"))]
    parts += [action["verb"] for action in _list(scene, "actions")]
    parts += [*_list(scene, "style"), *_list(scene, "text_on_screen"), audio.get("style_caption")]
    parts += [*_list(audio, "aspects"), *_sounds(record), *(line["text"] for line in _list(audio, "speech"))]
    return "\n".join(part for part in parts if part)


def _modalities(record: Data) -> Iterator[str]:
    return (name for name in VOCABULARY_OF["modality"] if record.get(name) is not None)


def _movements(record: Data) -> Iterable[str]:
    """Declared ones, and those that the path surely shows."""
    camera = record.get("camera") or {}
    declared = _list(camera.get("declared") or {}, "primitives")
    derived = _list(camera.get("derived") or {}, "primitives")
    sure = [one for one in derived if one["confidence"] >= DERIVED_CONFIDENCE_MIN]
    return {one["name"] for one in (*declared, *sure)}


def _sounds(record: Data) -> Iterator[str]:
    audio = record.get("audio") or {}
    return (one["name"] for one in (*_list(audio, "labels"), *_list(audio, "events")))


def _list(part: Data, name: str) -> list[Any]:
    """A record may leave out, or set to null, what it has none of."""
    return part.get(name) or []


def _at(*path: str) -> Callable[[Data], Iterable[str]]:
    """What stands there: a word, several, or none."""

    def read(record: Data) -> Iterable[str]:
        value: Any = record
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value if isinstance(value, list) else [value] if value else []

    return read


READERS: Mapping[str, Callable[[Data], Iterable[str]]] = MappingProxyType(
    {
        "modality": _modalities,
        "movement": _movements,
        "steadiness": _at("camera", "declared", "steadiness"),
        "shot_size": _at("scene", "shot", "size"),
        "camera_angle": _at("scene", "shot", "angle"),
        "light": _at("lighting", "tags", "type"),
        "light_quality": _at("lighting", "tags", "quality"),
        "key_direction": _at("lighting", "tags", "key_direction"),
        "time_of_day": _at("scene", "setting", "time_of_day"),
        "weather": _at("scene", "setting", "weather"),
        "sound": _sounds,
        "license": _at("rights", "license"),
        "language": _at("scene", "language"),
        "ai_generated": _at("provenance", "ai_generated"),
    }
)
