"""Do the checks of camera and light rise with what they are to find? And how near is a map's light to the truth?

Paths and maps of the film set are spoiled step by step; Spearman's rank correlation of each metric with the level of
the fault is 1 where every step counts. `light_errors` compares maps with the lamps that lit them.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.spatial.transform import Rotation
from scipy.stats import spearmanr

from curation.record import lighting as light
from curation.scoring.camera_checks import CameraScorer
from curation.scoring.camera_in_picture import CameraInPictureScorer
from curation.scoring.global_motion import GlobalMotionWatcher, PictureMotion, expected_motion
from curation.scoring.light_in_picture import LightInPictureScorer, LightWatcher, PictureLight
from curation.scoring.lighting_checks import LightingScorer
from curation.scoring.seam import Clip, EnvironmentMap, Sample, Scorer
from studio.camera_moves import intrinsics, path
from studio.compose import compose
from studio.film import environment_map
from studio.specs import Scene

DURATION_S, FPS, ASPECT = 2.0, 24, 16 / 9
LEVELS = np.linspace(0, 1, 9)
SEEDS = (1, 26, 43)
DEPTH_M = 6.0
Spoil = Callable[[Scene, float], Sample]


def measure() -> dict[str, float]:
    """Spearman's correlation in [-1, 1] of each metric with the level of its fault, the lowest of three scenes."""
    scenes = [compose(seed, duration_s=DURATION_S, fps=FPS) for seed in SEEDS]
    return {
        metric: min(_correlation(metric, scorer, spoil, scene) for scene in scenes)
        for metric, scorer, spoil in _sweeps()
    }


def _correlation(metric: str, scorer: Scorer, spoil: Spoil, scene: Scene) -> float:
    values = []
    for level in LEVELS:
        [items] = scorer.score([spoil(scene, float(level))])
        values += [item.value for item in items if getattr(item, "metric", "") == metric]
    falls = metric in ("camera.declared_f1", "lighting.dynamic_range_stops")
    return float(spearmanr(LEVELS, np.array(values, dtype=float) * (-1 if falls else 1)).statistic)


def _sweeps() -> Iterator[tuple[str, Scorer, Spoil]]:
    camera, seen = CameraScorer(), CameraInPictureScorer()
    yield "camera.jump_ratio_max", camera, _poses(_leaping)
    yield "camera.rotation_deg_per_frame_max", camera, _poses(_shaken)
    yield "camera.orthonormality_error", camera, _poses(lambda poses, level: _scaled(poses, 1 + level * 1e-2))
    yield "camera.determinant_error", camera, _poses(lambda poses, level: _scaled(poses, 1 + level * 1e-2))
    yield "camera.roll_deg_max", camera, _poses(lambda poses, level: _turned(poses, [0, 0, 80 * level]))
    yield "camera.declared_f1", camera, _poses(_halted)
    yield "camera.focal_error_share", camera, _wrong_lens
    yield "camera.path_picture_error", seen, _poses(lambda poses, level: _wandering(poses, 0.5 * level))
    maps = LightingScorer()
    yield "lighting.key_direction_error_deg", maps, _map(lambda pixels, level: np.roll(pixels, int(level * 60), axis=1))
    yield "lighting.sh_error", maps, _map(lambda pixels, level: np.roll(pixels, int(level * 24), axis=1))
    yield "lighting.cct_error_k", maps, _map(lambda pixels, level: pixels * np.array([1 + level, 1, 1 / (1 + level)]))
    yield (
        "lighting.dynamic_range_stops",
        maps,
        _map(lambda pixels, level: np.minimum(pixels, pixels.max() / 2 ** (9 * level))),
    )
    pictures = LightInPictureScorer()
    yield "lighting.picture_side_conflict", pictures, lambda scene, level: _look(scene, lean=-0.1 * level)
    yield "lighting.picture_tint_conflict_mired", pictures, lambda scene, level: _look(scene, blue=1 + 1.5 * level)


def camera_record(scene: Scene, lens: np.ndarray, moves: list[dict[str, Any]]) -> dict[str, Any]:
    """What the checks read of a record of this scene; `lens` is `[F, 4]`."""
    return {
        "timeline": {"duration_s": scene.duration_s, "fps": [scene.fps, 1], "num_frames": scene.num_frames},
        "camera": {
            "intrinsics": {"fx": lens[0, 0], "fy": lens[0, 1], "per_frame": lens.tolist()},
            "declared": {"primitives": moves},
            "up": "declared",
        },
    }


def _poses(spoil: Callable[[np.ndarray, float], np.ndarray]) -> Spoil:
    """A pan to the right, spoiled; what the picture shows is the pan."""

    def spoiled(scene: Scene, level: float) -> Sample:
        poses, lens = _pan(scene)
        starts = np.arange(0, scene.num_frames - 3, 3)
        pairs = np.stack([starts, starts + 3], axis=1)
        rates = FPS / 3 * expected_motion(poses, lens, pairs, aspect=ASPECT, depth_m=DEPTH_M)
        motion = PictureMotion(pairs, rates, np.ones(len(pairs)), ASPECT)
        clip = Clip({"duration_s": scene.duration_s}, watched={GlobalMotionWatcher: motion})
        moves = [{"name": "pan_right", "start_s": 0.0, "end_s": scene.duration_s}]
        return Sample("a", camera_record(scene, lens, moves), clip=clip, poses=spoil(poses, level))

    return spoiled


