"""Which way is up where no file says it, paths on a timeline, and paths small enough to be drawn."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import RecordRefused
from curation.record.cameras import CameraPath, Reading, export_camera, import_camera, on_timeline, preview
from curation.record.cameras.rotations import matrix_from_quaternion
from tests.unit.curation.record.camera_paths import MOVES, looking, moving, random_path


def tilted(path: CameraPath, seed: int) -> tuple[CameraPath, np.ndarray]:
    """The path in a world turned at random, and where up has gone."""
    turn = np.eye(4)
    turn[:3, :3] = matrix_from_quaternion(np.random.default_rng(seed).normal(size=(1, 4)))[0]
    return replace(path, c2w=turn @ path.c2w), turn[:3, 1]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), move=st.sampled_from(["pan_left", "arc_cw", "arc_ccw"]))
def test_up_is_found_from_cameras_that_turn_level(seed: int, move: str):
    path, _ = tilted(moving(MOVES[move]), seed)
    imported = import_camera(export_camera(path, "tum").files["trajectory.txt"], reading=Reading(world_up="estimate"))
    level = imported.path.rotations[:, :, 0]
    assert imported.path.up == "estimated"
    assert np.degrees(np.abs(np.arcsin(level[:, 1]))).max() < 0.5
    assert (imported.path.rotations[:, 1, 1] < 0).all()
    assert any("estimated" in note for note in imported.notes)


def test_up_of_a_camera_that_does_not_turn_is_its_own():
    path, _ = tilted(moving(MOVES["truck_left"]), 5)
    imported = import_camera(export_camera(path, "kitti").files["poses.txt"], reading=Reading(world_up="estimate"))
    assert np.allclose(-imported.path.rotations[:, :, 1], [0, 1, 0])


def test_estimating_up_changes_no_relative_pose():
    path = random_path(51, 6)
    imported = import_camera(export_camera(path, "kitti").files["poses.txt"], reading=Reading(world_up="estimate"))
    assert np.allclose(np.linalg.inv(imported.path.c2w[0]) @ imported.path.c2w, np.linalg.inv(path.c2w[0]) @ path.c2w)


def test_up_that_a_file_declares_can_be_denied():
    content = export_camera(random_path(52, 3), "blender").files["camera.json"]
    assert import_camera(content).path.up == "declared"
    assert import_camera(content, reading=Reading(world_up="estimate")).path.up == "estimated"


def test_a_timeline_begins_with_the_path():
    """RealEstate10K's times count from the start of a video that may be an hour long."""
    path = moving(MOVES["dolly_in"], seconds=2.0)
    late = replace(path, times_s=path.times_s + 3_000)
    found = on_timeline(late, fps=12, num_frames=24)
    assert found.times_s == pytest.approx(np.arange(24) / 12)
    assert found.positions == pytest.approx(path.positions[:47:2], abs=1e-9)


def test_a_timeline_longer_than_the_path_is_refused():
    with pytest.raises(RecordRefused) as refusal:
        on_timeline(moving(MOVES["dolly_in"], seconds=2.0), fps=24, num_frames=60)
    assert refusal.value.code == "outside_path"


@pytest.mark.parametrize("frames", [1, 2, 256, 257, 5_000])
def test_previews_are_small_and_keep_both_ends(frames: int):
    path = random_path(53, frames)
    seen = preview(path)
    assert len(seen["frames"]) == min(frames, 256)
    assert (seen["frames"][0], seen["frames"][-1]) == (0, frames - 1)
    assert seen["positions"][-1] == pytest.approx(path.positions[-1], abs=1e-4)
    assert seen["up"][0] == pytest.approx(-path.rotations[0, :, 1], abs=1e-5)
    assert len(json.dumps(seen)) < 60_000


def test_previews_show_what_is_known():
    bare = preview(CameraPath(np.array([looking(np.array([0.0, 1.0, 0.0]), np.array([5.0, 1.0, 0.0]))])))
    assert bare["field_of_view_deg"] is None
    assert bare["forward"] == [[1, 0, 0]]
    assert bare["up_is"] == "unknown"
