"""The set as tensors: for every frame, where all solids, lamps and the camera stand, and what they look like."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio.camera_moves import intrinsics, path
from studio.geometry import KINDS
from studio.light import kelvin_to_rgb, lamp_rgb
from studio.materials import PATTERNS
from studio.motion import rotation, track
from studio.specs import Material, Scene, Solid, Subject

Array = NDArray[np.float64]
LOOKS = ("r", "g", "b", "r2", "g2", "b2", "pattern", "cycles", "gloss", "metal", "emission")
_BLANK = Solid("sphere", (0.0, -1e5, 0.0), (1e-3, 1e-3, 1e-3), Material("none", (0, 0, 0), (0, 0, 0)))


@dataclass(frozen=True)
class Stage:
    """S frames (of one or several scenes), N solids in blocks by kind, L lamps beside the key.

    Rows N to N + 3 of `looks` are floor, wall, ceiling and sky.
    """

    counts: tuple[int, ...]
    to_local: Tensor  # [S, N, 3, 3]
    center: Tensor  # [S, N, 3]
    size: Tensor  # [S, N, 3] metres per local unit
    shape: Tensor  # [S, N, 1]
    bound: Tensor  # [S, N, 1] metres, radius of a sphere of like volume
    reach: Tensor  # [S, N, 1] metres, radius of a sphere about all of it
    looks: Tensor  # [S, N + 4, 11]
    half: Tensor  # [S, 3]
    window: Tensor  # [S, 4]
    indoors: Tensor  # [S, 1]
    camera: Tensor  # [S, 4, 4]
    lens: Tensor  # [S, 4]
    key: Tensor  # [S, 4] direction and 0, or position and 1
    key_rgb: Tensor  # [S, 3]
    key_softness: Tensor  # [S, 1] radians
    fill: Tensor  # [S, L, 3] positions
    fill_rgb: Tensor  # [S, L, 3]
    zenith: Tensor  # [S, 3]
    horizon: Tensor  # [S, 3]
    ambient_up: Tensor  # [S, 3] radiance from above
    ambient_down: Tensor  # [S, 3] radiance from below
    air: Tensor  # [S, 2] cloud, fog per metre
    grade: Tensor  # [S, 5] gains r g b, saturation, lift

    def frames(self, start: int, end: int) -> Stage:
        """Some of the frames."""
        return Stage(self.counts, *(getattr(self, f.name)[start:end] for f in fields(self)[1:]))

    def only(self, keep: Tensor) -> Stage:
        """Some of the solids, `[N]` bool; at least one is always kept."""
        N = keep.shape[0]
        chosen = keep.nonzero()[:, 0] if bool(keep.any()) else torch.zeros(1, dtype=torch.long, device=keep.device)
        ends = np.cumsum(self.counts)
        kinds = np.searchsorted(ends, chosen.cpu().numpy(), side="right")
        counts = tuple(int((kinds == kind).sum()) for kind in range(len(KINDS)))
        rows = torch.cat([chosen, torch.arange(N, N + 4, device=keep.device)])
        parts = {name: getattr(self, name).index_select(1, chosen) for name in _SOLID_FIELDS}
        return replace(self, counts=counts, looks=self.looks.index_select(1, rows), **parts)


_SOLID_FIELDS = ("to_local", "center", "size", "shape", "bound", "reach")
_GRADES = {
    "natural": (1.0, 1.0, 1.0, 1.06, 0.0),
    "warm": (1.07, 1.0, 0.9, 1.06, 0.0),
    "cool": (0.93, 1.0, 1.08, 1.02, 0.0),
    "vivid": (1.02, 1.02, 1.02, 1.3, 0.0),
    "soft": (1.03, 1.02, 1.0, 0.9, 0.035),
}


def build(
    scenes: Sequence[Scene],
    times_s: Sequence[Array],
    *,
    aspect: float,
    device: torch.device | str,
    dtype: torch.dtype,
    poses: Array | None = None,
    lens: Array | None = None,
    with_subjects: bool = True,
) -> Stage:
    """The stages of several scenes, one behind the other; scenes with fewer solids of a kind are padded.

    `poses` and `lens` replace the scenes' own cameras where given.
    """
    casts = [_solids(scene, times, with_subjects) for scene, times in zip(scenes, times_s, strict=True)]
    counts = tuple(max(max(len(cast[kind]) for cast in casts), int(kind == "sphere")) for kind in KINDS)
    parts = [
        _one(scene, times, cast, counts, aspect, poses, lens)
        for scene, times, cast in zip(scenes, times_s, casts, strict=True)
    ]
    joined = {
        f.name: torch.from_numpy(np.concatenate([part[f.name] for part in parts])).to(device=device, dtype=dtype)
        for f in fields(Stage)[1:]
    }
    return Stage(counts, **joined)


def _solids(scene: Scene, times_s: Array, with_subjects: bool) -> dict[str, list[tuple[Solid, Array, Array]]]:
    """Every solid with its centres `[T, 3]` and rotations `[T, 3, 3]`, by kind."""
    found: dict[str, list[tuple[Solid, Array, Array]]] = {kind: [] for kind in KINDS}
    count = len(times_s)
    for solid in scene.setting.props:
        found[solid.kind].append(
            (solid, np.tile(np.array(solid.center), (count, 1)), np.tile(_turn(solid), (count, 1, 1)))
        )
    for subject in scene.subjects if with_subjects else ():
        for solid, center, turn in placed_parts(subject, times_s):
            found[solid.kind].append((solid, center, turn))
    return found


def placed_parts(subject: Subject, times_s: Array) -> list[tuple[Solid, Array, Array]]:
    """A subject's solids with their centres `[T, 3]` and rotations `[T, 3, 3]` in the world."""
    pose = track(subject, times_s)
    yaw, roll = rotation(1, pose.yaw_rad), rotation(0, pose.roll_rad)
    hinge = np.array([0.0, subject.hinge_m, 0.0])
    placed = []
    for solid in subject.parts:
        center, turn = np.array(solid.center), _turn(solid)
        if solid.joint in pose.joints:
            joint, pivot = pose.joints[solid.joint], np.array(solid.pivot)
            centers, turns = joint @ (center - pivot) + pivot, joint @ turn
        else:
            centers, turns = np.tile(center, (len(times_s), 1)), np.tile(turn, (len(times_s), 1, 1))
        centers = np.einsum("tij,tj->ti", roll, centers - hinge) + hinge
        centers = np.einsum("tij,tj->ti", yaw, centers) + pose.position
        placed.append((solid, centers, yaw @ roll @ turns))
    return placed


