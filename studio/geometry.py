"""Rays against solids: analytic, vectorised over frames, solids and rays; and the normals at what was hit.

Every solid is met in its own frame, where it is a unit shape: `p_local = to_local @ (p - center)`. Ray directions are
not normalised, so that the ray parameter t is the same in every frame. Solids stand in blocks by kind, in KINDS' order.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

KINDS = ("sphere", "box", "frustum", "capsule")
FAR = 1e9
_NEAR = 1e-4


def nearest_hits(o: Tensor, d: Tensor, shape: Tensor, counts: tuple[int, ...]) -> Tensor:
    """The first entry of every ray into every solid, or FAR.

    Args:
        o, d: Ray origins and directions in the solids' frames, `[S, N, 3, P]` or `[S, N, 3, 1]`.
        shape: `[S, N, 1]`: a frustum's taper, a capsule's half length over its radius.
        counts: How many of each kind.

    Returns:
        `[S, N, P]` ray parameters.
    """
    hits: list[Tensor] = []
    start = 0
    for count, entry in zip(counts, _ENTRIES, strict=True):
        if count:
            block = slice(start, start + count)
            hits.append(entry(o[:, block], d[:, block], shape[:, block]))
            start += count
    return torch.cat(hits, dim=1)


def _axes(v: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return v[:, :, 0], v[:, :, 1], v[:, :, 2]


def _root(b: Tensor, disc: Tensor, a: Tensor) -> Tensor:
    """The nearer root of a t^2 + 2 b t + c, FAR where there is none."""
    t = (-b - disc.clamp_min(0).sqrt()) / a
    return torch.where((disc > 0) & (t > _NEAR), t, FAR)


def _sphere(o: Tensor, d: Tensor, shape: Tensor) -> Tensor:
    ox, oy, oz = _axes(o)
    dx, dy, dz = _axes(d)
    a = dx * dx + dy * dy + dz * dz
    b = ox * dx + oy * dy + oz * dz
    c = ox * ox + oy * oy + oz * oz - 1
    return _root(b, b * b - a * c, a)


def _box(o: Tensor, d: Tensor, shape: Tensor) -> Tensor:
    inverse = 1 / (d + 1e-12)  # a ray along a side never divides by nothing
    mx, my, mz = _axes(-o * inverse)
    hx, hy, hz = _axes(inverse.abs())
    entry = torch.maximum(torch.maximum(mx - hx, my - hy), mz - hz)
    leave = torch.minimum(torch.minimum(mx + hx, my + hy), mz + hz)
    return torch.where((entry < leave) & (entry > _NEAR), entry, FAR)


def _frustum(o: Tensor, d: Tensor, shape: Tensor) -> Tensor:
    """Cylinder or cone about Y, radius 1 at y = -1 and `shape` at y = 1, with its two lids."""
    ox, oy, oz = _axes(o)
    dx, dy, dz = _axes(d)
    slope = (shape - 1) / 2
    radius = (1 + shape) / 2 + slope * oy
    a = dx * dx + dz * dz - slope * slope * dy * dy
    a = torch.where(a.abs() < 1e-9, 1e-9, a)
    b = ox * dx + oz * dz - slope * dy * radius
    disc = b * b - a * (ox * ox + oz * oz - radius * radius)
    side = (-b - disc.clamp_min(0).sqrt()) / a  # where the ray is steeper than the cone (a < 0), still the way in
    enters = (disc > 0) & (side > _NEAR) & ((oy + side * dy).abs() < 1)
    best = torch.where(enters, side, FAR)
    steep = dy + 1e-12
    lid = -torch.sign(steep)
    t = (lid - oy) / steep
    x, z = ox + t * dx, oz + t * dz
    rim = torch.where(lid > 0, shape, 1.0)
    return torch.where((x * x + z * z < rim * rim) & (t > _NEAR), torch.minimum(best, t), best)


def _capsule(o: Tensor, d: Tensor, shape: Tensor) -> Tensor:
    """Radius 1 about the segment y in [-shape, shape]."""
    ox, oy, oz = _axes(o)
    dx, dy, dz = _axes(d)
    flat = dx * dx + dz * dz
    a = flat.clamp_min(1e-12)
    b = ox * dx + oz * dz
    side = (-b - (b * b - a * (ox * ox + oz * oz - 1)).clamp_min(0).sqrt()) / a
    end = torch.maximum(torch.minimum(oy + side * dy, shape), -shape)
    cy = oy - end
    b_end = b + cy * dy
    full = flat + dy * dy
    disc = b_end * b_end - full * (ox * ox + oz * oz + cy * cy - 1)
    return _root(b_end, disc, full)


_ENTRIES: tuple[Callable[[Tensor, Tensor, Tensor], Tensor], ...] = (_sphere, _box, _frustum, _capsule)


def local_normals(p: Tensor, kind: Tensor, shape: Tensor) -> Tensor:
    """Normals, unnormalised, of unit shapes at the points p `[S, 3, P]`; kind and shape are `[S, P]`."""
    x, y, z = p.unbind(1)
    biggest = p.abs().amax(dim=1)
    box = torch.stack([torch.where(axis.abs() >= biggest, torch.sign(axis), 0.0) for axis in (x, y, z)], dim=1)
    slope = (shape - 1) / 2
    radius = (1 + shape) / 2 + slope * y
    on_lid = (y.abs() > 0.9995) & (x * x + z * z < radius * radius * 0.9995)
    lid = torch.where(on_lid, torch.sign(y), -slope * radius)
    frustum = torch.stack([torch.where(on_lid, 0.0, x), lid, torch.where(on_lid, 0.0, z)], dim=1)
    capsule = torch.stack([x, y - torch.maximum(torch.minimum(y, shape), -shape), z], dim=1)
    k = kind[:, None]
    return torch.where(k == 0, p, torch.where(k == 1, box, torch.where(k == 2, frustum, capsule)))


def room_hits(o: Tensor, d: Tensor, half: Tensor) -> tuple[Tensor, Tensor]:
    """Where rays leave the room x in [-hx, hx], y in [0, hy], z in [-hz, hz].

    Args:
        o, d: `[S, 3, P]` (or P = 1 for o).
        half: `[S, 3]`.

    Returns:
        Ray parameters and the axis met, both `[S, P]`.
    """
    high = half[:, :, None]
    low = -high * high.new_tensor([1.0, 0.0, 1.0])[:, None]
    t = torch.where(d > 0, high - o, o - low) / d.abs().clamp_min(1e-12)
    return t.min(dim=1)
