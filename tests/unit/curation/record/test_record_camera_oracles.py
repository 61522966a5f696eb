"""Files of other people's libraries are read as they read them, and ours are read by them."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pycolmap
import pygltflib
import pytest
from evo.core.trajectory import PosePath3D, PoseTrajectory3D
from evo.tools import file_interface
from pxr import Gf, Sdf, Usd, UsdGeom, UsdUtils

from curation.record.cameras import CameraPath, Distortion, PhysicalLens, export_camera, import_camera
from tests.unit.curation.record.camera_paths import DISTORTIONS, random_path


def with_lens(distortion: Distortion | None, frames: int = 5) -> CameraPath:
    path = random_path(11, frames)
    return CameraPath(path.c2w, path.intrinsics, path.times_s, path.width, path.height, "declared", distortion)


# -- COLMAP -----------------------------------------------------------------------------------------------------------

ENDINGS = {"colmap": ("cameras.txt", "images.txt"), "colmap_binary": ("cameras.bin", "images.bin")}
LENSES = {
    "PINHOLE": [900, 880, 640, 360],
    "SIMPLE_RADIAL": [900, 640, 360, 0.01],
    "RADIAL": [900, 640, 360, 0.01, -0.02],
    "OPENCV": [900, 880, 640, 360, 0.01, -0.02, 0.001, 0.002],
    "FULL_OPENCV": [900, 880, 640, 360, 0.01, -0.02, 0.001, 0.002, 0.03, 0.01, 0.02, 0.03],
    "OPENCV_FISHEYE": [900, 880, 640, 360, 0.01, -0.02, 0.001, 0.002],
    "SIMPLE_RADIAL_FISHEYE": [900, 640, 360, 0.01],
    "RADIAL_FISHEYE": [900, 640, 360, 0.01, -0.02],
    "SIMPLE_FISHEYE": [900, 640, 360],
}


def reconstruction(model: str, parameters: list[float], path: CameraPath) -> pycolmap.Reconstruction:
    """What pycolmap would hold after reconstructing this path."""
    made = pycolmap.Reconstruction()
    made.add_camera_with_trivial_rig(
        pycolmap.Camera(camera_id=1, model=model, width=1280, height=720, params=parameters)
    )
    for i, w2c in enumerate(np.linalg.inv(path.c2w)):
        image = pycolmap.Image(name=f"f{i}.png", camera_id=1, image_id=i + 1)
        made.add_image_with_trivial_frame(image, pycolmap.Rigid3d(w2c[:3]))
    return made


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("model", LENSES)
def test_what_pycolmap_writes_is_read_as_pycolmap_reads_it(tmp_path: Path, name: str, model: str):
    path = random_path(10, 12)
    made = reconstruction(model, LENSES[model], path)
    made.write_text(tmp_path) if name == "colmap" else made.write_binary(tmp_path)
    cameras, images = ((tmp_path / file).read_bytes() for file in ENDINGS[name])
    for first, second in ((images, cameras), (cameras, images)):
        imported = import_camera(first, companion=second)
        assert imported.format == name
        assert np.abs(imported.path.c2w - path.c2w).max() < 1e-8
        camera = made.cameras[1]
        K = camera.calibration_matrix()
        assert imported.path.intrinsics[0] == pytest.approx(
            [K[0, 0] / 1280, K[1, 1] / 720, K[0, 2] / 1280, K[1, 2] / 720]
        )
        assert (imported.path.width, imported.path.height) == (1280, 720)
        assert rays_of(imported.path, POINTS) == pytest.approx(
            np.array([camera.cam_from_img(p) for p in POINTS]), abs=1e-6
        )


POINTS = np.array([[640.0, 360.0], [100.0, 50.0], [1200.0, 700.0], [333.0, 444.0]])


def rays_of(path: CameraPath, pixels: np.ndarray) -> np.ndarray:
    """Where undistorted rays through pixels meet the plane one metre ahead, by bending rays until they fit."""
    fx, fy, cx, cy = path.intrinsics[0] * [1280, 720, 1280, 720]
    bent = (pixels - [cx, cy]) / [fx, fy]
    guess = bent.copy()
    for _ in range(200):
        guess = guess + (bent - _bend(guess, path.distortion))
    return guess


def _bend(points: np.ndarray, distortion: Distortion | None) -> np.ndarray:
    """OpenCV's two lens models (calib3d documentation)."""
    if distortion is None:
        return points
    x, y = points.T
    r = np.hypot(x, y)
    k = (*distortion.coefficients, *[0.0] * 8)
    if distortion.model == "opencv_fisheye":
        theta = np.arctan(r)
        bent = theta * (1 + k[0] * theta**2 + k[1] * theta**4 + k[2] * theta**6 + k[3] * theta**8)
        return points * np.divide(bent, r, out=np.ones_like(r), where=r > 1e-12)[:, None]
    radial = (1 + k[0] * r**2 + k[1] * r**4 + k[4] * r**6) / (1 + k[5] * r**2 + k[6] * r**4 + k[7] * r**6)
    dx, dy = 2 * k[2] * x * y + k[3] * (r**2 + 2 * x**2), k[2] * (r**2 + 2 * y**2) + 2 * k[3] * x * y
    return np.stack([x * radial + dx, y * radial + dy], axis=1)


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("distortion", DISTORTIONS)
def test_pycolmap_reads_ours(tmp_path: Path, name: str, distortion: Distortion | None):
    path = with_lens(distortion)
    for file, content in export_camera(path, name).files.items():
        (tmp_path / file).write_bytes(content)
    (tmp_path / ENDINGS[name][0].replace("cameras", "points3D")).write_bytes(b"" if name == "colmap" else b"\0" * 8)
    read = pycolmap.Reconstruction(tmp_path)
    for i, image in enumerate(sorted(read.images.values(), key=lambda image: image.name)):
        w2c = np.vstack([image.cam_from_world().matrix(), [0, 0, 0, 1]])
        assert np.abs(np.linalg.inv(w2c) - path.c2w[i]).max() < 1e-8
        K = image.camera.calibration_matrix()
        expected = path.intrinsics[i] * [1280, 720, 1280, 720]
        assert [K[0, 0], K[1, 1], K[0, 2], K[1, 2]] == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("model", ["FOV", "THIN_PRISM_FISHEYE", "DIVISION", "EUCM"])
