"""Places: rooms with a window, and landscapes, furnished with simple solids that stand clear of the action."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from studio.materials import CEILING, FLOORS, WALLS, surface
from studio.specs import Material, Setting, Solid, Vec3

OUTDOORS_M = 5000.0
Rng = np.random.Generator

# place -> floors, walls, half extent in metres
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...], float]] = {
    "living room": (("wooden floor",), ("cream walls", "striped wallpaper", "teal walls"), 4.6),
    "gallery": (("concrete floor", "wooden floor", "stone floor"), ("cream walls", "grey walls"), 5.6),
    "workshop": (("concrete floor",), ("brick walls", "grey walls"), 6.4),
    "kitchen": (("tiled floor",), ("teal walls", "cream walls"), 4.6),
}
LANDS: dict[str, str] = {
    "meadow": "grass",
    "desert": "sand",
    "snowy field": "snow",
    "town square": "paving",
    "street": "asphalt",
}
PLACES = (*ROOMS, *LANDS)

_WOOD = surface("wood", (132, 92, 58), (104, 70, 42), pattern="grain", cycles_per_m=3.0, gloss=0.25)
_DARK = surface("cloth", (76, 82, 98), gloss=0.05)
_STONE = surface("rock", (138, 130, 120), (112, 106, 100), pattern="clouds", cycles_per_m=0.7)
_SANDSTONE = surface("rock", (190, 128, 86), (164, 104, 68), pattern="stripes", cycles_per_m=0.35)
_TRUNK = surface("bark", (94, 70, 50))
_LEAF = surface("leaves", (58, 102, 44), (40, 78, 34), pattern="clouds", cycles_per_m=1.2)
_PINE = surface("needles", (44, 84, 62), (34, 66, 50), pattern="clouds", cycles_per_m=1.4)


def furnish(place: str, rng: Rng, *, clear_m: float, behind_deg: float) -> Setting:
    """The place with its props; none within `clear_m` of the origin, and outdoors most of them in the background,
    about the bearing `behind_deg` (clockwise from north) that the camera looks to."""
    if place in ROOMS:
        return _room(place, rng)
    props, nouns = _LANDSCAPES[place](rng, clear_m, behind_deg)
    ground = FLOORS[LANDS[place]]
    extent = (OUTDOORS_M, OUTDOORS_M, OUTDOORS_M)
    return Setting(place, False, extent, ground, ground, ground, tuple(props), None, nouns, (0.0, 0.0, 0.0))


def _room(place: str, rng: Rng) -> Setting:
    floors, walls, size = ROOMS[place]
    half = (size + float(rng.uniform(0, 0.8)), float(rng.uniform(3.0, 3.7)), size + float(rng.uniform(0, 0.8)))
    floor, wall = FLOORS[floors[rng.integers(len(floors))]], WALLS[walls[rng.integers(len(walls))]]
    left = float(rng.uniform(-0.6, 0.1)) * half[0]
    window = (left, 0.9, left + float(rng.uniform(1.4, 2.4)), half[1] - 0.6)
    props: list[Solid] = []
    nouns: list[str] = []
    corners = [(sx, sz) for sx in (-1, 1) for sz in (-1, 1)]
    rng.shuffle(corners)
    pieces = list(_FURNITURE)
    rng.shuffle(pieces)
    for (sx, sz), piece in zip(corners, pieces[: int(rng.integers(2, 4))], strict=False):
        props += _FURNITURE[piece](sx * (half[0] - 0.75), sz * (half[2] - 0.75), rng)
        nouns.append(piece)
    bounce = (0.0, 0.0, 0.0)
    return Setting(place, True, half, floor, wall, CEILING, tuple(props), window, tuple(nouns), bounce)


def _table(x: float, z: float, rng: Rng) -> list[Solid]:
    return [
        Solid("box", (x, 0.74, z), (0.6, 0.035, 0.4), _WOOD),
        *(
            Solid("box", (x + a, 0.36, z + b), (0.035, 0.36, 0.035), _WOOD)
            for a in (-0.52, 0.52)
            for b in (-0.33, 0.33)
        ),
    ]


def _shelf(x: float, z: float, rng: Rng) -> list[Solid]:
    side = math.copysign(0.45, x)
    return [
        Solid("box", (x + side, 0.9, z), (0.2, 0.9, 0.55), _WOOD),
        Solid("box", (x + side - math.copysign(0.2, x), 1.25, z), (0.03, 0.22, 0.48), _DARK),
    ]


def _sofa(x: float, z: float, rng: Rng) -> list[Solid]:
    back = math.copysign(0.3, z)
    return [
        Solid("box", (x, 0.24, z), (0.7, 0.24, 0.4), _DARK),
        Solid("box", (x, 0.62, z + back), (0.7, 0.34, 0.12), _DARK),
    ]


def _plant(x: float, z: float, rng: Rng) -> list[Solid]:
    pot = surface("clay", (168, 96, 66))
    return [
        Solid("frustum", (x, 0.22, z), (0.2, 0.22, 0.2), pot, taper=1.3),
        Solid("sphere", (x, 0.85, z), (0.38, 0.5, 0.38), _LEAF),
    ]


def _column(x: float, z: float, rng: Rng) -> list[Solid]:
    return [Solid("frustum", (x, 1.5, z), (0.22, 1.5, 0.22), _STONE, taper=0.85)]


_FURNITURE: dict[str, Callable[[float, float, Rng], list[Solid]]] = {
    "table": _table,
    "shelf": _shelf,
    "sofa": _sofa,
    "plant": _plant,
    "column": _column,
}


def _spots(rng: Rng, count: int, near_m: float, far_m: float, behind_deg: float, spread_deg: float) -> list[Vec3]:
    """Places on the ground about a bearing, evenly fanned out and jittered."""
    fan = (np.arange(count) + rng.uniform(0.2, 0.8, count)) / count - 0.5
    bearing = np.radians(behind_deg + spread_deg * fan)
    distance = rng.uniform(near_m, far_m, count)
    return [(float(d * math.sin(b)), 0.0, float(-d * math.cos(b))) for d, b in zip(distance, bearing, strict=True)]


def _hills(rng: Rng, look: Material, behind_deg: float) -> list[Solid]:
    return [
        Solid("sphere", (x, -r * 0.12, z), (r, r * float(rng.uniform(0.22, 0.4)), r), look)
        for (x, _, z) in _spots(rng, 3, 70, 120, behind_deg, 150)
        for r in [float(rng.uniform(22, 40))]
    ]


def _meadow(rng: Rng, clear_m: float, behind_deg: float) -> tuple[list[Solid], tuple[str, ...]]:
    props = _hills(rng, FLOORS["grass"], behind_deg)
    for x, _, z in _spots(rng, int(rng.integers(3, 6)), clear_m + 5, clear_m + 22, behind_deg, 170):
        h = float(rng.uniform(1.1, 1.9))
        props.append(Solid("frustum", (x, h * 0.6, z), (0.2 * h, h * 0.6, 0.2 * h), _TRUNK, taper=0.7))
        props.append(Solid("sphere", (x, h * 1.9, z), (h, h * 1.1, h), _LEAF))
    return props, ("trees", "hills")


def _desert(rng: Rng, clear_m: float, behind_deg: float) -> tuple[list[Solid], tuple[str, ...]]:
    props = _hills(rng, FLOORS["sand"], behind_deg)
    for x, _, z in _spots(rng, int(rng.integers(3, 6)), clear_m + 6, clear_m + 30, behind_deg, 160):
        w, h = float(rng.uniform(0.8, 2.6)), float(rng.uniform(1.0, 3.6))
        props.append(Solid("frustum", (x, h, z), (w, h, w), _SANDSTONE, taper=float(rng.uniform(0.45, 0.8))))
    return props, ("rocks", "dunes")


def _snow(rng: Rng, clear_m: float, behind_deg: float) -> tuple[list[Solid], tuple[str, ...]]:
    props = _hills(rng, FLOORS["snow"], behind_deg)
    for x, _, z in _spots(rng, int(rng.integers(4, 7)), clear_m + 5, clear_m + 24, behind_deg, 170):
        h = float(rng.uniform(1.4, 2.6))
        props.append(Solid("frustum", (x, h + 0.5, z), (0.55 * h, h, 0.55 * h), _PINE, taper=0.03))
        props.append(Solid("frustum", (x, 0.3, z), (0.16, 0.3, 0.16), _TRUNK))
    return props, ("pine trees",)


def _houses(rng: Rng, near_m: float, behind_deg: float, spread_deg: float) -> list[Solid]:
    paints = [(196, 172, 142), (176, 132, 112), (150, 160, 172), (206, 196, 178), (134, 120, 116)]
    props = []
    for x, _, z in _spots(rng, int(rng.integers(4, 7)), near_m, near_m + 14, behind_deg, spread_deg):
        h, w = float(rng.uniform(2.4, 5.5)), float(rng.uniform(1.8, 3.4))
        tint = paints[rng.integers(len(paints))]
        shade = tuple(int(c * 0.8) for c in tint)
        look = surface("plaster", tint, (shade[0], shade[1], shade[2]), pattern="checks", cycles_per_m=0.35)
        props.append(Solid("box", (x, h, z), (w, h, w), look, yaw_deg=-behind_deg))
    return props


def _square(rng: Rng, clear_m: float, behind_deg: float) -> tuple[list[Solid], tuple[str, ...]]:
    props = _houses(rng, clear_m + 11, behind_deg, 150)
    for x, _, z in _spots(rng, 2, clear_m + 3, clear_m + 6, behind_deg, 100):
        props.append(Solid("frustum", (x, 1.6, z), (0.09, 1.6, 0.09), _DARK))
        props.append(Solid("sphere", (x, 3.3, z), (0.2, 0.2, 0.2), surface("lamp", (240, 226, 190), emission=0.8)))
    return props, ("houses", "street lamps")


def _street(rng: Rng, clear_m: float, behind_deg: float) -> tuple[list[Solid], tuple[str, ...]]:
    props = _houses(rng, clear_m + 10, behind_deg, 130)
    for x, _, z in _spots(rng, 2, clear_m + 3, clear_m + 7, behind_deg, 110):
        props.append(Solid("frustum", (x, 0.8, z), (0.13, 0.8, 0.13), _TRUNK))
        props.append(Solid("sphere", (x, 2.1, z), (0.8, 0.95, 0.8), _LEAF))
    return props, ("houses", "trees")


_LANDSCAPES: dict[str, Callable[[Rng, float, float], tuple[list[Solid], tuple[str, ...]]]] = {
    "meadow": _meadow,
    "desert": _desert,
    "snowy field": _snow,
    "town square": _square,
    "street": _street,
}
