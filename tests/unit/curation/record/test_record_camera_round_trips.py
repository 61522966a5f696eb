"""What goes out comes back: every field that a format carries, and a loss report that names exactly the rest."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import RecordRefused
from curation.record.cameras import FORMATS, CameraPath, ImportedPath, detect, export_camera, import_camera
from curation.record.vocabulary import PoseFormat
from tests.unit.curation.record.camera_paths import paths, random_path, whole_paths

EXACT, FLOAT32 = 1e-8, 1e-6
FLOAT32_POSES, FLOAT32_LENS = {"gltf", "glb", "pluecker"}, {"gltf", "glb", "pluecker", "usd"}
WANTS_TIMES = {"gltf", "glb", "usd"}
NEEDS_INTRINSICS = {"realestate10k": "intrinsics_required", "pluecker": "intrinsics_required"}
NEEDS_SIZE = {"colmap", "colmap_binary", "nerfstudio", "blender"}
# Not a field of the path: whether a file says its unit.
ALWAYS = {"scale"}


def read_back(path: CameraPath, name: str) -> ImportedPath:
    files = list(export_camera(path, name).files.values())
    return import_camera(files[0], companion=files[1] if len(files) > 1 else None)


def relative(poses: np.ndarray) -> np.ndarray:
    """Poses seen from the first one."""
    return np.linalg.inv(poses[0]) @ poses


def pose_errors(path: CameraPath, back: CameraPath) -> tuple[float, float]:
    """Largest Frobenius norm of R_a' R_b - I, and largest distance of positions as a share of the path's reach."""
    a, b = relative(path.c2w), relative(back.c2w)
    rotation = np.linalg.norm(np.swapaxes(a[:, :3, :3], 1, 2) @ b[:, :3, :3] - np.eye(3), axis=(1, 2)).max()
    reach = max(1.0, float(np.abs(a[:, :3, 3]).max()))
    return float(rotation), float(np.linalg.norm(a[:, :3, 3] - b[:, :3, 3], axis=1).max()) / reach


def test_record_names_every_format():
    assert set(PoseFormat.__args__) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(path=paths)
def test_relative_poses_come_back(name: str, path: CameraPath):
    limit = FLOAT32 if name in FLOAT32_POSES else EXACT
    assert max(pose_errors(path, read_back(path, name).path)) < limit


@pytest.mark.parametrize("name", [name for name in FORMATS if "placement" in FORMATS[name].carries])
@settings(max_examples=20, deadline=None)
@given(path=paths)
def test_paths_stand_where_they_stood(name: str, path: CameraPath):
    back = read_back(path, name).path
    limit = (FLOAT32 if name in FLOAT32_POSES else EXACT) * max(1.0, float(np.abs(path.positions).max()))
    assert np.abs(path.c2w - back.c2w).max() < limit


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(path=whole_paths())
def test_fields_come_back_or_are_named_lost_on_the_way_out(name: str, path: CameraPath):
    exported = export_camera(path, name)
    lost = [loss.field for loss in exported.losses]
    assert len(lost) == len(set(lost))
    back = read_back(path, name).path
    limit = 2e-5 if name in FLOAT32_LENS else EXACT
    came_back = {
        "intrinsics": _equal(path.intrinsics, back.intrinsics, limit, slice(0, 2)),
        "centre": _equal(path.intrinsics, back.intrinsics, limit, slice(2, 4)),
        "times_s": path.times_s is not None and _equal(path.times_s, back.times_s, limit),
        "size": (path.width, path.height) == (back.width, back.height),
        "distortion": path.distortion == back.distortion,
        "lens": _same_lens(path, back),
        "up": path.up == back.up,
    }
    held = {
        "intrinsics": True,
        "centre": bool(np.any(path.intrinsics[:, 2:] != 0.5)),
        "times_s": path.times_s is not None or name in WANTS_TIMES,
        "size": True,
        "distortion": path.distortion is not None,
        "lens": path.lens is not None,
        "up": path.up != "unknown" or "up" in FORMATS[name].carries,
    }
    gone = {field for field, held_it in held.items() if held_it and not came_back[field]}
    assert gone == {*lost} - ALWAYS - {"placement"}


def _equal(ours: np.ndarray, back: np.ndarray | None, limit: float, columns: slice | None = None) -> bool:
    if back is None:
        return False
    at = (..., columns) if columns else ...
    return np.allclose(ours[at], back[at], rtol=0, atol=limit)


def _same_lens(path: CameraPath, back: CameraPath) -> bool:
    if path.lens is None or back.lens is None:
        return path.lens is back.lens
    a, b = path.lens, back.lens
    return np.isclose(a.sensor_width_mm, b.sensor_width_mm, rtol=1e-6) and (
        a.f_number == b.f_number or np.isclose(a.f_number, b.f_number, rtol=1e-6)
    )


@pytest.mark.parametrize("name", FORMATS)
def test_losses_of_an_import_name_what_the_format_cannot_say(name: str):
    imported = read_back(random_path(1, 5), name)
    named = {loss.field for loss in imported.losses}
    cannot = {"intrinsics", "centre", "times_s", "size", "up", "scale", "placement"} - FORMATS[name].carries
    if "intrinsics" in cannot:
        cannot.discard("centre")
    assert named == cannot
    assert all(loss.message.endswith(".") for loss in imported.losses)


@pytest.mark.parametrize("name", FORMATS)
def test_content_tells_the_format_whatever_the_file_is_called(name: str):
    for content in export_camera(random_path(2, 3), name).files.values():
        if content.count(b"\n") == 3 and name == "kitti":
            continue  # times.txt alone is no camera file
        assert detect(content, "holiday.txt") == name


@pytest.mark.parametrize("name", FORMATS)
def test_one_pose_is_a_path(name: str):
    assert len(read_back(random_path(3, 1), name).path) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_paths_with_nothing_but_poses_are_written_or_refused_by_name(name: str):
    bare = CameraPath(random_path(5, 3).c2w)
    if name in NEEDS_INTRINSICS:
        with pytest.raises(RecordRefused) as refusal:
            export_camera(bare, name)
        assert refusal.value.code == NEEDS_INTRINSICS[name]
    else:
        back = read_back(bare, name)
        assert back.path.intrinsics is None
        assert "intrinsics" in {loss.field for loss in back.losses}


@pytest.mark.parametrize("name", sorted(NEEDS_SIZE))
def test_formats_in_pixels_refuse_intrinsics_without_a_size(name: str):
    whole = random_path(5, 3)
    with pytest.raises(RecordRefused) as refusal:
        export_camera(CameraPath(whole.c2w, whole.intrinsics), name)
    assert refusal.value.code == "size_required"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("field", ["c2w", "intrinsics", "times_s"])
def test_paths_with_nan_are_not_exported(name: str, field: str):
    whole = random_path(6, 3)
    arrays = {"c2w": np.array(whole.c2w), "intrinsics": np.array(whole.intrinsics), "times_s": np.array(whole.times_s)}
    arrays[field][1] = np.nan
    with pytest.raises(RecordRefused) as refusal:
        export_camera(CameraPath(**arrays, width=1280, height=720), name)
    assert refusal.value.code == "not_finite"


@settings(max_examples=30, deadline=None)
@given(path=paths, name=st.sampled_from(sorted(FORMATS)))
def test_the_same_path_gives_the_same_bytes(path: CameraPath, name: str):
    assert export_camera(path, name).files == export_camera(path, name).files
