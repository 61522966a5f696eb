"""Single lamps: what arrives from each at a point, in lux."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import pi
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from curation.record.lighting.directions import Floats

NEAREST_M = 0.01  # a lamp is never closer: the inverse square would run away
FILLING = ("fill", "ambient")


@dataclass(frozen=True, eq=False)
class Arriving:
    """Light of one lamp at a point: `[3]` unit direction it comes from and illuminance of a surface facing it."""

    role: str
    toward: Floats
    illuminance_lx: float
    cct_k: float | None


def arriving_light(lamps: Iterable[Mapping[str, Any]], *, at: ArrayLike = (0.0, 0.0, 0.0)) -> list[Arriving]:
    """What each lamp of a record's `lighting.lights` sends to a point, in the order given.

    A directional lamp has its lux everywhere. Others have candelas, or lumens that are spread over the sphere (point),
    or over a cosine lobe (area) as a one-sided Lambertian surface does; a spot's lumens are taken as a lobe's too,
    since the record keeps no cone. An area with a direction dims by the cosine to it, and gives nothing behind itself.

    Args:
        at: `[3]` metres, world axes.
    """
    here = np.asarray(at, dtype=np.float64)
    return [_directional(lamp) if lamp["type"] == "directional" else _placed(lamp, here) for lamp in lamps]


def contrast_stops(arriving: Iterable[Arriving]) -> float | None:
    """Stops between key plus fill and fill alone (the lighting ratio); None without a key or a fill."""
    summed = {True: 0.0, False: 0.0}
    for light in arriving:
        if light.role == "key" or light.role in FILLING:
            summed[light.role == "key"] += light.illuminance_lx
    key, fill = summed[True], summed[False]
    return float(np.log2((key + fill) / fill)) if key > 0 and fill > 0 else None


def _directional(lamp: Mapping[str, Any]) -> Arriving:
    travels = np.asarray(lamp["direction"], dtype=np.float64)
    return Arriving(lamp["role"], -travels / np.linalg.norm(travels), float(lamp["intensity"]), lamp.get("cct_k"))


def _placed(lamp: Mapping[str, Any], here: Floats) -> Arriving:
    offset = np.asarray(lamp["position"], dtype=np.float64) - here
    distance = max(float(np.linalg.norm(offset)), NEAREST_M)
    toward = offset / distance
    candelas = float(lamp["intensity"])
    if lamp["unit"] == "lm":
        candelas /= 4 * pi if lamp["type"] == "point" else pi
    if lamp["type"] == "area" and lamp.get("direction"):
        faces = np.asarray(lamp["direction"], dtype=np.float64)
        candelas *= max(0.0, float(-toward @ faces / np.linalg.norm(faces)))
    return Arriving(lamp["role"], toward, candelas / distance**2, lamp.get("cct_k"))
