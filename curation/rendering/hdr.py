"""HDR to Rec.709 as a table: the same for every clip of a kind, so that mapping costs one look-up per pixel.

Curves: SMPTE ST 2084 (PQ) and ARIB STD-B67 (HLG) as in ITU-R BT.2100; the highlights are brought down by the EETF of
ITU-R BT.2390; reference white is 203 cd/m2 as in BT.2408; the screen is that of BT.1886.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

GRID = 33
SOURCE_PEAK_CD_M2 = 1000.0
WHITE_CD_M2 = 203.0
SCREEN_GAMMA = 2.4
_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
BT2020_TO_BT709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
BT2020_LUMINANCE = np.array([0.2627, 0.6780, 0.0593])


def pq_to_light(signal: np.ndarray) -> np.ndarray:
    """cd/m2 of PQ values in [0, 1]."""
    powered = np.power(np.clip(signal, 0, 1), 1 / _M2)
    return 10_000 * np.power(np.maximum(powered - _C1, 0) / (_C2 - _C3 * powered), 1 / _M1)


def light_to_pq(light: np.ndarray) -> np.ndarray:
    """PQ values in [0, 1] of cd/m2."""
    powered = np.power(np.clip(light, 0, 10_000) / 10_000, _M1)
    return np.power((_C1 + _C2 * powered) / (1 + _C3 * powered), _M2)


def hlg_to_light(signal: np.ndarray) -> np.ndarray:
    """cd/m2 on a screen of 1000 cd/m2 of HLG values `[..., 3]` in [0, 1]."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    luminance = scene @ BT2020_LUMINANCE
    return SOURCE_PEAK_CD_M2 * np.power(luminance, 0.2)[..., None] * scene


def rolled_off(light: np.ndarray) -> np.ndarray:
    """cd/m2 with highlights up to the source's peak brought below reference white (BT.2390, section 5.4.1)."""
    source_peak, target_peak = light_to_pq(np.array([SOURCE_PEAK_CD_M2, WHITE_CD_M2]))
    signal = np.clip(light_to_pq(light) / source_peak, 0, 1)
    most = target_peak / source_peak
    knee = 1.5 * most - 0.5
    t = (signal - knee) / (1 - knee)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    return pq_to_light(np.where(signal < knee, signal, spline) * source_peak)


CURVES: dict[str, Callable[[np.ndarray], np.ndarray]] = {"pq": pq_to_light, "hlg": hlg_to_light}


def to_rec709(signal: np.ndarray, transfer: str) -> np.ndarray:
    """Rec.709 R'G'B' in [0, 1] of BT.2020 R'G'B' `[..., 3]` in [0, 1], for a screen as of BT.1886."""
    light = CURVES[transfer](signal)
    brightest = light.max(axis=-1, keepdims=True)
    # All three channels by one factor: the hue stays.
    mapped = light * (rolled_off(brightest) / np.maximum(brightest, 1e-6))
    linear = np.clip(mapped @ BT2020_TO_BT709.T / WHITE_CD_M2, 0, 1)
    return np.power(linear, 1 / SCREEN_GAMMA)


def write_table(folder: Path, transfer: str) -> Path:
    """The mapping as a `.cube` file for FFmpeg's `lut3d`; red runs fastest."""
    steps = np.linspace(0, 1, GRID)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    values = to_rec709(np.stack([red, green, blue], axis=-1), transfer).reshape(-1, 3)
    path = folder / f"{transfer}.cube"
    with path.open("w") as file:
        file.write(f"LUT_3D_SIZE {GRID}\n")
        np.savetxt(file, values, fmt="%.6f")
    return path