def _pan(scene: Scene) -> tuple[np.ndarray, np.ndarray]:
    poses = np.tile(path(scene, scene.frame_times())[0][:1], (scene.num_frames, 1, 1))
    turns = Rotation.from_euler("y", -8 * scene.frame_times()[:, None], degrees=True).as_matrix()
    poses[:, :3, :3] = turns @ poses[:, :3, :3]
    return poses, intrinsics(scene.camera, np.ones(scene.num_frames), ASPECT)


def _turned(poses: np.ndarray, euler_deg: Any) -> np.ndarray:
    turned = poses.copy()
    turned[:, :3, :3] = poses[:, :3, :3] @ Rotation.from_euler("xyz", euler_deg, degrees=True).as_matrix()
    return turned


def _shaken(poses: np.ndarray, level: float) -> np.ndarray:
    return _turned(poses, 20 * level * np.random.default_rng(0).normal(size=(len(poses), 3)))


def _wandering(poses: np.ndarray, level: float) -> np.ndarray:
    """Turned by a slow random walk, that a tagger takes for movements of their own."""
    steps = np.random.default_rng(0).normal(size=(len(poses), 3))
    return _turned(poses, 10 * level * np.cumsum(steps, axis=0))


def _halted(poses: np.ndarray, level: float) -> np.ndarray:
    """The movement breaks off earlier, at last after a tenth of the clip."""
    halted = poses.copy()
    last = round((1 - 0.9 * level) * (len(poses) - 1))
    halted[last:] = poses[last]
    return halted


def _leaping(poses: np.ndarray, level: float) -> np.ndarray:
    moved = poses.copy()
    moved[len(poses) // 2, :3, 3] += level
    return moved


def _scaled(poses: np.ndarray, factor: float) -> np.ndarray:
    scaled = poses.copy()
    scaled[:, :3, :3] *= factor
    return scaled


def _wrong_lens(scene: Scene, level: float) -> Sample:
    poses, lens = _pan(scene)
    record = camera_record(scene, lens, [])
    record["camera"]["lens"] = {"focal_mm": 36.0 * lens[0, 0] * (1 + level), "sensor_width_mm": 36.0}
    return Sample("a", record, poses=poses)


def _map(spoil: Callable[[np.ndarray, float], np.ndarray]) -> Spoil:
    """The scene's own map, spoiled, beside its own key and harmonics."""

    def spoiled(scene: Scene, level: float) -> Sample:
        whole = _whole(scene)
        pixels = spoil(whole, level).astype(np.float32)
        key = scene.lamps[0]
        lamp: dict[str, Any] = {"role": "key", "intensity": 1.0, "unit": "lx", "type": "directional"}
        lamp["direction"] = (-toward(scene)).tolist()
        sh = {"kind": "radiance", "coeffs": light.project(whole).tolist()}
        record = {"lighting": {"env_map": {}, "lights": [lamp], "cct_k": key.cct_k, "sh": sh}}
        peak = float((pixels @ light.REC709_LUMINANCE).max())
        return Sample("a", record, environment=EnvironmentMap(pixels, 128, 64, peak))

    return spoiled


@cache
def _whole(scene: Scene) -> np.ndarray:
    return environment_map(scene, height=64)


def toward(scene: Scene) -> np.ndarray:
    """`[3]` where the key light stands, seen from where the map is taken."""
    key = scene.lamps[0]
    direction = np.array(key.direction if key.type == "directional" else np.subtract(key.position, (0.0, 1.0, 0.0)))
    return direction / np.linalg.norm(direction)


def _look(scene: Scene, *, lean: float = 0.0, blue: float = 1.0) -> Sample:
    look = PictureLight(lean=lean, rgb=np.array([1.0, 1.0, blue]), luminance=100.0)
    record = {"lighting": {"tags": {"key_direction": "right"}, "cct_k": 3000.0}}
    return Sample("a", record, clip=Clip({"duration_s": scene.duration_s}, watched={LightWatcher: look}))


def light_errors(seeds: range = range(60)) -> dict[str, float]:
    """Errors over the film set's maps: direction of the key in degrees, its colour temperature as a share."""
    degrees, shares = [], []
    for seed in seeds:
        scene = compose(seed, duration_s=DURATION_S, fps=FPS)
        found = light.measure_map(environment_map(scene, height=64))
        assert found.dominant is not None
        assert found.white is not None
        degrees.append(light.angle_between_deg(found.dominant.direction, toward(scene)))
        shares.append(abs(found.white.cct_k / scene.lamps[0].cct_k - 1))
    figures = {"direction_deg_median": np.median(degrees), "direction_deg_max": max(degrees)}
    figures |= {"cct_share_median": np.median(shares), "cct_share_max": max(shares)}
    return {name: round(float(value), 4) for name, value in figures.items()}


def table(figures: Mapping[str, float]) -> Table:
    """The figures as people read them, worst first."""
    shown = Table("metric", "Spearman", title="metrics against the level of their fault")
    for name, value in sorted(figures.items(), key=lambda item: item[1]):
        shown.add_row(name, f"{value:.3f}")
    return shown


if __name__ == "__main__":
    found, errors = measure(), light_errors()
    Console(stderr=True).print(table(found))
    print(json.dumps({"spearman_min": round(min(found.values()), 4)} | errors))
