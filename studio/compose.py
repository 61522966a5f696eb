"""From a seed to a scene: who, where, when, doing what, filmed how. Pure description; nothing is rendered here."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

import numpy as np

from studio import atmosphere, scenery
from studio.blocking import frame_camera
from studio.camera_moves import MOVES
from studio.materials import COLORS, FINISHES
from studio.motion import CROUCH_S, GRAVITY, LEG, STRIDE, heading_vector
from studio.specs import Motion, Scene, Setting, Sky, Subject
from studio.subjects import CAST, NOUNS, cast

Rng = np.random.Generator
VERBS = tuple(sorted({verb for role in CAST.values() for verb in role.verbs}))
STYLES = ("natural", "warm", "cool", "vivid", "soft")
STEADINESS = ("static", "smooth", "handheld", "shaky")


class UnknownConstraint(ValueError):
    """A constraint names something this film set does not have."""


class Wishes(TypedDict, total=False):
    """What may be asked of a scene; what is not asked is drawn."""

    move: str | Sequence[str]  # of MOVES, one or several at once
    subject: str
    color: str
    finish: str
    action: str
    count: int  # 1 to 3 of the first subject; without it a scene may also hold two different subjects
    place: str
    time_of_day: str
    weather: str
    steadiness: str
    style: str


def compose(seed: int, *, duration_s: float = 2.0, fps: int = 8, **wishes: Unpack[Wishes]) -> Scene:
    """The scene of this seed; what is asked for is given, the rest is drawn.

    Args:
        seed: Any integer >= 0.
        duration_s: 0.25 to 60 s.
        fps: 1 to 120.
        wishes: See `Wishes`.

    Raises:
        UnknownConstraint: A value is not in the vocabulary (the message lists it), or a subject cannot do the action.
    """
    _check(wishes, seed, duration_s, fps)
    rng = np.random.default_rng([seed, 1])
    actors = _roles(np.random.default_rng([seed, 2]), wishes)
    where, when, weather = _where(np.random.default_rng([seed, 3]), wishes, actors)
    indoors = where in scenery.ROOMS
    view_deg = float(rng.uniform(0, 360))
    if indoors:
        view_deg = float(rng.uniform(-50, 50)) % 360  # towards the window's wall
    subjects = _block(np.random.default_rng([seed, 4]), actors, view_deg, duration_s, indoors)
    clear = 1.5 + max(math.hypot(s.position[0], s.position[2]) + s.radius_m for s in subjects)
    setting = scenery.furnish(where, np.random.default_rng([seed, 5]), clear_m=clear, behind_deg=view_deg)
    sky = atmosphere.sky(when, weather, setting.floor, np.random.default_rng([seed, 6]))
    setting, lamps = _light(setting, sky, np.random.default_rng([seed, 8]))
    camera = frame_camera(
        np.random.default_rng([seed, 9]),
        subjects,
        setting,
        view_deg=view_deg,
        duration_s=duration_s,
        fps=fps,
        move=wishes.get("move"),
        steadiness=wishes.get("steadiness"),
    )
    sounds = atmosphere.ambience(setting, sky, np.random.default_rng([seed, 10]))
    style = wishes.get("style") or str(rng.choice(STYLES, p=[0.5, 0.15, 0.15, 0.1, 0.1]))
    return Scene(seed, duration_s, fps, setting, sky, lamps, subjects, camera, sounds, style)


def _check(wishes: Wishes, seed: int, duration_s: float, fps: int) -> None:
    if strange := set(wishes) - set(Wishes.__annotations__):
        raise UnknownConstraint(f"{sorted(strange)}: choose among {', '.join(Wishes.__annotations__)}")
    move, subject = wishes.get("move"), wishes.get("subject")
    moves = [move] if isinstance(move, str) else list(move or [])
    known: list[tuple[str, object, Sequence[object]]] = [
        *(("move", m, MOVES) for m in moves),
        ("subject", wishes.get("subject"), NOUNS),
        ("color", wishes.get("color"), COLORS),
        ("finish", wishes.get("finish"), FINISHES),
        ("action", wishes.get("action"), CAST[subject].verbs if subject in CAST else VERBS),
        ("count", wishes.get("count"), (1, 2, 3)),
        ("place", wishes.get("place"), scenery.PLACES),
        ("time_of_day", wishes.get("time_of_day"), atmosphere.TIMES),
        ("weather", wishes.get("weather"), atmosphere.WEATHERS),
        ("steadiness", wishes.get("steadiness"), STEADINESS),
        ("style", wishes.get("style"), STYLES),
    ]
    for name, value, allowed in known:
        if value is not None and value not in allowed:
            raise UnknownConstraint(f"{name}={value!r}: choose one of {', '.join(map(str, allowed))}")
    if seed < 0 or not 0.25 <= duration_s <= 60 or not 1 <= fps <= 120:
        raise UnknownConstraint("seed must be >= 0, duration_s within 0.25..60 and fps within 1..120")


@dataclass(frozen=True)
class _Actor:
    noun: str
    color: str
    finish: str
    verb: str


def _roles(rng: Rng, wishes: Wishes) -> list[_Actor]:
    """One to three of a kind, or two of different nouns and colours."""
    nouns = [n for n in NOUNS if wishes.get("action") is None or wishes.get("action") in CAST[n].verbs]
    noun = wishes.get("subject") or str(rng.choice(nouns))
    moving = [v for v in CAST[noun].verbs if v != "rests"]
    verb = wishes.get("action") or (str(rng.choice(moving)) if rng.random() < 0.88 else CAST[noun].verbs[-1])
    color = wishes.get("color") or str(rng.choice(COLORS))
    finish = wishes.get("finish") or str(rng.choice(CAST[noun].finishes))
    first = _Actor(noun, color, finish, verb)
    drawn = int(rng.choice([1, 2, 3, 0], p=[0.46, 0.14, 0.1, 0.3]))
    count = wishes.get("count") or drawn
    if wishes.get("count") or count:
        if noun == "car" and not wishes.get("count"):
            count = min(count, 2)
        return [first] * count
    other = str(rng.choice([n for n in NOUNS if n not in (noun, "car")]))
    another = str(rng.choice([c for c in COLORS if c != color]))
    idle = [v for v in CAST[other].verbs if v in ("rests", "spins", "waves", "floats", "jumps")]
    return [first, _Actor(other, another, str(rng.choice(CAST[other].finishes)), str(rng.choice(idle)))]


def _where(rng: Rng, wishes: Wishes, actors: list[_Actor]) -> tuple[str, str, str]:
    crowded = actors[0].noun == "car" or actors[0].verb == "rises"
    places = list(scenery.LANDS) if crowded else list(scenery.PLACES)
    place = wishes.get("place") or str(rng.choice(places))
    when = wishes.get("time_of_day") or str(rng.choice(atmosphere.TIMES, p=[0.12, 0.2, 0.22, 0.2, 0.16, 0.1]))
    weather = wishes.get("weather") or str(rng.choice(atmosphere.WEATHERS, p=[0.5, 0.25, 0.15, 0.1]))
    return place, when, weather


def _block(rng: Rng, actors: list[_Actor], view_deg: float, duration_s: float, indoors: bool) -> tuple[Subject, ...]:
    """Places the subjects side by side across the view, in depth lanes where they differ, and directs them."""
    right, ahead = np.array(heading_vector(view_deg + 90)), np.array(heading_vector(view_deg))
    radii = [CAST[a.noun].radius_m for a in actors]
    gap = float(rng.uniform(0.25, 0.6))
    offsets = np.cumsum([0.0] + [a + b + gap for a, b in itertools.pairwise(radii)])
    offsets = offsets - offsets.mean()
    same = len({a.noun for a in actors}) == 1
    shared = _motion(rng, actors[0], view_deg, duration_s, indoors)
    subjects = []
    for k, actor in enumerate(actors):
        motion = shared if same else _motion(rng, actor, view_deg, duration_s, indoors) if k else shared
        if same and k:
            motion = replace(motion, phase_s=round(motion.phase_s + float(rng.uniform(0, 0.5)), 4))
        lane = 0.0 if same else (0.0, 1.0)[k] * (sum(radii) + 0.5)
        place = right * offsets[k] + ahead * (lane + (float(rng.uniform(-0.25, 0.25)) if same else 0.0))
        facing = motion.heading_deg if motion.speed_m_s else view_deg + 180 + float(rng.uniform(-50, 50))
        name = f"{actor.color} {actor.noun}" + (f" {k + 1}" if same and len(actors) > 1 else "")
        spot = (round(float(place[0]), 4), 0.0, round(float(place[2]), 4))
        subjects.append(
            cast(
                actor.noun,
                name=name,
                color=actor.color,
                finish=actor.finish,
                motion=motion,
                position=spot,
                facing_deg=round(facing % 360, 3),
            )
        )
    return tuple(subjects)


def _motion(rng: Rng, actor: _Actor, view_deg: float, duration_s: float, indoors: bool) -> Motion:
    """The action's numbers; travel goes across the view, either way, and stays within what a shot can hold."""
    verb, height = actor.verb, CAST[actor.noun].height_m
    heading = (view_deg + float(rng.choice([90.0, 270.0])) + float(rng.uniform(-28, 28))) % 360
    speed = lift = restitution = phase = 0.0
    period, start, end = 1.0, 0.0, duration_s
    if verb == "bounces":
        lift, restitution = float(rng.uniform(0.7, 1.3)), float(rng.uniform(0.82, 0.92))
        speed = float(rng.uniform(0.1, 0.6))
        phase = float(rng.uniform(0, 0.3))
    elif verb == "falls":
        lift, restitution = float(rng.uniform(0.9, 1.5)), float(rng.uniform(0.15, 0.3))
        start = float(rng.uniform(0.1, 0.4)) * min(duration_s, 2.0)
    elif verb == "jumps":
        lift = float(rng.uniform(0.25, 0.5))
        phase = float(rng.uniform(0, CROUCH_S + 2 * math.sqrt(2 * lift / GRAVITY)))
    elif verb == "walks":
        period = float(rng.uniform(0.5, 0.72)) * math.sqrt(height / 1.8)
        speed = 2 * LEG * height * math.sin(STRIDE) / period
        phase = float(rng.uniform(0, period))
    elif verb in ("rolls", "slides", "drives"):
        speed = float(rng.uniform(0.6, 1.3)) if verb != "drives" else float(rng.uniform(1.4, 2.6))
    elif verb in ("spins", "waves", "floats"):
        period = float(rng.uniform(*{"spins": (1.2, 2.4), "waves": (0.5, 0.8), "floats": (2.0, 3.2)}[verb]))
        lift = float(rng.uniform(0.3, 0.8)) if verb == "floats" else 0.0
    elif verb == "rises":
        lift = min(0.5 * duration_s, 2.2)
    reach = (3.2 if indoors else 4.5) if actor.noun != "car" else 7.0
    if speed * (end - start) > reach:
        end = start + reach / speed
    numbers = (round(value, 4) for value in (start, end, heading, speed, lift, restitution, period, phase))
    return Motion(verb, *numbers)


def _light(setting: Setting, sky: Sky, rng: Rng) -> tuple[Setting, tuple]:
    if not setting.interior:
        return setting, atmosphere.outdoor_lamps(sky, rng)
    lamps = atmosphere.indoor_lamps(setting, sky, rng)
    lit = replace(setting, props=setting.props + atmosphere.bulbs(lamps), bounce=atmosphere.bounce(setting, lamps))
    return lit, lamps
