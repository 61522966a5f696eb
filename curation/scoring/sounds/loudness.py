"""Integrated loudness after ITU-R BS.1770-5 and EBU R 128."""

from collections.abc import Sequence

import numpy as np
from pyloudnorm.iirfilter import IIRfilter
from scipy.signal import sosfilt

from curation.scoring.sounds.cutting import Cutter

HOP_S = 0.1
HOPS_PER_BLOCK = 4  # blocks of 400 ms that overlap by three quarters
FLOOR_LUFS = -70.0  # the standard's absolute gate: nothing below it is measured
RELATIVE_GATE_LU = -10.0
OFFSET = -0.691
# Channels behind the listener count 1.5 dB more, the low-frequency effects not at all (BS.1770, table 3).
_WEIGHTS = {"LFE": 0.0, "LFE2": 0.0} | dict.fromkeys(("BL", "BR", "SL", "SR", "DL", "DR"), 1.41)


class LoudnessMeter:
    """K-weighting keeps its state between blocks; only one number per 100 ms is kept."""

    def __init__(self, rate: int, channels: Sequence[str]) -> None:
        self._weights = np.array([_WEIGHTS.get(name, 1.0) for name in channels])
        self._filter = k_weighting(rate)
        self._state = np.zeros((len(self._filter), len(channels), 2))
        self._cutter = Cutter(max(1, round(HOP_S * rate)))
        self._powers: list[np.ndarray] = []

    def add(self, block: np.ndarray) -> None:
        weighted, self._state = sosfilt(self._filter, block.astype(np.float64), zi=self._state)
        self._powers.append(self._weights @ np.square(self._cutter.add(weighted)).mean(axis=2))

    @property
    def lufs(self) -> float | None:
        """Of all that was added, at least -70; None for less than one block of 400 ms."""
        hops = np.concatenate(self._powers) if self._powers else np.zeros(0)
        if len(hops) < HOPS_PER_BLOCK:
            return None
        powers = np.convolve(hops, np.full(HOPS_PER_BLOCK, 1 / HOPS_PER_BLOCK), mode="valid")
        loud = powers[powers > _power(FLOOR_LUFS)]
        if not loud.size:
            return FLOOR_LUFS
        gate = loud.mean() * 10 ** (RELATIVE_GATE_LU / 10)
        return max(OFFSET + 10 * float(np.log10(loud[loud > gate].mean())), FLOOR_LUFS)


def k_weighting(rate: int) -> np.ndarray:
    """The standard's two filters, as `[2, 6]` second-order sections for `rate` (De Man's fit to its tables)."""
    shelf = IIRfilter(3.99984385397, 0.7071752369554193, 1681.9744509555319, rate, "high_shelf_DeMan")
    high_pass = IIRfilter(0.0, 0.5003270373253953, 38.13547087613982, rate, "high_pass_DeMan")
    return np.stack([np.r_[stage.b, stage.a] for stage in (shelf, high_pass)])


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET) / 10))
