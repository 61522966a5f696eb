"""What a recording sounds like: its fluctuations on a logarithmic scale of frequency.

Pitch is a shift along one axis and tempo a stretch along the other, so a changed copy is found by sliding one pattern
over the other at several tempi. Each band is held against its own recent past and each moment against its
neighbouring bands: loudness, equalisers and the sound of the place fall out; what remains is this very recording.
The index gets small patches around the strongest peaks, each in a frame of its own (Six and Leman 2014 use triplets).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.ndimage import maximum_filter, uniform_filter1d

from curation.scoring.fingerprints.match import Match, said
from curation.scoring.fingerprints.words import WORD_BYTES, directions, sign_words

RATE_HZ = 16_000
WINDOW, HOP = 2048, 512  # samples: 128 ms and 32 ms
BANDS, LOWEST_HZ, BANDS_PER_OCTAVE = 70, 110.0, 12  # semitones up to 6 kHz
STEP_S = 2 * HOP / RATE_HZ  # of the pattern
MAX_S = 600.0
PAST_STEPS, NEIGHBOUR_BANDS = 15, 13
SOFTNESS = 0.7  # nepers beyond which a fluctuation counts no more: a bang is one event, not the whole sound
FLOOR = 1e-5  # of the mean power: what is fainter is no sound but the codec's
STEPS_AT_ONCE = 1024

PEAKS_PER_S, MAX_PEAKS = 5, 400
PATCH_STEPS, PATCH_BANDS = 17, 21

TEMPI = np.array([0.81, 0.84, 0.87, 0.9, 0.93, 0.965, 1.0, 1.035, 1.07, 1.11, 1.15, 1.19, 1.235])
SLOPE = 0.5  # of the correlation per unit of tempo: what is hardly better at another tempo was not changed
MAX_SHIFT = 4  # semitones
SAME = 0.5
MIN_STEPS, MIN_SHARE = 16, 0.4  # of the shorter one, that both have to have in common


@dataclass(frozen=True, eq=False)
class Pattern:
    """`values` `[T, 70]` int8, a step of 64 ms: fluctuations, 100 for one unit."""

    values: np.ndarray

    @property
    def unit(self) -> np.ndarray:
        """As float32."""
        return self.values.astype(np.float32) / 100


def pattern_of(samples: np.ndarray) -> Pattern | None:
    """The pattern of `[N]` float32 mono at 16 kHz, of its first ten minutes; None where there is too little sound."""
    power = _band_power(samples[: round(MAX_S * RATE_HZ)])
    if len(power) < MIN_STEPS or not power.any():
        return None
    level = np.log(power + FLOOR * power.mean())
    level = uniform_filter1d(level, 3, axis=0, mode="nearest")
    level -= uniform_filter1d(level, PAST_STEPS, axis=0, mode="nearest")
    level -= uniform_filter1d(level, NEIGHBOUR_BANDS, axis=1, mode="nearest")
    values = np.tanh(level / SOFTNESS)
    return Pattern(np.round(values * 100).astype(np.int8)) if values.std() > 0.02 else None


def _band_power(samples: np.ndarray) -> np.ndarray:
    """`[T, 70]` float32, two windows averaged into a step; a bounded number of windows at a time."""
    count = (len(samples) - WINDOW) // HOP + 1
    steps = max(0, count // 2)
    power = np.zeros((steps, BANDS), np.float32)
    window = np.hanning(WINDOW).astype(np.float32)
    for first in range(0, steps, STEPS_AT_ONCE):
        last = min(steps, first + STEPS_AT_ONCE)
        span = samples[2 * first * HOP : (2 * last - 1) * HOP + WINDOW]
        frames = np.lib.stride_tricks.sliding_window_view(span, WINDOW)[::HOP] * window
        bands = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).astype(np.float32) @ _band_weights()
        power[first:last] = bands.reshape(last - first, 2, BANDS).mean(axis=1)
    return power


@cache
def _band_weights() -> np.ndarray:
    """`[1025, 70]` float32: triangles about every semitone, no narrower than the window resolves."""
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE_HZ)[:, None]
    centres = LOWEST_HZ * 2 ** (np.arange(BANDS) / BANDS_PER_OCTAVE)
    reach = np.maximum(centres * (2 ** (1 / BANDS_PER_OCTAVE) - 1), RATE_HZ / WINDOW)
    weights = np.maximum(0, 1 - np.abs(frequencies - centres) / reach)
    return (weights / weights.sum(axis=0)).astype(np.float32)


def patches(pattern: Pattern) -> np.ndarray:
    """`[K, 32]` uint8 words of the patches around the strongest peaks, spread over the time they are in."""
    values = uniform_filter1d(uniform_filter1d(pattern.unit, 3, axis=0), 3, axis=1)
    peaks = np.argwhere((values == maximum_filter(values, size=(9, 9))) & (values > 0))
    strength = values[peaks[:, 0], peaks[:, 1]]
    chosen = _spread(peaks[:, 0], strength, most=min(MAX_PEAKS, max(8, round(len(values) * STEP_S * PEAKS_PER_S))))
    if not len(chosen):
        return np.zeros((0, WORD_BYTES), np.uint8)
    margin = (PATCH_STEPS // 2, PATCH_BANDS // 2)
    around = np.pad(pattern.unit, [(side, side) for side in margin])
    taper = np.outer(np.hanning(PATCH_STEPS + 2)[1:-1], np.hanning(PATCH_BANDS + 2)[1:-1])
    cut = [around[t : t + PATCH_STEPS, band : band + PATCH_BANDS] * taper for t, band in peaks[chosen]]
    return sign_words(np.stack(cut).reshape(len(cut), -1), directions(PATCH_STEPS * PATCH_BANDS, seed=2))


def _spread(steps: np.ndarray, strength: np.ndarray, *, most: int) -> np.ndarray:
    """Places of the strongest peaks, second by second, in rounds: no loud moment takes all."""
    order = np.argsort(-strength, kind="stable")
    second = (steps[order] * STEP_S).astype(int)
    rank = np.zeros(len(order), int)
    for one in np.unique(second):
        rank[second == one] = np.arange((second == one).sum())
    return order[np.argsort(rank, kind="stable")][:most]


def compare_sounds(one: Pattern, other: Pattern) -> Match | None:
    """Whether one recording is the other, cut, louder, encoded anew, up to 4 semitones or a fifth of tempo away."""
    long, short = (one, other) if len(one.values) >= len(other.values) else (other, one)
    found = [_slide(_at_tempo(short.unit, tempo), long.unit, tempo) for tempo in TEMPI]
    similarity, tempo, shift = max(found, key=lambda one: one[0] - SLOPE * abs(one[1] - 1))
    if similarity < SAME:
        return None
    if short is other:  # what made the short one the long one, turned around
        tempo, shift = 1 / tempo, -shift
    pitch = f"pitch {shift:+d}" if shift else ""
    speed = f"tempo x {tempo:.2f}" if abs(tempo - 1) > 0.04 else ""
    cut = "cut" if abs(len(one.values) / tempo - len(other.values)) > 0.1 * len(long.values) else ""
    return Match(min(1.0, similarity), said(pitch, speed, cut))


def _at_tempo(values: np.ndarray, tempo: float) -> np.ndarray:
    """Played `tempo` times as fast."""
    at = np.arange(int(len(values) / tempo)) * tempo
    low = np.minimum(at.astype(int), len(values) - 2)
    share = (at - low)[:, None].astype(np.float32)
    return values[low] * (1 - share) + values[low + 1] * share


def _slide(one: np.ndarray, other: np.ndarray, tempo: float) -> tuple[float, float, int]:
    """The highest correlation over all offsets in time and small shifts in pitch: (it, tempo, semitones)."""
    shape = (_fast(len(one) + len(other)), BANDS + 2 * MAX_SHIFT + 2)
    spectrum, against = np.fft.rfft2(one, shape), np.fft.rfft2(other, shape)
    product = np.fft.irfft2(spectrum.conj() * against, shape)
    ones = np.fft.rfft2(np.ones_like(one), shape).conj()
    energy = np.fft.irfft2(np.fft.rfft2(one**2, shape).conj() * np.fft.rfft2(np.ones_like(other), shape), shape)
    energy_of_other = np.fft.irfft2(ones * np.fft.rfft2(other**2, shape), shape)
    lag = np.fft.fftfreq(shape[0], 1 / shape[0]).astype(int)
    common = np.minimum(len(one) + lag, len(other)) - np.maximum(lag, 0)
    enough = common >= max(MIN_STEPS, MIN_SHARE * min(len(one), len(other)))
    shifts = np.arange(-MAX_SHIFT, MAX_SHIFT + 1)
    correlation = product / np.sqrt(np.maximum(energy, 1e-6) * np.maximum(energy_of_other, 1e-6))
    correlation = np.where(enough[:, None], correlation, -1.0)[:, shifts]
    place = np.unravel_index(int(correlation.argmax()), correlation.shape)
    return float(correlation[place]), tempo, int(shifts[place[1]])


def _fast(length: int) -> int:
    from scipy.fft import next_fast_len

    return int(next_fast_len(length, real=True))
