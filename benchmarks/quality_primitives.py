"""How well the pose tagger names the film set's movements, whose names are known: F1 per primitive.

Every primitive alone, every pair of different kinds at once, and pairs one after the other, held smoothly, by hand and
shakily. An arc is a slide and a turn, so arcs are not paired with either, nor slides with the turns that make arcs of
them: such pairs have two right names. Where nothing moves the camera is static.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from rich.table import Table

from curation.record.cameras import CameraPath, Primitive, derive_primitives
from studio.camera_moves import MOVES, intrinsics, path
from studio.compose import compose
from studio.specs import Move, Scene

DURATION_S, FPS, ASPECT = 4.0, 24, 16 / 9
HOLDS = ("smooth", "handheld", "shaky")
SEEDS = 5
INSTANTS_PER_S = 20
# Instants nearer than this to a true start or end are not counted, as in the evaluation of sound events.
COLLAR_S = 0.2
# The film set names an arc by the side the camera goes to; CameraBench by the sense seen from above.
NAMES = {"arc_left": "arc_cw", "arc_right": "arc_ccw"}
ARCS_BY_DEFINITION = ({"truck_right", "pan_left"}, {"truck_left", "pan_right"})
PARTS_OF_ARCS = ({"arc", "truck"}, {"arc", "pan"})
MOVING = tuple(name for name in MOVES if name not in ("static", "tracking"))


@dataclass(frozen=True)
class Take:
    """One path to be told in words: its movements, at once or in turn."""

    moves: tuple[str, ...]
    hold: str
    seed: int
    in_turn: bool = False


@dataclass(frozen=True)
class Filmed:
    path: CameraPath
    scene_depth_m: float
    truth: tuple[Primitive, ...]


def takes() -> list[Take]:
    """All takes that the figures are made of, the same every time."""
    alone = [Take((name,), hold, seed) for name in ("static", *MOVING) for hold in HOLDS for seed in range(SEEDS)]
    pairs = [pair for pair in itertools.combinations(MOVING, 2) if _are_two(*pair)]
    paired = [
        Take(pair, HOLDS[seed % 2], seed, in_turn) for seed, pair in enumerate(pairs) for in_turn in (False, True)
    ]
    return alone + paired


def _are_two(first: str, second: str) -> bool:
    """Whether two movements are of different kinds and have one name each."""
    kinds = {first.split("_")[0], second.split("_")[0]}
    return len(kinds) == 2 and kinds not in PARTS_OF_ARCS and {first, second} not in ARCS_BY_DEFINITION


def film(take: Take) -> Filmed:
    """The take's path on the film set."""
    scene = compose(take.seed, duration_s=DURATION_S, fps=FPS, move=list(take.moves), steadiness=take.hold)
    if take.in_turn:
        scene = _one_after_the_other(scene)
    times = scene.frame_times()
    poses, zooms = path(scene, times)
    depth = float(np.linalg.norm(np.subtract(scene.camera.position, scene.camera.target)))
    moves = [move for move in scene.camera.moves if move.name != "static"]
    truth = tuple(Primitive(NAMES.get(move.name, move.name), move.start_s, move.end_s, 1.0) for move in moves)
    return Filmed(CameraPath(poses, intrinsics(scene.camera, zooms, ASPECT), times, up="declared"), depth, truth)


def _one_after_the_other(scene: Scene) -> Scene:
    """The two movements of a scene in turn, each at twice its speed, with a pause between."""
    first, second = scene.camera.moves
    moves = (
        Move(first.name, 0.1 * DURATION_S, 0.45 * DURATION_S, 2 * first.speed),
        Move(second.name, 0.55 * DURATION_S, 0.9 * DURATION_S, 2 * second.speed),
    )
    return replace(scene, camera=replace(scene.camera, moves=moves))


def measure(chosen: Iterable[Take] | None = None) -> dict[str, float]:
    """F1 in [0, 1] of each primitive over the instants of the chosen takes, or of all of them."""
    counts: dict[str, Counter[str]] = {}
    for take in takes() if chosen is None else chosen:
        _count(film(take), counts)
    return {name: _f1(count) for name, count in sorted(counts.items())}


def _f1(count: Mapping[str, int]) -> float:
    """2 TP / (2 TP + FP + FN)."""
    either = count["told"] + count["true"]
    return 2 * count["both"] / either if either else 1.0


def _count(filmed: Filmed, counts: dict[str, Counter[str]]) -> None:
    derived = derive_primitives(filmed.path, scene_depth_m=filmed.scene_depth_m)
    instants = _clear_of_edges(filmed)
    nowhere = np.zeros(len(instants), dtype=bool)
    truth, found = _marks(filmed.truth, instants), _marks(derived, instants)
    truth["static"] = ~np.any([nowhere, *truth.values()], axis=0)
    for name in truth.keys() | found.keys():
        told, true = found.get(name, nowhere), truth.get(name, nowhere)
        count = counts.setdefault(name, Counter())
        count.update(both=int((told & true).sum()), told=int(told.sum()), true=int(true.sum()))


def _clear_of_edges(filmed: Filmed) -> np.ndarray:
    instants = np.arange(0.5 / INSTANTS_PER_S, DURATION_S - 1 / FPS, 1 / INSTANTS_PER_S)
    edges = [edge for primitive in filmed.truth for edge in (primitive.start_s, primitive.end_s)]
    return instants[[all(abs(instant - edge) > COLLAR_S for edge in edges) for instant in instants]]


def _marks(primitives: Iterable[Primitive], instants: np.ndarray) -> dict[str, np.ndarray]:
    """Which of the instants each primitive covers."""
    marks: dict[str, np.ndarray] = {}
    for primitive in primitives:
        inside = (instants >= primitive.start_s) & (instants < primitive.end_s)
        marks[primitive.name] = marks.get(primitive.name, False) | inside
    return marks


def table(figures: Mapping[str, float]) -> Table:
    """The figures as people read them, worst first."""
    shown = Table("primitive", "F1", title="movements told from the path")
    for name, value in sorted(figures.items(), key=lambda item: item[1]):
        shown.add_row(name, f"{value:.3f}")
    return shown
