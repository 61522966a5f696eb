"""The delivered file: H.264 and AAC at 48 kHz in an mp4 that starts to play before it is whole."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.signal import resample_poly

from videomodel.conditions import Clip

AUDIO_RATE_HZ = 48_000
POSTER_PX = 512
_AUDIO_FRAME = 1024
# One thread, and no macroblock tree: on pictures below 128 pixels that gave other bytes from one run to the next.
X264 = {"crf": "16", "preset": "medium", "threads": "1", "x264-params": "mbtree=0"}


def write_film(path: Path, clip: Clip) -> None:
    """Write `clip`, whose sides are even. Equal clips give equal bytes."""
    rate = Fraction(clip.fps).limit_denominator(1001)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        picture = container.add_stream("libx264", rate=rate, options=X264)
        picture.height, picture.width = clip.frames.shape[1:3]
        picture.pix_fmt = "yuv420p"
        if clip.sound is not None:
            sound = container.add_stream("aac", rate=AUDIO_RATE_HZ, layout="stereo")
            sound.bit_rate = 128_000
        for frame in clip.frames:
            container.mux(picture.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(picture.encode(None))
        if clip.sound is not None:
            for piece in _pieces(clip.sound, clip.sample_rate_hz):
                container.mux(sound.encode(piece))
            container.mux(sound.encode(None))


def write_poster(path: Path, clip: Clip) -> None:
    """Write the clip's middle frame as a small WebP picture."""
    picture = Image.fromarray(clip.frames[len(clip.frames) // 2])
    picture.thumbnail((POSTER_PX, POSTER_PX))
    picture.save(path, "WEBP", quality=80)


def _pieces(sound: NDArray[np.float32], rate_hz: int) -> list[av.AudioFrame]:
    common = np.gcd(AUDIO_RATE_HZ, rate_hz)
    raised = resample_poly(sound, AUDIO_RATE_HZ // common, rate_hz // common).clip(-1, 1).astype(np.float32)
    frames = []
    for start in range(0, len(raised), _AUDIO_FRAME):
        both = np.ascontiguousarray(np.tile(raised[start : start + _AUDIO_FRAME], (2, 1)))
        frame = av.AudioFrame.from_ndarray(both, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = AUDIO_RATE_HZ, start, Fraction(1, AUDIO_RATE_HZ)
        frames.append(frame)
    return frames
