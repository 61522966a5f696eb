"""What kind of scene a request asks for: the words by which a model's weak spots are named, and called for again."""

from collections.abc import Iterator, Mapping
from typing import Any

NIGHT_DEG, LOW_DEG = 0.0, 15.0


def scene_types(request: Mapping[str, Any]) -> list[str]:
    """`name=value` as accepted data is searched by, sorted: movement, sound, light.

    Args:
        request: A generation's, as it is stored.
    """
    return sorted({*_movement(request), *_sounds(request), *_light(request)})


def _movement(request: Mapping[str, Any]) -> Iterator[str]:
    camera = request.get("camera") or {}
    if camera.get("move"):
        yield f"movement={camera['move']}"


def _sounds(request: Mapping[str, Any]) -> Iterator[str]:
    events = (request.get("audio") or {}).get("events") or ()
    yield from (f"sound={event['name']}" for event in events)


def _light(request: Mapping[str, Any]) -> Iterator[str]:
    sun = (request.get("lighting") or {}).get("sun")
    if not sun:
        return
    height = sun["elevation_deg"]
    yield "light=" + ("moonlight" if height < NIGHT_DEG else "golden_hour" if height < LOW_DEG else "daylight")
