"""TUM, KITTI and MultiCamVideo as people really have them: read, or refused by line."""

import json

import numpy as np
import pytest

from curation.record import RecordRefused
from curation.record.cameras import CONVENTIONS, CameraPath, Reading, export_camera, import_camera
from tests.unit.curation.record.camera_paths import random_path

TUM = "1305031102.1 1 2 3 0 0 0 1\n1305031102.2 2 2 3 0 0 0.7071068 0.7071068\n"
KITTI = "1 0 0 1 0 1 0 2 0 0 1 3\n1 0 0 2 0 1 0 2 0 0 1 3\n"

SAME_TUM = {
    "as written": TUM,
    "comments": "# ground truth\n# timestamp tx ty tz qx qy qz qw\n" + TUM,
    "header of words": "timestamp tx ty tz qx qy qz qw\n" + TUM,
    "blank lines and windows line ends": "\n" + TUM.replace("\n", "\r\n\r\n"),
    "byte order mark": "\ufeff" + TUM,
    "commas": TUM.replace(" ", ","),
    "semicolons and tabs": TUM.replace(" ", ";\t"),
    "scientific notation": TUM.replace(" 3 ", " 3.0e+00 "),
    "unnormalised quaternions": TUM.replace("0 0 0 1\n", "0 0 0 2.5\n").replace("0.7071068 0.7071068", "3 3"),
    "out of order": "\n".join(reversed(TUM.splitlines())),
    "no line end": TUM.strip(),
}


@pytest.mark.parametrize("text", SAME_TUM.values(), ids=SAME_TUM)
def test_tum_variants_read_the_same(text: str):
    imported = import_camera(text.encode(), filename="poses.json")
    assert imported.format == "tum"
    assert imported.path.positions.tolist() == [[1, 2, 3], [2, 2, 3]]
    assert imported.path.times_s.tolist() == [1305031102.1, 1305031102.2]
    assert np.allclose(imported.path.rotations[1], [[0, -1, 0], [1, 0, 0], [0, 0, 1]], atol=1e-6)
    assert {loss.field for loss in imported.losses} == {"intrinsics", "size", "up"}


def test_order_that_was_mended_is_said():
    assert any("sorted" in note for note in import_camera(SAME_TUM["out of order"].encode()).notes)


@pytest.mark.parametrize(
    ("step", "unit", "expected"),
    [(50_000_000, "ns", 0.05), (33_333, "us", 0.033333), (40.5, "ms", 0.0405), (0.04, "s", 0.04)],
)
def test_units_of_timestamps_are_told_by_their_step_and_said(step: float, unit: str, expected: float):
    text = "\n".join(f"{i * step!r} 0 0 0 0 0 0 1" for i in range(3))
    imported = import_camera(text.encode())
    assert imported.path.times_s[1] == pytest.approx(expected)
    assert any("seconds" in note for note in imported.notes)
    assert import_camera(text.encode(), reading=Reading(time_unit=unit)).path.times_s[1] == pytest.approx(expected)


def test_timestamps_of_long_videos_are_no_error():
    """RealEstate10K counts microseconds: after a quarter of an hour these pass a thousand million."""
    row = "0.9 1.6 0.5 0.5 0 0 1 0 0 0 0 1 0 0 0 0 1 0"
    path = import_camera(f"url\n1866667000 {row}\n1866700000 {row}".encode()).path
    assert path.times_s.tolist() == pytest.approx([1866.667, 1866.7])


@pytest.mark.parametrize(
    "text", [KITTI, KITTI.replace(" 3\n", " 3 0 0 0 1\n"), "# kitti\n\n" + KITTI.replace(" ", ", ")]
)
def test_kitti_variants_read_the_same(text: str):
    imported = import_camera(text.encode())
    assert imported.format == "kitti"
    assert imported.path.positions.tolist() == [[1, 2, 3], [2, 2, 3]]


def test_kitti_times_come_from_their_own_file():
    path = import_camera(KITTI.encode(), companion=b"0.0\n0.1037\n").path
    assert path.times_s.tolist() == [0, 0.1037]
    assert import_camera(KITTI.encode(), reading=Reading(fps=10)).path.times_s.tolist() == [0, 0.1]
    assert import_camera(KITTI.encode()).path.times_s is None


# -- MultiCamVideo ----------------------------------------------------------------------------------------------------


def multicam(frames: dict[str, dict[str, str]]) -> bytes:
    return json.dumps(frames).encode()


AHEAD = "[1 0 0 0] [0 1 0 0] [0 0 1 0] [300 200 100 1] "


def test_unreal_means_what_it_says():
    """X forward, y right, z up, left-handed, centimetres: an unturned camera looks north-east-up's first axis."""
    path = import_camera(multicam({"frame0": {"cam01": AHEAD}})).path
    # Unreal (300, 200, 100) is 3 m along its x, 2 m to the right of it, 1 m up: here x stays, right is +z.
    assert path.positions[0] == pytest.approx([3, 1, 2])
    assert path.c2w[0, :3, 2] == pytest.approx([1, 0, 0])  # forward is its x
    assert path.c2w[0, :3, 0] == pytest.approx([0, 0, 1])  # right is its y, mirrored into a right-handed world
    assert path.c2w[0, :3, 1] == pytest.approx([0, -1, 0])  # down
    assert np.linalg.det(path.rotations[0]) == pytest.approx(1)
    assert path.up == "declared"


