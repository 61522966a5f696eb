"""Where the wave between the samples reaches: true peak after ITU-R BS.1770-5, annex 2."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import firwin

FLOOR_DB = -120.0
OVERSAMPLED_HZ = 192_000
TAPS = 24  # samples that each value between two samples is made from
PIECE = 4096


class TruePeakMeter:
    """Oversamples to 192 kHz, at most fourfold; pieces that cannot reach the peak found so far are passed over."""

    def __init__(self, rate: int, channels: int) -> None:
        factor = max(1, min(4, OVERSAMPLED_HZ // rate))
        taps = firwin(TAPS * factor, 1 / factor, window=("kaiser", 6.0)) * factor if factor > 1 else np.ones(1)
        # [TAPS, factor]: one interpolating filter per place between two samples.
        self._phases = taps.reshape(-1, factor)[::-1].astype(np.float32)
        # No sum of products with a filter exceeds the largest sample by more than this.
        self._reach = float(np.abs(self._phases).sum(axis=0).max())
        self._before = np.zeros((channels, len(self._phases) - 1), np.float32)
        self._peak = 0.0

    def add(self, block: np.ndarray) -> None:
        self._peak = max(self._peak, float(np.abs(block).max(initial=0.0)))
        if self._phases.shape[1] == 1:
            return
        joined = np.concatenate([self._before, block], axis=1)
        self._before = joined[:, -self._before.shape[1] :]
        for start in range(0, block.shape[1], PIECE):
            piece = joined[:, start : start + PIECE + TAPS - 1]
            if float(np.abs(piece).max()) * self._reach > self._peak:
                between = sliding_window_view(piece, TAPS, axis=1) @ self._phases
                self._peak = max(self._peak, float(np.abs(between).max()))

    @property
    def dbtp(self) -> float:
        """dB relative to full scale, at least -120."""
        return max(20 * float(np.log10(self._peak)), FLOOR_DB) if self._peak > 0 else FLOOR_DB
