"""Clips whose every frame carries its own number as picture content, so that a decoder can tell which one it got."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

BITS = 10
ROWS, COLUMNS = 2, 6  # ten bits, then a white and a black field that say how bright these are


def numbered(number: int, width: int = 120, height: int = 80, *, dark: int = 40, bright: int = 210) -> np.ndarray:
    """`[H, W, 3]` uint8: fields of a 6 by 2 grid, bright for one, dark for nought."""
    bits = [number >> place & 1 for place in range(BITS)] + [1, 0]
    fields = np.array(bits, np.uint8).reshape(ROWS, COLUMNS) * np.uint8(bright - dark) + np.uint8(dark)
    image = Image.fromarray(fields).resize((width, height), Image.Resampling.NEAREST)
    return np.repeat(np.asarray(image)[..., None], 3, axis=2)


def number_of(picture: np.ndarray) -> int:
    """The number that a picture of any size shows."""
    gray = np.asarray(picture, np.float32)[..., :3].mean(axis=2)
    height, width = gray.shape
    rows = [int((row + 0.5) * height / ROWS) for row in range(ROWS)]
    columns = [int((column + 0.5) * width / COLUMNS) for column in range(COLUMNS)]
    fields = [float(gray[y - 2 : y + 3, x - 2 : x + 3].mean()) for y in rows for x in columns]
    threshold = (fields[-2] + fields[-1]) / 2
    assert fields[-2] - fields[-1] > 40, "the picture shows no number"
    return sum(1 << place for place, value in enumerate(fields[:BITS]) if value > threshold)


def write_numbered(
    path: Path,
    pts: Sequence[int],
    *,
    time_base: Fraction = Fraction(1, 24),
    rate: Fraction = Fraction(24),
    size: tuple[int, int] = (120, 80),
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    tune: Callable[[Any], None] | None = None,
    picture: Callable[[int], np.ndarray] | None = None,
    sound: tuple[float, np.ndarray] | None = None,
) -> Path:
    """A clip that shows frame i from tick `pts[i]` on.

    Args:
        tune: Called with the stream before the first frame, for display matrices, colours and aspects.
        picture: The frame of a number instead of `numbered`, `[H, W, 3]` uint8.
        sound: When it begins, seconds, and its samples `[N]` float32 at 48 kHz.
    """
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream(codec, rate=rate, width=size[0], height=size[1], pix_fmt=pix_fmt)
        video.options = options or {}
        video.codec_context.time_base = time_base
        if tune:
            tune(video)
        audio: Any = container.add_stream("aac", rate=48_000, layout="mono") if sound else None
        for number, tick in enumerate(pts):
            pixels = picture(number) if picture else numbered(number, *size)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = tick, time_base
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if sound:
            _mux_sound(container, audio, *sound)
    return path


def _mux_sound(container: Any, stream: Any, start_s: float, samples: np.ndarray) -> None:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None]), format="fltp", layout="mono")
    frame.sample_rate = 48_000
    frame.pts = round(start_s * 48_000)
    frame.time_base = Fraction(1, 48_000)
    container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def shown_frames(path: Path) -> list[np.ndarray]:
    """Every frame of a clip, `[H, W, 3]` uint8, as a player that knows no rotation would show it."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
