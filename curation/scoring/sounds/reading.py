"""Sound files to blocks of samples. Only files that passed the probe come here."""

import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import av
import numpy as np

from curation.probing.opening import opened

BLOCK_FRAMES = 1 << 16
SPEECH_RATE_HZ = 16_000
_USUAL_LAYOUTS = {2: "stereo", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}  # where a wav names none
HELD_SAMPLES = 600 * SPEECH_RATE_HZ  # ten minutes of speech, 38 MB; what is longer lies on disk


def channel_names(path: Path) -> tuple[str, ...]:
    """FFmpeg's names of the channels, in order: `FL`, `FR`, `FC`, `LFE`, `BL`, ...; none where nothing decodes."""
    with opened(path) as container:
        # A frame tells, not the header: parametric stereo is announced as mono.
        first = next(container.decode(audio=0), None)
    names = tuple(channel.name for channel in first.layout.channels) if first else ()
    if set(names) == {"NONE"} and len(names) in _USUAL_LAYOUTS:
        return tuple(channel.name for channel in av.AudioLayout(_USUAL_LAYOUTS[len(names)]).channels)
    return names


def blocks(path: Path, *, rate: int, frames: int = BLOCK_FRAMES) -> Iterator[np.ndarray]:
    """Blocks `[channels, frames]` float32, full scale 1, the last one shorter; values may be NaN where the file's are.

    Args:
        path: Of the sound, or of a clip with sound.
        rate: What to resample to; the file's own leaves samples as they are.
        frames: Length of a block.
    """
    waiting: list[np.ndarray] = []
    count = 0
    for part in _decoded(path, rate):
        waiting.append(part)
        count += part.shape[1]
        if count >= frames:
            joined = np.concatenate(waiting, axis=1)
            whole = count // frames * frames
            yield from np.split(joined[:, :whole], whole // frames, axis=1)
            waiting, count = [joined[:, whole:]], count - whole
    if count:
        yield np.concatenate(waiting, axis=1)


def mono(path: Path, *, rate: int = SPEECH_RATE_HZ) -> np.ndarray:
    """The mean of all channels, `[N]` float32, from the first sample on; a NaN of the file is 0.

    A long recording comes as a map of a file that is gone when the array is: its pages can be taken from memory.
    """
    # FFmpeg's own downmix would raise the level by 3 dB.
    parts = (np.nan_to_num(block.mean(axis=0), copy=False, posinf=0, neginf=0) for block in blocks(path, rate=rate))
    held: list[np.ndarray] = []
    for part in parts:
        held.append(part)
        if sum(map(len, held)) > HELD_SAMPLES:
            return _on_disk(chain(held, parts))
    return np.concatenate(held) if held else np.zeros(0, np.float32)


def excerpts(path: Path, *, rate: int, window_s: int, most: int, duration_s: float) -> list[np.ndarray]:
    """At most `most` windows spread evenly over a recording, each `[n]` float32 mono of `window_s` at most.

    Args:
        path: Of the sound, or of a clip with sound.
        rate: What to resample to.
        window_s: Length of a window in whole seconds; a shorter recording is one window.
        most: How many windows at most; fewer where they would overlap by all they have.
        duration_s: Of the recording.
    """
    size, length = window_s * rate, round(duration_s * rate)
    starts = np.linspace(0, max(length - size, 0), min(most, max(1, -(-length // size)))).astype(int)
    windows: list[list[np.ndarray]] = [[] for _ in starts]
    at = 0
    for block in blocks(path, rate=rate):
        part = np.nan_to_num(block.mean(axis=0), copy=False, posinf=0, neginf=0)
        for window, start in zip(windows, starts, strict=True):
            window.append(part[max(start - at, 0) : max(start + size - at, 0)].copy())
        at += len(part)
    joined = [np.concatenate(window) for window in windows if window]
    return [window for window in joined if len(window)]


def _on_disk(parts: Iterator[np.ndarray]) -> np.ndarray:
    with tempfile.TemporaryFile(prefix="sound-") as file:
        for part in parts:
            file.write(part.tobytes())
        file.flush()
        return np.memmap(file, np.float32, mode="r")


def _decoded(path: Path, rate: int) -> Iterator[np.ndarray]:
    """As they come out of the decoder; a stream that changes its format on the way keeps the channels it began with."""
    with opened(path) as container:
        resampler, shape, layout = None, None, None
        for frame in container.decode(audio=0):
            if shape != (shape := (frame.format.name, frame.layout.name, frame.sample_rate)):
                yield from _flushed(resampler)
                layout = layout or frame.layout
                resampler = av.AudioResampler(format="fltp", layout=layout, rate=rate)
            assert resampler is not None
            for part in resampler.resample(frame):
                yield part.to_ndarray()
        yield from _flushed(resampler)


def _flushed(resampler: av.AudioResampler | None) -> Iterator[np.ndarray]:
    if resampler is not None:
        for part in resampler.resample(None):
            yield part.to_ndarray()
