"""Tells a scene in words: the record's `scene` fields, and captions that are false in exactly one respect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from studio import words
from studio.camera_moves import path
from studio.materials import COLORS
from studio.motion import contacts
from studio.specs import Scene
from studio.subjects import CAST, NOUNS

Rng = np.random.Generator


@dataclass(frozen=True)
class Group:
    """Subjects that are alike."""

    count: int
    color: str
    finish: str
    noun: str
    verb: str


def groups(scene: Scene) -> tuple[Group, ...]:
    """The subjects, alike ones together, in order of appearance."""
    counted: dict[tuple[str, str, str, str], int] = {}
    for s in scene.subjects:
        key = (s.color, s.material, s.noun, s.motion.verb)
        counted[key] = counted.get(key, 0) + 1
    return tuple(Group(count, *key) for key, count in counted.items())


def caption(scene: Scene, *, draw: int = 0, told: tuple[Group, ...] | None = None) -> str:
    """A true caption of at most 60 words; each `draw` words it anew. `told` replaces the subjects (to tell untruths)."""
    rng = np.random.default_rng([scene.seed, 20, draw])
    cast = told or groups(scene)
    forms = [_Wording(rng) for _ in cast]
    joiner = str(rng.choice([" while ", " and ", " next to which ", ", and "]))
    clauses = [form.clause(group) for form, group in zip(forms, cast, strict=True)]
    where = _pick(rng, words.PLACE_WORDS[scene.setting.place])
    when = _when(scene, rng)
    move = _pick(rng, words.MOVE_WORDS[scene.camera.moves[0].name])
    shape = int(rng.integers(6))
    if shape == 0:
        text = f"{joiner.join(clauses)} {where}"
    elif shape == 1:
        text = f"{where}{when}, {joiner.join(clauses)}"
    elif shape == 2:
        text = f"{joiner.join(clauses)} {where}{when}"
    elif shape == 3:
        text = f"{joiner.join(clauses)} {where} as {move}"
    elif shape == 4:
        nouns = " and ".join(form.phrase(group) for form, group in zip(forms, cast, strict=True))
        text = f"{nouns} {where}{when}"
    else:
        text = f"a shot of {' and '.join(f.phrase(g) for f, g in zip(forms, cast, strict=True))} {where}"
    return text[0].upper() + text[1:] + ("." if rng.random() < 0.7 else "")


class _Wording:
    """One way of naming and telling, drawn once, so that true and false captions differ in the changed word alone."""

    def __init__(self, rng: Rng) -> None:
        self._u = rng.random(4)
        self._finish_told = rng.random() < 0.55

    def _of(self, options: tuple[Any, ...], k: int) -> Any:
        return options[int(self._u[k] * len(options))]

    def named(self, group: Group) -> str:
        """Such as "a shiny red ball" or "two dogs"."""
        noun = self._of(words.NOUN_WORDS[group.noun], 0)[0 if group.count == 1 else 1]
        color = self._of(words.COLOR_WORDS.get(group.color, (group.color,)), 1)
        finish = self._of(words.FINISH_WORDS[group.finish], 2) if self._finish_told else ""
        adjectives = " ".join(part for part in (finish, color) if part)
        article = words.NUMBER_WORDS[group.count]
        if group.count == 1 and adjectives[0] in "aeiou":
            article = "an"
        return f"{article} {adjectives} {noun}"

    def clause(self, group: Group) -> str:
        """With a finite verb: "a red ball bounces"."""
        form = self._of(words.verb_words(group.verb, group.noun), 3)
        plain = form[0] if group.count == 1 else form[1]
        continuous = ("is " if group.count == 1 else "are ") + form[2]
        return f"{self.named(group)} {plain if self._u[3] * 7 % 1 < 0.6 or form[0].startswith('is ') else continuous}"

    def phrase(self, group: Group) -> str:
        """Without: "a red ball bouncing"."""
        return f"{self.named(group)} {self._of(words.verb_words(group.verb, group.noun), 3)[2]}"


def variants(scene: Scene, *, draw: int = 0) -> dict[str, str]:
    """The caption of this draw under "true", and the same with one thing changed under "color", "subject", "count"
    and "action". What is changed always belongs to the first group, and no other group makes the change true; the false
    action looks different in a still wherever the subject has such a one (a car's and a balloon's do not)."""
    rng = np.random.default_rng([scene.seed, 21, draw])
    first, *rest = groups(scene)
    colors = [c for c in COLORS if c not in {g.color for g in (first, *rest)}]
    nouns = [n for n in NOUNS if n not in {g.noun for g in (first, *rest)}]
    noun = str(rng.choice([n for n in nouns if first.verb in CAST[n].verbs] or nouns))
    verb_of_noun = first.verb if first.verb in CAST[noun].verbs else CAST[noun].verbs[-1]
    verbs = [v for v in CAST[first.noun].verbs if v != first.verb]
    verbs = [v for v in verbs if _posture(v, first.noun) != _posture(first.verb, first.noun)] or verbs
    changes = {
        "true": first,
        "color": replace(first, color=str(rng.choice(colors))),
        "subject": replace(first, noun=noun, verb=verb_of_noun),
        "count": replace(first, count=int(rng.choice([n for n in (1, 2, 3) if n != first.count]))),
        "action": replace(first, verb=str(rng.choice(verbs))),
    }
    return {kind: caption(scene, draw=draw, told=(changed, *rest)) for kind, changed in changes.items()}


def _posture(verb: str, noun: str) -> str:
    """What of an action a single picture shows: two verbs of one posture look alike in a still."""
    if verb in ("bounces", "falls"):
        return "in the air"
    if verb in ("rises", "floats"):
        return "aloft"
    if verb in ("walks", "jumps", "waves"):
        return verb
    return "lying" if (noun, verb) == ("barrel", "rolls") else "on the ground"


def describe(scene: Scene) -> dict[str, Any]:
    """The record's `scene` fields."""
    setting, sky, plan = scene.setting, scene.sky, scene.camera
    return {
        "caption_short": caption(scene),
        "caption_long": long_caption(scene),
        "language": "en",
        "subjects": [s.name for s in scene.subjects],
        "actions": [
            {
                "subject": s.name,
                "verb": s.motion.verb,
                "start_s": s.motion.start_s,
                "end_s": min(s.motion.end_s, scene.duration_s),
            }
            for s in scene.subjects
        ],
        "setting": {
            "place": setting.place,
            "interior": setting.interior,
            "time_of_day": sky.time_of_day,
            "weather": None if setting.interior else sky.weather,
        },
        "shot": {
            "size": shot_size(scene),
            "angle": _angle(scene),
            "framing": {1: "single", 2: "two-shot", 3: "group"}[len(scene.subjects)],
            "lens": "wide" if plan.fov_y_deg > 52 else "normal" if plan.fov_y_deg > 36 else "long",
            "composition": ["centered"],
        },
        "style": [scene.style, "computer-generated"],
        "text_on_screen": [],
    }


