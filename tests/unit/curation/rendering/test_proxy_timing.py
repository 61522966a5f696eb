"""Every kind of clip that people really have lands on the right frame: the pictures themselves say which they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from curation.rendering import Rendered, clips
from curation.rendering.timing import TimeMap
from tests.factories.numbered import number_of, numbered, shown_frames, write_numbered

MILLISECONDS = Fraction(1, 1000)
STEADY = range(36)


@dataclass
class Proxy:
    """What was made of a clip."""

    folder: Path
    rendered: Rendered

    @property
    def path(self) -> Path:
        return self.folder / "proxy.mp4"

    @property
    def facts(self) -> dict[str, Any]:
        return self.rendered.facts

    @property
    def times(self) -> TimeMap:
        return TimeMap.from_json(json.loads((self.folder / "timing.json").read_text()))

    def numbers(self) -> list[int]:
        return [number_of(frame) for frame in shown_frames(self.path)]


def proxy_of(path: Path, folder: Path) -> Proxy:
    folder.mkdir()
    return Proxy(folder, clips.render(path, folder))


def shown_times(path: Path) -> list[float]:
    """When the original shows each frame, seconds after its first, by a decoder that knows nothing of proxies."""
    with av.open(str(path)) as container:
        times = sorted(float(frame.time) for frame in container.decode(video=0))
    return [time - times[0] for time in times]


def assert_lands(path: Path, proxy: Proxy, *, first: int = 0, exact: bool = True) -> None:
    """A label in the middle of each frame of the original lands on the proxy frame that shows this very frame.

    Args:
        first: The number on the first frame that is shown.
        exact: Seeking by time alone lands there too, without the stored map.
    """
    times, numbers, rate = shown_times(path), proxy.numbers(), proxy.times.rate
    assert len(numbers) == proxy.facts["frames"] == proxy.times.frames
    assert proxy.facts["source_frames"] == len(times)
    with av.open(str(proxy.path)) as container:
        [start, *_] = [frame.time for frame in container.decode(video=0)]
        assert (start, container.streams.video[0].average_rate) == (0, rate)
    for place, begins in enumerate(times[:-1]):
        middle = (begins + times[place + 1]) / 2
        landed = proxy.times.frame_at(middle)
        assert numbers[landed] == first + place, f"{middle:.3f} s"
        assert proxy.times.source_of(landed) == place
        if exact:
            assert numbers[int(middle * rate)] == first + place, f"{middle:.3f} s by time alone"


@pytest.mark.parametrize(
    "rate", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(12), Fraction(50), Fraction(120)]
)
def test_a_steady_clip_keeps_its_rate_and_every_frame(tmp_path: Path, rate: Fraction) -> None:
    path = write_numbered(tmp_path / "a.mp4", STEADY, time_base=1 / rate, rate=rate)
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    assert proxy.times.rate == rate
    assert proxy.numbers() == list(STEADY)
    assert (proxy.facts["repeated"], proxy.facts["dropped"]) == (0, 0)


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(30), Fraction(60000, 1001)])
def test_times_that_a_container_rounded_to_milliseconds_move_no_frame(tmp_path: Path, rate: Fraction) -> None:
    path = write_numbered(tmp_path / "a.mkv", range(90), time_base=1 / rate, rate=rate)
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    assert (proxy.times.rate, proxy.numbers()) == (rate, list(range(90)))


@pytest.mark.parametrize(
    ("steps", "rate"),
    [
        ([1, 1, 1, 2, 1, 3, 1, 1, 1, 1] * 4, Fraction(30)),  # a phone in the dark
        ([1, 1, 5, 1, 25, 1, 1, 2] * 2, Fraction(25)),  # a screen recording that stood still
        ([1, 1, 1, 3, 1, 1, 2] * 8, Fraction(60000, 1001)),
    ],
)
def test_a_variable_rate_becomes_the_nearest_standard_one(tmp_path: Path, steps: Sequence[int], rate: Fraction) -> None:
    pts = [round(frame * 1000 / rate) for frame in [0, *np.cumsum(steps).tolist()]]
    path = write_numbered(tmp_path / "a.mkv", pts, time_base=MILLISECONDS, rate=Fraction(30))
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    assert proxy.times.rate == rate
    assert proxy.facts["repeated"] > 0
    assert abs(proxy.times.frames / rate - pts[-1] / 1000 - 1 / rate) < 1.5 / rate


def test_frames_faster_than_the_proxy_are_dropped_and_counted(tmp_path: Path) -> None:
    steps = [33] * 12 + [8] * 12 + [33] * 12
    path = write_numbered(tmp_path / "a.mkv", [0, *np.cumsum(steps).tolist()], time_base=MILLISECONDS)
    proxy = proxy_of(path, tmp_path / "made")
    numbers = proxy.numbers()
    assert proxy.facts["dropped"] + len(set(numbers)) == proxy.facts["source_frames"] == 37
    assert numbers == sorted(numbers)
    assert numbers == [proxy.times.source_of(frame) for frame in range(proxy.times.frames)]
    for place, begins in enumerate(shown_times(path)):
        assert abs(proxy.times.frame_at(begins + 0.001) - begins * proxy.times.rate) <= 1, place


def test_frames_out_of_order_and_a_start_that_is_not_zero(tmp_path: Path) -> None:
    path = write_numbered(
        tmp_path / "a.mkv", range(30, 66), options={"bf": "3", "b_strategy": "0", "b-pyramid": "none"}
    )
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.pts is not None]
    assert [packet.pts for packet in packets] != sorted(packet.pts for packet in packets)
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    assert proxy.facts["start_s"] == pytest.approx(30 / 24, abs=0.001)


def test_packets_that_hold_no_picture_of_their_own_are_no_frames(tmp_path: Path) -> None:
    whole = write_numbered(tmp_path / "whole.webm", range(48), codec="libvpx", options={"g": "1"}, size=(240, 160))
    path = tmp_path / "a.webm"
    with av.open(str(whole)) as source, av.open(str(path), "w") as made:
        stream = made.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is None:
                continue
            data = bytes(packet)
            hidden = av.Packet(bytes([data[0] & ~0x10]) + data[1:])  # RFC 6386, 9.1: a frame that is not shown
            hidden.pts = hidden.dts = packet.pts + 20
            hidden.time_base = packet.time_base
            for one in (packet, hidden):
                one.stream = stream
                made.mux(one)
    with av.open(str(path)) as container:
        assert sum(1 for packet in container.demux(video=0) if packet.size) == 96
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy, exact=False)
    assert sorted(set(proxy.numbers())) == list(range(48))


def test_leading_frames_with_negative_times_in_the_stream(tmp_path: Path) -> None:
    path = write_numbered(tmp_path / "a.mp4", STEADY, options={"bf": "3", "b_strategy": "0"})
    with av.open(str(path)) as container:
        assert next(container.demux(video=0)).dts < 0
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    assert proxy.numbers() == list(STEADY)


def test_an_edit_list_hides_what_it_hides(tmp_path: Path) -> None:
    path = write_numbered(tmp_path / "a.mp4", range(-6, 30), options={"bf": "0", "g": "12"})
    proxy = proxy_of(path, tmp_path / "made")
    assert proxy.facts["hidden_frames"] == 6
    assert_lands(path, proxy, first=6)
    assert proxy.numbers() == list(range(6, 36))


def test_an_empty_edit_delays_the_picture_and_time_starts_with_it(tmp_path: Path) -> None:
    path = write_numbered(tmp_path / "a.mov", range(12, 48), sound=(0.0, np.zeros(96_000, np.float32)))
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    assert proxy.facts["start_s"] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_clip_is_shown_upright(tmp_path: Path, degrees: int) -> None:
    turned = write_numbered(
        tmp_path / "a.mp4",
        STEADY,
        size=(80, 120) if degrees % 180 else (120, 80),
        picture=lambda number: np.ascontiguousarray(np.rot90(numbered(number), degrees // 90)),
        tune=lambda stream: stream.set_display_rotation(-degrees),
    )
    proxy = proxy_of(turned, tmp_path / "made")
    assert_lands(turned, proxy)
    assert proxy.facts["rotation_deg"] == degrees
    assert shown_frames(proxy.path)[0].shape == (80, 120, 3)


def test_a_mirrored_clip_is_shown_as_it_was_meant(tmp_path: Path) -> None:
    path = write_numbered(
        tmp_path / "a.mp4",
        STEADY,
        picture=lambda number: np.ascontiguousarray(numbered(number)[:, ::-1]),
        tune=lambda stream: stream.set_display_rotation(0, hflip=True),
    )
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    assert proxy.facts["mirrored"] is True


@pytest.mark.parametrize(
    ("size", "pix_fmt", "shown"),
    [((121, 81), "yuv444p", (120, 80)), ((1280, 1080), "yuv420p", (854, 720)), ((64, 34), "yuv420p", (64, 34))],
)
def test_odd_and_large_sizes_become_even_and_small(
    tmp_path: Path, size: tuple[int, int], pix_fmt: str, shown: tuple[int, int]
) -> None:
    path = write_numbered(tmp_path / "a.mkv", range(12), size=size, pix_fmt=pix_fmt)
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    [file, *_] = proxy.rendered.files
    assert abs(file.details["width"] - shown[0]) <= 1
    assert file.details["height"] == shown[1]
    assert file.details["width"] % 2 == 0


def test_pixels_that_are_not_square_are_made_so(tmp_path: Path) -> None:
    path = write_numbered(
        tmp_path / "a.mp4", range(12), tune=lambda stream: setattr(stream, "sample_aspect_ratio", Fraction(4, 3))
    )
    proxy = proxy_of(path, tmp_path / "made")
    assert_lands(path, proxy)
    with av.open(str(proxy.path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.sample_aspect_ratio or 1) == (160, 80, 1)


def test_the_proxy_is_what_every_player_takes(tmp_path: Path) -> None:
    path = write_numbered(tmp_path / "a.mp4", STEADY, sound=(0.0, np.zeros(72_000, np.float32)))
    proxy = proxy_of(path, tmp_path / "made")
    with av.open(str(proxy.path)) as container:
        picture, sound = container.streams.video[0].codec_context, container.streams.audio[0].codec_context
        assert (picture.name, picture.pix_fmt, picture.has_b_frames) == ("h264", "yuv420p", False)
        assert (sound.name, sound.sample_rate, sound.layout.name) == ("aac", 48_000, "stereo")
        assert not container.metadata.keys() - {"major_brand", "minor_version", "compatible_brands", "encoder"}
    data = proxy.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
