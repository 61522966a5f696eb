"""Does each measure of sound follow its degradation: rank correlations over sweeps of growing harm, on real files.

Each sweep bends a spoken line, noise or the studio's own sound step by step, writes every step to a file, and reads it
back through the scorer. A correlation of 1 is a measure that never goes the wrong way.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import soundfile
from rich.console import Console
from rich.table import Table
from scipy.signal import resample_poly
from scipy.stats import spearmanr

from curation.scoring.measuring import measure
from curation.scoring.seam import Sample, Scorer, Sound
from curation.scoring.sound_events import SoundEventsScorer
from curation.scoring.sounds import reading
from curation.scoring.speech_quality import SpeechQualityScorer
from curation.scoring.technical_audio import TechnicalAudioScorer
from curation.scoring.voice import VoiceActivity
from curation.scoring.voice_scorer import VoiceScorer
from studio.compose import compose
from studio.sound import impact, record_sound
from tests.services import REPO

RATE = 48_000
SPEECH_RATE = reading.SPEECH_RATE_HZ
STUDIO_SEED = 4
NOISE_DB = tuple(range(40, -6, -5))
CUT_HZ = (1_000, 2_000, 3_000, 4_000, 6_000, 8_000, 11_000, 14_000, 17_000, 20_000)
ORIGIN_HZ = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000)


@dataclass(frozen=True)
class Step:
    """One degraded recording, `[N]` or `[N, C]`, and what a record may say of it."""

    samples: np.ndarray
    rate: int = RATE
    audio: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Sweep:
    """Which metrics should rise, or fall, as the steps go on, and the steps."""

    metrics: tuple[str, ...]
    rises: bool
    steps: Sequence[Step]


def sound_monotonicity() -> dict[str, float]:
    """Metric -> the lowest Spearman correlation of its sweeps, 1 where it always goes the right way."""
    voice = VoiceActivity()
    with_scorer: list[tuple[Scorer, Sweep]] = [
        *((TechnicalAudioScorer(), sweep) for sweep in technical_sweeps()),
        *((VoiceScorer(voice), sweep) for sweep in voice_sweeps()),
        *((SpeechQualityScorer(voice, device="cpu"), sweep) for sweep in quality_sweeps()),
        *((SoundEventsScorer(), sweep) for sweep in event_sweeps()),
    ]
    found: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        for scorer, sweep in with_scorer:
            for metric, correlation in _correlations(sweep, scorer, Path(folder)).items():
                found[metric] = min(correlation, found.get(metric, 1.0))
    return found


def _correlations(sweep: Sweep, scorer: Scorer, folder: Path) -> dict[str, float]:
    samples = [_sample(step, folder / f"{place}.wav") for place, step in enumerate(sweep.steps)]
    measured = [{item.metric: item.value for item in one.measurements} for one in measure(samples, [scorer])]
    found = {}
    for metric in sweep.metrics:
        values = [one[metric] for one in measured]
        if any(value is None for value in values):
            raise RuntimeError(f"{metric} has no value at some step: {values}")
        ranks = float(spearmanr(np.arange(len(values)), values).statistic)
        found[metric] = ranks if sweep.rises else -ranks
    return found


def _sample(step: Step, path: Path) -> Sample:
    soundfile.write(path, step.samples, step.rate, subtype="PCM_16")
    channels = step.samples.shape[1] if step.samples.ndim == 2 else 1
    facts = {"sample_rate_hz": step.rate, "channels": channels, "duration_s": len(step.samples) / step.rate}
    return Sample(path.stem, {"audio": step.audio or {}}, sound=Sound(str(path), facts, reading.mono(path)))


def technical_sweeps() -> Iterator[Sweep]:
    """Gain, noise, clipping, silence, offset, bandwidth and balance."""
    line, studio = spoken(), filmed()
    for samples, rate in ((line, SPEECH_RATE), (studio, RATE)):
        quiet = [Step(samples * 10 ** (-db / 20), rate) for db in range(0, 40, 4)]
        yield Sweep(("audio.lufs", "audio.true_peak_dbtp"), False, quiet)
        yield Sweep(
            ("audio.clipping_share",), True, [Step(clipped(samples, gain), rate) for gain in np.geomspace(1.2, 12, 10)]
        )
        yield Sweep(
            ("audio.silence_share",), True, [Step(_padded(samples, share), rate) for share in np.arange(0, 1, 0.1)]
        )
        yield Sweep(("audio.dc_offset",), True, [Step(0.5 * samples + step, rate) for step in np.linspace(0, 0.3, 10)])
    for colour in (white, pink):
        yield Sweep(("audio.snr_db",), False, [Step(noisy(line, db, colour), SPEECH_RATE) for db in NOISE_DB])
    hiss = 0.1 * white(5 * RATE)
    for samples in (hiss, resample_poly(noisy(line, 20, white), 3, 1) + 1e-3 * white(3 * len(line))):
        yield Sweep(("audio.bandwidth_hz",), True, [Step(low_passed(samples, hz)) for hz in CUT_HZ])
        yield Sweep(("audio.effective_rate_hz",), True, [Step(low_passed(samples, hz / 2)) for hz in ORIGIN_HZ])
    sides = [np.stack([line, line * 10 ** (-db / 20)], axis=1) for db in range(10)]
    yield Sweep(("audio.channel_imbalance_db",), True, [Step(both, SPEECH_RATE) for both in sides])
    apart = [
        np.stack([hiss, (1 - share) * hiss + share * 0.1 * white(len(hiss), 1)], axis=1)
        for share in np.linspace(0, 1, 8)
    ]
    yield Sweep(("audio.channel_correlation",), False, [Step(both) for both in apart])


def quality_sweeps() -> Iterator[Sweep]:
    """Noise over speech."""
    for colour, levels in ((white, NOISE_DB), (pink, NOISE_DB[::2])):
        worse = [Step(noisy(spoken(), db, colour), SPEECH_RATE) for db in levels]
        yield Sweep(("audio.dnsmos_ovrl", "audio.dnsmos_bak"), False, worse)


def voice_sweeps() -> Iterator[Sweep]:
    """More and more of other sound around speech, and lines declared later and later after it."""
    line = spoken()
    longer = [np.concatenate([line, 0.003 * white(round(share * len(line)))]) for share in np.linspace(0, 3, 8)]
    yield Sweep(("audio.speech_share",), False, [Step(samples, SPEECH_RATE) for samples in longer])
    late = np.concatenate([line, 0.003 * white(20 * SPEECH_RATE)])
    told = [{"speech": [{"start": 0.0, "end": 8.0 + shift, "text": "x"}]} for shift in range(0, 16, 2)]
    yield Sweep(("audio.declared_lines_heard_share",), False, [Step(late, SPEECH_RATE, audio) for audio in told])


def event_sweeps() -> Iterator[Sweep]:
    """Declared onsets, more and more of which are wrong."""
    samples, onsets = struck()
    steps = []
    for wrong in range(len(onsets) + 1):
        told = sorted(onset_s - 0.3 * (place < wrong) for place, onset_s in enumerate(onsets))
        events = [{"onset_s": onset_s, "offset_s": onset_s, "name": "Thump"} for onset_s in told]
        steps.append(Step(samples, RATE, {"events": events}))
    yield Sweep(("audio.events_heard_share", "audio.events_f1"), False, steps)


@cache
def spoken() -> np.ndarray:
    """The committed line, `[N]` at 16 kHz, its peak at 0.5."""
    samples, _ = soundfile.read(REPO / "demo" / "assets" / "spoken_line.flac")
    return np.asarray(0.5 * samples / np.abs(samples).max())


@cache
def filmed() -> np.ndarray:
    """A studio scene's sound, `[N]` at 48 kHz: wind, and what its subjects do."""
    sound, _ = record_sound(compose(STUDIO_SEED), sample_rate_hz=RATE)
    return sound.mean(axis=0)


