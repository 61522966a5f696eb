"""What COLMAP's text and binary models have in common: cameras, images, and the path they amount to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from curation.record.cameras.ordering import natural_key
from curation.record.cameras.path import CameraPath, Distortion
from curation.record.cameras.reading import Loss, RawPath, Reading
from curation.record.cameras.rotations import matrix_from_quaternion
from curation.record.cameras.text import check_frame_count, check_quaternions, homogeneous
from curation.record.cameras.timestamps import numbered
from curation.record.problems import RecordRefused, refuse

Coefficients = Sequence[float]


def _pinhole(_: Coefficients) -> Distortion | None:
    return None


def _opencv(values: Coefficients) -> Distortion | None:
    return Distortion("opencv", tuple(values)) if any(values) else None


def _fisheye(values: Coefficients) -> Distortion:
    # Straight lines bend through a fisheye even where every coefficient is zero.
    return Distortion("opencv_fisheye", tuple(values))


@dataclass(frozen=True)
class LensModel:
    """One of COLMAP's camera models (src/colmap/sensor/models.h).

    Attributes:
        name: As cameras.txt writes it.
        number: As cameras.bin writes it.
        focals: One focal length for both axes, or two.
        coefficients: How many numbers follow the principal point.
        distortion: What these mean to the record; None where the record cannot say it.
    """

    name: str
    number: int
    focals: int
    coefficients: int
    distortion: Callable[[Coefficients], Distortion | None] | None

    @property
    def parameters(self) -> int:
        return self.focals + 2 + self.coefficients


LENS_MODELS: dict[str, LensModel] = {
    model.name: model
    for model in (
        LensModel("SIMPLE_PINHOLE", 0, 1, 0, _pinhole),
        LensModel("PINHOLE", 1, 2, 0, _pinhole),
        LensModel("SIMPLE_RADIAL", 2, 1, 1, _opencv),
        LensModel("RADIAL", 3, 1, 2, _opencv),
        LensModel("OPENCV", 4, 2, 4, _opencv),
        LensModel("OPENCV_FISHEYE", 5, 2, 4, _fisheye),
        LensModel("FULL_OPENCV", 6, 2, 8, _opencv),
        LensModel("FOV", 7, 2, 1, None),
        LensModel("SIMPLE_RADIAL_FISHEYE", 8, 1, 1, _fisheye),
        LensModel("RADIAL_FISHEYE", 9, 1, 2, _fisheye),
        LensModel("THIN_PRISM_FISHEYE", 10, 2, 8, None),
        LensModel("RAD_TAN_THIN_PRISM_FISHEYE", 11, 2, 12, None),
        LensModel("SIMPLE_DIVISION", 12, 1, 1, None),
        LensModel("DIVISION", 13, 2, 1, None),
        LensModel("SIMPLE_FISHEYE", 14, 1, 0, _fisheye),
        LensModel("FISHEYE", 15, 2, 0, _fisheye),
        LensModel("EUCM", 16, 2, 2, None),
        # Neither focal length nor principal point: width and height stand in their place.
        LensModel("EQUIRECTANGULAR", 17, 2, -2, None),
    )
}
MODEL_OF_NUMBER = {model.number: model for model in LENS_MODELS.values()}


@dataclass(frozen=True)
class ModelCamera:
    """One camera of a model: intrinsics are shares of its width and height."""

    width: int
    height: int
    intrinsics: tuple[float, float, float, float]
    distortion: Distortion | None


@dataclass
class Model:
    """What has been read so far.

    Attributes:
        cameras: By id.
        names: Of the images; `poses` are their `qw qx qy qz tx ty tz`, `camera_ids` whose camera took them, `places`
            where they stand in the file, for refusals.
        camera_lines: How many cameras were stated, the same one twice or not: no more than a path has frames.
    """

    cameras: dict[str, ModelCamera] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    poses: list[list[float]] = field(default_factory=list)
    camera_ids: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    camera_lines: int = 0

    def add_camera(self, camera_id: str, camera: ModelCamera) -> None:
        self.cameras[camera_id] = camera
        self.camera_lines += 1
        check_frame_count(self.camera_lines)

    def add_image(self, name: str, pose: list[float], camera_id: str, place: str) -> None:
        self.names.append(name)
        self.poses.append(pose)
        self.camera_ids.append(camera_id)
        self.places.append(place)
        check_frame_count(len(self.poses))


def camera_of(model: LensModel, width: float, height: float, parameters: list[float], place: str) -> ModelCamera:
    """The camera that a line or an entry states.

    Raises:
        RecordRefused: Its size is no size, or the record cannot keep its lens.
    """
    if not (1 <= width <= 65_536 and 1 <= height <= 65_536):
        raise refuse(place, "out_of_range", "The frame size is not in pixels.", "Correct the size.")
    if model.distortion is None:
        raise refuse(
            place,
            "lens_model_not_kept",
            f"The record cannot keep a lens of COLMAP's model {model.name}.",
            "Undistort the images to PINHOLE (colmap image_undistorter), or calibrate with OPENCV or OPENCV_FISHEYE.",
        )
    fx, fy = parameters[0], parameters[model.focals - 1]
    cx, cy = parameters[model.focals : model.focals + 2]
    distortion = model.distortion(parameters[model.focals + 2 :])
    return ModelCamera(int(width), int(height), (fx / width, fy / height, cx / width, cy / height), distortion)


def path_of(model: Model, reading: Reading) -> RawPath:
    """The path of a model, its frames in the order of the image names.

    Raises:
        RecordRefused: Naming the place of an image without camera or rotation.
    """
    check_frame_count(len(model.poses))
    order = sorted(range(len(model.names)), key=lambda i: natural_key(model.names[i]))
    notes = () if order == sorted(order) else ("Frames have been put in the order of their image names.",)
    poses = np.array(model.poses)[order]
    check_quaternions(poses[:, :4], [model.places[i] for i in order])
    rows = np.concatenate([matrix_from_quaternion(poses[:, :4]), poses[:, 4:, None]], axis=2)
    cameras = [_camera_taking(model, i) for i in order] if model.cameras else []
    distortions = {camera.distortion for camera in cameras}
    sizes = {(camera.width, camera.height) for camera in cameras}
    width, height = sizes.pop() if len(sizes) == 1 else (None, None)
    return RawPath(
        matrices=homogeneous(rows),
        intrinsics=np.array([camera.intrinsics for camera in cameras]) if cameras else None,
        times_s=numbered(len(order), reading),
        width=width,
        height=height,
        losses=_several(distortions),
        distortion=distortions.pop() if len(distortions) == 1 else None,
        notes=notes,
    )


def cameras_of(path: CameraPath) -> tuple[LensModel, list[list[float]], list[int]]:
    """What to write of a path's lens: its model, the parameters of each distinct camera, and each frame's camera
    counted from 0. No cameras where the path has no intrinsics.

    Raises:
        RecordRefused: The path has intrinsics but no frame size, which COLMAP's pixels need.
    """
    if path.intrinsics is None:
        return LENS_MODELS["PINHOLE"], [], [0] * len(path)
    if path.width is None or path.height is None:
        raise size_required()
    model = _model_for(path.distortion)
    coefficients = path.distortion.coefficients if path.distortion else ()
    padded = [*coefficients, *[0.0] * (model.coefficients - len(coefficients))]
    scale = np.array([path.width, path.height, path.width, path.height], dtype=np.float64)
    distinct, ids = np.unique(path.intrinsics * scale, axis=0, return_inverse=True)
    return model, [[*row, *padded] for row in distinct.tolist()], ids.ravel().tolist()


def size_required() -> RecordRefused:
    return refuse(
        "", "size_required", "COLMAP intrinsics are in pixels and the path has no frame size.", "Add width and height."
    )


def _model_for(distortion: Distortion | None) -> LensModel:
    if distortion is None:
        return LENS_MODELS["PINHOLE"]
    if distortion.model == "opencv_fisheye":
        return LENS_MODELS["OPENCV_FISHEYE"]
    return LENS_MODELS["OPENCV" if len(distortion.coefficients) <= 4 else "FULL_OPENCV"]


def _camera_taking(model: Model, image: int) -> ModelCamera:
    camera = model.cameras.get(model.camera_ids[image])
    if camera is None:
        raise refuse(
            model.places[image],
            "unknown_camera",
            f"This image names camera {model.camera_ids[image][:20]}, which is not in the file.",
            "Upload the cameras and images of the same model.",
        )
    return camera


def _several(distortions: set[Distortion | None]) -> tuple[Loss, ...]:
    if len(distortions) < 2:
        return ()
    return (Loss("distortion", "The frames have different lens distortions, and none was kept."),)
