"""Which words of the vocabulary a record offers: what a campaign's coverage targets are counted in.

A word is written with its facet, such as `camera:dolly_in` or `light:neon`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from curation.record import vocabulary

# A movement that the tagger is less sure of than this is not counted as offered.
SURE_FROM = 0.6
FACETS: Mapping[str, frozenset[str]] = {
    "camera": frozenset(get_args(vocabulary.CameraPrimitive)),
    "light": frozenset(get_args(vocabulary.LightType)),
    "time": frozenset(get_args(vocabulary.TimeOfDay)),
    "weather": frozenset(get_args(vocabulary.Weather)),
    "shot": frozenset(get_args(vocabulary.ShotSize)),
    "angle": frozenset(get_args(vocabulary.CameraAngle)),
}
WORDS = frozenset(f"{facet}:{word}" for facet, words in FACETS.items() for word in words)


def words_of(record: Mapping[str, Any]) -> frozenset[str]:
    """The words that a canonical record offers; of a movement that was declared, or derived with certainty."""
    offered = {f"{facet}:{word}" for facet, word in _offered(record) if word}
    return frozenset(offered & WORDS)


def _offered(record: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    scene, camera, lighting = (record.get(part) or {} for part in ("scene", "camera", "lighting"))
    setting, shot = scene.get("setting") or {}, scene.get("shot") or {}
    yield from (("time", setting.get("time_of_day")), ("weather", setting.get("weather")))
    yield from (("shot", shot.get("size")), ("angle", shot.get("angle")))
    for move in (camera.get("declared") or {}).get("primitives", ()):
        yield "camera", move["name"]
    for move in (camera.get("derived") or {}).get("primitives", ()):
        if move["confidence"] >= SURE_FROM:
            yield "camera", move["name"]
    for light in (lighting.get("tags") or {}).get("type", ()):
        yield "light", light
