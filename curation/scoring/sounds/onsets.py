"""When something begins to sound: peaks of the spectral flux, after Boeck and Widmer's SuperFlux (DAFx 2013)."""

from collections.abc import Sequence

import numpy as np
from scipy import fft
from scipy.ndimage import maximum_filter1d, median_filter

RATE_HZ = 16_000
HOP = 160
SIZE = 512
BANDS, LOWEST_HZ, HIGHEST_HZ = 36, 40.0, 7_600.0
LAG = 2  # frames: what was there 20 ms ago is no onset
FLOOR_DB = -60.0  # of the recording's level: quieter bands count as silent
CHUNK_FRAMES = 6_000
MEDIAN_S, PEAK_S, APART_S = 1.0, 0.05, 0.06
OVER_SPREAD = 12.0  # median deviations by which a rise stands out of its second; steady noise mostly stays below
LEAST_RISE = 0.12  # of a decade, mean over the bands
FRAMES_PER_S = RATE_HZ // HOP


def flux(samples: np.ndarray) -> np.ndarray:
    """How much rises in each 10 ms, `[T]` float32: decades of power, mean over 36 bands.

    Place t is what rises at t * 10 ms.

    Args:
        samples: `[N]` mono at 16 kHz, read in pieces of a minute.
    """
    count = len(samples) // HOP + 1
    quiet = _level(samples) * 10 ** (FLOOR_DB / 10)
    if quiet <= 0:
        return np.zeros(count, np.float32)
    rises = [_rises(samples, first, min(first + CHUNK_FRAMES, count), quiet) for first in range(0, count, CHUNK_FRAMES)]
    rising = np.concatenate(rises)
    rising[-(SIZE // 2 // HOP + 1) :] = 0  # that a wave breaks off there is a click, but no sound begins
    return rising


def onsets(rising: np.ndarray) -> list[float]:
    """Instants in seconds at which sounds begin: peaks of a flux that stand out of the second around them."""
    second = round(MEDIAN_S * FRAMES_PER_S) | 1
    around = median_filter(rising, second, mode="reflect")
    spread = median_filter(np.abs(rising - around), second, mode="reflect")
    highest = maximum_filter1d(rising, round(PEAK_S * FRAMES_PER_S) | 1)
    peaks = np.flatnonzero((rising == highest) & (rising > around + np.maximum(OVER_SPREAD * spread, LEAST_RISE)))
    found: list[float] = []
    for peak in peaks:
        time_s = float(peak) / FRAMES_PER_S
        if not found or time_s - found[-1] >= APART_S:
            found.append(time_s)
    return found


def matches(declared: Sequence[float], heard: Sequence[float], *, within_s: float) -> list[tuple[int, int]]:
    """As many pairs (place in `declared`, place in `heard`) as can be made, each used once; both are in order."""
    pairs: list[tuple[int, int]] = []
    one = other = 0
    while one < len(declared) and other < len(heard):
        if abs(declared[one] - heard[other]) <= within_s:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif declared[one] < heard[other]:
            one += 1
        else:
            other += 1
    return pairs


def _level(samples: np.ndarray) -> float:
    """Mean power."""
    size = CHUNK_FRAMES * HOP
    pieces = (samples[start : start + size] for start in range(0, len(samples), size))
    return sum(float(np.square(piece).sum(dtype=np.float64)) for piece in pieces) / max(len(samples), 1)


def _rises(samples: np.ndarray, first: int, last: int, quiet: float) -> np.ndarray:
    levels = np.log10(_bands(samples, first - LAG, last) / quiet + 1)
    # A neighbour that was as loud before is the same sound on its way, not a new one.
    before = maximum_filter1d(levels[:-LAG], 3, axis=1)
    return np.maximum(levels[LAG:] - before, 0).mean(axis=1)


def _bands(samples: np.ndarray, first: int, last: int) -> np.ndarray:
    """Power in each band of the frames from `first` to `last`, `[T, bands]`; silence around the recording."""
    begin, end = first * HOP - SIZE // 2, (last - 1) * HOP + SIZE // 2
    piece = np.zeros(end - begin, np.float32)
    inside = samples[max(begin, 0) : max(end, 0)]
    piece[max(-begin, 0) : max(-begin, 0) + len(inside)] = inside
    frames = np.lib.stride_tricks.sliding_window_view(piece, SIZE)[::HOP]
    spectra = fft.rfft(frames * _WINDOW, axis=1)
    power = np.square(spectra.real) + np.square(spectra.imag)
    return np.add.reduceat(power, _EDGES[:-1], axis=1)[:, : len(_EDGES) - 1]


_WINDOW = (np.hanning(SIZE + 1)[:-1] / np.sqrt(SIZE * 0.375 * SIZE / 2)).astype(np.float32)
_EDGES = np.unique((np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1) * SIZE / RATE_HZ).round().astype(int).clip(1))
