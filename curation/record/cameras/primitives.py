"""A path in words: movements of CameraBench from the windowed rate of change of pose and focal length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rates import CHANNELS, PAN, ROTATIONS, TRANSLATIONS, TRUCK, Rates, measure_rates
from curation.record.problems import refuse
from curation.record.vocabulary import ARC_PARTS, SUBJECT_RELATIVE, CameraSpeed

# A movement along one axis leaks into the others when the camera is tilted: what mostly has less than this share of
# the strongest is leakage.
LEAKAGE = 0.3
# A movement starts at its threshold and lasts while it keeps this share of it. It has to travel as far as the threshold
# does in `TRAVEL_S`, or it is shake; one that never reaches the threshold, as far as in `SLOW_TRAVEL_S`; and in any
# case so many deviations of the shake that the path has.
SUSTAINED = 0.5
TRAVEL_S = 0.5
SLOW_TRAVEL_S = 2.0
SHAKES = 8.0
# A pause is shorter than this and does not turn the movement round.
PAUSE_S = 0.3
SHORTEST_S = 0.15
# An arc's centre stands about as far as the scene, where that is known.
ARC_RADIUS_DEPTHS = (0.25, 4.0)
# In thresholds: slow below the first, fast from the second on.
SPEEDS = (5.0, 20.0)
SAMPLES_PER_S = 20


@dataclass(frozen=True)
class Primitive:
    """A movement over a stretch of time.

    Attributes:
        name: One of `CAMERA_PRIMITIVES`.
        confidence: In [0, 1]; 0.5 at the threshold, growing with the speed.
        speed: slow, regular or fast; None for static.
        rate: Mean speed: m/s of a translation, deg/s of a rotation or an arc, shares of the focal length per second of
            a zoom; None for static.
    """

    name: str
    start_s: float
    end_s: float
    confidence: float
    speed: CameraSpeed | None = None
    rate: float | None = None


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
    camera's axes. An arc is a sideways movement against a turn, and is told in their place. Handheld shake is told by
    `derive_steadiness`, not as movements.

    Args:
        path: Finite, with increasing times.
        scene_depth_m: Typical distance of what is seen; makes the translation threshold relative to it.

    Raises:
        RecordRefused: The path has no times, they do not increase, or it is not finite.
    """
    times_s = followable(path)
    if len(path) < 2:
        return [Primitive("static", float(times_s[0]), float(times_s[0]), 0.5)]
    rates = measure_rates(path, times_s, scene_depth_m=scene_depth_m)
    strengths = _strengths(rates, times_s, scene_depth_m)
    found = [p for name, strength in strengths.items() for p in _stretches(name, strength, rates, times_s)]
    moves = np.any([strength > 0 for strength in strengths.values()], axis=0)
    found += _still(~moves, rates.ratios, times_s)
    return sorted(found, key=lambda primitive: (primitive.start_s, primitive.name))


def followable(path: CameraPath) -> Floats:
    """The times of a path that movements can be read from.

    Raises:
        RecordRefused: The path has no times, they do not increase, or it is not finite.
    """
    if path.times_s is None or not np.all(np.diff(path.times_s) > 0):
        raise refuse("times_s", "no_times", "Movements need frames with increasing times.", "Give the frame rate.")
    if not np.isfinite(path.c2w).all():
        raise refuse("", "not_finite", "The path holds values that are not finite.", "Repair the path first.")
    return path.times_s


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


def _strengths(rates: Rates, times_s: Floats, scene_depth_m: float | None) -> dict[str, Floats]:
    """`[F]` speed in thresholds of each movement, 0 where it does not happen."""
    ratios = rates.ratios
    shares = np.ones(ratios.shape)
    for group in (TRANSLATIONS, ROTATIONS):
        strong = np.abs(ratios[:, group])
        shares[:, group] = strong / np.maximum(strong.max(axis=1, keepdims=True), 1e-12)
    strengths = {}
    for channel, (positive, negative) in enumerate(CHANNELS):
        own, least = shares[:, channel] / LEAKAGE, SHAKES * float(rates.shake[channel])
        strengths[positive] = _sustained(ratios[:, channel], own, times_s, rates.window_s, least)
        strengths[negative] = _sustained(-ratios[:, channel], own, times_s, rates.window_s, least)
    _tell_arcs(strengths, rates, scene_depth_m)
    return strengths


