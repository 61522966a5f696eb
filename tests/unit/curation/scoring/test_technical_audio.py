"""Technical measures on real files: whatever the container, the rate, the channels or the state of the samples."""

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from curation.scoring.measuring import measure
from curation.scoring.seam import Measurement, Sample, Sound
from curation.scoring.sounds import reading
from curation.scoring.technical_audio import NOT_FINITE, TechnicalAudioScorer
from tests.factories import media
from tests.factories.records import valid_record

RATE = 48_000


def measured(path: Path, rate: int = RATE, channels: int = 1, duration_s: float = 1.0) -> dict[str, Measurement]:
    facts = {"sample_rate_hz": rate, "channels": channels, "duration_s": duration_s}
    [found] = measure([Sample("a", valid_record(), sound=Sound(str(path), facts))], [TechnicalAudioScorer()])
    return {item.metric: item for item in found.measurements}


def values(path: Path, rate: int = RATE, channels: int = 1) -> dict[str, float | None]:
    return {metric: item.value for metric, item in measured(path, rate, channels).items()}


def write_m4a(path: Path, samples: np.ndarray, rate: int) -> Path:
    with av.open(str(path), "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None]), format="fltp", layout="mono")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


@pytest.mark.parametrize(
    ("name", "rate", "subtype"),
    [
        ("a.wav", 8_000, "PCM_U8"),
        ("a.wav", 16_000, "PCM_16"),
        ("a.wav", 96_000, "PCM_24"),
        ("a.wav", 192_000, "FLOAT"),
        ("a.flac", 44_100, "PCM_24"),
        ("a.mp3", 48_000, None),
        ("a.ogg", 44_100, None),
        ("a.m4a", 48_000, None),
    ],
)
def test_level_and_spectrum_are_read_from_any_container(
    tmp_path: Path, name: str, rate: int, subtype: str | None
) -> None:
    samples = media.tone(rate=rate, hz=1_000) + np.float32(0.1 if subtype else 0)
    path = tmp_path / name
    write_m4a(path, samples, rate) if path.suffix == ".m4a" else media.write_sound(path, samples, rate, subtype=subtype)
    found = values(path, rate)
    assert found["audio.sample_rate_hz"] == rate
    assert found["audio.dc_offset"] == pytest.approx(0.1 if subtype else 0, abs=0.01)
    assert found["audio.lufs"] == pytest.approx(-17, abs=1)
    assert found["audio.silence_share"] == pytest.approx(0, abs=0.1)
    assert found["audio.clipping_share"] == 0
    assert found["audio.finite_share"] == 1


def test_surround_leaves_out_the_low_frequency_effects(tmp_path: Path) -> None:
    loud, silent = media.tone(hz=1_000), np.zeros(RATE, np.float32)
    front = media.write_sound(tmp_path / "front.wav", np.stack([loud, *[silent] * 5], axis=1))
    effects = media.write_sound(tmp_path / "effects.wav", np.stack([*[silent] * 3, loud, *[silent] * 2], axis=1))
    assert measured(front, channels=6)["audio.lufs"].detail["channels"][3] == "LFE"
    assert values(front, channels=6)["audio.lufs"] == pytest.approx(-17, abs=0.5)
    assert values(effects, channels=6)["audio.lufs"] == -70
    assert values(effects, channels=6)["audio.silence_share"] == 0


def test_stereo_of_one_sound_is_told_by_its_correlation(tmp_path: Path) -> None:
    path = media.write_sound(tmp_path / "a.wav", media.tone()[:, None].repeat(2, axis=1))
    found = values(path, channels=2)
    assert found["audio.channel_correlation"] == pytest.approx(1, abs=1e-6)
    assert found["audio.channel_imbalance_db"] == pytest.approx(0, abs=1e-6)


def test_values_that_are_not_numbers_are_named_and_measured_no_further(tmp_path: Path) -> None:
    broken = media.tone()
    broken[1_000:1_240] = np.nan
    broken[2_000] = np.inf
    path = media.write_sound(tmp_path / "a.wav", broken, subtype="FLOAT")
    found = measured(path)
    assert found["audio.finite_share"].value == pytest.approx(1 - 241 / RATE)
    assert found["audio.lufs"].not_applicable == NOT_FINITE
    assert np.isfinite(reading.mono(path)).all()


def test_silence_has_a_level_and_no_spectrum(tmp_path: Path) -> None:
    found = values(media.write_sound(tmp_path / "a.wav", np.zeros(RATE, np.float32)))
    assert (found["audio.silence_share"], found["audio.lufs"], found["audio.true_peak_dbtp"]) == (1, -70, -120)
    assert (found["audio.snr_db"], found["audio.bandwidth_hz"]) == (None, None)


def test_a_file_without_a_sample_is_silence(tmp_path: Path) -> None:
    path = media.write_sound(tmp_path / "a.wav", np.zeros(0, np.float32))
    found = values(path)
    assert (found["audio.silence_share"], found["audio.lufs"], found["audio.clipping_share"]) == (1, None, 0)
    assert len(reading.mono(path)) == 0


def test_a_rate_beyond_all_use_is_measured_by_its_rate_alone(tmp_path: Path) -> None:
    path = media.write_sound(tmp_path / "a.wav", media.tone(rate=100), 100)
    assert set(values(path, 100)) == {"audio.sample_rate_hz", "audio.duration_s"}


def test_the_same_bytes_give_the_same_numbers(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).normal(0, 0.3, (2 * RATE, 2)).clip(-1, 1)
    path = media.write_sound(tmp_path / "a.flac", noise)
    assert values(path, channels=2) == pytest.approx(values(path, channels=2), abs=1e-6)


def test_sound_that_is_only_described_is_not_measured() -> None:
    [found] = measure([Sample("a", valid_record())], [TechnicalAudioScorer()])
    assert [(item.value, item.not_applicable) for item in found.measurements] == [
        (None, "the sound is described, not given")
    ]


def test_blocks_have_the_length_asked_for_and_lose_nothing(tmp_path: Path) -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, (RATE, 2)).astype(np.float32)
    path = media.write_sound(tmp_path / "a.wav", samples, subtype="FLOAT")
    blocks = list(reading.blocks(path, rate=RATE, frames=7_000))
    assert [block.shape for block in blocks] == [(2, 7_000)] * 6 + [(2, 6_000)]
    assert np.array_equal(np.concatenate(blocks, axis=1), samples.T)


