"""The studio's words in the record's vocabulary."""

from typing import Any

import studio

SIZES = {"wide shot": "wide", "full shot": "full", "medium shot": "medium"}
ANGLES = {"high angle": "high", "low angle": "low", "eye level": "eye_level"}
FRAMINGS = {"single": "single", "two-shot": "two_shot", "group": "group"}
LENSES = {"wide": "wide", "normal": "standard", "long": "telephoto"}
WEATHERS = {"clear": "clear", "partly cloudy": "partly_cloudy", "overcast": "overcast", "foggy": "fog", None: "none"}
MOVES = {"arc_left": "arc_cw", "arc_right": "arc_ccw"}
STEADINESS = {
    "static": "static",
    "smooth": "minimal_shaking",
    "handheld": "unsteady",
    "shaky": "very_unsteady",
}
RATIOS = {"low": "high_key", "medium": "balanced", "high": "low_key"}
KEYS = {"front": "front", "back": "back", "side": None, "top": "top"}
KINDS = {"car": "vehicle", "robot": "person", "person": "person", "dog": "animal", "cat": "animal", "bird": "animal"}


def identifier(name: str) -> str:
    """A subject's name as an id: `red ball` -> `red-ball`."""
    return name.lower().replace(" ", "-")


def scene(description: dict[str, Any]) -> dict[str, Any]:
    """The record's `scene` from `studio.describe`."""
    shot, setting = description["shot"], description["setting"]
    names = list(dict.fromkeys(description["subjects"]))
    return {
        "caption_short": description["caption_short"],
        "caption_long": description["caption_long"],
        "language": "en",
        "subjects": [
            {"id": identifier(name), "name": name, "kind": KINDS.get(name.split()[-1], "object")} for name in names
        ],
        "actions": [{**action, "subject": identifier(action["subject"])} for action in description["actions"]],
        "setting": {**setting, "weather": WEATHERS[setting["weather"]]},
        "shot": {
            "size": SIZES[shot["size"]],
            "angle": ANGLES[shot["angle"]],
            "framing": FRAMINGS[shot["framing"]],
            "lens": LENSES[shot["lens"]],
            "composition": shot["composition"],
        },
        "style": description["style"],
    }


def camera(told: dict[str, Any], poses: str, count: int, size: tuple[int, int]) -> dict[str, Any]:
    """The record's `camera` from `studio.camera`; `poses` names the file of the path."""
    declared = told["declared"]
    moves = [
        {"name": MOVES.get(move["name"], move["name"]), "start_s": move["start_s"], "end_s": move["end_s"]}
        for move in declared["primitives"]
    ]
    return {
        "intrinsics": {**told["intrinsics"], "dist": [], "width": size[0], "height": size[1]},
        "lens": told["lens"],
        "poses": {"asset": poses, "count": count},
        "declared": {
            "primitives": moves,
            "steadiness": STEADINESS[declared["steadiness"]],
            "reference_frame": "camera",
        },
        "source": "engine",
        "up": "declared",
    }


def lighting(take: studio.Take, environment: str) -> dict[str, Any]:
    """The record's `lighting` from a take; `environment` names the file of the map."""
    told = studio.lighting(take.scene, sh=take.sh)
    tags = told["tags"]
    return {
        **told,
        "cct_k": float(told["cct_k"]),
        "tags": {
            "key_direction": KEYS[tags["key_direction"]],
            "quality": tags["quality"],
            "key_ratio": RATIOS[tags["key_ratio"]],
            "type": tags["type"],
        },
        "env_map": {"asset": environment},
        "lights": [{**light, "cct_k": float(light["cct_k"])} for light in told["lights"]],
    }


def sound(take: studio.Take, file: str) -> dict[str, Any]:
    """The record's `audio` from a take; `file` names the recording."""
    told = studio.describe(take.scene)["caption_long"].rsplit("One hears", 1)[-1].split(".")[0]
    known = {identifier(subject.name) for subject in take.scene.subjects}
    events = [
        {
            "onset_s": event.onset_s,
            "offset_s": min(event.offset_s, take.scene.duration_s),
            "mid": event.mid,
            "name": event.label,
            "source": "on_screen" if event.on_screen else "off_screen",
            "subject": identifier(event.subject) if identifier(event.subject) in known else None,
        }
        for event in take.events
    ]
    labels = {event["mid"]: event["name"] for event in events}
    return {
        "asset": file,
        "style_caption": f"One hears{told}.",
        "labels": [{"mid": mid, "name": name} for mid, name in labels.items()],
        "events": events,
        "music": {"present": False},
    }
