"""Windows of a clip at the model's frame rate, size and length, and the sound beside them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from videomodel.conditions import Shape
from videomodel.pictures import fit_picture

MAX_WINDOWS = 4


class UnusableClip(ValueError):
    """The clip cannot be trained on, for the reason given."""


@dataclass(frozen=True, slots=True)
class Footage:
    """A decoded clip cut for one shape.

    Attributes:
        windows: uint8 `[F, H, W, 3]` each, back to back from the start of the clip.
        starts_s: When each begins.
        source_width: Width of the clip before cropping, pixels.
        source_height: Height before cropping.
        duration_s: Length of the clip.
        lost_s: What is left at its end and in no window.
    """

    windows: list[NDArray[np.uint8]]
    starts_s: list[float]
    source_width: int
    source_height: int
    duration_s: float
    lost_s: float


def cut_windows(data: bytes, shape: Shape) -> Footage:
    """Up to `MAX_WINDOWS` windows of `shape`; the frame nearest in time stands for each instant.

    Raises:
        UnusableClip: It does not decode, or is shorter than one window.
    """
    try:
        with av.open(io.BytesIO(data), "r") as container:
            times, frames, size = _decode(container, shape)
    except av.FFmpegError as error:
        raise UnusableClip(f"the clip does not decode: {error.strerror}") from error
    step = float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    duration_s = times[-1] - times[0] + step
    count = min(MAX_WINDOWS, int((duration_s + 0.5 / shape.fps) / shape.duration_s))
    if count == 0:
        raise UnusableClip(f"the clip is too short: {duration_s:.2f} s of {shape.duration_s:.2f} s")
    starts = [index * shape.duration_s for index in range(count)]
    windows = [frames[_nearest(times - times[0], start + np.arange(shape.frames) / shape.fps)] for start in starts]
    return Footage(windows, starts, *size, duration_s, max(0.0, duration_s - count * shape.duration_s))


def _nearest(times: NDArray[np.float64], at_s: NDArray[np.float64]) -> NDArray[np.intp]:
    after = np.searchsorted(times, at_s).clip(1, max(1, len(times) - 1))
    before = after - 1
    after = after.clip(max=len(times) - 1)
    return np.where(at_s - times[before] <= times[after] - at_s, before, after)


def _decode(
    container: av.container.InputContainer, shape: Shape
) -> tuple[NDArray[np.float64], NDArray[np.uint8], tuple[int, int]]:
    if not container.streams.video:
        raise UnusableClip("the clip has no picture")
    stream = container.streams.video[0]
    stream.thread_type = "NONE"
    times, frames = [], []
    last_needed_s = MAX_WINDOWS * shape.duration_s
    for frame in container.decode(stream):
        if frame.time is None:
            raise UnusableClip("a frame of the clip has no time")
        times.append(frame.time)
        if frame.time - times[0] <= last_needed_s:
            pixels = frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
            frames.append(fit_picture(pixels, shape.width, shape.height))
    if not frames:
        raise UnusableClip("the clip has no frames")
    return np.asarray(times), np.stack(frames), (stream.codec_context.width, stream.codec_context.height)


def read_sound(data: bytes, rate_hz: int) -> NDArray[np.float32] | None:
    """Mono float32 sound at `rate_hz` of a clip or sound file; None when it has no sound at all.

    Raises:
        UnusableClip: It does not decode.
    """
    try:
        with av.open(io.BytesIO(data), "r") as container:
            if not container.streams.audio:
                return None
            return np.concatenate([np.zeros(0, np.float32), *_mono_pieces(container, rate_hz)])
    except av.FFmpegError as error:
        raise UnusableClip(f"the sound does not decode: {error.strerror}") from error


def _mono_pieces(container: av.container.InputContainer, rate_hz: int) -> Iterator[NDArray[np.float32]]:
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate_hz)
    for frame in container.decode(container.streams.audio[0]):
        yield from (piece.to_ndarray()[0] for piece in resampler.resample(frame))
    yield from (piece.to_ndarray()[0] for piece in resampler.resample(None))
