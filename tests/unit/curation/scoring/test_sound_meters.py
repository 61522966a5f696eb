"""Meters of sound against signals whose values are known, most of them those of the standards themselves."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.scoring.sounds.clipping import ClippingMeter
from curation.scoring.sounds.levels import LevelMeter
from curation.scoring.sounds.loudness import LoudnessMeter, k_weighting
from curation.scoring.sounds.spectrum import SpectrumMeter
from curation.scoring.sounds.true_peak import TruePeakMeter

Meter = TypeVar("Meter", ClippingMeter, LevelMeter, LoudnessMeter, SpectrumMeter, TruePeakMeter)
RATE = 48_000
RNG = np.random.default_rng(0)
NOISE = RNG.normal(0, 0.1, (1, 4 * RATE)).astype(np.float32)


def fed(meter: Meter, samples: np.ndarray, lengths: Sequence[int] = (1 << 16,)) -> Meter:
    """The meter after `[C, N]` in blocks of the given lengths, again and again."""
    at = place = 0
    while at < samples.shape[1]:
        length = lengths[place % len(lengths)]
        meter.add(samples[:, at : at + length].astype(np.float32))
        at, place = at + length, place + 1
    return meter


def sine(hz: float, *, seconds: float = 4.0, dbfs: float = 0.0, phase_deg: float = 0.0, rate: int = RATE) -> np.ndarray:
    times = np.arange(round(seconds * rate)) / rate
    return np.asarray(10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * times + np.radians(phase_deg)))[None]


def lufs(samples: np.ndarray, channels: Sequence[str] = ("FL", "FR")) -> float | None:
    return fed(LoudnessMeter(RATE, channels), samples).lufs


def test_k_weighting_is_the_table_of_the_standard() -> None:
    # ITU-R BS.1770-5, tables 1 and 2, for 48 kHz.
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, 1, -1.69065929318241, 0.73248077421585]
    high_pass = [1, -2, 1, 1, -1.99004745483398, 0.99007225036621]
    assert k_weighting(RATE) == pytest.approx(np.array([shelf, high_pass]), abs=1e-6)


def test_loudness_of_the_broadcasters_test_signals() -> None:
    # EBU Tech 3341, table 1, cases 1, 2, 3 and 6, some of them shortened.
    steady = sine(1000, seconds=5, dbfs=-23).repeat(2, axis=0)
    assert lufs(steady) == pytest.approx(-23, abs=0.1)
    assert lufs(sine(1000, seconds=5, dbfs=-33).repeat(2, axis=0)) == pytest.approx(-33, abs=0.1)
    quiet = sine(1000, seconds=4, dbfs=-36).repeat(2, axis=0)
    assert lufs(np.concatenate([quiet, *6 * [steady], quiet], axis=1)) == pytest.approx(-23, abs=0.1)
    surround = np.concatenate([sine(1000, seconds=5, dbfs=level) for level in (-28, -28, -24, 0, -30, -30)])
    assert lufs(surround, ("FL", "FR", "FC", "LFE", "SL", "SR")) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize("rate", [16_000, 44_100, 192_000])
def test_loudness_agrees_with_pyloudnorm(rate: int) -> None:
    swell = RNG.normal(0, 0.1, (2, 3 * rate)) * np.linspace(0, 1, 3 * rate)
    found = fed(LoudnessMeter(rate, ("FL", "FR")), swell).lufs
    assert found == pytest.approx(pyloudnorm.Meter(rate, "DeMan").integrated_loudness(swell.T), abs=1e-3)


def test_loudness_has_a_floor_and_a_least_length() -> None:
    assert lufs(np.zeros((2, RATE))) == -70
    assert lufs(sine(1000, seconds=0.39).repeat(2, axis=0)) is None


@pytest.mark.parametrize(
    ("divisor", "phase_deg", "amplitude", "dbtp"),
    [(4, 0, 0.5, -6), (4, 45, 0.5, -6), (6, 60, 0.5, -6), (8, 67.5, 0.5, -6), (4, 45, 1.41, 3)],
)
def test_true_peak_of_the_broadcasters_test_signals(
    divisor: int, phase_deg: float, amplitude: float, dbtp: float
) -> None:
    # EBU Tech 3341, table 1, cases 15 to 19: within +0.2 and -0.4 dB.
    wave = amplitude * sine(RATE / divisor, seconds=1, phase_deg=phase_deg)
    wave[:, :480] *= np.linspace(0, 1, 480)
    assert dbtp - 0.4 <= fed(TruePeakMeter(RATE, 1), wave).dbtp <= dbtp + 0.2


def test_true_peak_of_silence_is_the_floor() -> None:
    assert fed(TruePeakMeter(RATE, 2), np.zeros((2, 10))).dbtp == -120


def clipping(samples: np.ndarray) -> float:
    return fed(ClippingMeter(len(samples)), samples, (5_000,)).share


def quantised(samples: np.ndarray, bits: int) -> np.ndarray:
    return np.round(samples * (2 ** (bits - 1) - 1)) / 2 ** (bits - 1)


@pytest.mark.parametrize("hz", [30.0, 440.0, 3_800.0])
@pytest.mark.parametrize("bits", [8, 16, 24])
def test_smooth_crests_at_full_scale_are_not_clipped(hz: float, bits: int) -> None:
    assert clipping(quantised(sine(hz), bits)) == 0
    assert clipping(quantised(sine(hz, dbfs=-20), bits)) == 0


@pytest.mark.parametrize("gain", [1.5, 2.0, 4.0])
def test_clipping_is_found_at_whatever_level_the_tops_lie(gain: float) -> None:
    wave = quantised(np.clip(gain * sine(440), -1, 1), 16)
    clipped = float((np.abs(wave) >= wave.max()).mean())
    turned_down = quantised(0.1 * wave, 16)
    assert clipping(wave) == pytest.approx(clipped, abs=0.01)
    assert clipping(turned_down) == pytest.approx(clipped, abs=0.01)
    dithered = quantised(0.5 * wave, 16) + 2**-15 * RNG.integers(-1, 2, wave.shape)
    assert clipping(dithered) > 0.1


def test_flat_stretches_below_the_peak_are_no_clipping() -> None:
    wave = np.concatenate([np.clip(2 * sine(440, seconds=1, dbfs=-12), -0.2, 0.2), sine(440, seconds=1)], axis=1)
    assert clipping(wave) == 0
    assert clipping(np.zeros((1, RATE))) == 0
    assert clipping(np.full((1, RATE), 0.5)) == 0


def test_what_overshoots_full_scale_counts_as_clipped() -> None:
    assert clipping(1.2 * sine(440)) == pytest.approx((np.abs(1.2 * sine(440)) > 1).mean(), abs=1e-6)


def test_silence_and_offset_and_balance() -> None:
    half = np.concatenate([sine(440, seconds=1, dbfs=-14), np.zeros((1, RATE))], axis=1)
    assert fed(LevelMeter(RATE, 1), half).silence_share == pytest.approx(0.5, abs=0.03)
    assert fed(LevelMeter(RATE, 2), np.zeros((2, RATE))).silence_share == 1
    assert LevelMeter(RATE, 1).silence_share == 1
    assert fed(LevelMeter(RATE, 1), half - 0.1).dc_offset == pytest.approx(0.1, abs=1e-4)
    quieter = fed(LevelMeter(RATE, 2), np.concatenate([half, 0.5 * half]))
    assert quieter.imbalance_db == pytest.approx(6.02, abs=0.01)
    assert quieter.correlation == pytest.approx(1)
    assert fed(LevelMeter(RATE, 2), np.concatenate([half, 0 * half])).imbalance_db == 120
    assert fed(LevelMeter(RATE, 2), np.concatenate([half, 0 * half])).correlation is None
    assert fed(LevelMeter(RATE, 1), half).imbalance_db is None
    apart = fed(LevelMeter(RATE, 2), np.concatenate([NOISE, RNG.normal(0, 0.1, NOISE.shape)])).correlation
    assert apart == pytest.approx(0, abs=0.02)


def band_limited(samples: np.ndarray, hz: float) -> np.ndarray:
    spectrum = np.fft.rfft(samples)
    spectrum[:, np.fft.rfftfreq(samples.shape[1], 1 / RATE) > hz] *= 1e-5
    return np.fft.irfft(spectrum, samples.shape[1])


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 32_000])
def test_sound_from_a_lower_rate_is_seen_by_where_it_breaks_off(rate: int) -> None:
    meter = fed(SpectrumMeter(RATE), band_limited(NOISE, rate / 2))
    assert meter.effective_rate_hz == pytest.approx(rate, rel=0.03)
    assert meter.bandwidth_hz == pytest.approx(rate / 2, rel=0.03)


def test_full_band_noise_tones_and_fading_spectra_have_no_lower_rate() -> None:
    fading = np.cumsum(NOISE, axis=1)
    for wave in (NOISE, sine(440), sine(3_800), fading / np.abs(fading).max()):
        assert fed(SpectrumMeter(RATE), wave).effective_rate_hz == RATE


def test_silence_has_no_spectrum() -> None:
    meter = fed(SpectrumMeter(RATE), np.zeros((2, RATE)))
    assert (meter.bandwidth_hz, meter.effective_rate_hz, meter.snr_db) == (None, None, None)


@pytest.mark.parametrize("snr_db", [0.0, 10.0, 20.0, 40.0])
def test_noise_under_bursts_is_measured(snr_db: float) -> None:
    bursts = NOISE * (np.sin(2 * np.pi * np.arange(NOISE.shape[1]) / RATE) > 0)
    level = np.sqrt(np.mean(bursts**2)) * 10 ** (-snr_db / 20)
    noisy = bursts + RNG.normal(0, level, NOISE.shape)
    assert fed(SpectrumMeter(RATE), noisy).snr_db == pytest.approx(snr_db, abs=2)


def test_steady_noise_alone_has_a_low_ratio() -> None:
    found = fed(SpectrumMeter(RATE), NOISE).snr_db
    assert found is not None
    assert found < -5


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 70_000), min_size=1, max_size=5))
def test_no_meter_depends_on_how_the_sound_is_cut_into_blocks(lengths: list[int]) -> None:
    wave = np.clip(np.concatenate([3 * NOISE, 9 * NOISE])[:, :RATE], -1, 1)
    lengths = [max(length, 500) for length in lengths]

    def measured(by: Sequence[int]) -> list[float | None]:
        spectrum, levels = fed(SpectrumMeter(RATE), wave, by), fed(LevelMeter(RATE, 2), wave, by)
        loudness, peak = fed(LoudnessMeter(RATE, ("FL", "FR")), wave, by), fed(TruePeakMeter(RATE, 2), wave, by)
        share = fed(ClippingMeter(2), wave, by).share
        return [
            spectrum.snr_db, spectrum.bandwidth_hz, levels.silence_share, levels.dc_offset, levels.imbalance_db,
            levels.correlation, loudness.lufs, peak.dbtp, share,
        ]  # fmt: skip

    assert measured(lengths) == pytest.approx(measured([wave.shape[1]]), abs=1e-4)
