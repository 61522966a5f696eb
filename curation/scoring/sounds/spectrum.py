"""What the long-term spectrum tells: how far up the sound reaches, whether it was made from a lower rate, its noise."""

import numpy as np
from scipy import fft
from scipy.signal.windows import blackmanharris
from scipy.special import gammaincinv

from curation.scoring.sounds.cutting import Cutter

FRAME_S = 0.04
AUDIBLE_BELOW_PEAK_DB = -75.0
BANDS = 24
LOWEST_BAND_HZ, HIGHEST_BAND_HZ = 60.0, 12_000.0
QUIET_SHARE = 0.1  # of the frames: what a band holds in its quietest tenth is taken for noise
SHARED_FREEDOM = 2.0  # neighbouring bins of this window are so far from independent
LEAST_SNR_S = 0.5
SNR_LEAST_DB, SNR_MOST_DB = -20.0, 80.0
CLIFF_DB = 30.0
CLIFF_REGIONS = (0.4, 0.95, 1.12)  # of a cliff's frequency: where it must be full from and to, and empty from on
FULL_QUANTILE, FULL_WITHIN_DB = 0.05, 40.0  # nearly all of that region, as far down as speech falls; chirps have gaps
LOWEST_CLIFF_HZ, HIGHEST_CLIFF, CLIFF_CANDIDATES = 1_000.0, 0.85, 96
_SILENT = 1e-14


class SpectrumMeter:
    """Keeps a mean spectrum, and 24 numbers per 40 ms."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._size = 1 << max(6, round(np.log2(FRAME_S * rate)))
        self._window = blackmanharris(self._size, sym=False).astype(np.float32)
        self._cutter = Cutter(self._size)
        self._power = np.zeros(self._size // 2 + 1)
        self._count = 0
        self._edges = self._band_edges()
        self._bands: list[np.ndarray] = []

    def add(self, block: np.ndarray) -> None:
        spectra = fft.rfft(self._cutter.add(block) * self._window, axis=2)
        power = (np.square(spectra.real) + np.square(spectra.imag)).mean(axis=0)
        self._power += power.sum(axis=0, dtype=np.float64)
        self._count += len(power)
        self._bands.append(np.add.reduceat(power, self._edges[:-1], axis=1)[:, : len(self._edges) - 1])

    def _band_edges(self) -> np.ndarray:
        """Bins at which the bands begin, and one more; narrow bands at the bottom are joined."""
        highest = min(HIGHEST_BAND_HZ, 0.45 * self.rate)
        edges = np.geomspace(LOWEST_BAND_HZ, highest, BANDS + 1) * self._size / self.rate
        return np.unique(edges.round().astype(int).clip(1))

    @property
    def _levels_db(self) -> np.ndarray | None:
        """The mean spectrum, dB below its peak; None for silence."""
        smooth = np.convolve(self._power, np.full(3, 1 / 3), mode="same")
        peak = float(smooth[1:].max(initial=0.0))
        if peak <= _SILENT * max(self._count, 1):
            return None
        return np.asarray(10 * np.log10(np.maximum(smooth / peak, 1e-20)))

    @property
    def bandwidth_hz(self) -> float | None:
        """The highest frequency within 75 dB of the spectrum's peak; None for silence."""
        levels = self._levels_db
        if levels is None:
            return None
        return float(np.flatnonzero(levels > AUDIBLE_BELOW_PEAK_DB).max() * self.rate / self._size)

    @property
    def effective_rate_hz(self) -> float | None:
        """Twice the frequency at which the spectrum breaks off, else the own rate; None for silence.

        What was resampled up, or cut off by a codec, ends in a cliff; what fades out by itself has none, and neither
        has a tone, for nothing fills the band below its end.
        """
        levels = self._levels_db
        if levels is None:
            return None
        highest_from = np.maximum.accumulate(levels[::-1])[::-1]
        for edge in np.geomspace(LOWEST_CLIFF_HZ, HIGHEST_CLIFF * self.rate / 2, CLIFF_CANDIDATES):
            begin, end, beyond = (np.array(CLIFF_REGIONS) * edge * self._size / self.rate).astype(int)
            below = levels[begin:end]
            full = float(np.quantile(below, FULL_QUANTILE))
            if full - highest_from[beyond] > CLIFF_DB and below.max() - full < FULL_WITHIN_DB:
                return 2.0 * int(np.flatnonzero(levels > full - CLIFF_DB / 2).max()) * self.rate / self._size
        return float(self.rate)

    @property
    def snr_db(self) -> float | None:
        """Sound over its steady part, in [-20, 80]; None for silence and for less than half a second.

        Noise is what each band still holds in its quietest tenth, corrected for how far the quietest tenth of noise
        lies under its mean; so a hum, rain or a held chord counts as noise.
        """
        bands = np.concatenate(self._bands) if self._bands else np.zeros((0, 1))
        if len(bands) < LEAST_SNR_S / FRAME_S or self._levels_db is None:
            return None
        freedom = np.maximum(2 * np.diff(self._edges) / SHARED_FREEDOM, 2)
        quiet = np.quantile(bands, QUIET_SHARE, axis=0) * freedom / (2 * gammaincinv(freedom / 2, QUIET_SHARE))
        total, noise = float(bands.mean(axis=0).sum()), float(quiet.sum())
        if noise <= 0:
            return SNR_MOST_DB
        ratio = 10 * float(np.log10(max(total / noise - 1, 1e-3)))
        return min(max(ratio, SNR_LEAST_DB), SNR_MOST_DB)
