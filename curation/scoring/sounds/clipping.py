"""Clipping by its shape: flat tops with corners at the very limit of the waveform, wherever that limit lies.

Turning a clipped recording down moves the limit but leaves the shape. A smooth crest that rounding made flat has no
corners; a lossy codec rounds the corners off, but overshoots full scale instead, and such samples count, too.
"""

import numpy as np

LEAST_RUN = 3  # samples; two equal ones at a crest are ordinary
NEAR_LIMIT = 0.995
FLAT = 2e-4  # of the limit: what dither or a resampler's rounding may move a flat top by
CORNER = 10.0  # flat steps, or steps of the sample format, that the wave falls within two samples of a flat top
EIGHT_BIT_STEP, SIXTEEN_BIT_STEP = 2**-7, 2**-15  # rounding to them makes crests flat that no limit has touched
QUIETEST_LIMIT = 1e-3  # -60 dBFS: silence has no tops
FULL_SCALE = 1.0 + 1e-6
MARGIN = 3  # samples kept of the block before, so that a top's edge is seen


class ClippingMeter:
    """Counts, per channel and polarity, samples in flat tops at the limit reached so far."""

    def __init__(self, channels: int) -> None:
        self._sides = [_Side(channel, sign) for channel in range(channels) for sign in (1, -1)]
        self._before = np.zeros((channels, 0), np.float32)
        self._samples = 0
        self._over = 0

    def add(self, block: np.ndarray) -> None:
        joined = np.concatenate([self._before, block], axis=1)
        for side in self._sides:
            side.add(side.sign * joined[side.channel], fresh_from=self._before.shape[1])
        self._before = block[:, -MARGIN:]
        self._samples += block.size
        self._over += int((np.abs(block) > FULL_SCALE).sum())

    @property
    def share(self) -> float:
        """Clipped samples as a share of all."""
        clipped = sum(side.clipped for side in self._sides)
        return min(1.0, (clipped + self._over) / self._samples) if self._samples else 0.0


class _Side:
    """The upper side of one channel, or of its negative."""

    def __init__(self, channel: int, sign: int) -> None:
        self.channel, self.sign = channel, sign
        self.clipped = 0
        self._limit = QUIETEST_LIMIT
        self._eight_bit = True

    def add(self, wave: np.ndarray, *, fresh_from: int) -> None:
        peak = float(wave.max(initial=0.0))
        if peak * NEAR_LIMIT > self._limit:
            self.clipped = 0  # what was flat lower down was no limit
        self._limit = max(self._limit, peak)
        self._eight_bit = self._eight_bit and not np.any(wave % EIGHT_BIT_STEP)
        near = np.flatnonzero((wave >= NEAR_LIMIT * self._limit) & (wave <= FULL_SCALE))
        if len(near) < LEAST_RUN:
            return
        flat = FLAT * self._limit
        corner = CORNER * max(flat, EIGHT_BIT_STEP if self._eight_bit else SIXTEEN_BIT_STEP)
        self.clipped += _in_flat_tops(wave, near, fresh_from, flat, corner)


def _in_flat_tops(wave: np.ndarray, near: np.ndarray, fresh_from: int, flat: float, corner: float) -> int:
    """How many samples from `fresh_from` on lie in flat tops; `near` are the places close to the limit."""
    together = (np.diff(near) == 1) & (np.abs(np.diff(wave[near])) <= flat)
    edges = np.flatnonzero(~together)
    firsts, lasts = near[np.r_[0, edges + 1]], near[np.r_[edges, len(near) - 1]]
    long = lasts - firsts + 1 >= LEAST_RUN
    firsts, lasts = firsts[long], lasts[long]
    before, after = wave[np.maximum(firsts - 2, 0)], wave[np.minimum(lasts + 2, len(wave) - 1)]
    fall = np.maximum(wave[firsts] - before, wave[lasts] - after)
    sharp = fall > corner
    return int((lasts[sharp] - np.maximum(firsts[sharp], fresh_from) + 1).clip(min=0).sum())