def long_caption(scene: Scene) -> str:
    """80 to 250 words on one line: action, subjects, setting, shot, camera, light, sound."""
    rng = np.random.default_rng([scene.seed, 22])
    setting, sky, key = scene.setting, scene.sky, scene.lamps[0]
    cast = groups(scene)
    forms = [_Wording(rng) for _ in cast]
    told = " while ".join(form.clause(g) for form, g in zip(forms, cast, strict=True))
    looks = " and ".join(
        f"the {g.noun if g.count == 1 else words.NOUN_WORDS[g.noun][0][1]} of {g.color} {_finish(g)}" for g in cast
    )
    where = words.PLACE_WORDS[setting.place][0]
    moves = " and then ".join(_pick(rng, words.MOVE_WORDS[m.name]) for m in scene.camera.moves[:1])
    also = [_pick(rng, words.MOVE_WORDS[m.name]) for m in scene.camera.moves[1:]]
    sentences = [
        f"{told} {where}{_when(scene, rng)}.",
        f"The eye is drawn to {looks}, {_reading(scene)}.",
        _place_sentence(scene),
        f"It is a {shot_size(scene)} taken from {_angle(scene)} with a field of view of {scene.camera.fov_y_deg:.0f} degrees, "
        f"and the picture looks {scene.style}.",
        f"During the {scene.duration_s:g} seconds of the shot {moves}"
        + (f", and at the same time {also[0]}" if also else "")
        + ".",
        f"The camera work is {scene.camera.steadiness}."
        if scene.camera.steadiness != "static"
        else "The camera stands on firm legs.",
        _light_sentence(scene, key.cct_k, sky.time_of_day),
        _sound_sentence(scene),
    ]
    text = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
    padding = "Everything that can be seen is built from simple solids with smooth, softly patterned surfaces, nothing is written in the picture, and no one speaks."
    return text if len(text.split()) >= 110 else f"{text} {padding}"


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


