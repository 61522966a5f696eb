"""From a seed to a scene: who, where, when, doing what, filmed how. Pure description; nothing is rendered here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio import atmosphere, scenery
from studio.blocking import frame_camera
from studio.camera_moves import MOVES
from studio.materials import COLORS, FINISHES
from studio.motion import CROUCH_S, GRAVITY, STRIDE, heading_vector
from studio.specs import Motion, Scene, Setting, Sky, Subject
from studio.subjects import CAST, NOUNS, cast

Rng = np.random.Generator
VERBS = tuple(sorted({verb for role in CAST.values() for verb in role.verbs}))
STYLES = ("natural", "warm", "cool", "vivid", "soft")
STEADINESS = ("static", "smooth", "handheld")


class UnknownConstraint(ValueError):
    """A constraint names something this film set does not have."""


@dataclass(frozen=True)
class _Wish:
    move: str | Sequence[str] | None
    subject: str | None
    color: str | None
    finish: str | None
    action: str | None
    count: int | None
    place: str | None
    time_of_day: str | None
    weather: str | None
    steadiness: str | None
    style: str | None


def compose(
    seed: int,
    *,
    duration_s: float = 2.0,
    fps: int = 8,
    move: str | Sequence[str] | None = None,
    subject: str | None = None,
    color: str | None = None,
    finish: str | None = None,
    action: str | None = None,
    count: int | None = None,
    place: str | None = None,
    time_of_day: str | None = None,
    weather: str | None = None,
    steadiness: str | None = None,
    style: str | None = None,
) -> Scene:
    """The scene of this seed; what is asked for is given, the rest is drawn.

    Args:
        seed: Any integer >= 0.
        duration_s: 0.25 to 60 s.
        move: A camera primitive of `MOVES`, or several at once.
        count: 1 to 3 of the first subject; without it a scene may also hold two different subjects.

    Raises:
        UnknownConstraint: A value is not one of the vocabulary (the message lists it), or a subject cannot do the action.
    """
    wish = _Wish(move, subject, color, finish, action, count, place, time_of_day, weather, steadiness, style)
    _check(wish, seed, duration_s, fps)
    rng = np.random.default_rng([seed, 1])
    actors = _roles(np.random.default_rng([seed, 2]), wish)
    where, when, weather = _where(np.random.default_rng([seed, 3]), wish, actors)
    view_deg = float(rng.uniform(0, 360))
    if where in scenery.ROOMS:
        view_deg = float(rng.uniform(-50, 50)) % 360  # towards the window's wall
    subjects = _block(np.random.default_rng([seed, 4]), actors, view_deg, duration_s, where in scenery.ROOMS)
    clear = 1.5 + max(math.hypot(s.position[0], s.position[2]) + s.radius_m for s in subjects)
    setting = scenery.furnish(where, np.random.default_rng([seed, 5]), clear_m=clear, behind_deg=view_deg)
    sky = atmosphere.sky(when, weather, setting.floor, np.random.default_rng([seed, 6]))
    setting, lamps = _light(setting, sky, np.random.default_rng([seed, 8]))
    scene = Scene(
        seed,
        duration_s,
        fps,
        setting,
        sky,
        lamps,
        subjects,
        frame_camera(
            np.random.default_rng([seed, 9]),
            subjects,
            setting,
            view_deg=view_deg,
            duration_s=duration_s,
            fps=fps,
            move=wish.move,
            steadiness=wish.steadiness,
        ),
        atmosphere.ambience(setting, sky, np.random.default_rng([seed, 10])),
        wish.style or str(rng.choice(STYLES, p=[0.5, 0.15, 0.15, 0.1, 0.1])),
    )
    return scene


def _check(wish: _Wish, seed: int, duration_s: float, fps: int) -> None:
    moves = [wish.move] if isinstance(wish.move, str) else list(wish.move or [])
    known: list[tuple[str, object, Sequence[object]]] = [
        *(("move", m, MOVES) for m in moves),
        ("subject", wish.subject, NOUNS),
        ("color", wish.color, COLORS),
        ("finish", wish.finish, FINISHES),
        ("action", wish.action, VERBS if wish.subject is None else CAST.get(wish.subject, CAST["ball"]).verbs),
        ("count", wish.count, (1, 2, 3)),
        ("place", wish.place, scenery.PLACES),
        ("time_of_day", wish.time_of_day, atmosphere.TIMES),
        ("weather", wish.weather, atmosphere.WEATHERS),
        ("steadiness", wish.steadiness, STEADINESS),
        ("style", wish.style, STYLES),
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


def _roles(rng: Rng, wish: _Wish) -> list[_Actor]:
    """One to three of a kind, or two of different nouns and colours."""
    nouns = [n for n in NOUNS if wish.action is None or wish.action in CAST[n].verbs]
    noun = wish.subject or str(rng.choice(nouns))
    moving = [v for v in CAST[noun].verbs if v != "rests"]
    verb = wish.action or (str(rng.choice(moving)) if rng.random() < 0.88 else CAST[noun].verbs[-1])
    color = wish.color or str(rng.choice(COLORS))
    finish = wish.finish or str(rng.choice(CAST[noun].finishes))
    first = _Actor(noun, color, finish, verb)
    drawn = int(rng.choice([1, 2, 3, 0], p=[0.46, 0.14, 0.1, 0.3]))
    count = wish.count or drawn
    if wish.count or count:
        if noun == "car" and not wish.count:
            count = min(count, 2)
        return [first] * count
    other = str(rng.choice([n for n in NOUNS if n not in (noun, "car")]))
    another = str(rng.choice([c for c in COLORS if c != color]))
    idle = [v for v in CAST[other].verbs if v in ("rests", "spins", "waves", "floats", "jumps")]
    return [first, _Actor(other, another, str(rng.choice(CAST[other].finishes)), str(rng.choice(idle)))]


def _where(rng: Rng, wish: _Wish, actors: list[_Actor]) -> tuple[str, str, str]:
    crowded = actors[0].noun == "car" or actors[0].verb == "rises"
    places = list(scenery.LANDS) if crowded else list(scenery.PLACES)
    place = wish.place or str(rng.choice(places))
    when = wish.time_of_day or str(rng.choice(atmosphere.TIMES, p=[0.12, 0.2, 0.22, 0.2, 0.16, 0.1]))
    weather = wish.weather or str(rng.choice(atmosphere.WEATHERS, p=[0.5, 0.25, 0.15, 0.1]))
    return place, when, weather


def _block(rng: Rng, actors: list[_Actor], view_deg: float, duration_s: float, indoors: bool) -> tuple[Subject, ...]:
    """Places the subjects side by side across the view, in depth lanes where they differ, and directs them."""
    right, ahead = np.array(heading_vector(view_deg + 90)), np.array(heading_vector(view_deg))
    radii = [CAST[a.noun].radius_m for a in actors]
    gap = float(rng.uniform(0.25, 0.6))
    offsets = np.cumsum([0.0] + [a + b + gap for a, b in zip(radii, radii[1:], strict=False)])
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
        speed = 2 * 0.44 * height * math.sin(STRIDE) / period
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
