"""What a caption tells of a record and in which order, before any language puts it into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from curation.record.models import Action, Audio, Camera, Record, SoundEvent
from curation.record.models.audio import SoundLabel

# Movements that the tagger is less sure of than this are not told.
DERIVED_CONFIDENCE_MIN = 0.6

Joint = Literal["first", "while", "then", "and"]


@dataclass(frozen=True)
class Step:
    """One movement of the camera and how it follows the one before."""

    joint: Joint
    name: str
    speed: str


def untold_actions(record: Record) -> list[Action]:
    """Actions by their time that the short caption does not tell already."""
    told = record.scene.caption_short.casefold()
    ordered = sorted(record.scene.actions, key=lambda action: (action.start_s, action.end_s))
    return [action for action in ordered if action.verb.casefold() not in told]


def camera_steps(camera: Camera) -> list[Step]:
    """Declared movements in the order of their start; else the surely derived ones, each once."""
    declared = camera.declared.primitives if camera.declared else ()
    ordered = sorted(declared, key=lambda move: (move.start_s, move.end_s))
    if not ordered:
        derived = camera.derived.primitives if camera.derived else ()
        sure = dict.fromkeys(move.name for move in derived if move.confidence >= DERIVED_CONFIDENCE_MIN)
        return [Step("and" if i else "first", name, "regular") for i, name in enumerate(sure)]
    steps = [Step("first", ordered[0].name, ordered[0].speed or "regular")]
    for before, move in pairwise(ordered):
        joint: Joint = "while" if move.start_s < before.end_s else "then"
        steps.append(Step(joint, move.name, move.speed or "regular"))
    return steps


def steadiness(camera: Camera) -> str | None:
    """How the camera is said to be held."""
    return camera.declared.steadiness if camera.declared else None


def told_events(audio: Audio) -> list[SoundEvent]:
    """Sounds by their instants."""
    return sorted(audio.events, key=lambda event: (event.onset_s, event.offset_s, event.name))


def told_labels(audio: Audio) -> list[SoundLabel]:
    """Labels that no event tells."""
    told = {event.name for event in audio.events}
    return [label for label in audio.labels if label.name not in told]


def spoken_lines(audio: Audio) -> list[str]:
    """What is said, each line without needless spaces."""
    return [" ".join(line.text.split()) for line in audio.speech if line.text.strip()]


def wind(azimuth_deg: float, names: Sequence[str]) -> str:
    """The nearest of eight winds, named clockwise from north."""
    return names[int((azimuth_deg + 22.5) // 45) % 8]