def test_frames_are_ordered_by_number_and_the_camera_is_chosen_by_name():
    other = AHEAD.replace("300", "900")
    frames = {f"frame{i}": {"cam02": other, "cam01": AHEAD.replace("300", f"{i}00")} for i in (10, 2, 1)}
    imported = import_camera(multicam(frames))
    assert imported.path.positions[:, 0].tolist() == [1, 2, 10]
    assert "other_cameras" in {loss.field for loss in imported.losses}
    assert any("order" in note for note in imported.notes)
    assert import_camera(multicam(frames), reading=Reading(camera="cam02")).path.positions[0, 0] == 9


def test_the_writer_follows_the_record():
    """`C = diag(1,-1,1,1) @ c2w`, centimetres, columns z, x, -y, rows of the transpose; Y-up turned to Z-up first."""
    path = random_path(21, 1)
    text = json.loads(export_camera(path, "multicam").files["camera_extrinsics.json"])["frame0"]["cam01"]
    written = np.array([[float(n) for n in row.strip(" [").split()] for row in text.split("]")[:4]])
    y_to_z = np.array([[1, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1.0]])
    C = np.diag([1, -1, 1, 1.0]) @ y_to_z @ path.c2w[0]
    C[:3, 3] *= 100
    M = np.stack([C[:, 2], C[:, 0], -C[:, 1], C[:, 3]], axis=1)
    assert np.allclose(written, M.T)


REFUSALS = [
    (TUM + "1305031102.3 1 2 3 0 0 1", "wrong_columns", "line 3"),
    (TUM + "1305031102.3 1 2 3 0 0 0 0", "not_a_rotation", "line 3"),
    (TUM + "1305031102.1 1 2 3 0 0 0 1", "repeated_timestamp", "line 3"),
    (TUM + "1305031102.3 1 2 3 0 0 inf 1", "not_finite", "line 3"),
    (TUM + "1305031102.3 1 2 1e10 0 0 0 1", "out_of_range", "line 3"),
    (TUM + "1e20 1 2 1 0 0 0 1", "out_of_range", "line 3"),
    (KITTI + "1 0 0 1 0 1 0 2 0 0 1", "wrong_columns", "line 3"),
    (KITTI + "1 0 0 1 0 1 0 2 0 0 1 x", "not_a_number", "line 3"),
    ("1 0 0 1 0 1 0 2 0 0 1 3 0 0 0 7", "wrong_columns", "line 1"),
    (json.dumps({"frame0": {"cam01": AHEAD}, "frame1": {"cam02": AHEAD}}), "wrong_shape", "frame1.cam01"),
    (json.dumps({"frame0": {"cam01": AHEAD.replace("0 0] [0 1", "0] [0 1")}}), "wrong_shape", "frame0.cam01"),
    (json.dumps({"frame0": {"cam01": "[1 0 0 3] [0 1 0 2] [0 0 1 1] [0 0 0 1]"}}), "wrong_shape", "frame0.cam01"),
    (json.dumps({"frame0": {}}), "no_frames", "frame0"),
    (json.dumps({"frame0": {"cam01": AHEAD.replace("300", "x")}}), "not_a_number", "frame0.cam01"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "place"), REFUSALS)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, code: str, place: str):
    with pytest.raises(RecordRefused) as refusal:
        import_camera(text.encode())
    assert (refusal.value.code, refusal.value.problems[0].path) == (code, place)


def test_a_second_file_is_refused_where_there_is_none_and_counted_where_there_is():
    with pytest.raises(RecordRefused) as refusal:
        import_camera(TUM.encode(), companion=b"0.1\n")
    assert refusal.value.code == "companion_not_taken"
    with pytest.raises(RecordRefused) as refusal:
        import_camera(KITTI.encode(), companion=b"0.1\n0.2\n0.3\n")
    assert refusal.value.code == "wrong_count"


def test_conventions_worlds_and_units_of_the_uploader_come_first():
    path = random_path(22, 4)
    content = export_camera(CameraPath(np.linalg.inv(path.c2w)), "kitti").files["poses.txt"]
    read = import_camera(content, reading=Reading(convention=CONVENTIONS["opencv_w2c"]))
    assert np.allclose(read.path.c2w, path.c2w)
    assert read.convention.name == "opencv_w2c"
    scaled = import_camera(content, reading=Reading(metres_per_unit=0.5, world_up="-z")).path
    raw = import_camera(content).path
    assert np.allclose(scaled.positions, 0.5 * raw.positions[:, [0, 2, 1]] * [1, -1, 1])
    assert scaled.up == "declared"
