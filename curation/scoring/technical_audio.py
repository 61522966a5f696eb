"""What a recording is technically: rate, loudness, peaks, clipping, silence, noise, bandwidth, channels. No model."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Sound, Source
from curation.scoring.sounds import reading
from curation.scoring.sounds.clipping import ClippingMeter
from curation.scoring.sounds.levels import LevelMeter
from curation.scoring.sounds.loudness import LoudnessMeter
from curation.scoring.sounds.spectrum import SpectrumMeter
from curation.scoring.sounds.true_peak import TruePeakMeter

RATE, DURATION, FINITE = "audio.sample_rate_hz", "audio.duration_s", "audio.finite_share"
LOUDNESS, TRUE_PEAK, CLIPPING = "audio.lufs", "audio.true_peak_dbtp", "audio.clipping_share"
SILENCE, OFFSET, SNR = "audio.silence_share", "audio.dc_offset", "audio.snr_db"
BANDWIDTH, EFFECTIVE_RATE = "audio.bandwidth_hz", "audio.effective_rate_hz"
IMBALANCE, CORRELATION = "audio.channel_imbalance_db", "audio.channel_correlation"

MEASURED_HZ = (8_000, 768_000)  # a recording of another rate is refused by its rate alone
SILENT = "there is nothing but silence"
TOO_SHORT = "the sound is too short, or silent"
ONE_CHANNEL = "there are no two channels with sound"
NOT_FINITE = "the sound holds values that are not numbers"


class TechnicalAudioScorer:
    """Measures the sound at its own rate in one pass over the file, block by block; files side by side in threads."""

    name = "technical_audio"
    metrics = (
        RATE, DURATION, FINITE, LOUDNESS, TRUE_PEAK, CLIPPING, SILENCE, OFFSET, SNR, BANDWIDTH, EFFECTIVE_RATE,
        IMBALANCE, CORRELATION,
    )  # fmt: skip
    needs = Needs()
    source = Source("technical-audio-2", preprocessing_id="own-rate-all-channels")

    def __init__(self, *, threads: int = 2) -> None:
        self._threads = threads

    def applies_to(self, sample: Sample) -> bool:
        return sample.sound is not None or bool(sample.record.get("audio"))

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        with ThreadPoolExecutor(max_workers=self._threads, thread_name_prefix="sound") as pool:
            return list(pool.map(_measure, batch))


def _measure(sample: Sample) -> list[Measurement | Embedding]:
    if sample.sound is None:
        return [Measurement(RATE, None, "audio", not_applicable="the sound is described, not given")]
    rate, duration_s = (float(sample.sound.facts[name]) for name in ("sample_rate_hz", "duration_s"))
    return [
        Measurement(RATE, rate, "audio"),
        Measurement(DURATION, duration_s, "audio"),
        *(_heard(listen(sample.sound)) if MEASURED_HZ[0] <= rate <= MEASURED_HZ[1] else ()),
    ]


def _heard(heard: "Hearing") -> Iterator[Measurement]:
    yield Measurement(FINITE, heard.finite_share, "audio")
    for metric, (value, without) in heard.values().items():
        reason = NOT_FINITE if heard.finite_share < 1 else without if value is None else None
        yield Measurement(metric, None if reason else value, "audio", {} if reason else heard.detail, reason)


class Hearing:
    """Every meter over one recording."""

    def __init__(self, rate: int, channels: Sequence[str]) -> None:
        self.rate, self.channels = rate, tuple(channels)
        count = len(channels)
        self.loudness = LoudnessMeter(rate, channels)
        self.true_peak = TruePeakMeter(rate, count)
        self.clipping = ClippingMeter(count)
        self.levels = LevelMeter(rate, count)
        self.spectrum = SpectrumMeter(rate)
        self._finite = self._values = 0

    def add(self, block: np.ndarray) -> None:
        """A block `[channels, n]`; after one with a value that is not a number only such values are counted."""
        self._values += block.size
        self._finite += int(np.isfinite(block).sum())
        if self._finite == self._values:
            for meter in (self.loudness, self.true_peak, self.clipping, self.levels, self.spectrum):
                meter.add(block)

    @property
    def finite_share(self) -> float:
        return self._finite / self._values if self._values else 1.0

    @property
    def detail(self) -> dict[str, Any]:
        return {"channels": list(self.channels), "analysed_s": round(self.levels.frames / self.rate, 3)}

    def values(self) -> dict[str, tuple[float | None, str | None]]:
        """Metric -> its value, and why it may have none."""
        return {
            LOUDNESS: (self.loudness.lufs, "loudness needs 0.4 s of sound"),
            TRUE_PEAK: (self.true_peak.dbtp, None),
            CLIPPING: (self.clipping.share, None),
            SILENCE: (self.levels.silence_share, None),
            OFFSET: (self.levels.dc_offset, None),
            SNR: (self.spectrum.snr_db, TOO_SHORT),
            BANDWIDTH: (self.spectrum.bandwidth_hz, SILENT),
            EFFECTIVE_RATE: (self.spectrum.effective_rate_hz, SILENT),
            IMBALANCE: (self.levels.imbalance_db, ONE_CHANNEL),
            CORRELATION: (self.levels.correlation, ONE_CHANNEL),
        }


def listen(sound: Sound) -> Hearing:
    """Everything that can be measured of a recording in one pass."""
    path, rate = Path(sound.path), int(sound.facts["sample_rate_hz"])
    heard = Hearing(rate, reading.channel_names(path))
    for block in reading.blocks(path, rate=rate):
        heard.add(block)
    return heard
