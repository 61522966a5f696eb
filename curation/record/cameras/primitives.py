"""A path in words: movements of CameraBench from the windowed rate of change of pose and focal length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from curation.record.cameras.checks import heading_pitch_roll
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rotations import rotation_vectors
from curation.record.problems import refuse
from curation.record.vocabulary import ARC_PARTS, SUBJECT_RELATIVE

WINDOW_S = 0.6
ROTATION_START = np.radians(2.0)  # rad/s
TRANSLATION_START_M = 0.05  # m/s, where the depth of the scene is unknown
TRANSLATION_START_DEPTHS = 0.02  # scene depths per second
ZOOM_START = 0.02  # of the focal length per second
# A movement along one axis leaks into the others when the camera is tilted or shakes: less than this share is leakage.
LEAKAGE = 0.35
# A movement starts at its threshold and lasts while it keeps this share of it. It has to travel as far as the threshold
# does in `TRAVEL_S`, or it is shake; one that never reaches the threshold, as far as in `SLOW_TRAVEL_S`.
SUSTAINED = 0.5
TRAVEL_S = 0.5
SLOW_TRAVEL_S = 2.0
# A pause is shorter than this and does not turn the movement round.
PAUSE_S = 0.5
SHORTEST_S = 0.25
STEEPEST_PITCH = np.radians(60.0)
SAMPLES_PER_S = 20

# Channels of the twist, each with its name for positive and for negative rates.
CHANNELS: tuple[tuple[str, str], ...] = (
    ("truck_right", "truck_left"),
    ("pedestal_down", "pedestal_up"),
    ("dolly_in", "dolly_out"),
    ("tilt_up", "tilt_down"),
    ("pan_right", "pan_left"),
    ("roll_cw", "roll_ccw"),
    ("zoom_in", "zoom_out"),
)
TRANSLATIONS, ROTATIONS, ZOOM = slice(0, 3), slice(3, 6), 6


@dataclass(frozen=True)
class Primitive:
    """A movement over a stretch of time; `confidence` in [0, 1] is 0.5 at the threshold and grows with the speed."""

    name: str
    start_s: float
    end_s: float
    confidence: float


class Spanned(Protocol):
    """Anything with a name and a stretch: a `Primitive`, or a declared one of a record."""

    @property
    def name(self) -> str: ...

    @property
    def start_s(self) -> float: ...

    @property
    def end_s(self) -> float: ...


def derive_primitives(path: CameraPath, *, scene_depth_m: float | None = None) -> list[Primitive]:
    """Movements of the camera in order of their start; `static` where there is none.

    Translation is told in the camera's own axes; rotation against the horizon where up is known, else in the
    camera's axes. An arc is a sideways movement against a turn, and is told in their place.

    Args:
        path: Finite, with increasing times.
        scene_depth_m: Typical distance of what is seen; makes the translation threshold relative to it.

    Raises:
        RecordRefused: The path has no times, they do not increase, or it is not finite.
    """
    if path.times_s is None or not np.all(np.diff(path.times_s) > 0):
        raise refuse("times_s", "no_times", "Movements need frames with increasing times.", "Give the frame rate.")
    if not np.isfinite(path.c2w).all():
        raise refuse("", "not_finite", "The path holds values that are not finite.", "Repair the path first.")
    if len(path) < 2:
        return [Primitive("static", float(path.times_s[0]), float(path.times_s[0]), 0.5)]
    ratios = _rates(path, path.times_s) / _thresholds(scene_depth_m)
    strengths = _strengths(ratios, path.times_s)
    found = [
        primitive
        for name, strength in strengths.items()
        for primitive in _stretches(name, strength, path.times_s, speed=strength)
    ]
    still = np.where(np.any([strength > 0 for strength in strengths.values()], axis=0), 0.0, 1.0)
    calm = 1 / (1 + np.abs(ratios).max(axis=1)) / (1 - 0.5)
    found += _stretches("static", still, path.times_s, speed=calm)
    return sorted(found, key=lambda primitive: (primitive.start_s, primitive.name))


def primitive_f1(declared: Sequence[Spanned], derived: Sequence[Spanned], duration_s: float) -> float | None:
    """How well two tellings of a movement agree over time, in [0, 1]; None where there is nothing to compare.

    The F1 of (instant, name) pairs at 20 instants a second. Arcs count as their parts, and movements named by the
    subject (tracking) are left out of both: a path cannot show them.
    """
    instants = (np.arange(max(1, round(duration_s * SAMPLES_PER_S))) + 0.5) / SAMPLES_PER_S
    first, second = _marks(declared, instants), _marks(derived, instants)
    names = sorted(first.keys() | second.keys())
    nowhere = np.zeros(len(instants), dtype=bool)
    # Instants where only movements that a path cannot show were declared are not compared.
    told = np.any([nowhere, *first.values()], axis=0)
    if not told.any():
        return None
    pairs = [(first.get(name, nowhere)[told], second.get(name, nowhere)[told]) for name in names]
    both = sum(int(np.sum(a & b)) for a, b in pairs)
    total = sum(int(a.sum()) + int(b.sum()) for a, b in pairs)
    return 2 * both / total if total else None


def _marks(primitives: Sequence[Spanned], instants: Floats) -> dict[str, np.ndarray]:
    marks: dict[str, np.ndarray] = {}
    for primitive in primitives:
        if primitive.name in SUBJECT_RELATIVE:
            continue
        inside = (instants >= primitive.start_s) & (instants < primitive.end_s)
        for name in ARC_PARTS.get(primitive.name, (primitive.name,)):
            marks[name] = marks.get(name, np.zeros(len(instants), dtype=bool)) | inside
    return marks


def _thresholds(scene_depth_m: float | None) -> Floats:
    translation = TRANSLATION_START_M if scene_depth_m is None else TRANSLATION_START_DEPTHS * scene_depth_m
    return np.array([translation] * 3 + [ROTATION_START] * 3 + [ZOOM_START])


def _rates(path: CameraPath, times_s: Floats) -> Floats:
    """`[F, 7]` rates per second of `CHANNELS`: slopes of straight lines through windows of the summed movement."""
    travelled = np.zeros((len(path), len(CHANNELS)))
    rotations = path.rotations
    steps = np.diff(path.positions, axis=0)
    halfway = 0.5 * (rotations[:-1] + rotations[1:])
    travelled[1:, TRANSLATIONS] = np.einsum("fji,fj->fi", halfway, steps)
    travelled[1:, ROTATIONS] = _turns(path)
    if path.intrinsics is not None and np.all(path.intrinsics[:, 0] > 0):
        travelled[1:, ZOOM] = np.diff(np.log(path.intrinsics[:, 0]))
    return _slopes(times_s, np.cumsum(travelled, axis=0))


def _turns(path: CameraPath) -> Floats:
    """`[F - 1, 3]` steps of tilt, pan and roll in radians."""
    if path.up != "unknown":
        heading, pitch, roll = heading_pitch_roll(path)
        if np.all(np.abs(pitch) < STEEPEST_PITCH):
            return np.stack([np.diff(pitch), np.diff(np.unwrap(heading)), np.diff(np.unwrap(roll))], axis=1)
    # About x right: tilt up; about y down: pan right; about z forward: roll clockwise.
    return rotation_vectors(np.swapaxes(path.rotations[:-1], 1, 2) @ path.rotations[1:])


def _slopes(times_s: Floats, values: Floats) -> Floats:
    """Least-squares slope of `values` `[F, C]` in the window around each instant, by running sums."""
    times = times_s - times_s.mean()
    low = np.searchsorted(times, times - WINDOW_S / 2, side="left")
    high = np.searchsorted(times, times + WINDOW_S / 2, side="right")
    # A window holds two frames at least, however slow the clock.
    low, high = np.minimum(low, np.arange(len(times)) - 1).clip(0), np.maximum(high, low + 2).clip(max=len(times))
    low = np.minimum(low, high - 2)

    def total(series: Floats) -> Floats:
        sums = np.concatenate([np.zeros((1, series.shape[1])), np.cumsum(series, axis=0)])
        return sums[high] - sums[low]

    column = times[:, None]
    count = (high - low)[:, None]
    t, y, ty, tt = total(column), total(values), total(column * values), total(column * column)
    return (ty - t * y / count) / (tt - t * t / count)


def _strengths(ratios: Floats, times_s: Floats) -> dict[str, Floats]:
    """`[F]` speed over its threshold for each movement, 0 where it does not happen."""
    own = np.ones(ratios.shape, dtype=bool)
    for group in (TRANSLATIONS, ROTATIONS):
        strong = np.abs(ratios[:, group])
        own[:, group] = strong >= LEAKAGE * strong.max(axis=1, keepdims=True)
    kept = np.where(own, ratios, 0.0)
    strengths = {}
    for channel, (positive, negative) in enumerate(CHANNELS):
        strengths[positive] = _sustained(kept[:, channel], times_s)
        strengths[negative] = _sustained(-kept[:, channel], times_s)
    for arc, (truck, pan) in ARC_PARTS.items():
        both = (strengths[truck] > 0) & (strengths[pan] > 0)
        strengths[arc] = np.where(both, np.minimum(strengths[truck], strengths[pan]), 0.0)
        strengths[truck] = np.where(both, 0.0, strengths[truck])
        strengths[pan] = np.where(both, 0.0, strengths[pan])
    return strengths


def _sustained(ratio: Floats, times_s: Floats) -> Floats:
    """The ratio where a movement lasts, pauses included, 0 elsewhere."""
    result = np.zeros_like(ratio)
    frame_s = np.gradient(times_s)
    going = ratio > SUSTAINED
    for start, end in _runs(~going):
        inside = start > 0 and end < len(ratio)
        if inside and times_s[end] - times_s[start] < PAUSE_S and ratio[start:end].min() > -SUSTAINED:
            going[start:end] = True
    for start, end in _runs(going):
        part = ratio[start:end]
        travel = float(part @ frame_s[start:end])
        if travel >= (TRAVEL_S if part.max() > 1 else SLOW_TRAVEL_S):
            result[start:end] = np.maximum(part, 1e-3)
    return result


def _runs(mask: np.ndarray) -> list[tuple[int, int]]:
    """First frame of each run of True, and the frame after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _stretches(name: str, strength: Floats, times_s: Floats, *, speed: Floats) -> Iterator[Primitive]:
    """Runs of positive strength that last; a run ends where the next frame starts."""
    for start, end in _joined(_runs(strength > 0), times_s):
        start_s, end_s = float(times_s[start]), float(times_s[min(end, len(times_s) - 1)])
        if end_s - start_s >= min(SHORTEST_S, float(times_s[-1] - times_s[0])):
            mean = float(speed[start:end][strength[start:end] > 0].mean())
            yield Primitive(name, start_s, end_s, mean / (1 + mean))


def _joined(runs: list[tuple[int, int]], times_s: Floats) -> list[tuple[int, int]]:
    """Runs with the short gaps between them closed."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and times_s[start] - times_s[joined[-1][1] - 1] < SHORTEST_S:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
