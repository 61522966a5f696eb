"""The cast: builds each named subject from solids, front towards -Z, feet on the ground at the origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studio.materials import EYES, GLASS, RUBBER, SKIN, STEEL, paint, surface
from studio.specs import Material, Motion, Solid, Subject, Vec3


@dataclass(frozen=True)
class Casting:
    """What a noun may do and look like. `radius_m` bounds it sideways, `height_m` upwards, at scale 1."""

    verbs: tuple[str, ...]
    finishes: tuple[str, ...]
    height_m: float
    radius_m: float
    build: Callable[[Material, str], tuple[Solid, ...]]
    hinge_m: float = 0.0


def _ball(skin: Material, verb: str) -> tuple[Solid, ...]:
    return (Solid("sphere", (0, 0.35, 0), (0.35, 0.35, 0.35), skin),)


def _crate(skin: Material, verb: str) -> tuple[Solid, ...]:
    edge = surface("edge", (74, 56, 40), gloss=0.1)
    return (
        Solid("box", (0, 0.36, 0), (0.34, 0.34, 0.34), skin),
        Solid("box", (0, 0.04, 0), (0.36, 0.04, 0.36), edge),
        Solid("box", (0, 0.68, 0), (0.36, 0.04, 0.36), edge),
    )


def _barrel(skin: Material, verb: str) -> tuple[Solid, ...]:
    lying = verb == "rolls"
    turn = 90.0 if lying else 0.0

    def ring(along: float, radius: float, half: float, look: Material) -> Solid:
        center = (along, 0.34, 0.0) if lying else (0.0, 0.45 + along, 0.0)
        return Solid("frustum", center, (radius, half, radius), look, roll_deg=turn)

    return ring(0, 0.32, 0.45, skin), ring(-0.24, 0.34, 0.03, STEEL), ring(0.24, 0.34, 0.03, STEEL)


def _cone(skin: Material, verb: str) -> tuple[Solid, ...]:
    return (
        Solid("frustum", (0, 0.45, 0), (0.36, 0.42, 0.36), skin, taper=0.06),
        Solid("box", (0, 0.02, 0), (0.42, 0.02, 0.42), skin),
    )


def _robot(skin: Material, verb: str) -> tuple[Solid, ...]:
    def limb(x: float, y: float, half: float, joint: str, pivot_y: float, look: Material) -> Solid:
        return Solid("capsule", (x, y, 0), (0.075, half, 0.075), look, joint=joint, pivot=(x, pivot_y, 0))

    return (
        Solid("box", (0, 0.93, 0), (0.3, 0.3, 0.2), skin),
        Solid("box", (0, 1.43, 0), (0.2, 0.16, 0.18), skin),
        Solid("box", (0, 1.46, -0.17), (0.14, 0.05, 0.03), EYES),
        Solid("frustum", (0, 1.66, 0), (0.02, 0.08, 0.02), STEEL),
        limb(-0.15, 0.33, 0.255, "leg_l", 0.62, STEEL),
        limb(0.15, 0.33, 0.255, "leg_r", 0.62, STEEL),
        limb(-0.39, 0.9, 0.2, "arm_l", 1.14, skin),
        limb(0.39, 0.9, 0.2, "arm_r", 1.14, skin),
    )


def _person(skin: Material, verb: str) -> tuple[Solid, ...]:
    trousers = surface("trousers", (52, 54, 66), gloss=0.05)

    def limb(x: float, y: float, half: float, radius: float, joint: str, pivot_y: float, look: Material) -> Solid:
        return Solid("capsule", (x, y, 0), (radius, half, radius), look, joint=joint, pivot=(x, pivot_y, 0))

    return (
        Solid("capsule", (0, 1.15, 0), (0.2, 0.2, 0.2), skin),
        Solid("sphere", (0, 1.66, 0), (0.14, 0.17, 0.15), SKIN),
        Solid("sphere", (0, 1.73, 0.03), (0.15, 0.13, 0.15), surface("hair", (58, 38, 26))),
        limb(-0.11, 0.44, 0.35, 0.085, "leg_l", 0.85, trousers),
        limb(0.11, 0.44, 0.35, 0.085, "leg_r", 0.85, trousers),
        limb(-0.27, 1.12, 0.24, 0.065, "arm_l", 1.38, skin),
        limb(0.27, 1.12, 0.24, 0.065, "arm_r", 1.38, skin),
    )


def _dog(skin: Material, verb: str) -> tuple[Solid, ...]:
    def leg(x: float, z: float, joint: str) -> Solid:
        return Solid("capsule", (x, 0.2, z), (0.055, 0.14, 0.055), skin, joint=joint, pivot=(x, 0.36, z))

    return (
        Solid("capsule", (0, 0.47, 0), (0.17, 0.28, 0.17), skin, pitch_deg=90),
        Solid("sphere", (0, 0.72, -0.46), (0.14, 0.15, 0.17), skin),
        Solid("box", (0, 0.68, -0.63), (0.06, 0.05, 0.09), RUBBER),
        Solid("capsule", (0, 0.7, 0.44), (0.035, 0.13, 0.035), skin, pitch_deg=35),
        leg(-0.11, -0.28, "leg_l"),
        leg(0.11, -0.28, "leg_r"),
        leg(-0.11, 0.28, "leg_r"),
        leg(0.11, 0.28, "leg_l"),
    )


def _car(skin: Material, verb: str) -> tuple[Solid, ...]:
    def wheel(x: float, z: float) -> Solid:
        return Solid(
            "frustum", (x, 0.24, z), (0.24, 0.08, 0.24), RUBBER, roll_deg=90, joint="wheel", pivot=(x, 0.24, z)
        )

    return (
        Solid("box", (0, 0.5, 0), (0.56, 0.22, 1.15), skin),
        Solid("box", (0, 0.84, 0.14), (0.46, 0.16, 0.6), GLASS),
        Solid("box", (0, 1.01, 0.14), (0.45, 0.03, 0.56), skin),
        Solid("box", (0, 0.52, -1.15), (0.44, 0.05, 0.02), EYES),
        wheel(-0.54, -0.7),
        wheel(0.54, -0.7),
        wheel(-0.54, 0.7),
        wheel(0.54, 0.7),
    )


def _balloon(skin: Material, verb: str) -> tuple[Solid, ...]:
    return (
        Solid("sphere", (0, 1.3, 0), (0.38, 0.46, 0.38), skin),
        Solid("frustum", (0, 0.83, 0), (0.05, 0.04, 0.05), skin, taper=0.2),
        Solid("frustum", (0, 0.5, 0), (0.008, 0.3, 0.008), surface("string", (230, 230, 230))),
    )


CAST: dict[str, Casting] = {
    "ball": Casting(
        ("bounces", "rolls", "falls", "rests"),
        ("matte", "glossy", "metallic", "striped", "checkered"),
        0.7,
        0.35,
        _ball,
        0.35,
    ),
    "crate": Casting(
        ("slides", "falls", "spins", "rests"), ("matte", "glossy", "striped", "checkered"), 0.72, 0.5, _crate
    ),
    "barrel": Casting(
        ("rolls", "slides", "spins", "rests"), ("matte", "glossy", "metallic", "striped"), 0.9, 0.4, _barrel, 0.34
    ),
    "cone": Casting(("spins", "slides", "falls", "rests"), ("matte", "glossy", "striped"), 0.87, 0.5, _cone),
    "robot": Casting(("walks", "jumps", "waves", "spins", "rests"), ("matte", "glossy", "metallic"), 1.75, 0.5, _robot),
    "person": Casting(("walks", "jumps", "waves", "rests"), ("matte", "striped", "checkered"), 1.86, 0.4, _person),
    "dog": Casting(("walks", "jumps", "rests"), ("matte",), 0.88, 0.72, _dog),
    "car": Casting(("drives", "rests"), ("glossy", "metallic"), 1.05, 1.28, _car),
    "balloon": Casting(("rises", "floats"), ("glossy", "matte", "striped"), 1.76, 0.38, _balloon),
}
NOUNS = tuple(CAST)


def cast(
    noun: str, *, name: str, color: str, finish: str, motion: Motion, position: Vec3, facing_deg: float
) -> Subject:
    """The named subject, painted and directed."""
    role = CAST[noun]
    parts = role.build(paint(color, finish), motion.verb)
    hinge = role.hinge_m if motion.verb == "rolls" else 0.0
    return Subject(name, noun, color, finish, parts, motion, position, facing_deg, hinge, role.height_m, role.radius_m)
