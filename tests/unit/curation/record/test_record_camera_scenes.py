"""Cameras of scene graphs: hierarchies, curves, lenses of Blender, glTF and USD, and rays."""

import base64
import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from curation.record import RecordRefused
from curation.record.cameras import PhysicalLens, Reading, import_camera
from curation.record.cameras.gltf_animation import Channel
from curation.record.cameras.pluecker import write_rays
from tests.unit.curation.record.camera_fuzzing import package_of
from tests.unit.curation.record.camera_paths import random_path

# -- Blender ----------------------------------------------------------------------------------------------------------

FRAME = {"location": [1, 2, 3], "rotation_euler": [np.pi / 2, 0, 0]}


def blender(frames: list[dict], **shared: object) -> bytes:
    return json.dumps({"frames": frames} | shared).encode()


def test_blender_cameras_stand_in_a_world_whose_z_is_up():
    """Turned by 90 degrees about X, Blender's camera looks along +Y, which is our -Z: north."""
    path = import_camera(blender([FRAME])).path
    assert path.positions[0] == pytest.approx([1, 3, -2])
    assert path.c2w[0, :3, 2] == pytest.approx([0, 0, -1])
    assert path.c2w[0, :3, 1] == pytest.approx([0, -1, 0])
    assert path.up == "declared"


@pytest.mark.parametrize(
    "frame",
    [
        {"location": [1, 2, 3], "rotation_quaternion": [1, 1, 0, 0]},
        {"matrix_world": [[1, 0, 0, 1], [0, 0, -1, 2], [0, 1, 0, 3], [0, 0, 0, 1]]},
        {"matrix": [[1, 0, 0, 1], [0, 0, -1, 2], [0, 1, 0, 3]]},
        {"matrix_world": [[2, 0, 0, 1], [0, 0, -2, 2], [0, 2, 0, 3], [0, 0, 0, 1]]},
    ],
)
def test_poses_of_blender_are_read_however_they_are_stated(frame: dict):
    assert np.allclose(import_camera(blender([frame])).path.c2w, import_camera(blender([FRAME])).path.c2w)


def test_euler_orders_are_blenders():
    frame = {"location": [0, 0, 0], "rotation_euler": [0.3, -0.4, 0.5]}
    turns = {
        "X": np.array([[1, 0, 0], [0, np.cos(0.3), -np.sin(0.3)], [0, np.sin(0.3), np.cos(0.3)]]),
        "Y": np.array([[np.cos(-0.4), 0, np.sin(-0.4)], [0, 1, 0], [-np.sin(-0.4), 0, np.cos(-0.4)]]),
        "Z": np.array([[np.cos(0.5), -np.sin(0.5), 0], [np.sin(0.5), np.cos(0.5), 0], [0, 0, 1]]),
    }
    to_ours = np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]])
    for order in ("XYZ", "ZXY"):
        expected = to_ours @ turns[order[2]] @ turns[order[1]] @ turns[order[0]] @ np.diag([1, -1, -1])
        assert np.allclose(import_camera(blender([frame], rotation_mode=order)).path.rotations[0], expected)


@pytest.mark.parametrize(
    ("lens", "expected"),
    [
        ({"lens": 50}, [50 / 36, 50 / 36 * 16 / 9, 0.5, 0.5]),
        ({"lens": 50, "sensor_fit": "VERTICAL", "sensor_height": 24}, [50 / 24 * 9 / 16, 50 / 24, 0.5, 0.5]),
        ({"focal_length_mm": 35, "sensor_width_mm": 23.5}, [35 / 23.5, 35 / 23.5 * 16 / 9, 0.5, 0.5]),
        ({"lens": 36, "shift_x": 0.1, "shift_y": 0.2}, [1, 16 / 9, 0.4, 0.5 + 0.2 * 16 / 9]),
        ({"lens": 36, "pixel_aspect_y": 2}, [9 / 8, 1, 0.5, 0.5]),
    ],
)
def test_lenses_of_blender_are_fitted_as_blender_does(lens: dict, expected: list[float]):
    path = import_camera(blender([FRAME], resolution=[1920, 1080], **lens)).path
    assert path.intrinsics[0] == pytest.approx(expected)


