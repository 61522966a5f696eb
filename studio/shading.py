"""What a ray brings back: the surface it meets, that surface's pattern, the light on it, the air before it."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from studio.geometry import FAR, local_normals, nearest_hits, room_hits
from studio.stage import Stage

_LIFT_M = 3e-3  # shadow rays start this far off the surface


def trace(
    stage: Stage, o: Tensor, d: Tensor, *, jitter: tuple[float, float], pixel_rad: Tensor
) -> tuple[Tensor, Tensor]:
    """Linear radiance `[S, 3, P]` along rays and the ray parameter `[S, P]` of what they meet (inf for the sky).

    Args:
        o: Origins `[S, 3, 1]`.
        d: Directions `[S, 3, P]`, of any length.
        jitter: Where on the key light's disk this sample looks, in [-1, 1]^2.
        pixel_rad: Width of a pixel `[S, 1]`, for the fading of patterns.
    """
    whole, stage = stage, stage.only(_in_view(stage, o, d))
    t, row = first_hit(stage, o, d)
    sky_row = stage.looks.shape[1] - 1
    is_sky = row == sky_row
    t = torch.where(is_sky, t.amin(1, keepdim=True), t)  # shaded for nothing, but near what is shaded for good
    length = d.square().sum(1).sqrt()
    p = o + t.unsqueeze(1) * d
    view = -d / length.unsqueeze(1)
    n, texture_at, look = _surface(stage, p, row)
    facing = (n * view).sum(1).clamp_min(0.05)
    footprint = t * length * pixel_rad / facing
    albedo, gloss, metal, emission = _paint(look, texture_at, footprint)
    radiance = _lit(whole, p, n, view, albedo, gloss, metal, jitter) + emission
    sky = sky_radiance(stage, -view)
    fog = 1 - torch.exp(-stage.air[:, 1:] * t * length)
    radiance = radiance + (stage.horizon.unsqueeze(2) - radiance) * fog.unsqueeze(1)
    return torch.where(is_sky.unsqueeze(1), sky, radiance), torch.where(is_sky, torch.inf, t)


def _in_view(stage: Stage, o: Tensor, d: Tensor) -> Tensor:
    """Which solids `[N]` any of these rays could meet, by the cone about the rays and the spheres about the solids."""
    unit = d / d.square().sum(1, keepdim=True).sqrt()
    axis = unit.sum(2, keepdim=True)
    axis = axis / axis.square().sum(1, keepdim=True).sqrt()
    cone = torch.acos((unit * axis).sum(1).amin(1, keepdim=True).clamp(-1, 1))
    toward = stage.center - o.transpose(1, 2)
    distance = toward.square().sum(2).sqrt()
    off = torch.acos(((toward @ axis).squeeze(2) / distance).clamp(-1, 1))
    reach = stage.reach.squeeze(2) * 1.001
    wide = torch.asin((reach / distance).clamp_max(1))
    return ((distance < reach) | (off < cone + wide + 1e-3)).any(dim=0)


def _may_shade(stage: Stage, p: Tensor) -> Tensor:
    """Which solids `[N]` could stand between these points and the sun, seen along its rays; all of them for a lamp."""
    if bool((stage.key[:, 3] > 0.5).any()):
        return torch.ones(stage.center.shape[1], dtype=torch.bool, device=p.device)
    toward = stage.key[:, :3]
    u = torch.stack([toward[:, 2], 0 * toward[:, 1], -toward[:, 0]], dim=1)
    u = (u + 1e-6) / (u + 1e-6).square().sum(1, keepdim=True).sqrt()
    across = torch.stack([u, torch.linalg.cross(toward, u, dim=1), toward], dim=1)
    points, solids = across @ p, across @ stage.center.transpose(1, 2)
    reach = stage.reach.transpose(1, 2) * (1 + 2 * stage.key_softness.unsqueeze(2)) + 0.01
    low, high = points.amin(2, keepdim=True), points.amax(2, keepdim=True)
    beside = ((solids + reach > low) & (solids - reach < high))[:, :2].all(dim=1)
    return (beside & (solids + reach > low)[:, 2]).any(dim=0)


def first_hit(stage: Stage, o: Tensor, d: Tensor) -> tuple[Tensor, Tensor]:
    """Ray parameters and rows of `looks` of what rays meet, both `[S, P]`."""
    S, N = stage.center.shape[:2]
    start = stage.to_local @ (o.transpose(1, 2) - stage.center).unsqueeze(3)
    way = (stage.to_local.reshape(S, N * 3, 3) @ d).reshape(S, N, 3, -1)
    t, row = nearest_hits(start, way, stage.shape, stage.counts).min(dim=1)
    room_t, axis = room_hits(o, d, stage.half)
    up = d[:, 1] > 0
    room_row = torch.where(axis == 1, torch.where(up, N + 2, N), N + 1)
    outside = (stage.indoors < 0.5) & (room_row != N)
    at = o + room_t.unsqueeze(1) * d
    w = stage.window.unsqueeze(2)
    pane = (at[:, 0] > w[:, 0]) & (at[:, 0] < w[:, 2]) & (at[:, 1] > w[:, 1]) & (at[:, 1] < w[:, 3])
    through = pane & (axis == 2) & (d[:, 2] < 0)
    room_row = torch.where(outside | through, N + 3, room_row)
    solid = t < room_t
    return torch.where(solid, t, room_t), torch.where(solid, row, room_row)


def _surface(stage: Stage, p: Tensor, row: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Normals `[S, 3, P]`, pattern coordinates `[S, 3, P]` (metres, moving with the solid), looks `[S, 11, P]`."""
    S, N = stage.center.shape[:2]
    solid = row.clamp_max(N - 1)
    kinds = torch.repeat_interleave(torch.arange(4, device=p.device), torch.tensor(stage.counts, device=p.device)).to(
        p.dtype
    )
    facts = torch.cat(
        [stage.to_local.reshape(S, N, 9), stage.center, stage.size, stage.shape, kinds.expand(S, N).unsqueeze(2)], dim=2
    )
    fact = _gather(facts, solid)
    M = fact[:, :9].reshape(S, 3, 3, -1)
    local = (M * (p - fact[:, 9:12]).unsqueeze(1)).sum(2)
    n = (M * local_normals(local, fact[:, 16], fact[:, 15]).unsqueeze(2)).sum(1)
    n = n / n.square().sum(1, keepdim=True).clamp_min(1e-20).sqrt()
    on_room = (row >= N).unsqueeze(1)
    texture_at = torch.where(on_room, p, local * fact[:, 12:15])
    n = torch.where(on_room, _room_normals(stage, p, row - N), n)
    return n, texture_at, _gather(stage.looks, row)


