"""RealEstate10K, COLMAP and transforms.json as people really have them: read, or refused by line."""

import json

import numpy as np
import pytest

from curation.record import RecordRefused
from curation.record.cameras import CONVENTIONS, CameraPath, Distortion, Reading, export_camera, import_camera
from tests.unit.curation.record.camera_paths import random_path

ROW = "0 0.9 1.6 0.5 0.5 0 0 1 0 0 0.1 0 1 0 0.2 0 0 1 0.3"
IMAGE = "1 1 0 0 0 0.1 0.2 0.3 1 frame_1.png"


def files_of(path: CameraPath, name: str) -> list[bytes]:
    return list(export_camera(path, name).files.values())


def test_opencv_world_to_camera_rows_mean_what_realestate10k_says():
    """A camera one metre along +X, unrotated: world to camera moves the world by -1."""
    path = import_camera(b"url\n" + ROW.replace("0.1", "-1").encode()).path
    assert np.allclose(path.positions, [[1, -0.2, -0.3]])


def test_opengl_cameras_look_the_other_way():
    matrix = np.eye(4).tolist()
    path = import_camera(json.dumps({"frames": [{"transform_matrix": matrix}]}).encode()).path
    assert np.allclose(path.c2w[0], np.diag([1, -1, -1, 1]))


def test_z_up_worlds_are_turned_to_y_up():
    matrix = np.eye(4)
    matrix[:3, 3] = (1, 2, 3)
    content = json.dumps({"frames": [{"transform_matrix": matrix.tolist()}]}).encode()
    path = import_camera(content, reading=Reading(world_up="z")).path
    assert np.allclose(path.positions, [[1, 3, -2]])
    assert path.up == "declared"


def test_convention_can_be_overridden():
    path = random_path(3, 4)
    content = files_of(path, "realestate10k")[0]
    imported = import_camera(content, reading=Reading(convention=CONVENTIONS["opencv_c2w"]))
    assert imported.convention.name == "opencv_c2w"
    assert np.allclose(imported.path.c2w, np.linalg.inv(path.c2w))


# -- RealEstate10K and its relatives ----------------------------------------------------------------------------------

VARIANTS = {
    "comments and blank lines": f"# note\n\nhttps://example.org/v\n\n# more\n{ROW}\n\n",
    "windows line ends": f"https://example.org/v\r\n{ROW}\r\n",
    "no first line": ROW,
    "commas": "url\n" + ROW.replace(" ", ", "),
    "scientific notation": "url\n" + ROW.replace("0.9", "9.0e-1"),
    "4x4 matrix": f"url\n{ROW} 0 0 0 1",
    "byte order mark": "\ufeffurl\n" + ROW,
    "tabs": "url\n" + ROW.replace(" ", "\t"),
    "single number first": "17\n" + ROW,
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_realestate10k_variants_read_the_same(text: str):
    path = import_camera(text.encode()).path
    assert np.allclose(path.positions, [[-0.1, -0.2, -0.3]])
    assert np.allclose(path.intrinsics, [[0.9, 1.6, 0.5, 0.5]])


def rows_at(*stamps: float) -> bytes:
    """Frames whose camera stands at x = -stamp, so that their order can be seen."""
    tail = "0.9 1.6 0.5 0.5 0 0 1 0 0"
    return ("url\n" + "\n".join(f"{stamp} {tail} {stamp} 0 1 0 0 0 0 1 0" for stamp in stamps)).encode()


def test_frames_out_of_order_are_sorted_and_it_is_said():
    imported = import_camera(rows_at(40_000, 0, 80_000))
    assert imported.path.positions[:, 0].tolist() == [0, -40_000, -80_000]
    assert any("sorted" in note for note in imported.notes)


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        ((0, 40_000, 80_000), [0, 0.04, 0.08]),
        ((0, 33.3, 66.6), [0, 0.0333, 0.0666]),
        ((0.0, 0.04, 0.08), [0, 0.04, 0.08]),
        ((0, 1, 2), None),
        ((0, 0, 0), None),
    ],
)
def test_unit_of_timestamps_is_found_and_said(stamps: tuple[float, ...], expected: list[float] | None):
    imported = import_camera(rows_at(*stamps))
    if expected is None:
        assert imported.path.times_s is None
        assert "times_s" in {loss.field for loss in imported.losses}
    else:
        assert np.allclose(imported.path.times_s, expected)
        assert any("Timestamps" in note for note in imported.notes)


def test_frame_numbers_become_times_with_the_frame_rate():
    imported = import_camera(rows_at(10, 11, 12), reading=Reading(fps=25))
    assert np.allclose(imported.path.times_s, [0, 0.04, 0.08])