def _turn(solid: Solid) -> Array:
    yaw, pitch, roll = (np.radians(np.array(a)) for a in (solid.yaw_deg, solid.pitch_deg, solid.roll_deg))
    return rotation(1, yaw) @ rotation(0, pitch) @ rotation(2, roll)


def _one(
    scene: Scene,
    times_s: Array,
    cast: dict[str, list[tuple[Solid, Array, Array]]],
    counts: tuple[int, ...],
    aspect: float,
    poses: Array | None,
    lens: Array | None,
) -> dict[str, Array]:
    frames = len(times_s)
    rows = [row for kind, count in zip(KINDS, counts, strict=True) for row in _padded(cast[kind], count, frames)]
    turns = np.stack([turn for _, _, turn in rows], axis=1)
    size = np.array([_unit(solid)[0] for solid, _, _ in rows])
    own_poses, zooms = path(scene, times_s) if poses is None else (poses, np.ones(frames))
    setting = scene.setting
    looks = [solid.material for solid, _, _ in rows] + [setting.floor, setting.wall, setting.ceiling, _BLANK.material]
    stage: dict[str, Any] = {
        "to_local": np.swapaxes(turns, -1, -2) / size[None, :, :, None],
        "center": np.stack([center for _, center, _ in rows], axis=1),
        "camera": own_poses,
        "lens": intrinsics(scene.camera, zooms, aspect) if lens is None else lens,
    }
    still = {
        "size": size,
        "shape": np.array([[_unit(solid)[1]] for solid, _, _ in rows]),
        "bound": np.prod(np.array([solid.size for solid, _, _ in rows]), axis=1, keepdims=True) ** (1 / 3),
        "reach": np.array([[_reach(solid)] for solid, _, _ in rows]),
        "looks": np.array([_look(material) for material in looks]),
        "half": np.array(setting.half_extent),
        "window": np.array(setting.window or (1.0, 1.0, -1.0, -1.0)),
        "indoors": np.array([float(setting.interior)]),
        "grade": _grade(scene),
        **_lights(scene),
    }
    for name, value in still.items():
        stage[name] = np.broadcast_to(value, (frames, *value.shape))
    return stage