def _tell_arcs(strengths: dict[str, Floats], rates: Rates, scene_depth_m: float | None) -> None:
    """Puts arcs in the place of the sideways movements and turns that make them."""
    around = np.ones(len(rates.per_second), dtype=bool)
    if scene_depth_m is not None:
        low, high = (share * scene_depth_m for share in ARC_RADIUS_DEPTHS)
        sideways, turn = np.abs(rates.per_second[:, [TRUCK, PAN]]).T
        around = (sideways >= low * turn) & (sideways <= high * turn)
    for arc, (truck, pan) in ARC_PARTS.items():
        both = (strengths[truck] > 0) & (strengths[pan] > 0) & around
        strengths[arc] = np.where(both, np.minimum(strengths[truck], strengths[pan]), 0.0)
        strengths[truck] = np.where(both, 0.0, strengths[truck])
        strengths[pan] = np.where(both, 0.0, strengths[pan])


def _sustained(ratio: Floats, own: Floats, times_s: Floats, window_s: float, least_travel_s: float) -> Floats:
    """The ratio where a movement lasts, pauses included, 0 elsewhere; it is its own, not leakage, where `own` is 1."""
    result = np.zeros_like(ratio)
    going = _without_pauses(ratio, times_s, max(PAUSE_S, window_s / 2))
    travelled = np.concatenate([[0.0], np.cumsum(ratio * np.gradient(times_s))])
    least = max(TRAVEL_S, least_travel_s)
    for start, end in _runs(going):
        travel = travelled[end] - travelled[start]
        if travel < least:
            continue
        part = ratio[start:end]
        far = part.max() > 1 or travel >= SLOW_TRAVEL_S
        if far and float(np.median(own[start:end])) >= 1:
            first, last = _true_ends(part, start, end, times_s, window_s)
            result[first:last] = np.maximum(ratio[first:last], 1e-3)
    return result


def _without_pauses(ratio: Floats, times_s: Floats, pause_s: float) -> np.ndarray:
    """Where a movement goes on, pauses included: short, and without turning round."""
    going = ratio > SUSTAINED
    for start, end in _runs(~going):
        inside = start > 0 and end < len(ratio)
        if inside and times_s[end] - times_s[start] < pause_s and ratio[start:end].min() > -SUSTAINED:
            going[start:end] = True
    return going


def _true_ends(part: Floats, start: int, end: int, times_s: Floats, window_s: float) -> tuple[int, int]:
    """Where a movement that seems to run from `start` to `end` really does: a window sees it come and go too early.

    Over an abrupt start to the speed V the windowed slope rises as V x^2 (3 - 2x), x the share of the window that is
    past it.
    """
    level = min(SUSTAINED / float(np.median(part)), 0.5)
    early_s = window_s * np.sin(np.arcsin(1 - 2 * level) / 3)
    first, last = start, end
    if start > 0:
        first = int(np.searchsorted(times_s, times_s[start] + early_s))
    if end < len(times_s):
        last = int(np.searchsorted(times_s, times_s[end] - early_s))
    return (first, last) if first < last else (start, end)


def _runs(mask: np.ndarray) -> list[tuple[int, int]]:
    """First frame of each run of True, and the frame after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _stretches(name: str, strength: Floats, rates: Rates, times_s: Floats) -> Iterator[Primitive]:
    """Runs of positive strength that last; a run ends where the next frame starts."""
    channel = PAN if name in ARC_PARTS else next(c for c, names in enumerate(CHANNELS) if name in names)
    for start, end in _joined(_runs(strength > 0), times_s):
        start_s, end_s = float(times_s[start]), float(times_s[min(end, len(times_s) - 1)])
        if end_s - start_s >= min(SHORTEST_S, float(times_s[-1] - times_s[0])):
            going = strength[start:end] > 0
            mean = float(strength[start:end][going].mean())
            rate = float(np.abs(rates.per_second[start:end, channel][going]).mean())
            degrees = np.degrees(rate) if ROTATIONS.start <= channel < ROTATIONS.stop else rate
            yield Primitive(name, start_s, end_s, mean / (1 + mean), _speed(mean), float(degrees))


def _speed(strength: float) -> CameraSpeed:
    slow, fast = SPEEDS
    return "slow" if strength < slow else "regular" if strength < fast else "fast"


def _still(still: np.ndarray, ratios: Floats, times_s: Floats) -> Iterator[Primitive]:
    """Stretches where nothing moves, the surer the calmer."""
    for start, end in _runs(still):
        start_s, end_s = float(times_s[start]), float(times_s[min(end, len(times_s) - 1)])
        if end_s - start_s >= min(SHORTEST_S, float(times_s[-1] - times_s[0])):
            calm = float(np.mean(1 / (1 + np.abs(ratios[start:end]).max(axis=1))))
            yield Primitive("static", start_s, end_s, calm)


def _joined(runs: list[tuple[int, int]], times_s: Floats) -> list[tuple[int, int]]:
    """Runs with the short gaps between them closed."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and times_s[start] - times_s[joined[-1][1] - 1] < SHORTEST_S:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