def test_lenses_that_the_record_cannot_keep_are_refused_by_name(tmp_path: Path, model: str):
    camera = pycolmap.Camera.create_from_model_name(1, model, 900, 1280, 720)
    reconstruction(model, list(camera.params), random_path(10, 2)).write_binary(tmp_path)
    with pytest.raises(ValueError, match=model) as refusal:
        import_camera((tmp_path / "images.bin").read_bytes(), companion=(tmp_path / "cameras.bin").read_bytes())
    assert refusal.value.code == "lens_model_not_kept"


# -- evo --------------------------------------------------------------------------------------------------------------


def test_tum_files_of_evo_are_read_as_evo_reads_them(tmp_path: Path):
    path = random_path(12, 30)
    stamps = 1305031102.175304 + path.times_s
    file_interface.write_tum_trajectory_file(
        tmp_path / "t.txt", PoseTrajectory3D(poses_se3=list(path.c2w), timestamps=stamps)
    )
    theirs = file_interface.read_tum_trajectory_file(tmp_path / "t.txt")
    ours = import_camera((tmp_path / "t.txt").read_bytes())
    assert ours.format == "tum"
    assert np.abs(ours.path.c2w - np.array(theirs.poses_se3)).max() < 1e-9
    assert np.array_equal(ours.path.times_s, theirs.timestamps)


def test_evo_reads_our_tum_and_kitti(tmp_path: Path):
    path = random_path(13, 30)
    (tmp_path / "t.txt").write_bytes(export_camera(path, "tum").files["trajectory.txt"])
    tum = file_interface.read_tum_trajectory_file(tmp_path / "t.txt")
    assert np.abs(np.array(tum.poses_se3) - path.c2w).max() < 1e-9
    assert np.array_equal(tum.timestamps, path.times_s)
    (tmp_path / "k.txt").write_bytes(export_camera(path, "kitti").files["poses.txt"])
    kitti = file_interface.read_kitti_poses_file(tmp_path / "k.txt")
    assert np.array_equal(np.array(kitti.poses_se3), path.c2w)


