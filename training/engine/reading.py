"""From an exported sample to what the model is conditioned on: every modality cut to the same window of time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.engine.clips import Footage, UnusableClip, cut_windows, read_sound
from training.engine.lighting import light_of
from training.engine.shards import Sample
from videomodel.conditions import ROLES, Camera, Clip, Conditions, Shape, SoundEvent, Still
from videomodel.pictures import cropped_intrinsics
from videomodel.rays import check_camera, resample_camera

SOUND_RATE_HZ = 16_000
_REFERENCE = re.compile(r"ref(\d+)\.(jpg|jpeg|png|webp)$")


@dataclass(frozen=True, slots=True)
class Window:
    """One training example: the take and its conditions, both of one native shape."""

    clip: Clip
    conditions: Conditions


def windows_of(sample: Sample, shape: Shape) -> tuple[list[Window], Footage]:
    """The windows of a sample, and the footage that they were cut from.

    Every second window is led by the contributor's reference image instead of its own first frame.

    Raises:
        UnusableClip: There is no clip, or it or another member cannot be used.
    """
    if "mp4" not in sample.members:
        raise UnusableClip("there is no clip")
    footage = cut_windows(sample.members["mp4"], shape)
    sound = read_sound(sample.members.get("flac", sample.members["mp4"]), SOUND_RATE_HZ)
    camera = _camera_of(sample)
    references = list(_references(sample))
    windows = []
    for index, (frames, start_s) in enumerate(zip(footage.windows, footage.starts_s, strict=True)):
        led = references[:1] if references and index % 2 else [Still(frames[0], "first_frame")]
        cut = _cut_sound(sound, start_s, shape)
        conditions = Conditions(
            shape=shape,
            caption=sample.members.get("txt", b"").decode().strip() or None,
            stills=tuple(led),
            camera=None if camera is None else _cut_camera(*camera, start_s, footage, shape),
            light=light_of(sample),
            audio_style=(sample.record.get("audio") or {}).get("style_caption"),
            events=_cut_events(sample, start_s, shape) if cut is not None else None,
        )
        windows.append(Window(Clip(frames, shape.fps, cut, SOUND_RATE_HZ), conditions))
    return windows, footage


def _references(sample: Sample) -> Iterator[Still]:
    roles = [reference.get("role") for reference in sample.record.get("reference_images") or []]
    for name in sorted(sample.members):
        found = _REFERENCE.match(name)
        if found is None:
            continue
        number = int(found.group(1))
        role = roles[number] if number < len(roles) and roles[number] in ROLES else "subject"
        if role == "last_frame":
            continue
        with Image.open(io.BytesIO(sample.members[name])) as image:
            yield Still(np.asarray(image.convert("RGB")), role)


def _cut_sound(sound: NDArray[np.float32] | None, start_s: float, shape: Shape) -> NDArray[np.float32] | None:
    if sound is None:
        return None
    start = round(start_s * SOUND_RATE_HZ)
    return sound[start : start + round(shape.duration_s * SOUND_RATE_HZ)]


def _cut_events(sample: Sample, start_s: float, shape: Shape) -> tuple[SoundEvent, ...] | None:
    audio = sample.record.get("audio")
    if not audio:
        return None
    moved = [
        SoundEvent(event["name"], event["onset_s"] - start_s, event["offset_s"] - start_s)
        for event in audio.get("events", [])
    ]
    return tuple(event for event in moved if event.offset_s > 0 and event.onset_s < shape.duration_s)


def _camera_of(sample: Sample) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]] | None:
    """Poses `[F, 4, 4]`, intrinsics `[F, 4]` and times `[F]`, or None where the sample has no path."""
    data = sample.members.get("camera.npy")
    stated = (sample.record.get("camera") or {}).get("intrinsics")
    if data is None or stated is None:
        return None
    poses = np.load(io.BytesIO(data), allow_pickle=False).astype(np.float64)
    rows = stated.get("per_frame") or [[stated["fx"], stated["fy"], stated["cx"], stated["cy"]]] * len(poses)
    intrinsics = np.asarray(rows, dtype=np.float64)
    check_camera(poses, intrinsics)
    numerator, denominator = sample.record["timeline"]["fps"]
    return poses, intrinsics, np.arange(len(poses)) * denominator / numerator


def _cut_camera(
    poses: NDArray[np.float64],
    intrinsics: NDArray[np.float64],
    times_s: NDArray[np.float64],
    start_s: float,
    footage: Footage,
    shape: Shape,
) -> Camera:
    at_s = start_s + np.arange(shape.frames) / shape.fps
    poses, intrinsics = resample_camera(poses, intrinsics, times_s=times_s, at_s=at_s)
    cropped = cropped_intrinsics(
        intrinsics,
        width=footage.source_width,
        height=footage.source_height,
        to_width=shape.width,
        to_height=shape.height,
    )
    return Camera(poses, cropped)
