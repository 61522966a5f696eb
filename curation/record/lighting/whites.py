"""Colour temperature and distance from the Planckian locus, over the locus itself and not a fit of it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from curation.record.lighting.colours import XYZ_FROM_REC709
from curation.record.lighting.directions import Floats

OBSERVER = Path(__file__).parent / "data" / "cie_1931_2deg_5nm.csv"
SECOND_RADIATION_CONSTANT_MK = 1.438776877e-2  # h c / k, metre kelvin (CODATA 2018)
COOLEST_K, HOTTEST_K = 1_000.0, 40_000.0
STEPS = (1.01, 1.0001)  # between temperatures: of the whole table, and of the stretch that the colour is nearest to


@dataclass(frozen=True)
class White:
    """Correlated colour temperature in kelvin and distance from the Planckian locus in CIE 1960 uv (green is +)."""

    cct_k: float
    duv: float


def white_of(rgb: ArrayLike) -> White | None:
    """Colour temperature and duv of a linear Rec.709 colour `[3]`; None for black or a colour without brightness.

    From 1,000 to 40,000 K; at the ends of the range the temperature is the end. Beyond |duv| 0.05 the colour is no
    white and the temperature means nothing. Source: Ohno 2014, "Practical use and calculation of CCT and Duv".
    """
    uv = uv_of(rgb)
    if uv is None:
        return None
    kelvins, locus = _locus()
    coarse = _nearest(uv, locus)
    low, _, high = kelvins[coarse].tolist()
    fine = np.geomspace(low, high, num=2 * round(np.log(STEPS[0]) / np.log(STEPS[1])) + 1)
    fine_locus = planckian_uv(fine)
    close = _nearest(uv, fine_locus)
    return _at_foot(uv, fine[close], fine_locus[close])


def uv_of(rgb: ArrayLike) -> Floats | None:
    """`[2]` CIE 1960 u and v of a linear Rec.709 colour; None for black or a colour without brightness."""
    x, y, z = XYZ_FROM_REC709 @ np.asarray(rgb, dtype=np.float64)
    weight = x + 15 * y + 3 * z
    if not np.isfinite(weight) or weight <= 0 or y <= 0:
        return None
    return np.array([4 * x, 6 * y]) / weight


def rgb_of_white(cct_k: float) -> Floats:
    """`[3]` linear Rec.709 of luminance 1 of a black body; what lies outside the gamut is cut off at 0."""
    u, v = planckian_uv(cct_k)
    # CIE 1960 back to XYZ with Y = 1.
    xyz = np.array([3 * u / (2 * v), 1.0, (4 - u - 10 * v) / (2 * v)])
    rgb = np.clip(np.linalg.solve(XYZ_FROM_REC709, xyz), 0, None)
    return rgb / float(XYZ_FROM_REC709[1] @ rgb)


def planckian_uv(cct_k: ArrayLike) -> Floats:
    """`[..., 2]` CIE 1960 u and v of black bodies: Planck's law seen by the CIE 1931 standard observer."""
    nanometres, observer = _observer()
    metres = nanometres * 1e-9
    kelvins = np.asarray(cct_k, dtype=np.float64)[..., None]
    spectra = metres**-5.0 / np.expm1(SECOND_RADIATION_CONSTANT_MK / (metres * kelvins))
    x, y, z = np.moveaxis(spectra @ observer, -1, 0)
    return np.stack([4 * x, 6 * y], axis=-1) / (x + 15 * y + 3 * z)[..., None]


@cache
def _observer() -> tuple[Floats, Floats]:
    """Wavelengths `[W]` in nm and the three colour-matching functions `[W, 3]`."""
    table = np.loadtxt(OBSERVER, delimiter=",", comments="#")
    return table[:, 0], table[:, 1:]


@cache
def _locus() -> tuple[Floats, Floats]:
    """Temperatures `[T]` in steps of 1 % and their `[T, 2]` uv."""
    count = int(np.log(HOTTEST_K / COOLEST_K) / np.log(STEPS[0])) + 2
    kelvins = np.geomspace(COOLEST_K, HOTTEST_K, num=count)
    return kelvins, planckian_uv(kelvins)


def _nearest(uv: Floats, locus: Floats) -> slice:
    """The nearest of the points and its two neighbours."""
    near = int(np.clip(np.argmin(np.hypot(*(locus - uv).T)), 1, len(locus) - 2))
    return slice(near - 1, near + 2)


def _at_foot(uv: Floats, kelvins: Floats, locus: Floats) -> White:
    """By the foot of the perpendicular on the chord between the two neighbours (Ohno's triangular solution)."""
    chord = locus[2] - locus[0]
    share = float(np.clip((uv - locus[0]) @ chord / (chord @ chord), 0, 1))
    foot = locus[0] + share * chord
    off = float(np.hypot(*(uv - foot)))
    return White(float(kelvins[0] + share * (kelvins[2] - kelvins[0])), off if uv[1] >= foot[1] else -off)