def test_a_stream_that_changes_its_channels_keeps_those_it_began_with(tmp_path: Path) -> None:
    for name, channels in (("mono.mp3", 1), ("stereo.mp3", 2)):
        soundfile.write(tmp_path / name, media.tone()[:, None].repeat(channels, axis=1), RATE)
    joined = tmp_path / "joined.mp3"
    joined.write_bytes((tmp_path / "stereo.mp3").read_bytes() + (tmp_path / "mono.mp3").read_bytes())
    found = values(joined, channels=2)
    assert found["audio.lufs"] == pytest.approx(-15.5, abs=1)
    assert reading.channel_names(joined) == ("FL", "FR")


def test_a_long_recording_lies_on_disk_and_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = media.write_sound(tmp_path / "a.flac", media.tone(20, 16_000), 16_000)
    held = reading.mono(path)
    monkeypatch.setattr(reading, "HELD_SAMPLES", 5 * 16_000)
    mapped = reading.mono(path)
    assert isinstance(mapped, np.memmap)
    assert not isinstance(held, np.memmap)
    assert np.array_equal(mapped, held)


def test_excerpts_are_spread_over_the_recording(tmp_path: Path) -> None:
    ramp = np.linspace(0, 1, 30 * 8_000, dtype=np.float32)
    path = media.write_sound(tmp_path / "a.wav", ramp, 8_000, subtype="FLOAT")
    windows = reading.excerpts(path, rate=8_000, window_s=4, most=3, duration_s=30)
    assert [len(window) for window in windows] == [32_000] * 3
    assert [round(float(window[0]), 2) for window in windows] == [0, 0.43, 0.87]
    [short] = reading.excerpts(path, rate=8_000, window_s=40, most=3, duration_s=30)
    assert np.array_equal(short, ramp)


def test_tags_that_are_not_utf8_do_not_keep_a_sound_from_being_measured(tmp_path: Path) -> None:
    path = media.write_sound(tmp_path / "a.wav", media.tone(1.0), subtype="PCM_16")
    info = b"INFOICMT" + (4).to_bytes(4, "little") + b"caf\xe9"
    riff = path.read_bytes()[12:] + b"LIST" + len(info).to_bytes(4, "little") + info
    path.write_bytes(b"RIFF" + (len(riff) + 4).to_bytes(4, "little") + b"WAVE" + riff)
    assert values(path)["audio.lufs"] is not None
