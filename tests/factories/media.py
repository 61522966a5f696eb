"""Small real media files, made on the spot by the libraries that people's own programs use."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import OpenEXR
import soundfile
from PIL import Image


def picture(width: int = 96, height: int = 64, *, seed: int = 0) -> np.ndarray:
    """A picture with edges and gradients, `[H, W, 3]` uint8."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    image = np.stack([x * 255 // width, y * 255 // height, (x // 8 + y // 8) % 2 * 200], axis=-1)
    left, top = rng.integers(0, width // 2), rng.integers(0, height // 2)
    image[top : top + height // 3, left : left + width // 3] = rng.integers(0, 255, 3)
    return image.astype(np.uint8)


def tone(seconds: float = 1.0, rate: int = 48_000, *, amplitude: float = 0.2, hz: float = 440.0) -> np.ndarray:
    """A sine, `[N]` float32."""
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def write_clip(
    path: Path,
    *,
    seconds: float = 2.0,
    fps: int = 12,
    size: tuple[int, int] = (96, 64),
    with_sound: bool = True,
    times: list[int] | None = None,
    frames: list[np.ndarray] | None = None,
    codec: str = "libx264",
) -> Path:
    """A clip whose box moves; `times` replaces the even spacing, in frames."""
    width, height = size
    count = int(seconds * fps)
    with av.open(str(path), "w") as container:
        video = container.add_stream(codec, rate=fps, width=width, height=height, pix_fmt="yuv420p")
        video.time_base = Fraction(1, fps)
        video.codec_context.time_base = Fraction(1, fps)
        audio = container.add_stream("aac" if codec == "libx264" else "libopus", rate=48_000) if with_sound else None
        for index in range(count):
            image = frames[index] if frames else np.roll(picture(width, height), 2 * index, axis=1)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts = times[index] if times else index
            frame.time_base = Fraction(1, fps)
            container.mux(video.encode(frame))
        container.mux(video.encode())
        if audio:
            _mux_tone(container, audio, seconds)
    return path


def _mux_tone(container: av.container.OutputContainer, audio: av.AudioStream, seconds: float) -> None:
    samples = tone(seconds)[None].repeat(2, axis=0)
    layout_frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout="stereo")
    layout_frame.sample_rate = 48_000
    layout_frame.pts = 0
    container.mux(audio.encode(layout_frame))
    container.mux(audio.encode())


def write_picture(path: Path, *, size: tuple[int, int] = (96, 64), seed: int = 0, **options: object) -> Path:
    Image.fromarray(picture(*size, seed=seed)).save(path, **options)
    return path


def write_sound(path: Path, samples: np.ndarray | None = None, rate: int = 48_000, **options: object) -> Path:
    soundfile.write(path, tone(rate=rate) if samples is None else samples, rate, **options)
    return path


def sky(size: tuple[int, int] = (64, 32)) -> np.ndarray:
    """A dim latlong sky with one bright sun, `[H, W, 3]` float32."""
    width, height = size
    pixels = np.full((height, width, 3), 0.2, np.float32)
    pixels[height // 4, width // 4] = 500.0
    return pixels


def write_map(
    path: Path, pixels: np.ndarray | None = None, *, size: tuple[int, int] = (64, 32), **attributes: object
) -> Path:
    """An environment map as OpenEXR: a sky, or the given `[H, W, 3]` float pixels; attributes go into the header."""
    pixels = sky(size) if pixels is None else pixels
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage, **attributes}
    channels = {band: np.ascontiguousarray(pixels[..., i]) for i, band in enumerate("RGB")}
    OpenEXR.File(header, channels).write(str(path))
    return path


def write_radiance(path: Path, pixels: np.ndarray | None = None, *, lines: tuple[str, ...] = ()) -> Path:
    """An environment map as Radiance HDR with new run-length encoding; `lines` go into the header."""
    import cv2

    cv2.imwrite(str(path), (sky() if pixels is None else pixels)[..., ::-1])
    if lines:
        start, newline, rest = path.read_bytes().partition(b"\n")
        path.write_bytes(start + newline + "".join(f"{line}\n" for line in lines).encode() + rest)
    return path


def poses(count: int = 24, *, step_m: float = 0.05) -> np.ndarray:
    """A straight dolly, `[F, 4, 4]` float64, camera to world."""
    path = np.tile(np.eye(4), (count, 1, 1))
    path[:, 2, 3] = -step_m * np.arange(count)
    return path


def write_poses(path: Path, values: np.ndarray | None = None) -> Path:
    np.save(path, poses() if values is None else values)
    return path
