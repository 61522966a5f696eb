"""What a recording sounds like: its fluctuations on a logarithmic scale of frequency.

Pitch is a shift along one axis and tempo a stretch along the other, so a changed copy is found by sliding one pattern
over the other at several tempi. Each band is held against its own recent past and each moment against its
neighbouring bands: loudness, equalisers and the sound of the place fall out; what remains is this very recording.
The index gets small patches around the strongest peaks, each in a frame of its own (Six and Leman 2014 use triplets).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
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
MAX_SLID = round(60 / STEP_S)
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
    against, piece = _Against(long.unit), _middle(short.unit)
    found = [(*against.slide(_at_tempo(piece, tempo)), float(tempo)) for tempo in TEMPI]
    similarity, shift, tempo = max(found, key=lambda each: each[0] - SLOPE * abs(each[2] - 1))
    if similarity < SAME:
        return None
    if short is other:  # what made the short one the long one, turned around
        tempo, shift = 1 / tempo, -shift
    pitch = f"pitch {shift:+d}" if shift else ""
    speed = f"tempo x {tempo:.2f}" if abs(tempo - 1) > 0.04 else ""
    cut = "cut" if abs(len(one.values) / tempo - len(other.values)) > 0.1 * len(long.values) else ""
    return Match(min(1.0, similarity), said(pitch, speed, cut))


def _middle(values: np.ndarray) -> np.ndarray:
    """At most a minute: enough to know a recording by."""
    start = max(0, (len(values) - MAX_SLID) // 2)
    return values[start : start + MAX_SLID]


def _at_tempo(values: np.ndarray, tempo: float) -> np.ndarray:
    """Played `tempo` times as fast."""
    at = np.arange(int(len(values) / tempo)) * tempo
    low = np.minimum(at.astype(int), len(values) - 2)
    share = (at - low)[:, None].astype(np.float32)
    return values[low] * (1 - share) + values[low + 1] * share


class _Against:
    """The longer pattern, made ready for others to be slid along it."""

    def __init__(self, values: np.ndarray) -> None:
        self._length = len(values)
        # Room for both, end to end, so that no end meets the other's beginning.
        self._room = next_fast_len(len(values) + round(min(MAX_SLID, len(values)) / TEMPI.min()) + 1, real=True)
        self._spectrum = rfft(values, self._room, axis=0)
        self._energy = _Energy(values)

    def slide(self, values: np.ndarray) -> tuple[float, int]:
        """The highest correlation over all offsets in time and small shifts in pitch, and that shift in semitones.

        -1 where the two never have enough in common: a short pattern becomes too short when played faster.
        """
        lag = np.arange(self._room)
        lag[lag > self._room // 2] -= self._room
        first, last = np.maximum(lag, 0), np.minimum(len(values) + lag, self._length)
        enough = last - first >= max(MIN_STEPS, MIN_SHARE * min(len(values), self._length))
        if not enough.any():
            return -1.0, 0
        lag, first, last = lag[enough], first[enough], last[enough]
        spectrum, energy = rfft(values, self._room, axis=0).conj(), _Energy(values)
        best = (-1.0, 0)
        for shift in range(-MAX_SHIFT, MAX_SHIFT + 1):
            mine, theirs = slice(max(0, -shift), BANDS - max(0, shift)), slice(max(0, shift), BANDS - max(0, -shift))
            product = irfft((spectrum[:, mine] * self._spectrum[:, theirs]).sum(axis=1), self._room)[enough]
            norm = energy.within(first - lag, last - lag, mine) * self._energy.within(first, last, theirs)
            correlation = product / np.sqrt(np.maximum(norm, 1e-6))
            best = max(best, (float(correlation.max()), shift))
        return best


class _Energy:
    """Sums of squares over any span of steps and bands."""

    def __init__(self, values: np.ndarray) -> None:
        sums = np.cumsum(np.cumsum(values.astype(np.float64) ** 2, axis=0), axis=1)
        self._sums = np.pad(sums, ((1, 0), (1, 0)))

    def within(self, first: np.ndarray, last: np.ndarray, bands: slice) -> np.ndarray:
        columns = self._sums[:, bands.stop] - self._sums[:, bands.start]
        return np.asarray(columns[last] - columns[first])
