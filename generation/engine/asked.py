"""From a job to the conditions that a model reads, at the shape that the model works at."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from generation.engine.spec import CameraPath, GenerationJob, JobRefused, Lamp, Lighting, Reference
from videomodel.conditions import Camera, Conditions, Light, Shape, SoundEvent, Still
from videomodel.light import cct_rgb, lamps_sh, sun_direction, sun_sh
from videomodel.moves import move_camera
from videomodel.pictures import cropped_intrinsics
from videomodel.rays import UnusableCamera, check_camera, resample_camera

HTTP_TIMEOUT_S = 60
MAX_PIXELS = 64_000_000


def conditions_of(job: GenerationJob, shape: Shape) -> Conditions:
    """What the job asks for, at the native `shape`. Raises `JobRefused` when a part of it cannot be used."""
    audio = job.audio
    try:
        camera = None if job.camera is None else _camera(job.camera, job, shape)
    except UnusableCamera as error:
        raise JobRefused(f"The camera path cannot be used: {error}.") from error
    events = None
    if audio is not None and audio.events is not None:
        events = tuple(SoundEvent(event.name, event.onset_s, event.offset_s) for event in audio.events)
    return Conditions(
        shape=shape,
        caption=job.caption,
        stills=() if job.reference is None else (_still(job.reference),),
        camera=camera,
        light=None if job.lighting is None else _light(job.lighting),
        audio_style=None if audio is None else audio.style_caption,
        events=events,
    )


def avoided_of(job: GenerationJob, shape: Shape) -> Conditions | None:
    """What guidance leads away from: the words alone, whatever camera and light are asked for."""
    return Conditions(shape=shape, caption=job.negative) if job.negative else None


def fetch(address: str) -> bytes:
    """Bytes of a local path or an http(s) address. Raises `JobRefused` when they cannot be read."""
    try:
        if address.startswith(("http://", "https://")):
            with urllib.request.urlopen(address, timeout=HTTP_TIMEOUT_S) as answer:  # noqa: S310  # scheme checked above
                data: bytes = answer.read()
                return data
        return Path(address).read_bytes()
    except (OSError, urllib.error.URLError) as error:
        raise JobRefused(f"{address.split('?')[0]} cannot be read: {error}") from error


def _still(reference: Reference) -> Still:
    try:
        with Image.open(io.BytesIO(fetch(reference.image))) as image:
            if image.width * image.height > MAX_PIXELS:
                raise JobRefused(f"The reference image has more than {MAX_PIXELS} pixels.")
            return Still(np.asarray(image.convert("RGB")), reference.role)
    except (UnidentifiedImageError, OSError) as error:
        raise JobRefused(f"The reference image does not decode: {error}") from error


def _camera(path: CameraPath, job: GenerationJob, shape: Shape) -> Camera:
    delivered = Shape(job.size.width, job.size.height, shape.frames, shape.fps)
    camera = _stated_path(path, delivered) if path.move is None else move_camera(path.move, delivered, speed=path.speed)
    intrinsics = cropped_intrinsics(
        camera.intrinsics,
        width=delivered.width,
        height=delivered.height,
        to_width=shape.width,
        to_height=shape.height,
    )
    return Camera(camera.camera_to_world, intrinsics)


def _stated_path(path: CameraPath, shape: Shape) -> Camera:
    try:
        poses = np.asarray(path.poses, dtype=np.float64)
    except ValueError as error:
        raise UnusableCamera("poses are not [F][4][4] numbers") from error
    stated = move_camera("static", shape).intrinsics[0] if path.intrinsics is None else path.intrinsics
    intrinsics = np.broadcast_to(np.asarray(stated, dtype=np.float64), (len(poses), 4)).copy()
    check_camera(poses, intrinsics)
    last_s = (shape.frames - 1) / shape.fps
    times_s, at_s = np.linspace(0, last_s, len(poses)), np.arange(shape.frames) / shape.fps
    return Camera(*resample_camera(poses, intrinsics, times_s=times_s, at_s=at_s))


def _light(lighting: Lighting) -> Light:
    sun = lighting.sun
    towards = None if sun is None else sun_direction(sun.azimuth_deg, sun.elevation_deg)
    if lighting.sh is not None:
        return Light(np.asarray(lighting.sh, dtype=np.float64), towards)
    if lighting.lamps is not None:
        return Light(_lamps(lighting.lamps), None)
    if sun is None:
        raise JobRefused("Lighting needs a sun, lamps or harmonics.")
    return Light(sun_sh(sun.azimuth_deg, sun.elevation_deg, sun.cct_k), towards)


def _lamps(lamps: list[Lamp]) -> NDArray[np.float64]:
    """Radiance harmonics `[9, 3]`; a lamp is no sun, so models are told no sun's place."""
    return lamps_sh(
        np.stack([sun_direction(lamp.azimuth_deg, lamp.elevation_deg) for lamp in lamps]),
        np.stack([cct_rgb(lamp.cct_k) for lamp in lamps]),
        np.array([lamp.share for lamp in lamps]),
    )
