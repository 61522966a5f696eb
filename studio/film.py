"""Filming: pixels, depth and the environment, for one scene or a batch, at any size, on any device."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio import stage as staging
from studio.camera_moves import intrinsics, look_at, path
from studio.light import lamp_rgb, latlong_directions, latlong_solid_angles, project_sh
from studio.motion import track
from studio.shading import depths, trace
from studio.sound import record_sound
from studio.specs import ReferenceImage, Scene, Take
from studio.stage import Stage

# Sub-pixel offsets (u, v in pixels) and the spot on the key light's disk that each sample looks at.
_SAMPLES: dict[int, tuple[tuple[float, float, float, float], ...]] = {
    1: ((0.0, 0.0, 0.0, 0.0),),
    2: ((-0.25, -0.25, -0.5, 0.3), (0.25, 0.25, 0.5, -0.3)),
    4: ((-0.125, -0.375, -0.6, 0.1), (0.375, -0.125, 0.1, 0.6), (0.125, 0.375, 0.6, -0.1), (-0.375, 0.125, -0.1, -0.6)),
}
_EDGE = 0.06  # of the square root of light, between neighbours
_RAYS_AT_ONCE = {"cpu": 1 << 14, "cuda": 1 << 20}


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
    environment = environment_map(scene, height=environment_height, device=device)
    sound, events = record_sound(scene, sample_rate_hz=sample_rate_hz)
    return Take(
        scene=scene,
        frames=_frames(stage, width, height, samples).cpu().numpy(),
        depth_m=_depth(stage, width, height).float().cpu().numpy(),
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
        clips.append(_frames(stage, width, height, samples))
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
    return _frames(stage, width, height, samples)[0].cpu().numpy()


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


def _rays(stage: Stage, width: int, height: int, offset: tuple[float, float], pixels: Tensor) -> Tensor:
    """World directions `[S, 3, P]` through pixels (flat indices `[P]` or `[S, P]`), of unit length along the axis."""
    u = (pixels % width + 0.5 + offset[0]) / width
    v = (torch.div(pixels, width, rounding_mode="floor") + 0.5 + offset[1]) / height
    fx, fy, cx, cy = stage.lens.unsqueeze(2).unbind(1)
    x, y = (u - cx) / fx, (v - cy) / fy
    return stage.camera[:, :3, :3] @ torch.stack([x, y, torch.ones_like(x)], dim=1)


def _frames(stage: Stage, width: int, height: int, samples: int) -> Tensor:
    """uint8 `[S, H, W, 3]`; with more than one sample, pixels on edges are looked at again, more closely."""
    device = stage.center.device
    together = max(1, _RAYS_AT_ONCE[device.type] // (width * height))
    out = torch.empty(stage.center.shape[0], height * width, 3, dtype=torch.uint8, device=device)
    for f in range(0, out.shape[0], together):
        part = stage.frames(f, f + together)
        light = torch.cat([_sampled(part, width, height, 1, pixels) for pixels in _tiles(width, height, device)], dim=2)
        light = light[:, :, torch.argsort(torch.cat(list(_tiles(width, height, device))))]
        if samples > 1:
            _refine(part, light, width, height, samples)
        out[f : f + together] = (graded(part, light) * 255 + 0.5).to(torch.uint8).transpose(1, 2)
    return out.reshape(-1, height, width, 3)


def _tiles(width: int, height: int, device: torch.device) -> Iterator[Tensor]:
    """Flat indices of the pixels of square tiles, small enough for the caches and for few solids to be in each."""
    side = 64 if device.type == "cpu" else 1024
    index = torch.arange(width * height, device=device).reshape(height, width)
    for top in range(0, height, side):
        for left in range(0, width, side):
            yield index[top : top + side, left : left + side].reshape(-1)


def _sampled(stage: Stage, width: int, height: int, samples: int, pixels: Tensor) -> Tensor:
    """Display-linear light `[S, 3, P]`, the mean of the samples."""
    eye = stage.camera[:, :3, 3:]
    pixel_rad = 1 / (stage.lens[:, 1:2] * height)
    light = torch.zeros(eye.shape[0], 3, pixels.shape[-1], dtype=eye.dtype, device=eye.device)
    for u, v, a, b in _SAMPLES[samples]:
        rays = _rays(stage, width, height, (u, v), pixels)
        radiance, _ = trace(stage, eye, rays, jitter=(a, b), pixel_rad=pixel_rad)
        light = light + tone(radiance * stage.grade[:, :3, None])
    return light / samples


def _refine(stage: Stage, light: Tensor, width: int, height: int, samples: int) -> None:
    """Replaces the light of pixels that differ visibly from a neighbour by the mean of more samples, in place."""
    seen = light.clamp_min(0).sqrt().unflatten(2, (height, width))
    edge = torch.zeros(light.shape[0], height, width, dtype=torch.bool, device=light.device)
    across = (seen[..., 1:] - seen[..., :-1]).abs().amax(1) > _EDGE
    down = (seen[..., 1:, :] - seen[..., :-1, :]).abs().amax(1) > _EDGE
    edge[..., 1:] |= across
    edge[..., :-1] |= across
    edge[:, 1:] |= down
    edge[:, :-1] |= down
    edge = edge.flatten(1)
    most = int(edge.sum(1).max())
    chosen = torch.argsort(edge.to(torch.uint8), dim=1, descending=True, stable=True)[:, :most]
    step = max(256, _RAYS_AT_ONCE[light.device.type] // light.shape[0])
    for pixels in chosen.split(step, dim=1):
        better = _sampled(stage, width, height, samples, pixels)
        where = pixels.unsqueeze(1).expand(-1, 3, -1)
        light.scatter_(2, where, torch.where(edge.gather(1, pixels).unsqueeze(1), better, light.gather(2, where)))


def _depth(stage: Stage, width: int, height: int) -> Tensor:
    """Depth along the optical axis at pixel centres, `[S, H, W]`; inf for the sky."""
    out = torch.empty(stage.center.shape[0], height * width, dtype=stage.center.dtype, device=stage.center.device)
    together = max(1, _RAYS_AT_ONCE[out.device.type] // (width * height))
    for f in range(0, out.shape[0], together):
        part = stage.frames(f, f + together)
        eye = part.camera[:, :3, 3:]
        for pixels in _tiles(width, height, out.device):
            rays = _rays(part, width, height, (0.0, 0.0), pixels)
            out[f : f + together, pixels] = depths(part, eye, rays)
    return out.reshape(-1, height, width)


def tone(radiance: Tensor) -> Tensor:
    """Display-linear light in [0, 1) of scene radiance: a filmic shoulder and a short toe (Narkowicz 2015)."""
    x = radiance.clamp_min(0) * 0.82
    return (x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)).clamp(0, 1)


def graded(stage: Stage, light: Tensor) -> Tensor:
    """sRGB `[S, 3, P]` in [0, 1], with the style's saturation and lift."""
    saturation, lift = stage.grade[:, 3:4, None], stage.grade[:, 4:5, None]
    luma = (light * light.new_tensor([0.2126, 0.7152, 0.0722])[:, None]).sum(1, keepdim=True)
    light = (luma + (light - luma) * saturation).clamp(0, 1)
    encoded = torch.where(light <= 0.0031308, 12.92 * light, 1.055 * light.clamp_min(1e-8) ** (1 / 2.4) - 0.055)
    return (encoded * (1 - lift) + lift).clamp(0, 1)