def test_pixel_intrinsics_are_asked_about_and_then_normalised():
    row = ROW.replace("0.9 1.6 0.5 0.5", "900 880 640 360").encode()
    with pytest.raises(RecordRefused) as refusal:
        import_camera(row)
    assert refusal.value.code == "pixels"
    path = import_camera(row, reading=Reading(width=1280, height=720)).path
    assert np.allclose(path.intrinsics, [[900 / 1280, 880 / 720, 0.5, 0.5]])


# -- COLMAP -----------------------------------------------------------------------------------------------------------

CAMERAS = "1 SIMPLE_RADIAL 1280 720 900 640 360 0.01"


@pytest.mark.parametrize(
    "text",
    [
        f"{IMAGE}\n\n",
        f"{IMAGE}\n1.0 2.0 -1 3.0 4.0 7\n",
        f"# comment\r\n{IMAGE}\r\n\r\n",
        f"{IMAGE}\n",
        IMAGE.replace("1 1 0 0 0", "1 2 0 0 0"),
        f"\n\n{IMAGE}\n\n\n",
    ],
)
def test_colmap_image_lines_read_the_same_with_and_without_points(text: str):
    path = import_camera(text.encode()).path
    assert np.allclose(path.positions, [[-0.1, -0.2, -0.3]])
    assert path.intrinsics is None


def test_colmap_pair_and_joined_texts_read_the_same():
    images = f"{IMAGE}\n\n{IMAGE.replace('frame_1', 'frame_2')}\n".encode()
    joined = import_camera(CAMERAS.encode() + b"\n" + images)
    pair = import_camera(images, companion=CAMERAS.encode())
    assert np.array_equal(joined.path.intrinsics, pair.path.intrinsics)
    assert np.allclose(pair.path.intrinsics[0], [900 / 1280, 900 / 720, 0.5, 0.5])
    assert pair.path.distortion == Distortion("opencv", (0.01, 0, 0, 0))


def test_colmap_frames_follow_their_names_in_human_order():
    lines = [IMAGE.replace("0.1", str(i)).replace("frame_1.png", f"frame_{i}.png") for i in (10, 9, 1)]
    imported = import_camera("\n\n".join(lines).encode())
    assert imported.path.positions[:, 0].tolist() == [-1, -9, -10]
    assert any("order" in note for note in imported.notes)


# -- transforms.json --------------------------------------------------------------------------------------------------


def test_transforms_json_in_a_txt_with_shared_intrinsics_and_3x4_rows_is_read():
    data = {
        "w": 1280, "h": 720, "fl_x": 900, "cx": 640, "cy": 360, "k1": 0.02,
        "frames": [{"file_path": f"{i}.png", "transform_matrix": np.eye(4)[:3].tolist()} for i in (2, 1)],
    }  # fmt: skip
    imported = import_camera(json.dumps(data).encode(), filename="poses.txt")
    assert imported.format == "nerfstudio"
    assert np.allclose(imported.path.intrinsics[0], [900 / 1280, 900 / 720, 0.5, 0.5])
    assert imported.path.distortion == Distortion("opencv", (0.02, 0, 0, 0))
    assert {loss.field for loss in imported.losses} == {"times_s", "up", "scale"}


@pytest.mark.parametrize(
    "data",
    [
        {"camera_angle_x": 0.7, "frames": [{"transform_matrix": np.eye(4).tolist()}]},
        {"lens": 50, "frames": [{"matrix_world": np.eye(4).tolist()}]},
    ],
)
def test_a_lens_without_the_size_of_the_frame_says_what_is_wanted(data: dict):
    content = json.dumps(data).encode()
    told = {loss.field: loss.message for loss in import_camera(content).losses}
    assert "give the width and height" in told["intrinsics"]
    assert import_camera(content, reading=Reading(width=800, height=800)).path.intrinsics is not None


def test_field_of_view_gives_the_focal_length():
    data = {"w": 800, "h": 800, "camera_angle_x": np.pi / 2, "frames": [{"transform_matrix": np.eye(4).tolist()}]}
    assert np.allclose(import_camera(json.dumps(data).encode()).path.intrinsics, [[0.5, 0.5, 0.5, 0.5]])


# -- refusals ---------------------------------------------------------------------------------------------------------

