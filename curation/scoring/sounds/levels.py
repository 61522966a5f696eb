"""Levels over time and between channels: silence, offset, balance, sameness."""

import numpy as np

from curation.scoring.sounds.cutting import Cutter

SILENT_DBFS = -60.0
WINDOW_S = 0.05
IMBALANCE_MOST_DB = 120.0


class LevelMeter:
    """Keeps sums, and one number per 50 ms."""

    def __init__(self, rate: int, channels: int) -> None:
        self._cutter = Cutter(max(1, int(WINDOW_S * rate)))
        self._loudest: list[np.ndarray] = []
        self._sums = np.zeros(channels)
        self._products = np.zeros((min(channels, 2),) * 2)
        self.frames = 0
        self.peak = 0.0

    def add(self, block: np.ndarray) -> None:
        self._loudest.append(np.square(self._cutter.add(block)).mean(axis=2).max(axis=0))
        self._sums += block.sum(axis=1, dtype=np.float64)
        front = block[:2].astype(np.float64)
        self._products += front @ front.T
        self.frames += block.shape[1]
        self.peak = max(self.peak, float(np.abs(block).max(initial=0.0)))

    @property
    def silence_share(self) -> float:
        """Share of 50 ms windows under -60 dBFS in every channel; 1 for no sound at all."""
        powers = np.concatenate(self._loudest) if self._loudest else np.zeros(0)
        if not powers.size:
            return float(self.peak <= 10 ** (SILENT_DBFS / 20))
        return float((powers < 10 ** (SILENT_DBFS / 10)).mean())

    @property
    def dc_offset(self) -> float:
        """The largest mean of a channel, as a share of full scale."""
        return float(np.abs(self._sums).max() / self.frames) if self.frames else 0.0

    @property
    def imbalance_db(self) -> float | None:
        """By how much one of the two front channels is louder, at most 120; None for mono and for silence."""
        if len(self._products) < 2 or not self._products.any():
            return None
        quiet, loud = np.sort(np.diag(self._products))
        return min(10 * float(np.log10(loud / quiet)), IMBALANCE_MOST_DB) if quiet > 0 else IMBALANCE_MOST_DB

    @property
    def correlation(self) -> float | None:
        """Of the two front channels, in [-1, 1]: 1 is mono sold as stereo; None for mono, or where one is silent."""
        if len(self._products) < 2 or not np.diag(self._products).all():
            return None
        left, right = np.diag(self._products)
        return float(np.clip(self._products[0, 1] / np.sqrt(left * right), -1, 1))