@cache
def struck() -> tuple[np.ndarray, list[float]]:
    """The studio's blows on a crate over a room's hiss, `[N]` at 48 kHz, and when each falls."""
    rng = np.random.default_rng(0)
    onsets = [0.8 + 0.9 * place + 0.05 * (place % 3) for place in range(10)]
    samples = 0.002 * white(10 * RATE)
    for onset_s in onsets:
        first = round(onset_s * RATE)
        times = np.arange(min(RATE // 2, len(samples) - first)) / RATE
        samples[first : first + len(times)] += 0.1 * impact(times, (118.0, 263.0, 471.0, 733.0), 0.09, rng)
    return samples, onsets


def white(length: int, seed: int = 0) -> np.ndarray:
    """Noise with as much in each hertz, RMS 1."""
    return np.random.default_rng(seed).normal(0, 1, length)


def pink(length: int, seed: int = 0) -> np.ndarray:
    """Noise with as much in each octave, RMS 1."""
    spectrum = np.fft.rfft(white(length, seed)) / np.sqrt(np.maximum(np.arange(length // 2 + 1), 1))
    wave = np.fft.irfft(spectrum, length)
    return np.asarray(wave / wave.std())


def noisy(samples: np.ndarray, snr_db: float, colour: Callable[[int], np.ndarray]) -> np.ndarray:
    return np.asarray(samples + samples.std() * 10 ** (-snr_db / 20) * colour(len(samples)))


def clipped(samples: np.ndarray, gain: float) -> np.ndarray:
    """Clipped and turned down again, so that no sample is at full scale."""
    return np.asarray(0.6 * np.clip(gain * samples / np.abs(samples).max(), -1, 1))


def low_passed(samples: np.ndarray, hz: float) -> np.ndarray:
    """Nothing above `hz` but what a resampler leaves there, at 48 kHz."""
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / RATE) > hz] *= 1e-4
    return np.fft.irfft(spectrum, len(samples))


def _padded(samples: np.ndarray, share: float) -> np.ndarray:
    return np.concatenate([samples, np.zeros(round(len(samples) * share / (1 - share)))])


def main() -> None:
    """Rank correlations of the measures of sound with what they should measure."""
    found = sound_monotonicity()
    table = Table("metric", "lowest Spearman", title="Measures of sound against growing harm")
    for metric, value in found.items():
        table.add_row(metric, f"{value:.3f}")
    Console(stderr=True).print(table)
    print(json.dumps({"spearman_min": round(min(found.values()), 3)}))


if __name__ == "__main__":
    main()
