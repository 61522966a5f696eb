"""The long caption: a scene told in full, in the order action, subjects, place, shot, camera, light, sound."""

from __future__ import annotations

import numpy as np

from studio import words
from studio.camera_moves import path
from studio.captions import Group, Wording, groups, pick, when_told
from studio.motion import contacts
from studio.specs import Scene

Rng = np.random.Generator
_LONG_ENOUGH = 110
_CLOSING = (
    "Everything that can be seen is built from simple solids with smooth, softly patterned surfaces, nothing is "
    "written in the picture, and no one speaks."
)


def narrate(scene: Scene) -> str:
    """80 to 250 words on one line."""
    rng = np.random.default_rng([scene.seed, 22])
    sentences = [
        *_action(scene, rng),
        _place(scene),
        _shot(scene),
        _camera(scene, rng),
        _light(scene),
        _sound(scene),
    ]
    text = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
    return text if len(text.split()) >= _LONG_ENOUGH else f"{text} {_CLOSING}"


def _action(scene: Scene, rng: Rng) -> tuple[str, str]:
    cast = groups(scene)
    told = " while ".join(Wording(rng).clause(group) for group in cast)
    looks = " and ".join(f"the {_plain(group)} of {group.color} {_finish(group)}" for group in cast)
    total = len(scene.subjects)
    reading = "alone in the frame" if total == 1 else f"{words.NUMBER_WORDS[total]} subjects in all"
    where = words.PLACE_WORDS[scene.setting.place][0]
    return f"{told} {where}{when_told(scene, rng)}.", f"The eye is drawn to {looks}, {reading}."


def _plain(group: Group) -> str:
    return words.NOUN_WORDS[group.noun][0][0 if group.count == 1 else 1]


def _finish(group: Group) -> str:
    return "metal" if group.finish == "metallic" else f"{group.finish} paint"


def _place(scene: Scene) -> str:
    setting = scene.setting
    props, floor = " and ".join(setting.prop_nouns), setting.floor.name
    if not setting.interior:
        return f"The ground is {floor}, and {props} stand in the distance."
    return (
        f"The room has {setting.wall.name} walls, a floor of {floor}, a window in the far wall, "
        f"and near its corners {props}."
    )


def _shot(scene: Scene) -> str:
    return (
        f"It is a {shot_size(scene)} taken from {shot_angle(scene)} with a field of view of "
        f"{scene.camera.fov_y_deg:.0f} degrees, and the picture looks {scene.style}."
    )


def _camera(scene: Scene, rng: Rng) -> str:
    moves = ", and at the same time ".join(pick(rng, words.MOVE_WORDS[move.name]) for move in scene.camera.moves)
    hold = {
        "static": "It stands on firm legs",
        "smooth": "It moves smoothly",
        "handheld": "It is held by hand",
        "shaky": "It is held by an unsteady hand",
    }
    return f"During the {scene.duration_s:g} seconds of the shot {moves}. {hold[scene.camera.steadiness]}."


def _light(scene: Scene) -> str:
    key = scene.lamps[0]
    tint = "warm" if key.cct_k < 3800 else "neutral" if key.cct_k < 6000 else "cool"
    light = f"{tint} light of about {key.cct_k:.0f} kelvin"
    if scene.setting.interior:
        return f"A lamp below the ceiling gives {light}, and a weaker lamp at the side fills the shadows."
    source = "The moon" if scene.sky.time_of_day == "night" else "The sun"
    return f"{source} gives {light} and {'soft' if key.softness_deg > 2 else 'crisp'} shadows on the ground."


def _sound(scene: Scene) -> str:
    first = scene.subjects[0]
    audible = contacts(first) or first.motion.verb in ("rolls", "slides", "drives")
    heard = [words.SOUND_WORDS[first.motion.verb]] if audible else []
    return f"One hears {' and '.join([*heard, *(layer.name for layer in scene.ambience)])}, and no music."


def shot_size(scene: Scene) -> str:
    """By how much of the frame's height the tallest subject fills in the middle of the shot."""
    poses, zooms = path(scene, np.array([0.5 * scene.duration_s]))
    distance = float(np.linalg.norm(poses[0, :3, 3] - np.array(scene.camera.target)))
    filled = (
        max(s.height_m for s in scene.subjects)
        / (2 * distance * np.tan(np.radians(scene.camera.fov_y_deg) / 2))
        * zooms[0]
    )
    return "wide shot" if filled < 0.4 else "full shot" if filled < 0.9 else "medium shot"


def shot_angle(scene: Scene) -> str:
    """From how high the camera looks at its target."""
    drop = scene.camera.position[1] - scene.camera.target[1]
    flat = np.hypot(
        scene.camera.position[0] - scene.camera.target[0], scene.camera.position[2] - scene.camera.target[2]
    )
    slope = float(np.degrees(np.arctan2(drop, flat)))
    return "high angle" if slope > 18 else "low angle" if slope < -4 else "eye level"
