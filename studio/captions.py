"""Short captions: true ones in many wordings, and ones that are false in exactly one respect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from studio import words
from studio.materials import COLORS
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
    """A true caption of at most 60 words; each `draw` words it anew. `told` replaces the subjects (for untruths)."""
    rng = np.random.default_rng([scene.seed, 20, draw])
    cast = told or groups(scene)
    forms = [Wording(rng) for _ in cast]
    joiner = str(rng.choice([" while ", " and ", " next to which ", ", and "]))
    clauses = [form.clause(group) for form, group in zip(forms, cast, strict=True)]
    where = pick(rng, words.PLACE_WORDS[scene.setting.place])
    when = when_told(scene, rng)
    move = pick(rng, words.MOVE_WORDS[scene.camera.moves[0].name])
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


class Wording:
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


def pick(rng: Rng, options: tuple[str, ...]) -> str:
    """One of the options."""
    return options[int(rng.integers(len(options)))]


def when_told(scene: Scene, rng: Rng) -> str:
    """Time and sometimes weather; a room's caption says neither."""
    time, weather = (
        pick(rng, words.TIME_WORDS[scene.sky.time_of_day]),
        pick(rng, words.WEATHER_WORDS[scene.sky.weather]),
    )
    tell_weather = rng.random() < 0.5
    if scene.setting.interior:
        return ""
    return f" {time} {weather}" if tell_weather else f" {time}"
