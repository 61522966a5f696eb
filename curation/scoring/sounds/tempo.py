"""How fast a rhythm is: the lag at which a flux of onsets is most like itself."""

import numpy as np
from scipy import fft

from curation.scoring.sounds.onsets import FRAMES_PER_S

SLOWEST_BPM, FASTEST_BPM = 40.0, 240.0
USUAL_BPM = 120.0
LEAST_BEATS = 4  # of the slowest tempo that is looked for in a recording


def tempo(rising: np.ndarray) -> tuple[float, float] | None:
    """Beats per minute in [40, 240], and how strong the rhythm is in [0, 1]; None where nothing rises or it is short.

    Of two tempi that fit equally, one twice the other, the one nearer to 120 is answered.

    Args:
        rising: `[T]`, from `onsets.flux`.
    """
    longest = min(round(60 / SLOWEST_BPM * FRAMES_PER_S), len(rising) // LEAST_BEATS)
    shortest = round(60 / FASTEST_BPM * FRAMES_PER_S)
    likeness = _autocorrelation(rising, longest + 2)
    if longest <= shortest or likeness[0] <= 0:
        return None
    lags = np.arange(shortest, longest + 1)
    octaves = np.log2(60 * FRAMES_PER_S / lags / USUAL_BPM)
    best = int(lags[np.argmax(likeness[lags] * np.exp(-0.5 * np.square(octaves)))])
    before, peak, after = likeness[best - 1 : best + 2]
    bend = before - 2 * peak + after
    between = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(60 * FRAMES_PER_S / (best + np.clip(between, -1, 1))), float(np.clip(peak / likeness[0], 0, 1))


def _autocorrelation(wave: np.ndarray, lags: int) -> np.ndarray:
    """Of the wave without its mean, `[lags]`, each divided by how many products it has."""
    centred = wave.astype(np.float64) - wave.mean()
    size = fft.next_fast_len(2 * len(centred), real=True)
    whole = fft.irfft(np.square(np.abs(fft.rfft(centred, size))), size)[:lags]
    return np.asarray(whole / (len(centred) - np.arange(len(whole))))