REFUSALS = [
    ("", "unknown_format", ""),
    ("just some words\nand more", "unknown_format", ""),
    ("url\n" + ROW + "\n" + ROW.rsplit(" ", 1)[0], "wrong_columns", "line 3"),
    ("url\n" + ROW + "\n" + ROW.replace("0.3", "nan"), "not_finite", "line 3"),
    ("url\n" + ROW + "\n" + ROW.replace("0.3", "1e300"), "out_of_range", "line 3"),
    ("url\n" + ROW + "\n" + ROW.replace("0.3", "abc"), "not_a_number", "line 3"),
    ("url\n" + ROW + "\n" + ROW.replace("0.3", "1_0"), "not_a_number", "line 3"),
    (f"url\n{ROW} 0 0 0 2", "wrong_columns", "line 2"),
    (rows_at(0, 5, 5).decode(), "repeated_timestamp", "line 4"),
    (ROW.replace("1 0 0 0.1", "0 0 0 0.1"), "not_a_rotation", "frame 0"),
    (f"1 PINHOLE 640 480 500 500 320\n{IMAGE}", "wrong_columns", "line 1"),
    (f"2 PINHOLE 640 480 500 500 320 240\n{IMAGE}", "unknown_camera", "line 2"),
    (f"1 PINHOLE 0 480 500 500 320 240\n{IMAGE}", "out_of_range", "line 1"),
    (IMAGE.replace("1 1 0 0 0", "1 0 0 0 0"), "not_a_rotation", "line 1"),
    (IMAGE + "\n\nhello", "wrong_columns", "line 3"),
    ('{"frames": [{"transform_matrix": [[1, 2]]}]}', "wrong_shape", "frames[0].transform_matrix"),
    ('{"frames": [{"transform_matrix": [[NaN]]}]}', "not_finite", ""),
    ('{"frames": [{"transform_matrix": 5', "not_json", "line 1"),
    ('{"transform_matrix": [], "frames": 7}', "no_frames", "frames"),
    ('{"transform_matrix": [], "frames": []}', "no_frames", ""),
]


@pytest.mark.parametrize(("text", "code", "place"), REFUSALS)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, code: str, place: str):
    with pytest.raises(RecordRefused) as refusal:
        import_camera(text.encode())
    assert (refusal.value.code, refusal.value.problems[0].path) == (code, place)


def test_deeply_nested_json_is_refused():
    with pytest.raises(RecordRefused):
        import_camera(b'{"transform_matrix":' + b"[" * 200_000)


def test_text_of_another_encoding_is_refused_or_read():
    with pytest.raises(RecordRefused) as refusal:
        import_camera(b"\xff\xfeurl\n\x00")
    assert refusal.value.code in ("not_text", "unknown_format")
    assert len(import_camera(("url\n" + ROW).encode("utf-16")).path) == 1


def test_more_frames_than_allowed_are_refused():
    with pytest.raises(RecordRefused) as refusal:
        import_camera(b"url\n" + (ROW.encode() + b"\n") * 100_001)
    assert refusal.value.code == "too_many_frames"


JSON_REFUSALS = [
    ({"frames": [{"transform_matrix": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, True]]}]}, "not_a_number"),
    ({"frames": [{"transform_matrix": [[10**30, 0, 0, 0]] * 3}]}, "out_of_range"),
    ({"frames": [{"transform_matrix": [[1, 0, 0, 0]] * 3 + [[0, 0, 0, 5]]}]}, "wrong_shape"),
    ({"w": 0.5, "h": 4, "fl_x": 2, "frames": [{"transform_matrix": np.eye(4).tolist()}]}, "out_of_range"),
]


@pytest.mark.parametrize(("data", "code"), JSON_REFUSALS)
def test_wrong_values_in_transforms_json_are_refused(data: dict, code: str):
    with pytest.raises(RecordRefused) as refusal:
        import_camera(json.dumps(data).encode())
    assert refusal.value.code == code


def test_frames_without_intrinsics_beside_frames_with_them_keep_none_and_it_is_said():
    frames = [
        {"transform_matrix": np.eye(4).tolist(), "w": 100, "h": 50, "fl_x": 80},
        {"transform_matrix": np.eye(4).tolist()},
    ]
    imported = import_camera(json.dumps({"frames": frames}).encode())
    assert imported.path.intrinsics is None
    assert "intrinsics" in {loss.field for loss in imported.losses}


@pytest.mark.parametrize("name", ["colmap", "nerfstudio"])
def test_frame_rate_gives_times_where_the_file_has_none(name: str):
    files = export_camera(random_path(7, 3), name).files
    imported = import_camera(b"\n".join(files.values()), reading=Reading(fps=10))
    assert imported.path.times_s.tolist() == [0, 0.1, 0.2]
    assert "times_s" not in {loss.field for loss in imported.losses}


def test_equal_timestamps_take_the_given_frame_rate():
    assert import_camera(rows_at(0, 0, 0), reading=Reading(fps=10)).path.times_s.tolist() == [0, 0.1, 0.2]


def test_unknown_format_names_are_refused():
    with pytest.raises(RecordRefused) as refusal:
        import_camera(b"x", format="fbx")
    assert refusal.value.code == "unknown_format"


def test_lens_columns_that_are_not_zero_are_reported():
    imported = import_camera(b"url\n" + ROW.replace("0.5 0 0", "0.5 0.1 0").encode())
    assert "distortion" in {loss.field for loss in imported.losses}