def test_kitti_files_of_evo_are_read_as_evo_reads_them():
    path, file = random_path(14, 30), StringIO()
    file_interface.write_kitti_poses_file(file, PosePath3D(poses_se3=list(path.c2w)))
    ours = import_camera(file.getvalue().encode())
    assert ours.format == "kitti"
    assert np.abs(ours.path.c2w - path.c2w).max() < 1e-9


# -- glTF and USD -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gltf", "glb"])
def test_pygltflib_reads_ours(tmp_path: Path, name: str):
    path = random_path(15, 6)
    file = tmp_path / f"camera.{name}"
    (content,) = export_camera(path, name).files.values()
    file.write_bytes(content)
    read = pygltflib.GLTF2().load(str(file))
    assert read.asset.version == "2.0"
    node = read.nodes[1]
    assert node.camera == 0
    assert read.cameras[0].perspective.yfov == pytest.approx(2 * np.arctan(0.5 / path.intrinsics[0, 1]))
    channels = {
        channel.target.path: read.animations[0].samplers[channel.sampler] for channel in read.animations[0].channels
    }
    times = floats_of(read, channels["translation"].input, 1)[:, 0]
    assert times == pytest.approx(path.times_s, abs=1e-6)
    moved = floats_of(read, channels["translation"].output, 3) + read.nodes[0].translation
    assert moved == pytest.approx(path.positions, abs=1e-5)


def floats_of(read: pygltflib.GLTF2, accessor: int, width: int) -> np.ndarray:
    """An accessor's values, by way of pygltflib's own buffer decoding."""
    entry = read.accessors[accessor]
    view = read.bufferViews[entry.bufferView]
    data = read.binary_blob() or read.get_data_from_buffer_uri(read.buffers[0].uri)
    return np.frombuffer(data[view.byteOffset : view.byteOffset + view.byteLength], "<f4").reshape(-1, width)


def test_what_pygltflib_writes_is_read():
    keys = np.array([0, 0.5, 1.0], "<f4").tobytes() + np.array([[0, 0, 0], [1, 0, 0], [1, 2, 0]], "<f4").tobytes()
    made = pygltflib.GLTF2(
        scene=0,
        scenes=[pygltflib.Scene(nodes=[0])],
        nodes=[pygltflib.Node(camera=0, name="Shot")],
        cameras=[pygltflib.Camera(type="perspective", perspective=pygltflib.Perspective(yfov=0.8, aspectRatio=1.5))],
        animations=[
            pygltflib.Animation(
                samplers=[pygltflib.AnimationSampler(input=0, output=1, interpolation="LINEAR")],
                channels=[
                    pygltflib.AnimationChannel(
                        sampler=0, target=pygltflib.AnimationChannelTarget(node=0, path="translation")
                    )
                ],
            )
        ],
        accessors=[
            pygltflib.Accessor(bufferView=0, componentType=pygltflib.FLOAT, count=3, type="SCALAR", min=[0], max=[1]),
            pygltflib.Accessor(bufferView=1, componentType=pygltflib.FLOAT, count=3, type="VEC3"),
        ],
        bufferViews=[
            pygltflib.BufferView(buffer=0, byteOffset=0, byteLength=12),
            pygltflib.BufferView(buffer=0, byteOffset=12, byteLength=36),
        ],
        buffers=[pygltflib.Buffer(byteLength=48)],
    )
    made.set_binary_blob(keys)
    imported = import_camera(b"".join(made.save_to_bytes()))
    assert imported.format == "glb"
    assert imported.path.positions.tolist() == [[0, 0, 0], [1, 0, 0], [1, 2, 0]]
    assert imported.path.times_s.tolist() == [0, 0.5, 1]
    assert imported.path.intrinsics[0] == pytest.approx([0.5 / np.tan(0.4) / 1.5, 0.5 / np.tan(0.4), 0.5, 0.5])


