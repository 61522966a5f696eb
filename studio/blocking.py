"""Where the camera stands and how it moves, so that the subjects stay in the picture and nothing stands in the way."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.camera_moves import MOVES, path
from studio.motion import heading_vector, track
from studio.specs import CameraPlan, Move, Scene, Setting, Sky, Subject

Rng = np.random.Generator
Array = NDArray[np.float64]
_TRIES = 10
_NO_SKY = Sky("", "", 0, 0, (0, 0, 0), (0, 0, 0), (0, 0, 0), 0, 0, 0)
# total effect of a move over the clip: metres per metre of distance to the subject, degrees, or log focal
_TOTALS: dict[str, tuple[float, float]] = {
    "dolly": (0.22, 0.36),
    "truck": (0.2, 0.34),
    "pedestal": (0.12, 0.22),
    "pan": (16, 28),
    "tilt": (9, 15),
    "roll": (14, 28),
    "zoom": (0.3, 0.5),
    "arc": (25, 50),
}


def frame_camera(
    rng: Rng,
    subjects: Sequence[Subject],
    setting: Setting,
    *,
    view_deg: float,
    duration_s: float,
    fps: int,
    move: str | Sequence[str] | None,
    steadiness: str | None,
) -> CameraPlan:
    """The first of ten drawn plans that holds every subject in frame, or the one that comes nearest."""
    names = _moves(rng, subjects, move)
    still = names == ["static"]
    hold = steadiness or ("handheld" if rng.random() < 0.18 else "static" if still else "smooth")
    best: tuple[float, CameraPlan] | None = None
    for attempt in range(_TRIES):
        plan = _plan(rng, subjects, setting, names, hold, view_deg, duration_s, wider=1 + 0.07 * attempt)
        fault = _fault(plan, subjects, setting, duration_s, fps)
        if best is None or fault < best[0]:
            best = fault, plan
        if fault == 0:
            break
    assert best is not None  # at least one plan was drawn
    return best[1]


def _moves(rng: Rng, subjects: Sequence[Subject], asked: str | Sequence[str] | None) -> list[str]:
    if asked is not None:
        return [asked] if isinstance(asked, str) else list(asked)
    travels = subjects[0].motion.speed_m_s > 0.5
    names = [m for m in MOVES if m != "tracking" or travels]
    first = str(rng.choice(names))
    if first in ("static", "tracking") or rng.random() > 0.2:
        return [first]
    others = [m for m in MOVES if m not in ("static", "tracking") and m.split("_")[0] != first.split("_")[0]]
    return [first, str(rng.choice(others))]


def _plan(
    rng: Rng,
    subjects: Sequence[Subject],
    setting: Setting,
    names: list[str],
    hold: str,
    view_deg: float,
    duration_s: float,
    wider: float,
) -> CameraPlan:
    middle = np.array([0.5 * duration_s])
    stands = np.array([track(s, middle).position[0] for s in subjects])
    tops = max(s.height_m + p[1] for s, p in zip(subjects, stands, strict=True))
    reach = max(float(np.hypot(p[0], p[2])) + s.radius_m for s, p in zip(subjects, stands, strict=True))
    lift = max(s.motion.height_m for s in subjects)
    size = max(tops, lift * 0.8 + 0.6 * tops, 1.5 * reach)
    fov = float(rng.uniform(38, 58)) if setting.interior else float(rng.uniform(32, 55))
    distance = wider * float(rng.uniform(1.25, 1.9)) * size / (2 * math.tan(math.radians(fov) / 2))
    focus = stands.mean(axis=0) + np.array([0.0, 0.45 * tops, 0.0])
    bearing = view_deg + float(rng.uniform(-18, 18))
    height = float(rng.uniform(0.35, 1.0)) * max(1.0, 0.28 * distance) + 0.25 * tops
    spot = focus - distance * np.array(heading_vector(bearing))
    spot[1] = height
    if setting.interior:
        bound = np.array(setting.half_extent) - 0.35
        spot = np.clip(spot, [-bound[0], 0.3, -bound[2]], bound)
        far = float(np.linalg.norm(spot - focus))
        fov = min(74.0, max(fov, 2 * math.degrees(math.atan(0.62 * wider * size / far))))
    far = float(np.linalg.norm(spot - focus))
    moves = tuple(_move(rng, name, far, duration_s, setting.interior, wider) for name in names)
    position = (round(float(spot[0]), 4), round(float(spot[1]), 4), round(float(spot[2]), 4))
    target = (round(float(focus[0]), 4), round(float(focus[1]), 4), round(float(focus[2]), 4))
    followed = subjects[0].name if "tracking" in names else ""
    return CameraPlan(position, target, round(fov, 3), moves, hold, int(rng.integers(1 << 30)), followed)  # type: ignore[arg-type]  # hold is one of STEADINESS, checked by compose


def _move(rng: Rng, name: str, distance_m: float, duration_s: float, interior: bool, wider: float) -> Move:
    start = round(float(rng.uniform(0, 0.15)) * duration_s, 3) if duration_s > 1.5 else 0.0
    end = round(float(rng.uniform(0.85, 1.0)) * duration_s, 3) if duration_s > 1.5 else duration_s
    kind = name.split("_")[0]
    if kind not in _TOTALS:
        return Move(name, 0.0, duration_s, 0.0)
    total = float(rng.uniform(*_TOTALS[kind])) / wider
    if kind in ("dolly", "truck", "pedestal"):
        total *= min(distance_m, 14.0)
    if interior and kind == "arc":
        total *= 0.6
    return Move(name, start, end, round(total / (end - start), 4))


def _fault(plan: CameraPlan, subjects: Sequence[Subject], setting: Setting, duration_s: float, fps: int) -> float:
    """How badly a plan holds the action: 0 when nothing is amiss."""
    scene = Scene(
        0, duration_s, max(2, round(8 / duration_s)), setting, _NO_SKY, (), tuple(subjects), plan, (), "natural"
    )
    times = np.linspace(0, duration_s, 9)
    poses, zooms = path(scene, times)
    half = math.tan(math.radians(plan.fov_y_deg) / 2) / zooms
    fault = 0.0
    for subject in subjects:
        center = track(subject, times).position + np.array([0, 0.5 * subject.height_m, 0])
        seen = np.einsum("tji,tj->ti", poses[:, :3, :3], center - poses[:, :3, 3])
        depth = np.maximum(seen[:, 2], 1e-3)
        out = np.maximum(np.abs(seen[:, 0]) / depth / half, np.abs(seen[:, 1]) / depth / half)
        fault += float(np.mean(np.maximum(out - 0.85, 0)))
        fault += float(np.mean(np.linalg.norm(center - poses[:, :3, 3], axis=1) < subject.radius_m + 0.6)) * 5
    spots = poses[:, :3, 3]
    fault += 5 * float(np.mean(spots[:, 1] < 0.15))
    if setting.interior:
        fault += 5 * float(np.mean(np.any(np.abs(spots) > np.array(setting.half_extent) - 0.15, axis=1)))
    return fault + _in_the_way(spots, subjects, setting)


def _in_the_way(spots: Array, subjects: Sequence[Subject], setting: Setting) -> float:
    """Props the camera would touch, or that stand between it and a subject."""
    fault = 0.0
    ends = [np.array(s.position) + np.array([0, 0.5 * s.height_m, 0]) for s in subjects]
    for prop in setting.props:
        size, center = max(prop.size[0], prop.size[2]), np.array(prop.center)
        if size > 20:
            continue
        fault += 5 * float(np.mean(np.linalg.norm(spots - center, axis=1) < size + 0.3))
        for end in ends:
            way = end - spots
            along = np.clip(np.sum((center - spots) * way, axis=1) / np.sum(way * way, axis=1), 0, 1)
            gap = np.linalg.norm((spots + along[:, None] * way - center)[:, [0, 2]], axis=1)
            low = spots[:, 1] + along * way[:, 1] < center[1] + prop.size[1]
            fault += float(np.mean((gap < size + 0.15) & low & (center[1] - prop.size[1] < 2)))
    return fault
