"""A clip as others see it: a proxy of constant frame rate, a poster, a strip of small pictures, a waveform."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition

from curation.probing.opening import opened
from curation.rendering.frames import Look, look_of
from curation.rendering.posters import Gallery
from curation.rendering.profiles import Rendered, RenderedFile
from curation.rendering.proxies import ProxyWriter
from curation.rendering.timing import TimeMap, map_of
from curation.rendering.waveforms import Waveform

THREADS = 2
MAX_FRAMES = 240 * 601  # of a proxy: ten minutes at the fastest rate


class NothingToShow(ValueError):
    """The clip holds no frame that can be shown, or so many that no proxy may hold them."""


@dataclass(frozen=True)
class Timing:
    """When the original shows what.

    Attributes:
        map: Of its frames to those of the proxy.
        hidden: Frames that are in the file and that its edit list does not show.
    """

    map: TimeMap
    hidden: int


def render(path: Path, folder: Path) -> Rendered:
    """The proxy and all that goes with it: packets are asked for their times, then every frame is decoded once."""
    with opened(path) as container:
        look, start = read_look(container, folder)
    with opened(path) as container:
        timing = read_timing(container, start=start)
    proxy, gallery, waveform = folder / "proxy.mp4", Gallery(timing.map.frames), Waveform()
    with opened(path) as container:
        transcoder = _Transcoder(container, timing.map, look, gallery, waveform)
        transcoder.run(proxy)
    # Some packets hold no picture of their own; what counts is what was shown.
    timing = replace(timing, map=replace(timing.map, ticks=tuple(transcoder.ticks)))
    files = [_proxy_file(proxy, timing.map, look), *gallery.write(folder), _timing_file(folder, timing.map)]
    if not waveform.is_empty:
        files.append(waveform.write(folder))
    return Rendered(tuple(files), _facts(timing, look, transcoder))


def picture_stream(container: InputContainer) -> Any:
    """The stream that the probe examined."""
    return next(s for s in container.streams.video if not s.disposition & Disposition.attached_pic)


def read_timing(container: InputContainer, *, start: int) -> Timing:
    """The times of all frames, from packets alone: what the edit list hides is marked there.

    Args:
        start: Tick of the first frame that is shown.

    Raises:
        NothingToShow: The proxy would be endless.
    """
    stream = picture_stream(container)
    lasting: dict[int, int] = {start: 0}
    hidden = 0
    for packet in container.demux(stream):
        if packet.is_discard:
            hidden += 1
        elif packet.pts is not None and packet.pts >= start:
            lasting[packet.pts] = packet.duration or 0
    pts = sorted(lasting)
    rate = stream.average_rate or stream.guessed_rate
    found = map_of(pts, time_base=stream.time_base, last_ticks=lasting[pts[-1]], declared=rate and Fraction(rate))
    if found.frames > MAX_FRAMES:
        raise NothingToShow(f"it would have {found.frames} frames")
    return Timing(found, hidden)


def read_look(container: InputContainer, folder: Path) -> tuple[Look, int]:
    """How its frames are to be shown, from the first of them, and the tick of that one. Raises `NothingToShow`."""
    stream = picture_stream(container)
    for frame in container.decode(stream):
        if frame.pts is not None:
            look = look_of(frame, pixel_aspect=Fraction(stream.sample_aspect_ratio or 1), folder=folder)
            return look, frame.pts
    raise NothingToShow("not one frame of it can be decoded")


class _Transcoder:
    """Decodes the original once and hands every frame and every sound on, so that memory holds a few frames."""

    def __init__(
        self, container: InputContainer, times: TimeMap, look: Look, gallery: Gallery, waveform: Waveform
    ) -> None:
        self.container, self.times, self.look = container, times, look
        self.gallery, self.waveform = gallery, waveform
        self.ticks: list[int] = []
        self.repeated = self.dropped = 0
        self.audio_start_s: float | None = None

    def run(self, target: Path) -> None:
        picture = picture_stream(self.container)
        picture.thread_count, picture.thread_type = THREADS, "AUTO"
        sound = next(iter(self.container.streams.audio), None)
        size = (self.look.width, self.look.height)
        with ProxyWriter(target, self.times, size=size, with_sound=sound is not None, threads=THREADS) as proxy:
            proxy.on_sound = self.waveform.add
            for frame in self._resampled(self._frames(picture, sound, proxy)):
                self._emit(proxy, *frame)

    def _frames(self, picture: Any, sound: Any, proxy: ProxyWriter) -> Iterator[Any]:
        """The original's frames as they are decoded; its sound goes straight into the proxy."""
        for packet in self.container.demux([picture, sound] if sound else [picture]):
            for frame in packet.decode():
                if isinstance(frame, av.VideoFrame):
                    yield frame
                elif isinstance(frame, av.AudioFrame):
                    self.audio_start_s = frame.time if self.audio_start_s is None else self.audio_start_s
                    proxy.add_sound(frame)

    def _resampled(self, frames: Iterator[Any]) -> Iterator[tuple[Any, int, int]]:
        """Each frame that is kept, with the first proxy frame it is shown on and the one after its last."""
        kept, since = None, 0
        for frame in frames:
            if frame.pts is None:
                continue
            self.ticks.append(frame.pts - self.times.start)
            slot = self.times.slot(self.ticks[-1])
            if kept is not None and slot > since:
                yield kept, since, slot
                since = slot
            elif kept is not None:
                self.dropped += 1
            kept = frame
        if kept is None:
            raise NothingToShow("not one frame of it can be decoded")
        yield kept, since, max(self.times.frames, since + 1)

    def _emit(self, proxy: ProxyWriter, frame: Any, begin: int, end: int) -> None:
        shown = self.look.apply(frame)
        self.repeated += end - begin - 1
        for number in range(begin, min(end, self.times.frames)):
            proxy.add_frame(shown, number)
        self.gallery.look_at(shown, begin, end)


def _proxy_file(path: Path, times: TimeMap, look: Look) -> RenderedFile:
    details = {
        "width": look.width,
        "height": look.height,
        "fps": [times.rate.numerator, times.rate.denominator],
        "frames": times.frames,
        "duration_s": round(float(times.frames / times.rate), 6),
    }
    return RenderedFile("proxy", path.name, "video/mp4", path.stat().st_size, details)


def _timing_file(folder: Path, times: TimeMap) -> RenderedFile:
    text = json.dumps(times.as_json())
    (folder / "timing.json").write_text(text)
    return RenderedFile("timing", "timing.json", "application/json", len(text))


def _facts(timing: Timing, look: Look, done: _Transcoder) -> dict[str, Any]:
    times = timing.map
    return {
        "time_base": [times.time_base.numerator, times.time_base.denominator],
        "source_frames": len(times.ticks),
        "hidden_frames": timing.hidden,
        "start_s": round(float(times.start * times.time_base), 6),
        "audio_start_s": None if done.audio_start_s is None else round(done.audio_start_s, 6),
        "rotation_deg": look.rotation_deg,
        "mirrored": look.mirrored,
        "tone_mapped": look.transfer,
        "fps": [times.rate.numerator, times.rate.denominator],
        "frames": times.frames,
        "repeated": done.repeated,
        "dropped": done.dropped,
    }