def _padded(row: list[tuple[Solid, Array, Array]], count: int, frames: int) -> list[tuple[Solid, Array, Array]]:
    blank = (_BLANK, np.tile(np.array(_BLANK.center), (frames, 1)), np.tile(np.eye(3), (frames, 1, 1)))
    return row + [blank] * (count - len(row))


def _unit(solid: Solid) -> tuple[tuple[float, float, float], float]:
    """Metres per local unit, and the shape number."""
    if solid.kind == "capsule":
        radius, half, _ = solid.size
        return (radius, radius, radius), half / radius
    return solid.size, solid.taper


def _reach(solid: Solid) -> float:
    a, b, c = solid.size
    if solid.kind == "capsule":
        return a + b
    if solid.kind == "frustum":
        return math.hypot(max(a, c) * max(1.0, solid.taper), b)
    return max(solid.size) if solid.kind == "sphere" else math.hypot(a, b, c)


def _look(m: Material) -> tuple[float, ...]:
    return (*m.color, *m.second, float(PATTERNS.index(m.pattern)), m.cycles_per_m, m.gloss, m.metal, m.emission)


def _grade(scene: Scene) -> Array:
    """The style's numbers; the camera is balanced most of the way to a lamp's white, and half-way to the sun's."""
    gains = np.array(kelvin_to_rgb(scene.lamps[0].cct_k)) ** (-0.8 if scene.setting.interior else -0.45)
    gains = gains / (gains @ np.array([0.2126, 0.7152, 0.0722]))
    style = np.array(_GRADES[scene.style])
    return np.concatenate([gains * style[:3], style[3:]])


def _lights(scene: Scene) -> dict[str, Array]:
    key, *others = scene.lamps
    sky, setting = scene.sky, scene.setting
    zenith, horizon = np.array(sky.zenith), np.array(sky.horizon)
    key_rgb = np.array(lamp_rgb(key))
    if setting.interior:
        above = np.array(setting.bounce)
        below = above * (0.45 + 0.55 * np.array(setting.floor.color))
    else:
        above = 0.55 * zenith + 0.45 * horizon
        below = np.array(setting.floor.color) * (key_rgb * key.direction[1] / np.pi + above) * 0.8
    fills = [(lamp.position, lamp_rgb(lamp)) for lamp in others] or [((0.0, 9.0, 0.0), (0.0, 0.0, 0.0))]
    return {
        "key": np.array([*(key.direction if key.type == "directional" else key.position), float(key.type == "point")]),
        "key_rgb": key_rgb,
        "key_softness": np.radians(np.array([key.softness_deg])),
        "fill": np.array([place for place, _ in fills]),
        "fill_rgb": np.array([rgb for _, rgb in fills]),
        "zenith": zenith,
        "horizon": horizon,
        "ambient_up": above,
        "ambient_down": below,
        "air": np.array([sky.cloud, 0.0 if setting.interior else sky.fog_per_m]),
    }
