"""What people do to a file before they contribute it again: by the codecs and filters that their programs use."""

import io
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from PIL import Image
from scipy.spatial.transform import Rotation, Slerp

from curation.scoring.fingerprints.paths import MIRROR

Filters = list[tuple[str, str]]


def gray(pixels: np.ndarray) -> np.ndarray:
    """`[h, w]` of `[h, w, 3]`, as Pillow does it."""
    return np.asarray(Image.fromarray(np.ascontiguousarray(pixels)).convert("L"))


def jpeg(pixels: np.ndarray, quality: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "jpeg", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))


def crop(pixels: np.ndarray, share: float, across: float, down: float) -> np.ndarray:
    """This share of the area; 0 is the left or upper end, 1 the other."""
    height, width = pixels.shape[-3:-1]
    high, wide = round(height * share**0.5), round(width * share**0.5)
    top, left = round((height - high) * down), round((width - wide) * across)
    return pixels[..., top : top + high, left : left + wide, :]


def resized(pixels: np.ndarray, scale: float) -> np.ndarray:
    height, width = pixels.shape[:2]
    return cv2.resize(np.ascontiguousarray(pixels), (round(width * scale), round(height * scale)))


def brighter(pixels: np.ndarray) -> np.ndarray:
    return np.clip(pixels * 1.25 + 15, 0, 255).astype(np.uint8)


def darker(pixels: np.ndarray) -> np.ndarray:
    return (255 * (pixels / 255) ** 1.5).astype(np.uint8)


PICTURES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "jpeg q30": lambda pixels: jpeg(pixels, 30),
    "half size": lambda pixels: resized(pixels, 0.5),
    "mirrored": lambda pixels: pixels[:, ::-1],
    "turned 90": lambda pixels: np.rot90(pixels),
    "brighter": brighter,
    "darker": darker,
    "crop 80 %": lambda pixels: crop(pixels, 0.8, 0.3, 0.7),
    "crop 60 %": lambda pixels: crop(pixels, 0.6, 0.5, 0.5),
    "crop 60 % corner, jpeg q50": lambda pixels: jpeg(crop(pixels, 0.6, 1.0, 0.0), 50),
    "crop 70 %, mirrored": lambda pixels: crop(pixels, 0.7, 0.2, 0.6)[:, ::-1],
}


