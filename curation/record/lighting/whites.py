"""Colour temperature and distance from the Planckian locus, over the locus itself and not a fit of it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from curation.record.lighting.colours import XYZ_FROM_REC709
from curation.record.lighting.directions import Floats
from curation.record.lighting.maps import shrunk, solid_angles

OBSERVER = Path(__file__).parent / "data" / "cie_1931_2deg_5nm.csv"
SECOND_RADIATION_CONSTANT_MK = 1.438776877e-2  # h c / k, metre kelvin (CODATA 2018)
COOLEST_K, HOTTEST_K = 1_000.0, 40_000.0
STEP = 1.01  # between temperatures of the table (Ohno 2014: 1 % for errors under 1 K)
TRIANGULAR_BELOW = 0.002  # |duv| under which the locus is taken as straight between its neighbours
ARC_OVER_CHORD = 0.99991  # what that costs at steps of 1 % (Ohno 2014, eq. 15)


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
    distances = np.hypot(*(locus - uv).T)
    near = int(np.clip(np.argmin(distances), 1, len(kelvins) - 2))
    around = slice(near - 1, near + 2)
    cct_k, duv = _triangular(uv, kelvins[around], locus[around], distances[around])
    if abs(duv) >= TRIANGULAR_BELOW:
        cct_k, off = _parabolic(kelvins[around], distances[around])
        duv = float(np.copysign(off, duv))
    return White(float(np.clip(cct_k, COOLEST_K, HOTTEST_K)), duv)


def uv_of(rgb: ArrayLike) -> Floats | None:
    """`[2]` CIE 1960 u and v of a linear Rec.709 colour; None for black or a colour without brightness."""
    x, y, z = XYZ_FROM_REC709 @ np.asarray(rgb, dtype=np.float64)
    weight = x + 15 * y + 3 * z
    if not np.isfinite(weight) or weight <= 0 or y <= 0:
        return None
    return np.array([4 * x, 6 * y]) / weight


def planckian_uv(cct_k: ArrayLike) -> Floats:
    """`[..., 2]` CIE 1960 u and v of black bodies: Planck's law seen by the CIE 1931 standard observer."""
    nanometres, observer = _observer()
    metres = nanometres * 1e-9
    kelvins = np.asarray(cct_k, dtype=np.float64)[..., None]
    spectra = metres**-5.0 / np.expm1(SECOND_RADIATION_CONSTANT_MK / (metres * kelvins))
    x, y, z = np.moveaxis(spectra @ observer, -1, 0)
    return np.stack([4 * x, 6 * y], axis=-1) / (x + 15 * y + 3 * z)[..., None]


def mean_white(pixels: NDArray[np.floating]) -> White | None:
    """Colour temperature of the light of a whole map `[N, 2N, 3]`: its mean colour over the sphere (grey world)."""
    light = shrunk(pixels)
    return white_of(np.sum(light * solid_angles(len(light))[..., None], axis=(0, 1)))


@cache
def _observer() -> tuple[Floats, Floats]:
    """Wavelengths `[W]` in nm and the three colour-matching functions `[W, 3]`."""
    table = np.loadtxt(OBSERVER, delimiter=",", comments="#")
    return table[:, 0], table[:, 1:]


@cache
def _locus() -> tuple[Floats, Floats]:
    """Temperatures `[T]` in steps of 1 % and their `[T, 2]` uv."""
    kelvins = COOLEST_K * STEP ** np.arange(int(np.log(HOTTEST_K / COOLEST_K) / np.log(STEP)) + 2)
    return kelvins, planckian_uv(kelvins)


def _triangular(uv: Floats, kelvins: Floats, locus: Floats, distances: Floats) -> tuple[float, float]:
    """Temperature and duv by the foot of the perpendicular on the chord between the two neighbours."""
    chord = float(np.hypot(*(locus[2] - locus[0])))
    along = (distances[0] ** 2 - distances[2] ** 2 + chord**2) / (2 * chord)
    share = along / chord
    foot_v = locus[0, 1] + (locus[2, 1] - locus[0, 1]) * share
    off = float(np.sqrt(max(distances[0] ** 2 - along**2, 0.0)))
    return float(kelvins[0] + (kelvins[2] - kelvins[0]) * share) * ARC_OVER_CHORD, off if uv[1] >= foot_v else -off


def _parabolic(kelvins: Floats, distances: Floats) -> tuple[float, float]:
    """Temperature and |duv| at the least distance of the parabola through the three neighbours."""
    scale = kelvins[1]
    curve = np.polynomial.Polynomial.fit(kelvins / scale, distances, 2).convert()
    constant, slope, bend = curve.coef
    lowest = -slope / (2 * bend)
    return float(lowest * scale), float(constant + slope * lowest + bend * lowest**2)
