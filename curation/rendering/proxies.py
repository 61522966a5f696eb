"""Writes the proxy: H.264 without frames out of order, AAC in stereo, index first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from av import AudioFrame, VideoFrame
from av.filter import Graph

from curation.rendering.timing import TimeMap

SAMPLE_RATE_HZ = 48_000
AUDIO_BIT_RATE = 128_000
# Without B-frames every frame is shown when it is decoded: no player depends on an edit list to find frame 0.
ENCODER = {"preset": "veryfast", "crf": "23", "profile": "high", "bf": "0"}
REC709 = 1  # H.273: primaries, transfer and matrix alike
LIMITED_RANGE = 1


class ProxyWriter(AbstractContextManager["ProxyWriter"]):
    """Takes frames by number and sound by time; both may come in any interleaving.

    Attributes:
        on_sound: Called with each block of sound that goes into the proxy, `[2, N]` float32 at 48 kHz.
    """

    def __init__(self, path: Path, times: TimeMap, *, size: tuple[int, int], with_sound: bool, threads: int) -> None:
        self.times = times
        self.container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self.video: Any = self.container.add_stream("libx264", rate=times.rate, options=ENCODER)
        self._configure(size, threads)
        self.audio: Any = None
        self.on_sound: Callable[[np.ndarray], None] | None = None
        if with_sound:
            self.audio = self.container.add_stream("aac", rate=SAMPLE_RATE_HZ, bit_rate=AUDIO_BIT_RATE, layout="stereo")
            self.lane = SoundLane(start=times.start * times.time_base, length_s=times.frames / times.rate)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            if self.audio:
                self._encode_sound(self.lane.rest())
                self.container.mux(self.audio.encode(None))
            self.container.mux(self.video.encode(None))
        self.container.close()

    def add_frame(self, frame: VideoFrame, number: int) -> None:
        """Show this frame, as `Look.apply` gave it, as the proxy's frame of this number; numbers ascend from 0."""
        frame.pts, frame.time_base = number, 1 / self.times.rate
        frame.pict_type = 0  # the original's key frames are none of the proxy's
        self.container.mux(self.video.encode(frame))

    def add_sound(self, frame: AudioFrame) -> None:
        self._encode_sound(self.lane.add(frame))

    def _configure(self, size: tuple[int, int], threads: int) -> None:
        context = self.video.codec_context
        (context.width, context.height), context.pix_fmt = size, "yuv420p"
        context.time_base = 1 / self.times.rate
        context.gop_size = max(1, round(self.times.rate))  # a second: scrubbing is quick
        context.thread_count = threads
        context.color_primaries = context.color_trc = context.colorspace = REC709
        context.color_range = LIMITED_RANGE

    def _encode_sound(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            if self.on_sound:
                self.on_sound(frame.to_ndarray())
            self.container.mux(self.audio.encode(frame))


class SoundLane:
    """Sound on the proxy's clock: silence where the original has none yet, nothing before or after the picture."""

    def __init__(self, *, start: Fraction, length_s: Fraction) -> None:
        self.start, self.left = start, int(length_s * SAMPLE_RATE_HZ)
        self.graph: Graph | None = None
        self.given = 0

    def add(self, frame: AudioFrame) -> list[AudioFrame]:
        if frame.pts is None or frame.time_base is None or not self.left:  # what nobody pulls would pile up
            return []
        if self.graph is None:
            self.graph = self._graph(frame)
        frame.pts -= round(self.start / frame.time_base)
        self.graph.push(frame)
        return self._pulled()

    def rest(self) -> list[AudioFrame]:
        if self.graph is None:
            return []
        self.graph.push(None)
        return self._pulled()

    def _graph(self, frame: AudioFrame) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format, layout=frame.layout, time_base=frame.time_base
        )
        # A gap of a tenth of a second is filled, an overlap cut; smaller ones are the clocks of recorders.
        resample = graph.add("aresample", f"{SAMPLE_RATE_HZ}:async=1:first_pts=0:min_hard_comp=0.1")
        # FFmpeg's own way from one channel to two takes 3 dB from each.
        copied = [graph.add("pan", "stereo|c0=c0|c1=c0")] if frame.layout.nb_channels == 1 else []
        shape = graph.add("aformat", "sample_fmts=fltp:channel_layouts=stereo")
        graph.link_nodes(source, *copied, resample, shape, graph.add("abuffersink")).configure()
        return graph

    def _pulled(self) -> list[AudioFrame]:
        assert self.graph is not None
        frames = []
        while self.left > 0:
            try:
                frame = self.graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            assert isinstance(frame, AudioFrame)
            frames.append(self._cut(frame))
        return frames

    def _cut(self, frame: AudioFrame) -> AudioFrame:
        """The frame, numbered on; its end cut off where the picture ends."""
        if frame.samples > self.left:
            kept = np.ascontiguousarray(frame.to_ndarray()[:, : self.left], np.float32)
            frame = AudioFrame.from_ndarray(kept, format="fltp", layout="stereo")
            frame.sample_rate = SAMPLE_RATE_HZ
        frame.pts, frame.time_base = self.given, Fraction(1, SAMPLE_RATE_HZ)
        self.given += frame.samples
        self.left -= frame.samples
        return frame
