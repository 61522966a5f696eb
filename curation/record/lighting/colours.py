"""Colour spaces of environment maps, and their way into linear Rec.709."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Chromaticity = tuple[float, float]

SAME_PRIMARIES = 2e-3  # files round chromaticities to three places
# Sharpened cone responses of the Bradford transform (ICC.1:2022, annex E).
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


@dataclass(frozen=True)
class ColorSpace:
    """RGB by the CIE 1931 chromaticities of its primaries and white; `encoded` where values are sRGB's, not linear."""

    red: Chromaticity
    green: Chromaticity
    blue: Chromaticity
    white: Chromaticity
    encoded: bool = False

    @cached_property
    def xyz_from_rgb(self) -> Floats:
        """`[3, 3]`; white has luminance 1 (SMPTE RP 177)."""
        primaries = np.stack([_xyz(xy) for xy in (self.red, self.green, self.blue)], axis=1)
        return primaries * np.linalg.solve(primaries, _xyz(self.white))

    def is_like(self, chromaticities: ArrayLike) -> bool:
        """Whether `[8]` chromaticities (red, green, blue, white; x then y) are those of this space."""
        own = np.array([*self.red, *self.green, *self.blue, *self.white])
        return bool(np.abs(own - np.asarray(chromaticities, dtype=np.float64)).max() < SAME_PRIMARIES)


def _xyz(xy: Chromaticity) -> Floats:
    x, y = xy
    return np.array([x / y, 1.0, (1 - x - y) / y])


_D65, _ACES_WHITE = (0.3127, 0.3290), (0.32168, 0.33767)
REC709 = ColorSpace((0.640, 0.330), (0.300, 0.600), (0.150, 0.060), _D65)
# ITU-R BT.709, BT.2020; Academy S-2014-004 (AP1); IEC 61966-2-1.
COLOR_SPACES: dict[str, ColorSpace] = {
    "lin_rec709": REC709,
    "lin_rec2020": ColorSpace((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65),
    "acescg": ColorSpace((0.713, 0.293), (0.165, 0.830), (0.128, 0.044), _ACES_WHITE),
    "srgb": ColorSpace(REC709.red, REC709.green, REC709.blue, _D65, encoded=True),
}
XYZ_FROM_REC709 = REC709.xyz_from_rgb
REC709_LUMINANCE: Floats = XYZ_FROM_REC709[1]


def space_of(chromaticities: ArrayLike) -> ColorSpace:
    """The linear space of a file's `[8]` chromaticities.

    Raises:
        ValueError: They span no gamut.
    """
    values = np.asarray(chromaticities, dtype=np.float64)
    if values.shape != (8,) or not np.isfinite(values).all() or (values[1::2] <= 0).any():
        raise ValueError("Chromaticities are eight numbers, each y above 0.")
    red, green, blue, white = ((float(x), float(y)) for x, y in values.reshape(4, 2))
    corners = np.stack([_xyz(xy) for xy in (red, green, blue)], axis=1)
    if abs(np.linalg.det(corners)) < 1e-6:
        raise ValueError("The primaries lie on one line.")
    return ColorSpace(red, green, blue, white)


def to_rec709(pixels: NDArray[np.floating], space: ColorSpace) -> NDArray[np.floating]:
    """The same colours in linear Rec.709, `[..., 3]`; white stays white (Bradford). Colours outside it go below 0."""
    linear = _decoded(pixels) if space.encoded else pixels
    if space.is_like([*REC709.red, *REC709.green, *REC709.blue, *REC709.white]):
        return linear
    matrix = np.linalg.solve(XYZ_FROM_REC709, _adaptation(space.white) @ space.xyz_from_rgb)
    return linear @ matrix.T.astype(linear.dtype)


def _decoded(pixels: NDArray[np.floating]) -> NDArray[np.floating]:
    """sRGB's curve undone (IEC 61966-2-1); values above 1 go on along it."""
    return np.where(pixels <= 0.04045, pixels / 12.92, ((np.maximum(pixels, 0) + 0.055) / 1.055) ** 2.4)


def _adaptation(white: Chromaticity) -> Floats:
    gains = (_BRADFORD @ _xyz(_D65)) / (_BRADFORD @ _xyz(white))
    return np.linalg.solve(_BRADFORD, gains[:, None] * _BRADFORD)