def test_frames_of_blender_are_sorted_and_timed():
    frames = [FRAME | {"frame": i, "lens": 30 + i} for i in (3, 1, 2)]
    content = blender(frames, fps=30000, fps_base=1001, resolution_x=100, resolution_y=50, aperture_fstop=2.8)
    imported = import_camera(content)
    assert imported.path.times_s == pytest.approx(np.array([1, 2, 3]) * 1001 / 30000)
    assert imported.path.intrinsics[:, 0] == pytest.approx(np.array([31, 32, 33]) / 36)
    assert imported.path.lens == PhysicalLens(None, 2.8)
    assert any("order" in note for note in imported.notes)
    assert import_camera(content, reading=Reading(fps=10)).path.times_s == pytest.approx([0.1, 0.2, 0.3])


# -- glTF -------------------------------------------------------------------------------------------------------------


def test_curves_of_gltf_are_the_specifications():
    """Appendix C: a cubic through 0 and 1 leaving with slope 3; steps; the shorter way between rotations."""
    keys = np.array([0.0, 2.0])
    spline = Channel(keys, np.array([[[0.0], [0.0], [3.0]], [[0.0], [1.0], [0.0]]]), "CUBICSPLINE", False)
    t = 0.25
    hermite = (t**3 - 2 * t**2 + t) * 2 * 3 + (3 * t**2 - 2 * t**3) * 1
    assert spline.at(np.array([-1.0, 0.5, 2.0, 9.0]))[:, 0] == pytest.approx([0, hermite, 1, 1])
    step = Channel(keys, np.array([[5.0], [7.0]]), "STEP", False)
    assert step.at(np.array([0.0, 1.999, 2.0]))[:, 0].tolist() == [5, 5, 7]
    turn = Channel(keys, np.array([[0, 0, 0, 1.0], [0, 0, -1.0, 0]]), "LINEAR", True)
    assert np.abs(turn.at(np.array([1.0]))[0]) == pytest.approx([0, 0, np.sqrt(0.5), np.sqrt(0.5)])


def gltf(nodes: list[dict], keys: dict[str, list[list[float]]] | None = None, **extra: object) -> bytes:
    """A .gltf whose node 0 is animated by keys a second apart; path -> values."""

    data: dict = {
        "asset": {"version": "2.0"},
        "nodes": nodes,
        "cameras": [{"type": "perspective", "perspective": {"yfov": 1.0, "aspectRatio": 2.0}}],
    }
    buffer, views, accessors, samplers, channels = b"", [], [], [], []

    def add(values: np.ndarray, kind: str) -> int:
        nonlocal buffer
        views.append({"buffer": 0, "byteOffset": len(buffer), "byteLength": values.nbytes})
        accessors.append({"bufferView": len(views) - 1, "componentType": 5126, "count": len(values), "type": kind})
        buffer += values.tobytes()
        return len(accessors) - 1

    for path, values in (keys or {}).items():
        array = np.array(values, "<f4")
        times = add(np.arange(len(array), dtype="<f4"), "SCALAR")
        samplers.append({"input": times, "output": add(array, f"VEC{array.shape[1]}")})
        channels.append({"sampler": len(samplers) - 1, "target": {"node": 0, "path": path}})
    if channels:
        uri = "data:application/octet-stream;base64," + base64.b64encode(buffer).decode()
        data |= {"animations": [{"samplers": samplers, "channels": channels}], "accessors": accessors}
        data |= {"bufferViews": views, "buffers": [{"byteLength": len(buffer), "uri": uri}]}
    return json.dumps(data | extra).encode()


