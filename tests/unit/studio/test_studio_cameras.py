"""Every camera primitive moves as its name says, numerically."""

import numpy as np
import pytest

import studio
from studio.camera_moves import path


def _ends(move: str, seed: int = 20) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first pose, the last, and the zooms of a take with this move alone."""
    scene = studio.compose(seed, move=move, steadiness="smooth", duration_s=2.0, place="meadow")
    poses, zooms = path(scene, scene.frame_times())
    return poses[0], poses[-1], zooms


@pytest.mark.parametrize(
    ("move", "axis", "sign"),
    [
        ("dolly_in", 2, 1),
        ("dolly_out", 2, -1),
        ("truck_right", 0, 1),
        ("truck_left", 0, -1),
        ("pedestal_up", 1, -1),
        ("pedestal_down", 1, 1),
    ],
)
def test_gliding_moves_keep_to_one_axis_of_the_camera(move: str, axis: int, sign: int) -> None:
    first, last, _ = _ends(move)
    shift = first[:3, :3].T @ (last[:3, 3] - first[:3, 3])
    assert shift[axis] * sign > 0.2
    assert np.allclose(np.delete(shift, axis), 0, atol=1e-9)
    assert np.allclose(first[:3, :3], last[:3, :3])


@pytest.mark.parametrize(
    ("move", "axis", "sign"),
    [("pan_left", 0, -1), ("pan_right", 0, 1), ("tilt_up", 1, -1), ("tilt_down", 1, 1)],
)
def test_turning_moves_look_the_way_they_say_without_travelling(move: str, axis: int, sign: int) -> None:
    first, last, _ = _ends(move)
    ahead = first[:3, :3].T @ last[:3, 2]
    assert ahead[axis] * sign > 0.1
    assert np.allclose(first[:3, 3], last[:3, 3])


@pytest.mark.parametrize(("move", "sign"), [("roll_cw", 1), ("roll_ccw", -1)])
def test_rolling_turns_the_cameras_right_hand_down_or_up(move: str, sign: int) -> None:
    first, last, _ = _ends(move)
    assert (first[:3, :3].T @ last[:3, 0])[1] * sign > 0.15
    assert np.allclose(first[:3, 2], last[:3, 2])


@pytest.mark.parametrize(("move", "sign"), [("zoom_in", 1), ("zoom_out", -1)])
def test_zooming_changes_the_focal_length_alone(move: str, sign: int) -> None:
    first, last, zooms = _ends(move)
    assert np.allclose(first, last)
    assert sign * np.log(zooms[-1] / zooms[0]) > 0.25
    assert (sign * np.diff(zooms) >= 0).all()


@pytest.mark.parametrize(("move", "sign"), [("arc_right", 1), ("arc_left", -1)])
def test_an_arc_keeps_its_distance_and_its_aim(move: str, sign: int) -> None:
    scene = studio.compose(20, move=move, steadiness="smooth", place="meadow")
    poses, _ = path(scene, scene.frame_times())
    away = np.array(scene.camera.target) - poses[:, :3, 3]
    distance = np.linalg.norm(away, axis=1)
    assert np.ptp(distance) < 0.003 * distance.mean()
    assert np.einsum("fi,fi->f", away / distance[:, None], poses[:, :3, 2]).min() > 0.9999
    assert sign * (poses[0, :3, :3].T @ (poses[-1, :3, 3] - poses[0, :3, 3]))[0] > 0.3


def test_tracking_travels_with_the_subject() -> None:
    scene = studio.compose(5, move="tracking", subject="person", action="walks", count=1, steadiness="smooth")
    times = scene.frame_times()
    poses, _ = path(scene, times)
    moved = studio.motion.track(scene.subjects[0], times).position[[0, -1]]
    assert np.linalg.norm(moved[1] - moved[0]) > 0.5
    assert np.allclose(poses[-1, :3, 3] - poses[0, :3, 3], (moved[1] - moved[0]) * [1, 0, 1], atol=1e-9)


def test_a_static_camera_stands_still_and_a_hand_does_not() -> None:
    still = studio.compose(7, move="static", steadiness="static")
    held = studio.compose(7, move="static", steadiness="handheld")
    assert np.ptp(path(still, still.frame_times())[0], axis=0).max() == 0
    poses = path(held, held.frame_times())[0]
    angle = np.degrees(np.arccos(np.clip(np.einsum("fi,i->f", poses[:, :3, 2], poses[0, :3, 2]), -1, 1)))
    assert 0.05 < angle.max() < 3


@pytest.mark.parametrize("seed", range(0, 60, 5))
def test_poses_are_rigid_and_above_the_ground(seed: int) -> None:
    scene = studio.compose(seed)
    poses, _ = path(scene, scene.frame_times())
    R = poses[:, :3, :3]
    assert np.allclose(R @ R.transpose(0, 2, 1), np.eye(3), atol=1e-9)
    assert np.allclose(np.linalg.det(R), 1)
    assert poses[:, 1, 3].min() > 0


def test_the_declared_speed_is_the_measured_speed() -> None:
    scene = studio.compose(30, move="dolly_in", steadiness="smooth", fps=24)
    move = scene.camera.moves[0]
    times = np.array([move.start_s, move.end_s])
    poses, _ = path(scene, times)
    travelled = np.linalg.norm(poses[1, :3, 3] - poses[0, :3, 3])
    assert travelled / (move.end_s - move.start_s) == pytest.approx(move.speed, rel=1e-6)


def test_the_record_declares_what_the_plan_does() -> None:
    scene = studio.compose(31, move=["pan_left", "zoom_in"], steadiness="smooth")
    told = studio.camera(scene, width=64, height=64)
    assert [p["name"] for p in told["declared"]["primitives"]] == ["pan_left", "zoom_in"]
    assert len(told["intrinsics"]["per_frame"]) == scene.num_frames
    assert told["intrinsics"]["per_frame"][-1][0] > told["intrinsics"]["per_frame"][0][0]
