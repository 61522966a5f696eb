"""How often true and false statements of camera and light are questioned by the picture: on shots of the film set.

A minute or more, since the shots are filmed. Of each shot the true path and words are tried, then false ones: the path
mirrored, run backwards, standing still, or another shot's; the words' opposites; the key light from the other side.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import torch
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.quality_geometry import camera_record
from benchmarks.quality_primitives import NAMES
from curation.gating import default_policy
from curation.scoring import camera_in_picture, light_in_picture
from curation.scoring.global_motion import GlobalMotionWatcher
from curation.scoring.light_in_picture import LightWatcher, light_of, together
from curation.scoring.seam import Clip, Sample, Scorer
from studio.camera_moves import intrinsics, path
from studio.compose import compose
from studio.film import film_batch
from studio.specs import Scene

DURATION_S, FPS, WIDTH, HEIGHT = 3.0, 8, 160, 96
MIRROR = np.diag([-1.0, 1.0, 1.0, 1.0])
PAIRS = (
    ("pan_left", "pan_right"),
    ("tilt_up", "tilt_down"),
    ("truck_left", "truck_right"),
    ("pedestal_up", "pedestal_down"),
    ("dolly_in", "dolly_out"),
    ("zoom_in", "zoom_out"),
    ("roll_cw", "roll_ccw"),
)
OPPOSITES = dict(PAIRS) | {second: first for first, second in PAIRS} | {"static": "pan_left"}
GATES = {rule.metric: rule.review for rule in default_policy().rules}


@dataclass(frozen=True)
class Shot:
    scene: Scene
    poses: np.ndarray
    lens: np.ndarray
    clip: Clip

    @property
    def moves(self) -> list[str]:
        return [NAMES.get(move.name, move.name) for move in self.scene.camera.moves]


def film(seed: int) -> Shot:
    """The shot with what the watchers see in it."""
    scene = compose(seed, duration_s=DURATION_S, fps=FPS)
    frames = film_batch([scene], width=WIDTH, height=HEIGHT, samples=1)[0].numpy()
    poses, zooms = path(scene, scene.frame_times())
    motion = GlobalMotionWatcher({"fps_num": FPS, "fps_den": 1, "num_frames": len(frames)})
    for index, frame in enumerate(frames):
        motion.see(SimpleNamespace(index=index, gray=cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)))
    seen = {GlobalMotionWatcher: motion.found(), LightWatcher: together([light_of(frame) for frame in frames[::3]])}
    lens = intrinsics(scene.camera, zooms, WIDTH / HEIGHT)
    return Shot(scene, poses, lens, Clip({"duration_s": DURATION_S}, watched=seen))


def trials(shot: Shot, other: Shot) -> Iterator[tuple[str, float | None]]:
    """What was stated, and the metric's value over its gate (above 1 it is questioned); None where it is not judged."""
    still = np.tile(shot.poses[:1], (len(shot.poses), 1, 1)), np.tile(shot.lens[:1], (len(shot.lens), 1))
    paths = {
        "true": (shot.poses, shot.lens),
        "mirrored": (MIRROR @ shot.poses @ MIRROR, shot.lens),
        "backwards": (shot.poses[::-1], shot.lens[::-1]),
        "standing still": still,
        "another shot's": (other.poses, other.lens),
    }
    for name, (poses, lens) in paths.items():
        yield f"path, {name}", _value(shot, _camera(shot, poses, lens, shot.moves), camera_in_picture.PATH)
    for name, moves in (("true", shot.moves), ("opposite", [OPPOSITES.get(move, move) for move in shot.moves])):
        if name == "true" or moves != shot.moves:
            sample = _camera(shot, shot.poses, shot.lens, moves)
            yield f"words, {name}", _value(shot, sample, camera_in_picture.WORDS)
    key = shot.scene.lamps[0]
    toward = np.array(key.direction if key.type == "directional" else key.position)
    for name, side in (("true", 1), ("opposite", -1)):
        sample = _lit(shot, toward / np.linalg.norm(toward), side)
        yield f"side of the key, {name}", _value(shot, sample, light_in_picture.SIDE)


def _camera(shot: Shot, poses: np.ndarray, lens: np.ndarray, moves: list[str]) -> Sample:
    spans = [
        {"name": name, "start_s": move.start_s, "end_s": min(move.end_s, DURATION_S)}
        for name, move in zip(moves, shot.scene.camera.moves, strict=True)
    ]
    return Sample("a", camera_record(shot.scene, lens, spans), clip=shot.clip, poses=poses)


def _lit(shot: Shot, toward: np.ndarray, side: int) -> Sample:
    """A key lamp from where it is, or from its mirror image across the camera's middle plane."""
    right = shot.poses[len(shot.poses) // 2, :3, 0]
    direction = toward if side > 0 else toward - 2 * (toward @ right) * right
    lamp = {"role": "key", "type": "directional", "direction": (-direction).tolist(), "intensity": 1.0, "unit": "lx"}
    return Sample("a", {"lighting": {"lights": [lamp]}}, clip=shot.clip, poses=shot.poses)


def _value(shot: Shot, sample: Sample, metric: str) -> float | None:
    scorers: tuple[Scorer, ...] = (camera_in_picture.CameraInPictureScorer(), light_in_picture.LightInPictureScorer())
    [scorer] = [scorer for scorer in scorers if metric in scorer.metrics]
    [items] = scorer.score([sample])
    gate: Any = GATES[metric]
    return next((item.value / gate for item in items if item.metric == metric and item.value is not None), None)


def measure(seeds: range) -> dict[str, tuple[int, int]]:
    """What was stated -> how many were questioned, how many were judged."""
    counts: dict[str, tuple[int, int]] = {}
    other = film(seeds[-1])
    for seed in seeds:
        shot = film(seed)
        for name, value in trials(shot, other):
            questioned, judged = counts.get(name, (0, 0))
            counts[name] = (questioned + int(value is not None and value > 1), judged + int(value is not None))
        other = shot
    return counts


def table(counts: Mapping[str, tuple[int, int]]) -> Table:
    shown = Table("stated", "questioned", "judged", title="what the picture questions")
    for name, (questioned, judged) in counts.items():
        shown.add_row(name, f"{questioned} ({questioned / max(judged, 1):.0%})", str(judged))
    return shown


def main(first: int = 300, shots: int = 24) -> None:
    torch.set_num_threads(1)
    counts = measure(range(first, first + shots))
    Console(stderr=True).print(table(counts))
    print(json.dumps({name: round(questioned / max(judged, 1), 3) for name, (questioned, judged) in counts.items()}))


if __name__ == "__main__":
    typer.run(main)
