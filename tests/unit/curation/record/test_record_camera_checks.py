"""Geometric facts of paths."""

from dataclasses import replace

import numpy as np
import pytest

from curation.record.cameras import METRICS, CameraPath, check_path
from tests.unit.curation.record.camera_paths import AHEAD, EAST, MOVES, START, UP, looking, moving


def measured(path: CameraPath, **options: int) -> dict[str, float]:
    return {result.metric: result.value for result in check_path(path, **options)}


def altered(path: CameraPath, frame: int, row: int, column: int, value: float) -> CameraPath:
    c2w = np.array(path.c2w)
    c2w[frame, row, column] = value
    return replace(path, c2w=c2w)


def test_a_sound_path_measures_well_on_every_metric():
    path = moving(MOVES["dolly_in"])
    facts = measured(path, num_frames=len(path))
    assert set(facts) == set(METRICS)
    assert facts["camera_finite_share"] == 1
    assert facts["camera_pose_count_error"] == 0
    assert facts["camera_time_step_min_s"] == pytest.approx(1 / 24)
    assert facts["camera_orthonormality_error"] < 1e-12
    assert facts["camera_determinant_error"] < 1e-12
    assert facts["camera_fx_min"] == facts["camera_fx_max"] == pytest.approx(0.9)
    assert facts["camera_jump_ratio_max"] < 1
    assert facts["camera_roll_deg_max"] < 1e-6


def test_nan_poses_are_counted_and_nothing_is_computed_from_them():
    facts = measured(altered(moving(MOVES["static"]), 3, 0, 3, float("nan")), num_frames=100)
    assert facts["camera_finite_share"] < 1
    assert facts["camera_pose_count_error"] == 21
    assert "camera_orthonormality_error" not in facts


def test_first_frame_that_is_not_finite_is_named():
    result = check_path(altered(moving(MOVES["static"]), 3, 0, 3, float("inf")))[0]
    assert "frame 3" in result.detail


def test_shear_and_mirror_are_seen():
    path = moving(MOVES["static"])
    assert measured(altered(path, 5, 0, 0, 1.01))["camera_orthonormality_error"] > 1e-4
    mirrored = replace(path, c2w=path.c2w @ np.diag([-1.0, 1, 1, 1]))
    assert measured(mirrored)["camera_determinant_error"] == pytest.approx(2)
    assert measured(mirrored)["camera_orthonormality_error"] < 1e-12


def test_times_that_do_not_increase_are_seen():
    path = moving(MOVES["static"])
    times = np.array(path.times_s)
    times[10] = times[9]
    assert measured(replace(path, times_s=times))["camera_time_step_min_s"] == 0
    times[10] = np.nan
    assert measured(replace(path, times_s=times))["camera_time_step_min_s"] == -np.inf


def test_largest_turn_between_frames_is_measured_in_degrees():
    poses = np.array([looking(START, START + np.array([np.sin(a), 0, -np.cos(a)])) for a in np.radians([0, 1, 21, 22])])
    assert measured(CameraPath(poses))["camera_rotation_deg_per_frame_max"] == pytest.approx(20)


def test_a_jump_in_the_path_stands_out_and_a_fast_even_move_does_not():
    path = moving(lambda share: looking(START + 10 * share * EAST, START + 10 * share * EAST + AHEAD))
    assert measured(path)["camera_jump_ratio_max"] < 1
    c2w = np.array(path.c2w)
    c2w[60:, 1, 3] += 2.0
    jumping = replace(path, c2w=c2w)
    assert measured(jumping)["camera_jump_ratio_max"] > 1
    assert "frame 59" in next(r for r in check_path(jumping) if r.metric == "camera_jump_ratio_max").detail


@pytest.mark.parametrize("degrees", [-50, 10, 80])
def test_roll_is_measured_against_the_horizon(degrees: int):
    path = moving(lambda share: looking(START, START + AHEAD, np.radians(degrees)))
    assert measured(path)["camera_roll_deg_max"] == pytest.approx(abs(degrees))


def test_roll_is_left_out_where_up_is_unknown_or_the_camera_looks_down():
    assert "camera_roll_deg_max" not in measured(moving(MOVES["roll_cw"], up="unknown"))
    assert "camera_roll_deg_max" not in measured(moving(lambda share: looking(START, START - 5 * UP + AHEAD)))


def test_a_single_pose_is_measured_too():
    assert measured(CameraPath(np.eye(4)[None]), num_frames=1)["camera_determinant_error"] == 0