def _angle(scene: Scene) -> str:
    drop = scene.camera.position[1] - scene.camera.target[1]
    flat = np.hypot(
        scene.camera.position[0] - scene.camera.target[0], scene.camera.position[2] - scene.camera.target[2]
    )
    slope = float(np.degrees(np.arctan2(drop, flat)))
    return "high angle" if slope > 18 else "low angle" if slope < -4 else "eye level"


def _pick(rng: Rng, options: tuple[str, ...]) -> str:
    return options[int(rng.integers(len(options)))]


def _when(scene: Scene, rng: Rng) -> str:
    """Time and sometimes weather; a room's caption says neither."""
    time, weather = (
        _pick(rng, words.TIME_WORDS[scene.sky.time_of_day]),
        _pick(rng, words.WEATHER_WORDS[scene.sky.weather]),
    )
    tell_weather = rng.random() < 0.5
    if scene.setting.interior:
        return ""
    return f" {time} {weather}" if tell_weather else f" {time}"


def _finish(group: Group) -> str:
    return {"metallic": "metal", "glossy": "glossy paint", "matte": "matte paint"}.get(
        group.finish, f"{group.finish} paint"
    )


def _reading(scene: Scene) -> str:
    total = len(scene.subjects)
    return "alone in the frame" if total == 1 else f"{words.NUMBER_WORDS[total]} subjects in all"


def _place_sentence(scene: Scene) -> str:
    props = " and ".join(scene.setting.prop_nouns)
    floor = scene.setting.floor.name
    if scene.setting.interior:
        return f"The room has {scene.setting.wall.name} walls, a floor of {floor}, a window in the far wall, and near its corners {props}."
    return f"The ground is {floor}, and {props} stand in the distance."


def _light_sentence(scene: Scene, cct_k: float, hour: str) -> str:
    tint = "warm" if cct_k < 3800 else "neutral" if cct_k < 6000 else "cool"
    if scene.setting.interior:
        return f"A lamp below the ceiling gives {tint} light of about {cct_k:.0f} kelvin, and a weaker lamp at the side fills the shadows."
    source = "The moon" if hour == "night" else "The sun"
    edge = "soft" if scene.lamps[0].softness_deg > 2 else "crisp"
    return f"{source} gives {tint} light of about {cct_k:.0f} kelvin and {edge} shadows on the ground."


def _sound_sentence(scene: Scene) -> str:
    heard = [
        words.SOUND_WORDS[s.motion.verb]
        for s in scene.subjects[:1]
        if contacts(s) or s.motion.verb in ("rolls", "slides", "drives")
    ]
    tone = " and ".join(layer.name for layer in scene.ambience)
    return f"One hears {' and '.join([*heard, tone])}, and no music."
