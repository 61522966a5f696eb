"""Parts of a record that somebody is still writing: what can be told of them already.

A draft is wrong most of the time. What is wrong in it is left out and named, so that an editor can show all the rest.
"""

from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from curation.record.explanations import explain
from curation.record.models import Audio, Camera, Lighting, Record, Scene
from curation.record.models.fields import Part
from curation.record.problems import Problem

Loc = tuple[int | str, ...]
P = TypeVar("P", bound=Part)

# A value that was left out can leave its parent without sense, which is left out in turn.
ROUNDS = 6
UNWRITTEN = "?"

PARTS: Mapping[str, type[Part]] = MappingProxyType(
    {"scene": Scene, "audio": Audio, "camera": Camera, "lighting": Lighting}
)
# What a part cannot be without, and what an editor has not asked for yet.
ASSUMED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "scene": {"caption_short": UNWRITTEN, "language": "en"},
        "camera": {"source": "authored"},
        "lighting": {"static": True, "source": "authored"},
    }
)


def read_part(model: type[P], data: object, *, name: str) -> tuple[P | None, list[Problem]]:
    """As much of a part as is well formed, and what was wrong with the rest.

    Args:
        data: Decoded JSON: anything at all. Null is no part.
        name: The part's key in a record, which begins the problems' paths.
    """
    if data is None:
        return None, []
    left = deepcopy(data)
    if isinstance(left, dict):
        left = {**ASSUMED.get(name, {}), **{key: value for key, value in left.items() if value is not None}}
    found: list[Problem] = []
    for _ in range(ROUNDS):
        try:
            return model.model_validate(left), found
        except ValidationError as error:
            found = found or explain(error, under=(name,))
            left = _without(left, [detail["loc"] for detail in error.errors(include_url=False, include_input=False)])
    return None, found


def read_draft(data: Mapping[str, Any]) -> tuple[Record, list[Problem]]:
    """A record of the well-formed parts for the caption composer alone, and what was left out.

    It has a scene in any case; a short caption that is not written is empty. Other keys than those of `PARTS` are not
    looked at.
    """
    parts: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, model in PARTS.items():
        parts[name], found = read_part(model, data.get(name), name=name)
        problems += found
    parts["scene"] = _telling(parts["scene"])
    return Record.model_construct(**parts), problems


def _telling(scene: Scene | None) -> Scene:
    """The scene without what it refers to in vain."""
    scene = scene or Scene(caption_short=UNWRITTEN, language="en")
    known = {subject.id for subject in scene.subjects}
    actions = tuple(action for action in scene.actions if action.subject in known)
    short = "" if scene.caption_short == UNWRITTEN else scene.caption_short
    return scene.model_copy(update={"actions": actions, "caption_short": short})


def _without(data: Any, places: list[Loc]) -> Any:
    """The same without the values at these places, the later items of a list first; each at its nearest that exists."""
    for place in sorted({_nearest(data, place) for place in places}, key=_order, reverse=True):
        if not place:
            return None
        holder = data
        for step in place[:-1]:
            holder = holder[step]
        del holder[place[-1]]
    return data


def _nearest(data: Any, place: Loc) -> Loc:
    """The longest beginning of the place that is there."""
    steps = 0
    for step in place:
        inside = isinstance(data, dict) and step in data
        if not inside and not (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            break
        data = data[step]
        steps += 1
    return place[:steps]


def _order(place: Loc) -> list[tuple[bool, int, str]]:
    return [(isinstance(step, str), step if isinstance(step, int) else 0, str(step)) for step in place]
