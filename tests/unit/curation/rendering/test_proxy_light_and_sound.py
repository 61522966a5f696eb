"""The proxy's colours and sound, its poster, and what becomes of files that cannot be shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from curation.rendering import Rendered, RenderFailed, RenderLimits, clips, hdr, render
from tests.factories import media
from tests.factories.numbered import number_of, numbered, shown_frames, write_numbered

RATE = 48_000


def sound_of(path: Path) -> np.ndarray:
    """The mean of the channels as a player hears it from time 0, `[N]` float32 at 48 kHz."""
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
    sound = np.concatenate([frame.to_ndarray().mean(axis=0) for frame in frames])
    return sound[max(0, -round(frames[0].time * RATE)) :]


def click_at(seconds: float, length_s: float) -> np.ndarray:
    sound = np.zeros(round(length_s * RATE), np.float32)
    start = round(seconds * RATE)
    sound[start : start + 480] = 0.8 * np.sin(np.arange(480) * 0.4)
    return sound


@pytest.mark.parametrize(
    ("sound_starts_s", "picture_starts"),
    [(0.0, 0), (0.4, 0), (0.0, 12)],  # in frames of 1/24 s: sound first, or picture first
)
def test_sound_stays_with_the_picture_it_belongs_to(tmp_path: Path, sound_starts_s: float, picture_starts: int) -> None:
    at_s = 1.0  # of the original's clock
    sound = click_at(at_s - sound_starts_s, 2.0)
    pts = range(picture_starts, picture_starts + 36)
    path = write_numbered(tmp_path / "a.mov", pts, sound=(sound_starts_s, sound))
    made = clips.render(path, tmp_path)
    heard = sound_of(tmp_path / "proxy.mp4")
    assert abs(np.argmax(np.abs(heard) > 0.2) / RATE - (at_s - picture_starts / 24)) < 0.025
    assert len(heard) / RATE == pytest.approx(1.5, abs=0.03)
    assert made.facts["audio_start_s"] == pytest.approx(sound_starts_s, abs=0.03)
    waveform = json.loads((tmp_path / "waveform.json").read_text())
    peaks = np.array(waveform["data"]).reshape(-1, 2)
    loudest = np.abs(peaks).max(axis=1).argmax() * waveform["samples_per_pixel"] / RATE
    assert abs(loudest - (at_s - picture_starts / 24)) < 0.05


def test_high_dynamic_range_is_brought_down_and_keeps_its_pictures(tmp_path: Path) -> None:
    def as_hdr(stream: Any) -> None:
        context = stream.codec_context
        context.color_primaries, context.color_trc, context.colorspace = 9, 16, 9

    path = write_numbered(
        tmp_path / "a.mp4", range(12), pix_fmt="yuv420p10le", tune=as_hdr,
        picture=lambda number: numbered(number, dark=60, bright=190),
    )  # fmt: skip
    made = clips.render(path, tmp_path)
    frames = shown_frames(tmp_path / "proxy.mp4")
    assert made.facts["tone_mapped"] == "pq"
    assert [number_of(frame) for frame in frames] == list(range(12))
    with av.open(str(tmp_path / "proxy.mp4")) as container:
        context = container.streams.video[0].codec_context
        assert (context.pix_fmt, int(context.color_trc), int(context.colorspace)) == ("yuv420p", 1, 1)
    dark, bright = hdr.to_rec709(np.array([[60 / 255] * 3, [190 / 255] * 3]), "pq")[:, 0] * 255
    assert frames[0].min() == pytest.approx(dark, abs=12)
    assert frames[0].max() == pytest.approx(bright, abs=12)


@pytest.mark.parametrize("transfer", ["pq", "hlg"])
def test_tone_mapping_keeps_black_white_grays_and_their_order(transfer: str) -> None:
    grays = np.repeat(np.linspace(0, 1, 64)[:, None], 3, axis=1)
    mapped = hdr.to_rec709(grays, transfer)
    assert mapped[0] == pytest.approx(0, abs=0.01)
    assert mapped[-1] == pytest.approx(1, abs=0.01)
    assert np.ptp(mapped, axis=1).max() < 0.01
    assert (np.diff(mapped[:, 1]) >= -1e-6).all()
    assert hdr.light_to_pq(hdr.pq_to_light(grays)) == pytest.approx(grays, abs=1e-6)


def test_unmarked_and_full_range_pictures_keep_their_brightness(tmp_path: Path) -> None:
    for pix_fmt in ("yuv420p", "yuvj420p"):
        path = write_numbered(tmp_path / f"{pix_fmt}.mkv", range(6), pix_fmt=pix_fmt, size=(240, 160))
        folder = tmp_path / pix_fmt
        folder.mkdir()
        clips.render(path, folder)
        shown = shown_frames(folder / "proxy.mp4")[0]
        assert shown.max() == pytest.approx(210, abs=12), pix_fmt
        assert shown.min() == pytest.approx(40, abs=12), pix_fmt


def test_the_poster_is_no_black_frame(tmp_path: Path) -> None:
    black = np.zeros((80, 120, 3), np.uint8)
    path = write_numbered(
        tmp_path / "a.mp4", range(48), picture=lambda number: numbered(number) if 20 <= number < 26 else black
    )
    made = clips.render(path, tmp_path)
    with Image.open(tmp_path / "poster.jpg") as poster:
        assert 20 <= number_of(np.asarray(poster)) < 26
    strip = next(file for file in made.files if file.role == "strip")
    with Image.open(tmp_path / strip.name) as image:
        assert image.size == (strip.details["width"], strip.details["height"])
        assert strip.details["pictures"] == 12


def test_one_frame_is_a_proxy_too(tmp_path: Path) -> None:
    path = write_numbered(tmp_path / "a.mp4", [0])
    assert clips.render(path, tmp_path).facts["frames"] == 1
    assert [number_of(frame) for frame in shown_frames(tmp_path / "proxy.mp4")] == [0]


def test_a_file_that_breaks_is_a_named_failure(tmp_path: Path) -> None:
    path = media.write_clip(tmp_path / "a.mp4")
    data = bytearray(path.read_bytes())
    data[data.index(b"mdat") + 8 : data.index(b"mdat") + 3000] = bytes(2992)
    path.write_bytes(data)
    (tmp_path / "made").mkdir()
    made = render(path, tmp_path / "made", kind="clip")
    assert isinstance(made, RenderFailed | Rendered)
    path.write_bytes(data[:200])
    failed = render(path, tmp_path / "made", kind="clip")
    assert isinstance(failed, RenderFailed)
    assert failed.code == "render_failed"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (RenderLimits(wall_s=0.01), "render_timeout"),
        (RenderLimits(cpu_s=0), "render_timeout"),
        (RenderLimits(file_bytes=1000), "render_failed"),
    ],
)
def test_every_limit_has_its_name(tmp_path: Path, limits: RenderLimits, code: str) -> None:
    path = media.write_clip(tmp_path / "a.mp4")
    (tmp_path / "made").mkdir()
    failed = render(path, tmp_path / "made", kind="clip", limits=limits)
    assert isinstance(failed, RenderFailed)
    assert failed.code == code