def test_usd_reads_ours(tmp_path: Path):
    path = random_path(16, 6)
    path = CameraPath(path.c2w, path.intrinsics, path.times_s, 1280, 720, "declared", lens=PhysicalLens(24.9, 4.0))
    file = tmp_path / "camera.usda"
    file.write_bytes(export_camera(path, "usd").files["camera.usda"])
    stage = Usd.Stage.Open(str(file))
    assert (UsdGeom.GetStageMetersPerUnit(stage), UsdGeom.GetStageUpAxis(stage)) == (1.0, "Y")
    camera = UsdGeom.Camera(stage.GetDefaultPrim())
    for i, second in enumerate(path.times_s):
        lens = camera.GetCamera(second * stage.GetTimeCodesPerSecond())
        matrix = np.array(lens.transform).T
        assert np.abs(matrix @ np.diag([1, -1, -1, 1]) - path.c2w[i]).max() < 1e-9
        # A point that projects to the frame's corner lies on the frustum's edge.
        fx, fy, cx, cy = path.intrinsics[i]
        window = lens.frustum.window
        assert window.min[0] == pytest.approx(-cx / fx, rel=1e-5)
        assert window.max[1] == pytest.approx(cy / fy, rel=1e-5)
        assert (lens.horizontalAperture * 100, lens.fStop) == (pytest.approx(24.9), 4.0)


@pytest.mark.parametrize("ending", ["usda", "usdc", "usdz"])
def test_what_usd_writes_is_read(tmp_path: Path, ending: str):
    """A Z-up stage in centimetres whose camera hangs on a scaled, moving rig."""
    file = tmp_path / ("shot.usdc" if ending == "usdz" else f"shot.{ending}")
    stage = Usd.Stage.CreateNew(str(file))
    UsdGeom.SetStageUpAxis(stage, "Z")
    UsdGeom.SetStageMetersPerUnit(stage, 0.01)
    stage.SetTimeCodesPerSecond(25)
    rig = UsdGeom.Xform.Define(stage, "/rig")
    rig.AddScaleOp().Set(Gf.Vec3f(2, 2, 2))
    camera = UsdGeom.Camera.Define(stage, "/rig/shot")
    camera.GetFocalLengthAttr().Set(50)
    camera.GetHorizontalApertureAttr().Set(36)
    camera.GetVerticalApertureAttr().Set(24)
    move = camera.AddTranslateOp()
    for code in (0, 25, 50):
        move.Set(Gf.Vec3d(code, 0, 100), code)
    stage.Save()
    if ending == "usdz":
        assert UsdUtils.CreateNewUsdzPackage(Sdf.AssetPath(str(file)), str(tmp_path / "shot.usdz"))
        file = tmp_path / "shot.usdz"
    imported = import_camera(file.read_bytes())
    assert imported.format == "usd"
    # Keys a second apart are a curve, and are sampled frame by frame.
    assert imported.path.positions[::25] == pytest.approx(np.array([[0, 2, 0], [0.5, 2, 0], [1, 2, 0]]))
    assert imported.path.times_s == pytest.approx(np.arange(51) / 25)
    assert imported.path.intrinsics[0] == pytest.approx([50 / 36, 50 / 24, 0.5, 0.5])
    assert imported.path.up == "declared"
    # It looked along -Z, which is down there: here that is -Y.
    assert imported.path.c2w[0, :3, 2] == pytest.approx([0, -1, 0])
    assert imported.path.lens.sensor_width_mm == pytest.approx(36)


def test_the_blender_convention_is_blenders():
    """Blender's default camera, whose matrix its own documentation shows: it looks down at the origin."""
    pose = [
        [0.6859206557273865, -0.32401347160339355, 0.6515582203865051, 7.358891487121582],
        [0.7276763319969177, 0.305420845746994, -0.6141703724861145, -6.925790786743164],
        [0.0, 0.8953956365585327, 0.44527140259742737, 4.958309173583984],
        [0.0, 0.0, 0.0, 1.0],
    ]
    data = {"fps": 24, "resolution": [1920, 1080], "lens": 50, "frames": [{"frame": 1, "matrix_world": pose}]}
    path = import_camera(json.dumps(data).encode()).path
    assert path.positions[0] == pytest.approx([7.3589, 4.9583, 6.9258], abs=1e-4)
    to_origin = -path.positions[0] / np.linalg.norm(path.positions[0])
    assert path.c2w[0, :3, 2] @ to_origin > 0.99
    assert path.intrinsics[0] == pytest.approx([50 / 36, 50 / 36 * 16 / 9, 0.5, 0.5])