def encoded_clip(frames: np.ndarray, fps: int, folder: Path, *, crf: int) -> Path:
    """H.264 of `[N, h, w, 3]`, even sizes."""
    path = folder / "clip.mp4"
    frames = frames[:, : frames.shape[1] // 2 * 2, : frames.shape[2] // 2 * 2]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": str(crf)})
        stream.height, stream.width, stream.pix_fmt = frames.shape[1], frames.shape[2], "yuv420p"
        for index, pixels in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _clip(change: Callable[[np.ndarray], np.ndarray], *, faster: float = 1.0, crf: int = 23) -> Callable[..., Any]:
    def make(frames: np.ndarray, fps: int, folder: Path) -> tuple[Path, int, int]:
        changed = change(frames)
        chosen = changed[(np.arange(int(len(changed) / faster)) * faster).astype(int)]
        return encoded_clip(chosen, fps, folder, crf=crf), fps, len(chosen)

    return make


def _each(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda frames: np.stack([change(frame) for frame in frames])


CLIPS: dict[str, Callable[[np.ndarray, int, Path], tuple[Path, int, int]]] = {
    "crf 35": _clip(lambda frames: frames, crf=35),
    "three quarters size": _clip(_each(lambda frame: resized(frame, 0.75))),
    "mirrored": _clip(lambda frames: frames[:, :, ::-1]),
    "brighter": _clip(_each(brighter)),
    "trimmed to 60 %": _clip(lambda frames: frames[len(frames) // 5 : -len(frames) // 5]),
    "1.25 times as fast": _clip(lambda frames: frames, faster=1.25),
    "0.8 times as fast": _clip(lambda frames: frames, faster=0.8),
    "crop 70 %": _clip(lambda frames: crop(frames, 0.7, 0.5, 0.4)),
}


def filtered(samples: np.ndarray, rate: int, filters: Filters) -> np.ndarray:
    """`[N]` float32 mono through FFmpeg's filters."""
    graph = av.filter.Graph()
    first = last = graph.add_abuffer(sample_rate=rate, format="flt", layout="mono")
    for name, options in [*filters, ("aformat", "sample_fmts=flt:channel_layouts=mono")]:
        node = graph.add(name, options)
        last.link_to(node)
        last = node
    sink = graph.add("abuffersink")
    last.link_to(sink)
    graph.configure()
    for frame in _audio_frames(samples, rate):
        first.push(frame)
    first.push(None)
    return np.concatenate(list(_drained(sink)))


def _drained(sink: Any) -> Iterator[np.ndarray]:
    while True:
        try:
            yield sink.pull().to_ndarray().ravel()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def _audio_frames(samples: np.ndarray, rate: int) -> Iterator[av.AudioFrame]:
    for start in range(0, len(samples), 1152):
        block = np.ascontiguousarray(samples[None, start : start + 1152], np.float32)
        frame = av.AudioFrame.from_ndarray(block, format="flt", layout="mono")
        frame.sample_rate, frame.pts = rate, start
        yield frame


def encoded_sound(samples: np.ndarray, rate: int, folder: Path, codec: str, kbps: int = 0) -> Path:
    """A file of this codec."""
    path = folder / f"sound.{'mp3' if codec == 'libmp3lame' else 'flac' if codec == 'flac' else 'ogg'}"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        if kbps:
            stream.bit_rate = kbps * 1000
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=rate)
        for frame in _audio_frames(samples, rate):
            for part in resampler.resample(frame):
                container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


def _sound(
    filters: Callable[[int], Filters] = lambda rate: [], codec: str = "flac", kbps: int = 0, cut: float = 0.0
) -> Callable[[np.ndarray, int, Path], Path]:
    def alter(samples: np.ndarray, rate: int, folder: Path) -> Path:
        kept = samples[round(cut * len(samples)) : round((1 - cut) * len(samples))]
        return encoded_sound(filtered(kept, rate, filters(rate)), rate, folder, codec, kbps)

    return alter


def _pitch(semitones: float) -> Callable[[int], Filters]:
    """Higher, at the same tempo."""
    ratio = 2 ** (semitones / 12)
    return lambda rate: [
        ("asetrate", str(round(rate * ratio))), ("aresample", str(rate)), ("atempo", f"{1 / ratio:.6f}"),
    ]  # fmt: skip


def _tempo(ratio: float) -> Callable[[int], Filters]:
    return lambda rate: [("atempo", str(ratio))]


SOUNDS: dict[str, Callable[[np.ndarray, int, Path], Path]] = {
    "mp3 64k": _sound(codec="libmp3lame", kbps=64),
    "12 dB quieter": _sound(lambda rate: [("volume", "-12dB")]),
    "cut to 60 %": _sound(cut=0.2),
    "pitch +3": _sound(_pitch(3)),
    "pitch -3": _sound(_pitch(-3)),
    "pitch +1.5": _sound(_pitch(1.5)),
    "tempo x 1.12": _sound(_tempo(1.12)),
    "tempo x 0.88": _sound(_tempo(0.88)),
    "speed x 1.1": _sound(lambda rate: [("asetrate", str(round(rate * 1.1))), ("aresample", str(rate))]),
    "pitch +2, mp3 64k, cut": _sound(_pitch(2), "libmp3lame", 64, cut=0.1),
}


def _in_long_caption(change: Callable[[str], str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda scene: scene | {"caption_long": change(scene["caption_long"])}


TEXTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "capitals and commas": _in_long_caption(lambda text: text.upper().replace(",", " -")),
    "a word added": _in_long_caption(lambda text: text + " Calm."),
}

Move = Callable[[np.ndarray, float], tuple[np.ndarray, float]]


def _placed(scale: float) -> Move:
    """In another world: turned, moved, scaled."""
    turn = Rotation.from_euler("xyz", (20, 130, -40), degrees=True).as_matrix()

    def move(poses: np.ndarray, duration_s: float) -> tuple[np.ndarray, float]:
        moved = poses.copy()
        moved[:, :3, :3] = turn @ poses[:, :3, :3]
        moved[:, :3, 3] = scale * poses[:, :3, 3] @ turn.T + (3.0, -1.0, 7.0)
        return moved, duration_s

    return move


def _resampled(poses: np.ndarray, duration_s: float) -> tuple[np.ndarray, float]:
    """At 30 frames a second."""
    times, even = np.linspace(0, 1, len(poses)), np.linspace(0, 1, round(30 * duration_s))
    sampled = np.tile(np.eye(4), (len(even), 1, 1))
    sampled[:, :3, :3] = Slerp(times, Rotation.from_matrix(poses[:, :3, :3]))(even).as_matrix()
    for axis in range(3):
        sampled[:, axis, 3] = np.interp(even, times, poses[:, axis, 3])
    return sampled, duration_s


def _seen_in_a_mirror(poses: np.ndarray, duration_s: float) -> tuple[np.ndarray, float]:
    mirrored = poses.copy()
    mirrored[:, :3, :3] = MIRROR @ poses[:, :3, :3] @ MIRROR
    mirrored[:, :3, 3] = poses[:, :3, 3] @ MIRROR
    return mirrored, duration_s


# Each with whether only a path with a character can be recognised after it.
PATHS: dict[str, tuple[Move, bool]] = {
    "another world": (_placed(1.0), False),
    "30 frames a second": (_resampled, False),
    "twice as large": (_placed(2.0), True),
    "slower": (lambda poses, duration_s: (poses, 1.2 * duration_s), True),
    "mirrored": (_seen_in_a_mirror, True),
}
MAPS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "turned": lambda pixels: np.roll(pixels, 37, axis=1),
    "turned, 2 stops brighter": lambda pixels: np.roll(pixels, 90, axis=1) * 4,
    "half floats, clipped at 8": lambda pixels: pixels.astype(np.float16).astype(np.float32).clip(0, 8),
}
