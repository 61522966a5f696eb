"""Measures of sound against signals whose values are known."""

from pathlib import Path

import numpy as np
import pytest

from curation.scoring.measuring import measure
from curation.scoring.seam import Sample, Sound
from curation.scoring.technical_audio import (
    TechnicalAudioScorer,
    loudness_lufs,
    silence_share,
    true_peak_dbtp,
)
from tests.factories import media
from tests.factories.records import valid_record

RATE = 48_000


def values(path: Path, rate: int, channels: int = 1, duration_s: float = 1.0) -> dict[str, float | None]:
    facts = {"sample_rate_hz": rate, "channels": channels, "duration_s": duration_s}
    sample = Sample("a", valid_record(), sound=Sound(str(path), facts))
    [measured] = measure([sample], [TechnicalAudioScorer()])
    return {item.metric: item.value for item in measured.measurements}


def test_stereo_full_scale_sine_has_the_loudness_of_the_standard() -> None:
    # ITU-R BS.1770-4: a 997 Hz sine at 0 dBFS in one channel reads -3.01 LUFS.
    sine = media.tone(4, RATE, amplitude=1.0, hz=997)
    left_only = np.stack([sine, np.zeros_like(sine)], axis=1)
    assert loudness_lufs(left_only, RATE) == pytest.approx(-3.01, abs=0.05)
    assert loudness_lufs(left_only[:1000], RATE) is None
    assert loudness_lufs(np.zeros((RATE, 1), np.float32), RATE) == -70


def test_true_peak_sees_what_lies_between_samples() -> None:
    # A quarter-rate sine sampled 45 degrees off its crests: samples reach 0.707, the wave reaches 1.
    wave = np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4).astype(np.float32)[:, None]
    assert 20 * np.log10(np.abs(wave).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_dbtp(wave) == pytest.approx(0, abs=0.4)
    assert true_peak_dbtp(np.zeros((10, 1), np.float32)) == -120


def test_clipping_rises_with_gain(tmp_path: Path) -> None:
    shares = []
    for gain in (0.5, 1.5, 2.0, 4.0):
        loud = np.clip(gain * media.tone(amplitude=0.9), -1, 1)
        shares.append(values(media.write_sound(tmp_path / f"{gain}.wav", loud), RATE)["audio.clipping_share"])
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert len(set(shares)) == 4


def test_silence_is_counted_in_windows() -> None:
    half = np.concatenate([media.tone(1), np.zeros(RATE, np.float32)])[:, None]
    assert silence_share(half, RATE) == pytest.approx(0.5, abs=0.03)
    assert silence_share(np.zeros((RATE, 2), np.float32), RATE) == 1
    assert silence_share(np.zeros((0, 1), np.float32), RATE) == 1


@pytest.mark.parametrize(("name", "rate"), [("a.wav", 8_000), ("a.flac", 44_100), ("a.mp3", 48_000)])
def test_rate_and_level_are_read_from_any_container(tmp_path: Path, name: str, rate: int) -> None:
    path = media.write_sound(tmp_path / name, media.tone(rate=rate) + np.float32(0.1), rate)
    found = values(path, rate)
    assert found["audio.sample_rate_hz"] == rate
    assert found["audio.dc_offset"] == pytest.approx(0.1, abs=0.02)
    assert found["audio.silence_share"] == pytest.approx(0, abs=0.1)


def test_sound_that_is_only_described_is_not_measured() -> None:
    [measured] = measure([Sample("a", valid_record())], [TechnicalAudioScorer()])
    assert [(item.value, item.not_applicable) for item in measured.measurements] == [
        (None, "the sound is described, not given")
    ]
