"""Exported samples and a tiny base model, made on the spot: a square that slides over a gradient and clicks."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile
import torch

from videomodel.slate.adapter import random_slate

RATE_HZ = 48_000


def mp4_of(frames: np.ndarray, fps: int) -> bytes:
    """H.264 bytes of frames uint8 `[F, H, W, 3]`."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": "10", "preset": "ultrafast"})
        stream.height, stream.width = frames.shape[1:3]
        stream.pix_fmt = "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))
    return file.getvalue()


def make_members(seed: int, *, seconds: float = 1.2, fps: int = 16, **record: Any) -> dict[str, bytes]:
    """Members of one exported sample: a clip of 64 x 48 pixels with everything that a record can state."""
    rng = np.random.default_rng(seed)
    count = round(seconds * fps)
    frames = np.tile(np.linspace(30, 200, 64, dtype=np.uint8)[None, None, :, None], (count, 48, 1, 3)).copy()
    for index in range(count):
        left = 4 + index % 40
        frames[index, 10:30, left : left + 12] = rng.integers(0, 255, 3)
    sound = np.zeros(round(seconds * RATE_HZ), np.float32)
    sound[8000:9000] = rng.standard_normal(1000) * 0.3
    flac, npy = io.BytesIO(), io.BytesIO()
    soundfile.write(flac, sound, RATE_HZ, format="FLAC")
    poses = np.tile(np.eye(4), (count, 1, 1))
    poses[:, 0, 3] = np.linspace(0, 0.5, count)
    np.save(npy, poses)
    stated = {
        "timeline": {"duration_s": seconds, "fps": [fps, 1], "num_frames": count},
        "audio": {"style_caption": "dry clicks", "events": [{"name": "click", "onset_s": 0.17, "offset_s": 0.2}]},
        "camera": {"intrinsics": {"fx": 0.9, "fy": 1.2, "cx": 0.5, "cy": 0.5}},
        "lighting": {"sun": {"azimuth_deg": 90.0, "elevation_deg": 30.0}, "cct_k": 4000.0},
        "split": "train",
    }
    return {
        "mp4": mp4_of(frames, fps),
        "txt": f"a block slides right, take {seed}".encode(),
        "json": json.dumps(stated | record).encode(),
        "flac": flac.getvalue(),
        "camera.npy": npy.getvalue(),
    }


def write_shard(path: Path, samples: dict[str, dict[str, bytes]]) -> Path:
    """A tar of samples by key."""
    with tarfile.open(path, "w") as tar:
        for key, members in samples.items():
            for name, data in members.items():
                header = tarfile.TarInfo(f"{key}.{name}")
                header.size = len(data)
                tar.addfile(header, io.BytesIO(data))
    return path


def save_tiny_base(folder: Path) -> Path:
    """A slate-nano of random weights that works at 16 x 16 x 5 frames, 8 per second."""
    model = random_slate(
        1, dim=48, layers=2, heads=2, video_channels=4, audio_channels=6, text_buckets=64, text_dim=16,
        text_tokens=2, trained_shape=(16, 16, 5, 8),
    )  # fmt: skip
    generator = torch.Generator().manual_seed(2)
    for weight in model.transformer.parameters():
        weight.data += torch.randn(weight.shape, generator=generator) * 0.02
    model.save(folder)
    return folder
