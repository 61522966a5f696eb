"""What a recording is technically: rate, loudness, peaks, clipping, silence, offset. No model."""

import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyloudnorm
from scipy.signal import resample_poly

from curation.scoring.decoding import sound
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

RATE, LOUDNESS, TRUE_PEAK = "audio.sample_rate_hz", "audio.lufs", "audio.true_peak_dbtp"
CLIPPING, SILENCE, OFFSET = "audio.clipping_share", "audio.silence_share", "audio.dc_offset"
DURATION = "audio.duration_s"

CLIPPED_AT = 0.999
SILENT_DBFS = -60.0
WINDOW_S = 0.05
LOUDNESS_BLOCK_S = 0.4
LOUDNESS_FLOOR_LUFS = -70.0  # the absolute gate of ITU-R BS.1770: nothing below it is measured
PEAK_FLOOR_DB = -120.0
MAX_LOUDNESS_CHANNELS = 5
PEAK_BLOCK = 1 << 20


class TechnicalAudioScorer:
    """Measures the sound at its own rate, read from the file block by block in threads."""

    name = "technical_audio"
    metrics = (RATE, DURATION, LOUDNESS, TRUE_PEAK, CLIPPING, SILENCE, OFFSET)
    needs = Needs()
    source = Source("technical-audio-1", preprocessing_id="own-rate-all-channels")

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
    rate = int(sample.sound.facts["sample_rate_hz"])
    samples = sound(Path(sample.sound.path), sample.sound.facts)
    detail = {"channels": int(samples.shape[1]), "analysed_s": round(len(samples) / rate, 3)}
    loudness = loudness_lufs(samples, rate)
    values = {
        RATE: float(rate),
        DURATION: float(sample.sound.facts["duration_s"]),
        TRUE_PEAK: true_peak_dbtp(samples),
        CLIPPING: float((np.abs(samples) >= CLIPPED_AT).mean()) if samples.size else 0.0,
        SILENCE: silence_share(samples, rate),
        OFFSET: float(np.abs(samples.mean(axis=0)).max()) if samples.size else 0.0,
    }
    found: list[Measurement | Embedding] = [
        Measurement(metric, value, "audio", detail) for metric, value in values.items()
    ]
    too_short = None if loudness is not None else f"loudness needs {LOUDNESS_BLOCK_S} s of sound"
    return [*found, Measurement(LOUDNESS, loudness, "audio", detail, too_short)]


def loudness_lufs(samples: np.ndarray, rate: int) -> float | None:
    """Integrated loudness (ITU-R BS.1770-4) of `[N, C]`, -70 for silence; None for less than one block."""
    if len(samples) <= LOUDNESS_BLOCK_S * rate:
        return None
    if samples.shape[1] > MAX_LOUDNESS_CHANNELS:
        samples = samples.mean(axis=1, keepdims=True)
    with np.errstate(divide="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyloudnorm warns of silence, which -inf says already
        loudness = float(pyloudnorm.Meter(rate).integrated_loudness(samples))
    return max(loudness, LOUDNESS_FLOOR_LUFS)


def true_peak_dbtp(samples: np.ndarray) -> float:
    """Largest value of `[N, C]` after fourfold oversampling (ITU-R BS.1770-4 annex 2), dB; -120 for silence."""
    peak = 0.0
    for start in range(0, len(samples), PEAK_BLOCK):
        # Blocks overlap by the filter's reach, so that no peak falls between two of them.
        block = samples[max(0, start - 64) : start + PEAK_BLOCK + 64]
        peak = max(peak, float(np.abs(resample_poly(block, 4, 1, axis=0)).max()))
    return max(20 * float(np.log10(peak)), PEAK_FLOOR_DB) if peak > 0 else PEAK_FLOOR_DB


def silence_share(samples: np.ndarray, rate: int) -> float:
    """Share of 50 ms windows of `[N, C]` whose level is under -60 dBFS in every channel; 1 for no sound at all."""
    window = max(1, int(WINDOW_S * rate))
    count = len(samples) // window
    if count == 0:
        return float(not np.any(np.abs(samples) > 10 ** (SILENT_DBFS / 20)))
    power = np.square(samples[: count * window]).reshape(count, window, -1).mean(axis=1).max(axis=1)
    return float((power < 10 ** (SILENT_DBFS / 10)).mean())
