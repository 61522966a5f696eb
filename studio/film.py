"""Filming: pixels, depth and the environment, for one scene or a batch, at any size, on any device."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio import stage as staging
from studio.camera_moves import intrinsics, look_at, path
from studio.exposure import expose
from studio.light import lamp_rgb, latlong_directions, latlong_solid_angles, project_sh
from studio.motion import track
from studio.shading import trace
from studio.sound import record_sound
from studio.specs import ReferenceImage, Scene, Take


def film(
    scene: Scene,
    *,
    width: int,
    height: int,
    device: str = "cpu",
    samples: int = 4,
    sample_rate_hz: int = 48_000,
    environment_height: int = 64,
) -> Take:
    """The scene, filmed with sound, depth, camera and light.

    Args:
        width, height: Pixels, any.
        samples: Rays through a pixel on an edge: 1, 2 or 4; patterns are band-limited, so other pixels need one.
        environment_height: N of the latlong map.
    """
    times = scene.frame_times()
    poses, zooms = path(scene, times)
    stage = staging.build([scene], [times], aspect=width / height, device=device, dtype=torch.float64)
    frames, depth = expose(stage, width, height, samples)
    environment = environment_map(scene, height=environment_height, device=device)
    sound, events = record_sound(scene, sample_rate_hz=sample_rate_hz)
    return Take(
        scene=scene,
        frames=frames.cpu().numpy(),
        depth_m=depth.float().cpu().numpy(),
        sound=sound,
        sample_rate_hz=sample_rate_hz,
        camera_to_world=poses,
        intrinsics=intrinsics(scene.camera, zooms, width / height),
        environment=environment,
        sh=project_sh(environment),
        events=events,
    )


def film_batch(
    scenes: Sequence[Scene],
    *,
    width: int,
    height: int,
    device: str = "cpu",
    samples: int = 4,
    times_s: Sequence[Sequence[float]] | None = None,
) -> Tensor:
    """Frames alone, fast (float32): uint8 `[B, F, H, W, 3]` on the device. All scenes have the same number of frames.

    `times_s` (B lists of F times) replaces the frames' own times.
    """
    moments = (
        [s.frame_times() for s in scenes] if times_s is None else [np.asarray(t, dtype=np.float64) for t in times_s]
    )
    together = 1 if device == "cpu" else 16  # padding costs a processor more than it saves
    clips = []
    for k in range(0, len(scenes), together):
        stage = staging.build(
            scenes[k : k + together],
            moments[k : k + together],
            aspect=width / height,
            device=device,
            dtype=torch.float32,
        )
        clips.append(expose(stage, width, height, samples)[0])
    return torch.cat(clips).reshape(len(scenes), -1, height, width, 3)


def still(
    scene: Scene,
    t_s: float,
    *,
    width: int,
    height: int,
    camera: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    device: str = "cpu",
    samples: int = 4,
    with_subjects: bool = True,
) -> NDArray[np.uint8]:
    """One picture, uint8 `[H, W, 3]`; `camera` is a camera-to-world `[4, 4]` and fx, fy, cx, cy `[4]`."""
    poses, lens = (None, None) if camera is None else (camera[0][None], camera[1][None])
    stage = staging.build(
        [scene],
        [np.array([t_s])],
        aspect=width / height,
        device=device,
        dtype=torch.float64,
        poses=poses,
        lens=lens,
        with_subjects=with_subjects,
    )
    return expose(stage, width, height, samples)[0][0].cpu().numpy()


def reference_images(scene: Scene, *, size: int = 256, device: str = "cpu") -> list[ReferenceImage]:
    """A close picture of each different subject, the empty set, and the first frame."""
    t = 0.5 * scene.duration_s
    images = []
    for subject in {(s.color, s.noun): s for s in scene.subjects}.values():
        spot = track(subject, np.array([t])).position[0]
        center = spot + np.array([0.0, 0.5 * subject.height_m, 0.0])
        away = np.array(scene.camera.position) - center
        away = away / np.linalg.norm(away) + np.array([0.0, 0.12, 0.0])
        reach = 2.9 * max(0.5 * subject.height_m, subject.radius_m)
        pose = np.eye(4)
        pose[:3, 3] = center + away / np.linalg.norm(away) * reach
        pose[1, 3] = max(pose[1, 3], 0.3)
        pose[:3, :3] = look_at(pose[:3, 3], center)
        lens = np.array([1.1, 1.1, 0.5, 0.5])
        picture = still(scene, t, width=size, height=size, camera=(pose, lens), device=device)
        images.append(ReferenceImage("subject", subject.name, picture))
    empty = still(scene, 0.0, width=size, height=size, device=device, with_subjects=False)
    first = still(scene, 0.0, width=size, height=size, device=device)
    return [*images, ReferenceImage("background", "", empty), ReferenceImage("first_frame", "", first)]


def environment_map(scene: Scene, *, height: int = 64, device: str = "cpu") -> NDArray[np.float32]:
    """Linear radiance `[N, 2N, 3]`, OpenEXR latlong, of the empty set about a point 1 m above its middle.

    The sun's (or moon's) power is spread over a few degrees about its direction, so that the map's irradiance is right
    at any size.
    """
    pose = np.eye(4)[None]
    pose[0, :3, 3] = (0.0, 1.0, 0.0)
    lens = np.array([[0.5, 0.5, 0.5, 0.5]])
    stage = staging.build(
        [scene],
        [np.array([0.0])],
        aspect=1.0,
        device=device,
        dtype=torch.float64,
        poses=pose,
        lens=lens,
        with_subjects=False,
    )
    directions = latlong_directions(height)
    d = torch.from_numpy(directions.reshape(-1, 3).T.copy()).to(device)[None]
    eye = stage.camera[:, :3, 3:]
    radiance, t = trace(stage, eye, d, jitter=(0.0, 0.0), pixel_rad=torch.full((1, 1), math.pi / height, device=device))
    light = radiance[0].T.reshape(height, 2 * height, 3).cpu().numpy()
    key = scene.lamps[0]
    if key.type == "directional":
        toward = directions @ np.array(key.direction)
        lobe = np.exp((toward - 1) / (1 - math.cos(max(math.radians(2.5), math.pi / height))))
        lobe = np.where(np.isinf(t[0].reshape(height, 2 * height).cpu().numpy()), lobe, 0.0)
        lobe = lobe / (lobe * latlong_solid_angles(height)).sum()
        light = light + lobe[..., None] * np.array(lamp_rgb(key))
    return light.astype(np.float32)
