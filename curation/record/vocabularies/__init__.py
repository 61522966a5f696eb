"""The vocabularies as data: terms with their labels in English and Arabic, whom they follow, the AudioSet ontology.

`curation.record.vocabulary` says which words a record may use; the files here say how they are called and where they
come from (`README.md`, with licences). Read once per process; refuses to know a word that the record does not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from curation.record import vocabulary as words
from curation.record.vocabularies.audioset import SOUND_CLASSES

Language = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FOLDER = Path(__file__).parent

CLOSED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "shot_size": get_args(words.ShotSize),
        "camera_angle": get_args(words.CameraAngle),
        "framing": get_args(words.Framing),
        "lens_look": get_args(words.LensLook),
        "composition": get_args(words.Composition),
        "time_of_day": get_args(words.TimeOfDay),
        "weather": get_args(words.Weather),
        "subject_kind": get_args(words.SubjectKind),
        "reference_role": get_args(words.ReferenceRole),
        "sound_source": get_args(words.SoundSource),
        "camera_primitive": get_args(words.CameraPrimitive),
        "camera_speed": get_args(words.CameraSpeed),
        "steadiness": get_args(words.Steadiness),
        "reference_frame": get_args(words.ReferenceFrame),
        "key_direction": get_args(words.KeyDirection),
        "light_quality": get_args(words.LightQuality),
        "key_ratio": get_args(words.KeyRatio),
        "light_type": get_args(words.LightType),
        "light_mood": get_args(words.LightMood),
        "light_role": get_args(words.LightRole),
        "light_shape": get_args(words.LightShape),
    }
)
SOUNDS = "audioset"


@dataclass(frozen=True)
class Source:
    """Whom a vocabulary follows; `licence` is that of what is taken over, `changes` what was done to it."""

    name: str
    title: str
    url: str
    licence: str
    changes: str


@dataclass(frozen=True)
class Term:
    """One word.

    Attributes:
        id: As it stands in a record.
        labels: Its name by language; a sound may have no Arabic one.
        same_as: What the sources call it.
        parents: Ids of the broader terms.
        restrictions: `abstract` and `blacklist`, as AudioSet marks classes that label no recording.
    """

    id: str
    labels: Mapping[str, str]
    same_as: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one field of the record, in their order."""

    name: str
    field: str
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]


@cache
def catalogue() -> Mapping[str, Vocabulary]:
    """Every vocabulary by name."""
    told = _read("sources.json")
    sources = {name: Source(name, **source) for name, source in told["sources"].items()}
    found = {name: _closed(name, told["vocabularies"][name], sources) for name in CLOSED}
    terms = tuple(
        Term(sound.mid, sound.labels, parents=sound.parents, restrictions=sound.restrictions)
        for sound in SOUND_CLASSES.values()
    )
    found[SOUNDS] = Vocabulary(SOUNDS, "audio.labels[].mid, audio.events[].mid", (sources["AudioSet"],), terms)
    return MappingProxyType(found)


@cache
def phrases(language: Language) -> Mapping[str, Mapping[str, str]]:
    """How the words of each vocabulary are spoken in a caption; what says nothing there is left out."""
    found: dict[str, dict[str, str]] = _read(f"{language}.json")["phrases"]
    return MappingProxyType({name: MappingProxyType(spoken) for name, spoken in found.items()})


def _closed(name: str, told: Mapping[str, Any], sources: Mapping[str, Source]) -> Vocabulary:
    labels = {language: _read(f"{language}.json")["labels"][name] for language in LANGUAGES}
    terms = tuple(
        Term(
            word,
            MappingProxyType({language: labels[language][word] for language in LANGUAGES}),
            tuple(told.get("same_as", {}).get(word, ())),
        )
        for word in CLOSED[name]
    )
    return Vocabulary(name, told["field"], tuple(sources[source] for source in told["follows"]), terms)


@cache
def _read(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    return found