def _gather(table: Tensor, row: Tensor) -> Tensor:
    """Rows of a table `[S, R, K]` by index `[S, P]`, as contiguous columns `[S, K, P]`."""
    S, R, K = table.shape
    first = torch.arange(S, device=row.device).unsqueeze(1) * R
    picked = table.reshape(S * R, K).index_select(0, (row + first).reshape(-1))
    return picked.reshape(S, -1, K).transpose(1, 2).contiguous()


def _room_normals(stage: Stage, p: Tensor, part: Tensor) -> Tensor:
    half = stage.half.unsqueeze(2)
    wall_x = p[:, 0].abs() * half[:, 2] > p[:, 2].abs() * half[:, 0]
    zero = torch.zeros_like(p[:, 0])
    y = torch.where(part == 0, 1.0, torch.where(part == 2, -1.0, zero))
    x = torch.where((part == 1) & wall_x, -torch.sign(p[:, 0]), zero)
    z = torch.where((part == 1) & ~wall_x, -torch.sign(p[:, 2]), zero)
    return torch.stack([x, y, z], dim=1)


def _paint(look: Tensor, at: Tensor, footprint_m: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Albedo `[S, 3, P]`, gloss and metal `[S, P]`, emitted radiance `[S, 3, P]`."""
    base, second = look[:, 0:3], look[:, 3:6]
    kind, cycles = look[:, 6], look[:, 7]
    fade = torch.exp(-((2.2 * cycles * footprint_m) ** 2).clamp_max(60))
    x, y, z = (2 * math.pi * cycles.unsqueeze(1) * at).unbind(1)
    sx, sy, sz = torch.sin(x), torch.sin(y), torch.sin(z)
    checks = sx * sz + sy * (sx + sz)
    grain = torch.sin(0.6 * x + 1.6 * torch.sin(0.23 * z) + 0.8 * sy)
    clouds = (
        torch.sin(x + 0.7 * z + y) + torch.sin(1.3 * z - 0.8 * x + 0.5) + torch.sin(2.3 * x - 1.9 * z + 1.7 * y)
    ) / 2
    wave = torch.where(kind == 1, sy, torch.where(kind == 2, checks, torch.where(kind == 3, grain, clouds)))
    sharp = torch.where(kind < 3, 4.0, 1.2)
    mix = torch.where(kind == 0, 0.0, 0.5 - 0.5 * torch.tanh(sharp * wave) * fade)
    albedo = base + (second - base) * mix.unsqueeze(1)
    return albedo, look[:, 8], look[:, 9], base * look[:, 10].unsqueeze(1)


def _lit(
    stage: Stage,
    p: Tensor,
    n: Tensor,
    view: Tensor,
    albedo: Tensor,
    gloss: Tensor,
    metal: Tensor,
    jitter: tuple[float, float],
) -> Tensor:
    toward, reach = _to_key(stage, p, jitter)
    distance = toward.square().sum(1, keepdim=True).sqrt()
    light = toward / distance
    fall = 1 / (1 + (distance.square() - 1) * stage.key[:, 3, None, None])
    slope = (n * light).sum(1, keepdim=True).clamp_min(0)
    seen = _visible(stage, p + n * _LIFT_M, toward, reach).unsqueeze(1)
    key = stage.key_rgb.unsqueeze(2) * slope * fall * seen
    sharp = torch.exp2(3 + 6.5 * gloss)
    half = light + view
    half = half / half.square().sum(1, keepdim=True).sqrt().clamp_min(1e-6)
    lobe = (n * half).sum(1).clamp(1e-4, 1) ** sharp * (sharp + 8) / (8 * math.pi)
    f0 = 0.04 + (albedo - 0.04) * metal.unsqueeze(1)
    shine = f0 * (lobe * gloss).unsqueeze(1)
    open_sky = _openness(stage, p, n).unsqueeze(1)
    up = (0.5 + 0.5 * n[:, 1:2]) * open_sky
    ambient = stage.ambient_down.unsqueeze(2) * open_sky * (0.5 - 0.5 * n[:, 1:2]) + stage.ambient_up.unsqueeze(2) * up
    diffuse = albedo * (1 - metal.unsqueeze(1))
    radiance = diffuse * ((key + _fill(stage, p, n)) / math.pi + ambient) + shine * key
    return radiance + _mirror(stage, n, view, f0, gloss) * open_sky


def _to_key(stage: Stage, p: Tensor, jitter: tuple[float, float]) -> tuple[Tensor, Tensor]:
    """Vectors to the key light, and how much of them a shadow ray must be free for."""
    key, point = stage.key[:, :3, None], stage.key[:, 3, None, None]
    spread = torch.tan(stage.key_softness).unsqueeze(2)
    flat = torch.stack([key[:, 2], 0 * key[:, 1], -key[:, 0]], dim=1) + 1e-6
    flat = flat / flat.square().sum(1, keepdim=True).sqrt()
    other = torch.linalg.cross(flat, key / key.square().sum(1, keepdim=True).sqrt(), dim=1)
    soft = (flat * jitter[0] + other * jitter[1]) * spread
    toward = key + soft - p * point
    distance = toward.square().sum(1).sqrt()
    return toward, torch.where(stage.key[:, 3:] > 0.5, 1 - 0.2 / distance, FAR)


def _visible(stage: Stage, p: Tensor, toward: Tensor, reach: Tensor) -> Tensor:
    """1 where nothing stands between p `[S, 3, P]` and the key light."""
    stage = stage.only(_may_shade(stage, p))
    S, N = stage.center.shape[:2]
    M = stage.to_local.reshape(S, N * 3, 3)
    shift = (stage.to_local @ stage.center.unsqueeze(3)).reshape(S, N * 3, 1)
    start = torch.baddbmm(shift, M, p, beta=-1).reshape(S, N, 3, -1)
    if bool((stage.key[:, 3] < 0.5).all()):
        toward = toward[:, :, :1]
    way = (M @ toward).reshape(S, N, 3, -1)
    first = nearest_hits(start, way, stage.shape, stage.counts).amin(dim=1)
    return (first > reach.clamp_max(FAR * 0.5)).to(p.dtype)


def _near_enough(stage: Stage, p: Tensor) -> Tensor:
    """Which solids `[N]` could darken any of these points by a thousandth or more."""
    low, high = p.amin(2, keepdim=True), p.amax(2, keepdim=True)
    center = stage.center.transpose(1, 2)
    gap = (torch.maximum(low - center, center - high)).clamp_min(0).square().sum(1).sqrt()
    return (stage.bound.squeeze(2) > 0.03 * gap).any(dim=0)


def _openness(stage: Stage, p: Tensor, n: Tensor) -> Tensor:
    """How much of its surroundings a point sees, `[S, P]`: every solid shades as a sphere of its volume."""
    stage = stage.only(_near_enough(stage, p))
    center, bound = stage.center, stage.bound.clamp_min(1e-3)
    ahead = center @ n - (p * n).sum(1, keepdim=True)
    squared = center.square().sum(2, keepdim=True) + p.square().sum(1, keepdim=True) - 2 * (center @ p)
    near = torch.rsqrt(torch.maximum(squared, 0.01 * bound * bound))
    shade = (ahead.clamp_min(0) * near * (bound * near).square()).clamp_max(0.75)
    return torch.exp(-1.1 * shade.sum(1)).clamp_min(0.12)


def _fill(stage: Stage, p: Tensor, n: Tensor) -> Tensor:
    total = torch.zeros_like(p)
    for k in range(stage.fill.shape[1]):
        toward = stage.fill[:, k, :, None] - p
        squared = toward.square().sum(1, keepdim=True)
        slope = (n * toward).sum(1, keepdim=True).clamp_min(0) * torch.rsqrt(squared)
        total = total + stage.fill_rgb[:, k, :, None] * slope / squared
    return total


def _mirror(stage: Stage, n: Tensor, view: Tensor, f0: Tensor, gloss: Tensor) -> Tensor:
    """Reflection of sky and ground, softened by roughness."""
    cosine = (n * view).sum(1, keepdim=True).clamp(0, 1)
    r = 2 * cosine * n - view
    blend = (0.5 + r[:, 1:2] * (1.2 + 6 * gloss.unsqueeze(1))).clamp(0, 1)
    above = stage.horizon.unsqueeze(2) + (stage.zenith - stage.horizon).unsqueeze(2) * r[:, 1:2].clamp(0, 1).sqrt()
    indoors = stage.indoors.unsqueeze(2)
    above = above + (stage.ambient_up.unsqueeze(2) * 1.8 - above) * indoors
    seen = stage.ambient_down.unsqueeze(2) + (above - stage.ambient_down.unsqueeze(2)) * blend
    fresnel = f0 + (1 - f0) * (1 - cosine) ** 5 * 0.7
    return seen * fresnel * gloss.unsqueeze(1)


def sky_radiance(stage: Stage, d: Tensor) -> Tensor:
    """Radiance `[S, 3, P]` of the sky along unit directions: gradient, glow, clouds and the sun's (or moon's) disk."""
    up = d[:, 1:2].clamp_min(0)
    zenith, horizon = stage.zenith.unsqueeze(2), stage.horizon.unsqueeze(2)
    color = horizon + (zenith - horizon) * up.sqrt()
    sun = stage.key[:, :3, None]
    outdoors = 1 - stage.key[:, 3, None, None]
    toward = (d * sun).sum(1, keepdim=True).clamp(0, 1) * outdoors
    veil = 1 / (1 + 40 * stage.key_softness.unsqueeze(2))
    color = color + horizon * 0.7 * toward**24
    x, z = d[:, 0:1] / (up + 0.18), d[:, 2:3] / (up + 0.18)
    wave = torch.sin(1.1 * x + 0.7 * z) + torch.sin(1.7 * z - 0.9 * x + 1.3) + 0.6 * torch.sin(2.9 * x + 2.3 * z + 0.4)
    cover = (
        torch.sigmoid(3 * (wave + 0.7 * torch.sin(4.1 * z - 3.3 * x) - 0.7))
        * stage.air[:, :1, None]
        * (up * 6).clamp_max(1)
    )
    color = color + ((0.75 * horizon.mean(1, keepdim=True) + 0.35 * horizon) - color) * cover
    disk = torch.sigmoid((toward - 0.99985) * 40000) * (1 - cover)
    return color + stage.key_rgb.unsqueeze(2) * disk * 6 * veil
