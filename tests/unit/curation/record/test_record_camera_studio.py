"""The tagger on the film set's own paths, whose movements are known, smooth and handheld."""

import numpy as np
import pytest

from curation.record.cameras import CameraPath, Primitive, derive_primitives, primitive_f1
from studio.camera_moves import MOVES, path
from studio.compose import compose

# The set names an arc by the side the camera goes to; CameraBench by the sense seen from above.
NAMES = {"arc_left": "arc_cw", "arc_right": "arc_ccw"}
DURATION_S, FPS, SEEDS = 4.0, 24, 5


def agreement(seed: int, move: str, steadiness: str) -> float | None:
    scene = compose(seed, duration_s=DURATION_S, fps=FPS, move=move, steadiness=steadiness)
    times = np.arange(round(DURATION_S * FPS)) / FPS
    poses, zoom = path(scene, times)
    fy = zoom * 0.5 / np.tan(np.radians(scene.camera.fov_y_deg) / 2)
    intrinsics = np.stack([fy * 9 / 16, fy, np.full_like(fy, 0.5), np.full_like(fy, 0.5)], axis=1)
    depth = float(np.linalg.norm(np.subtract(scene.camera.position, scene.camera.target)))
    declared = [Primitive(NAMES.get(m.name, m.name), m.start_s, m.end_s, 1.0) for m in scene.camera.moves]
    derived = derive_primitives(CameraPath(poses, intrinsics, times, up="declared"), scene_depth_m=depth)
    return primitive_f1(declared, derived, DURATION_S)


@pytest.mark.parametrize("steadiness", ["smooth", "handheld"])
@pytest.mark.parametrize("move", [name for name in MOVES if name != "tracking"])
def test_derived_movements_agree_with_the_plan(move: str, steadiness: str):
    scores = [agreement(seed, move, steadiness) for seed in range(SEEDS)]
    assert min(scores) > 0.75
    assert np.mean(scores) > 0.9


def test_tracking_is_not_judged_by_the_path_alone():
    assert agreement(0, "tracking", "smooth") is None
