"""Media files as contributors would have them: mp4 with sound, flac, jpeg, npy, exr."""

from pathlib import Path

import av
import numpy as np
import OpenEXR
import soundfile
from numpy.typing import NDArray
from PIL import Image

SOUND_CHUNK = 1024


def write_clip(path: Path, frames: NDArray[np.uint8], fps: int, sound: NDArray[np.float32], rate_hz: int) -> None:
    """H.264 yuv420p with AAC.

    Args:
        frames: uint8 `[F, H, W, 3]`, H and W even.
        sound: float32 `[channels, N]` in [-1, 1].
    """
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=fps, options={"crf": "16", "preset": "veryfast"})
        video.height, video.width, video.pix_fmt = *frames.shape[1:3], "yuv420p"
        audio = container.add_stream("aac", rate=rate_hz, layout="stereo" if len(sound) == 2 else "mono")
        for pixels in frames:
            container.mux(video.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(video.encode(None))
        for start in range(0, sound.shape[1], SOUND_CHUNK):
            chunk = np.ascontiguousarray(sound[:, start : start + SOUND_CHUNK])
            frame = av.AudioFrame.from_ndarray(chunk, format="fltp", layout=audio.layout.name)
            frame.sample_rate, frame.pts = rate_hz, start
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))


def write_sound(path: Path, sound: NDArray[np.float32], rate_hz: int) -> None:
    """`sound`: float32 `[channels, N]`."""
    soundfile.write(path, sound.T, rate_hz)


def write_image(path: Path, pixels: NDArray[np.uint8]) -> None:
    Image.fromarray(pixels).save(path, quality=92)


def write_environment(path: Path, radiance: NDArray[np.float32]) -> None:
    """OpenEXR latlong, linear; `radiance` float32 `[N, 2N, 3]`."""
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    with OpenEXR.File(header, {"RGB": np.ascontiguousarray(radiance)}) as file:
        file.write(str(path))