def test_gltf_cameras_move_with_what_they_hang_on():
    """The parent moves along x and is scaled by two; the camera hangs one unit above it."""
    nodes = [{"children": [1], "scale": [2, 2, 2]}, {"camera": 0, "translation": [0, 1, 0], "name": "Shot"}]
    imported = import_camera(gltf(nodes, {"translation": [[0, 0, 0], [4, 0, 0]]}))
    assert imported.path.positions == pytest.approx(np.array([[0, 2, 0], [4, 2, 0]]))
    assert np.allclose(imported.path.rotations, np.diag([1, -1, -1]))
    assert imported.path.times_s.tolist() == [0, 1]
    assert imported.path.intrinsics[0] == pytest.approx([0.5 / np.tan(0.5) / 2, 0.5 / np.tan(0.5), 0.5, 0.5])
    assert any("scale" in note for note in imported.notes)


def test_gltf_is_sampled_at_the_rate_that_is_asked_for():
    content = gltf([{"camera": 0}], {"translation": [[0, 0, 0], [4, 0, 0]]})
    assert import_camera(content, reading=Reading(fps=4)).path.positions[:, 0].tolist() == [0, 1, 2, 3, 4]


def test_gltf_nodes_with_matrices_and_without_animation_are_one_pose():
    matrix = np.eye(4)
    matrix[:3, 3] = (1, 2, 3)
    imported = import_camera(gltf([{"camera": 0, "matrix": matrix.T.ravel().tolist()}]))
    assert imported.path.positions.tolist() == [[1, 2, 3]]
    assert {"times_s", "size", "centre"} == {loss.field for loss in imported.losses}


def test_one_of_several_cameras_is_chosen_by_name():
    nodes = [{"camera": 0, "name": "a"}, {"camera": 0, "name": "b", "translation": [7, 0, 0]}]
    assert "other_cameras" in {loss.field for loss in import_camera(gltf(nodes)).losses}
    assert import_camera(gltf(nodes), reading=Reading(camera="b")).path.positions[0, 0] == 7
    with pytest.raises(RecordRefused, match="a, b"):
        import_camera(gltf(nodes), reading=Reading(camera="c"))


# -- USD --------------------------------------------------------------------------------------------------------------

USDA = """#usda 1.0
(
    metersPerUnit = 1
    upAxis = "Y"
)
def Camera "Shot" %s
{
    double3 xformOp:translate = (1, 2, 3)
    uniform token[] xformOpOrder = ["xformOp:translate"]
}
"""


def test_usd_follows_no_reference_out_of_the_file(tmp_path):
    (tmp_path / "other.usda").write_text('#usda 1.0\ndef Xform "X"\n{\n    double3 xformOp:translate = (50, 0, 0)\n}\n')
    text = USDA % f"(\n    prepend references = @{tmp_path}/other.usda@</X>\n)"
    imported = import_camera(
        text.replace("metersPerUnit = 1", f"metersPerUnit = 1\n    subLayers = [@{tmp_path}/other.usda@]").encode()
    )
    assert imported.path.positions.tolist() == [[1, 2, 3]]
    assert any("not followed" in note for note in imported.notes)


def test_usds_own_defaults_are_said_where_they_were_taken():
    imported = import_camera((USDA % "").replace("    metersPerUnit = 1\n", "").encode())
    assert imported.path.positions == pytest.approx(np.array([[0.01, 0.02, 0.03]]))
    assert any("0.01" in note for note in imported.notes)


# -- rays -------------------------------------------------------------------------------------------------------------


def rays(width: int = 12, height: int = 9) -> np.ndarray:
    path = random_path(31, 4)
    return np.load(BytesIO(write_rays(path.c2w, path, width=width, height=height)))


def saved(array: np.ndarray) -> bytes:
    stream = BytesIO()
    np.save(stream, array)
    return stream.getvalue()


