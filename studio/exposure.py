"""From light to pixels: rays through every pixel, more of them on edges, then tone and grade."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from studio.shading import trace
from studio.stage import Stage

# Sub-pixel offsets (u, v in pixels) and the spot on the key light's disk that each sample looks at.
_SAMPLES: dict[int, tuple[tuple[float, float, float, float], ...]] = {
    1: ((0.0, 0.0, 0.0, 0.0),),
    2: ((-0.25, -0.25, -0.5, 0.3), (0.25, 0.25, 0.5, -0.3)),
    4: ((-0.125, -0.375, -0.6, 0.1), (0.375, -0.125, 0.1, 0.6), (0.125, 0.375, 0.6, -0.1), (-0.375, 0.125, -0.1, -0.6)),
}
_EDGE = 0.06  # of the square root of light, between neighbours
_RAYS_AT_ONCE = {"cpu": 1 << 14, "cuda": 1 << 20}


def expose(stage: Stage, width: int, height: int, samples: int) -> tuple[Tensor, Tensor]:
    """Pictures uint8 `[S, H, W, 3]` and depth along the optical axis at pixel centres `[S, H, W]` (inf for the sky).

    Every pixel gets a ray through its centre; with more than one sample, pixels on edges are looked at more closely.
    """
    device = stage.center.device
    together = max(1, _RAYS_AT_ONCE.get(device.type, 1 << 16) // (width * height))
    order = torch.argsort(torch.cat(list(_tiles(width, height, device))))
    pictures, depths = [], []
    for f in range(0, stage.center.shape[0], together):
        part = stage.frames(f, f + together)
        seen = [_looked(part, width, height, 1, pixels) for pixels in _tiles(width, height, device)]
        light = torch.cat([light for light, _ in seen], dim=2)[:, :, order]
        depths.append(torch.cat([depth for _, depth in seen], dim=1)[:, order])
        if samples > 1:
            _refine(part, light, width, height, samples)
        pictures.append((graded(part, light) * 255 + 0.5).to(torch.uint8).transpose(1, 2))
    return torch.cat(pictures).reshape(-1, height, width, 3), torch.cat(depths).reshape(-1, height, width)


def _rays(stage: Stage, width: int, height: int, offset: tuple[float, float], pixels: Tensor) -> Tensor:
    """World directions `[S, 3, P]` through pixels (flat indices `[P]` or `[S, P]`), of unit length along the axis."""
    u = (pixels % width + 0.5 + offset[0]) / width
    v = (torch.div(pixels, width, rounding_mode="floor") + 0.5 + offset[1]) / height
    fx, fy, cx, cy = stage.lens.unsqueeze(2).unbind(1)
    x, y = (u - cx) / fx, (v - cy) / fy
    return stage.camera[:, :3, :3] @ torch.stack([x, y, torch.ones_like(x)], dim=1)


def _tiles(width: int, height: int, device: torch.device) -> Iterator[Tensor]:
    """Flat indices of the pixels of square tiles, small enough for the caches and for few solids to be in each."""
    side = 64 if device.type == "cpu" else 1024
    index = torch.arange(width * height, device=device).reshape(height, width)
    for top in range(0, height, side):
        for left in range(0, width, side):
            yield index[top : top + side, left : left + side].reshape(-1)


def _looked(stage: Stage, width: int, height: int, samples: int, pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Display-linear light `[S, 3, P]`, the mean of the samples, and the depth `[S, P]` of the last."""
    eye = stage.camera[:, :3, 3:]
    pixel_rad = 1 / (stage.lens[:, 1:2] * height)
    light = torch.zeros(eye.shape[0], 3, pixels.shape[-1], dtype=eye.dtype, device=eye.device)
    for u, v, a, b in _SAMPLES[samples]:
        rays = _rays(stage, width, height, (u, v), pixels)
        radiance, depth = trace(stage, eye, rays, jitter=(a, b), pixel_rad=pixel_rad)
        light = light + tone(radiance * stage.grade[:, :3, None])
    return light / samples, depth


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
    if most == 0:
        return
    chosen = torch.argsort(edge.to(torch.uint8), dim=1, descending=True, stable=True)[:, :most]
    step = max(256, _RAYS_AT_ONCE.get(light.device.type, 1 << 16) // light.shape[0])
    for pixels in chosen.split(step, dim=1):
        better, _ = _looked(stage, width, height, samples, pixels)
        where = pixels.unsqueeze(1).expand(-1, 3, -1)
        light.scatter_(2, where, torch.where(edge.gather(1, pixels).unsqueeze(1), better, light.gather(2, where)))


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
