"""A recording as others hear it: AAC in stereo that every browser plays, without its tags, and its waveform."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from curation.rendering.clips import NothingToShow, opened
from curation.rendering.profiles import Rendered, RenderedFile
from curation.rendering.proxies import AUDIO_BIT_RATE, SAMPLE_RATE_HZ, SoundLane
from curation.rendering.waveforms import Waveform

MAX_S = 601


def render(path: Path, folder: Path) -> Rendered:
    """`preview.m4a` and `waveform.json`; its first sample is the original's first."""
    waveform, target = Waveform(), folder / "preview.m4a"
    with opened(path) as source, av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as made:
        stream: Any = made.add_stream("aac", rate=SAMPLE_RATE_HZ, bit_rate=AUDIO_BIT_RATE, layout="stereo")
        lane = None
        for frame in source.decode(audio=0):
            if frame.pts is None or frame.time_base is None:
                continue
            lane = lane or SoundLane(start=frame.pts * frame.time_base, length_s=Fraction(MAX_S))
            _encode(made, stream, lane.add(frame), waveform)
        if lane is None:
            raise NothingToShow("not one sample of it can be decoded")
        _encode(made, stream, lane.rest(), waveform)
        made.mux(stream.encode(None))
    details = {"duration_s": round(lane.given / SAMPLE_RATE_HZ, 6)}
    preview = RenderedFile("preview", target.name, "audio/mp4", target.stat().st_size, details)
    return Rendered((preview, waveform.write(folder)))


def _encode(container: Any, stream: Any, frames: list[Any], waveform: Waveform) -> None:
    for frame in frames:
        waveform.add(frame.to_ndarray())
        container.mux(stream.encode(frame))