@pytest.mark.parametrize(
    "variant",
    [
        lambda r: np.moveaxis(r, 3, 1),
        lambda r: np.moveaxis(r, 3, 0),
        lambda r: r[None],
        lambda r: r.astype(np.float64),
        lambda r: np.concatenate([r[..., 3:], r[..., :3]], axis=-1),
        lambda r: r * 3.0,
        lambda r: np.asfortranarray(r),
    ],
)
def test_rays_are_read_however_they_were_saved(variant):
    expected, found = import_camera(saved(rays())).path, import_camera(saved(variant(rays()))).path
    assert np.abs(found.c2w - expected.c2w).max() < 1e-5
    assert np.abs(found.intrinsics - expected.intrinsics).max() < 1e-5


def test_pixel_centres_are_half_a_pixel_in():
    path = random_path(31, 4)
    assert np.abs(import_camera(saved(rays())).path.intrinsics - path.intrinsics).max() < 1e-5
    assert np.abs(import_camera(saved(rays(64, 48))).path.intrinsics - path.intrinsics).max() < 1e-5


# -- refusals ---------------------------------------------------------------------------------------------------------

STILL = {"translation": [[0, 0, 0]] * 2}
OUTSIDE = gltf([{"camera": 0}], STILL, buffers=[{"byteLength": 9, "uri": "keys.bin"}])
CUT_SHORT = gltf([{"camera": 0}], STILL, bufferViews=[{"buffer": 0, "byteLength": 10**6}] * 9)
NAN = np.full((1, 8, 8, 6), np.nan, "<f4")


def compressed() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        package.writestr("a.usda", "#usda 1.0" + " " * 1_000)
    return stream.getvalue()


REFUSALS = [
    (blender([{"location": [1, 2]}]), "wrong_shape", "frames[0].location"),
    (blender([FRAME | {"rotation_quaternion": [0, 0, 0, 0]}]), "not_a_rotation", "frames[0]"),
    (blender([FRAME], rotation_mode="QUATERNION"), "unknown_rotation_mode", "frames[0]"),
    (blender([FRAME], resolution=[10, 10], lens=0), "out_of_range", "frames[0]"),
    (blender([{"matrix_world": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]}]), "not_a_rotation", "frame 0"),
    (blender([{"matrix_world": [[-1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]}]), "not_a_rotation", "frame 0"),
    (gltf([{"name": "no camera"}]), "no_camera", "nodes"),
    (gltf([{"camera": 4}]), "no_such_entry", "nodes"),
    (gltf([{"camera": 0, "children": [1]}, {"children": [0]}]), "circle", "nodes[0]"),
    (OUTSIDE, "outside_buffer", "buffers"),
    (CUT_SHORT, "truncated", "animations[0].channels[0]"),
    (gltf([{"camera": 0}], asset={"version": "1.0"}), "not_gltf2", "asset.version"),
    (gltf([{"camera": 0, "matrix": [0] * 16}]), "not_a_rotation", "frame 0"),
    (b'#usda 1.0\ndef Ca mera "Shot"\n{\n}\n', "not_usd", "line 2"),
    (b'#usda 1.0\ndef Xform "X"\n{\n}\n', "no_camera", ""),
    (package_of(b"no layer"), "not_usdz", ""),
    (compressed(), "not_usdz", ""),
    (b"PK\x03\x04", "not_usdz", ""),
    (saved(NAN), "not_finite", "frame 0"),
    (saved(np.zeros((1, 8, 8, 6), "<f4")), "not_a_ray", "frame 0"),
    (saved(np.random.default_rng(1).normal(size=(1, 8, 8, 6))), "not_a_pinhole", "frame 0"),
    (saved(np.zeros((1, 2, 2, 6), "<f4")), "wrong_shape", ""),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code", "place"), REFUSALS, ids=[code for _, code, _ in REFUSALS])
def test_what_cannot_be_read_is_refused_with_its_place(content: bytes, code: str, place: str):
    with pytest.raises(RecordRefused) as refusal:
        import_camera(content)
    assert (refusal.value.code, refusal.value.problems[0].path) == (code, place)
