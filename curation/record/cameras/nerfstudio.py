"""`transforms.json` of nerfstudio and instant-ngp: camera-to-world matrices, OpenGL axes, intrinsics in pixels."""

from collections.abc import Mapping
from math import tan
from typing import Any

import numpy as np

from curation.record.cameras.json_values import as_json, frame_size, matrix, optional, parse_json, real
from curation.record.cameras.ordering import natural_key
from curation.record.cameras.path import CameraPath, Distortion, Floats
from curation.record.cameras.reading import SIZE_WANTED, Loss, RawPath, Reading
from curation.record.cameras.text import check_frame_count
from curation.record.cameras.timestamps import numbered
from curation.record.problems import refuse

_RADIAL_AND_TANGENTIAL = ("k1", "k2", "p1", "p2", "k3")
_FISHEYE = ("k1", "k2", "k3", "k4")
_FOCAL = ("fl_x", "fl_y", "camera_angle_x", "camera_angle_y")
_COEFFICIENTS = {*_RADIAL_AND_TANGENTIAL, *_FISHEYE}

Intrinsics = tuple[float, float, float, float]
Size = tuple[int, int]
Frame = Mapping[str, Any]


def looks_like(data: object) -> bool:
    """Whether decoded JSON states frames as this format does."""
    frames = data.get("frames") if isinstance(data, dict) else None
    if isinstance(frames, list) and frames:
        return isinstance(frames[0], dict) and "transform_matrix" in frames[0]
    return isinstance(data, dict) and "transform_matrix" in data


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of such a file; frames with paths are put in the order of those paths.

    Raises:
        RecordRefused: Naming the frame.
    """
    data = parse_json(content)
    frames = data.get("frames") if isinstance(data, dict) else None
    if not isinstance(frames, list) or not all(isinstance(frame, dict) for frame in frames):
        raise refuse("frames", "no_frames", "The file has no list of frames.", "Write frames as a list of objects.")
    check_frame_count(len(frames))
    placed, notes = _in_order(frames)
    matrices = np.array([matrix(frame.get("transform_matrix"), f"{where}.transform_matrix") for where, frame in placed])
    found = [_intrinsics(data, frame, where, reading) for where, frame in placed]
    distortion, losses = _distortion(data, placed)
    if data.get("applied_transform") is not None:
        notes.append("The file names an applied_transform; poses were taken as they stand.")
    known = [intrinsics for intrinsics, _ in found if intrinsics is not None]
    if known and len(known) < len(found):
        losses.append(Loss("intrinsics", "Some frames have no intrinsics, so none were kept."))
    if not known and any(key in source for source in (data, placed[0][1]) for key in _FOCAL):
        losses.append(SIZE_WANTED)
    sizes = {size for _, size in found}
    width, height = (sizes.pop() if len(sizes) == 1 else None) or (None, None)
    return RawPath(
        matrices=matrices,
        intrinsics=np.array(known) if len(known) == len(found) else None,
        times_s=numbered(len(placed), reading),
        width=width,
        height=height,
        distortion=distortion,
        losses=tuple(losses),
        notes=tuple(notes),
    )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`transforms.json`; intrinsics stand in each frame, so that a zoom passes.

    Raises:
        RecordRefused: The path has intrinsics but no frame size.
    """
    if path.intrinsics is not None and (path.width is None or path.height is None):
        raise refuse(
            "",
            "size_required",
            "These intrinsics are in pixels and the path has no frame size.",
            "Add width and height.",
        )
    fisheye = path.distortion is not None and path.distortion.model == "opencv_fisheye"
    data: dict[str, Any] = {"camera_model": "OPENCV_FISHEYE" if fisheye else "OPENCV"}
    if path.width is not None and path.height is not None:
        data |= {"w": path.width, "h": path.height}
    if path.distortion is not None and can_hold(path.distortion):
        names = _FISHEYE if fisheye else _RADIAL_AND_TANGENTIAL
        data |= dict(zip(names, path.distortion.coefficients, strict=False))
    data["frames"] = [_frame(i, pose, path) for i, pose in enumerate(matrices)]
    return {"transforms.json": as_json(data)}


def can_hold(distortion: Distortion) -> bool:
    """Whether these coefficients have names here: those of the rational model (k4 k5 k6) have none."""
    return distortion.model == "opencv_fisheye" or len(distortion.coefficients) <= len(_RADIAL_AND_TANGENTIAL)


def _in_order(frames: list[Frame]) -> tuple[list[tuple[str, Frame]], list[str]]:
    """Frames with their place in the file, sorted by file path where every path is its own."""
    placed = [(f"frames[{i}]", frame) for i, frame in enumerate(frames)]
    paths = [frame.get("file_path") for frame in frames]
    if not all(isinstance(path, str) for path in paths) or len(set(paths)) < len(paths):
        return placed, []
    ordered = sorted(placed, key=lambda item: natural_key(item[1]["file_path"]))
    return ordered, [] if ordered == placed else ["Frames have been put in the order of their file paths."]


def _intrinsics(data: Frame, frame: Frame, where: str, reading: Reading) -> tuple[Intrinsics | None, Size | None]:
    """Normalised intrinsics and size of a frame, each None where not known; the frame's own values come first."""

    def value(key: str) -> float | None:
        return optional(frame.get(key, data.get(key)), f"{where}.{key}")

    size = frame_size(value("w") or reading.width, value("h") or reading.height, f"{where}.w")
    if size is None:
        return None, None
    width, height = size
    fx = value("fl_x") or _focal(value("camera_angle_x"), width)
    fy = value("fl_y") or _focal(value("camera_angle_y"), height) or fx
    fx = fx or fy
    if fx is None or fy is None:
        return None, size
    cx, cy = value("cx"), value("cy")
    centre = (0.5 if cx is None else cx / width, 0.5 if cy is None else cy / height)
    return (fx / width, fy / height, *centre), size


def _focal(angle: float | None, extent: float) -> float | None:
    """Focal length in pixels of a field of view in radians."""
    if angle is None or not 0 < angle < 3.14:
        return None
    return 0.5 * extent / tan(0.5 * angle)


def _distortion(data: Frame, placed: list[tuple[str, Frame]]) -> tuple[Distortion | None, list[Loss]]:
    """The lens that all frames share; a lens that changes from frame to frame is not kept."""
    fisheye = "FISHEYE" in str(data.get("camera_model", "")).upper() or data.get("is_fisheye") is True
    names = _FISHEYE if fisheye else _RADIAL_AND_TANGENTIAL
    lenses = {
        tuple(
            real(frame.get(name, data.get(name)) or 0, f"{where}.{name}")
            for name in (*names, *_COEFFICIENTS - {*names})
        )
        for where, frame in (placed if any(_COEFFICIENTS & frame.keys() for _, frame in placed) else placed[:1])
    }
    if len(lenses) > 1:
        return None, [Loss("distortion", "The frames have different lens distortions, and none was kept.")]
    values = lenses.pop()
    kept, rest = values[: len(names)], values[len(names) :]
    if any(rest):
        return None, [Loss("distortion", "The lens distortion mixes two models and was not kept.")]
    if fisheye:
        return Distortion("opencv_fisheye", kept), []
    return Distortion("opencv", kept) if any(kept) else None, []


def _frame(index: int, pose: Floats, path: CameraPath) -> dict[str, Any]:
    frame: dict[str, Any] = {"file_path": f"images/frame_{index:06d}.png", "transform_matrix": pose.tolist()}
    if path.intrinsics is not None and path.width and path.height:
        fx, fy, cx, cy = path.intrinsics[index].tolist()
        frame |= {
            "fl_x": fx * path.width,
            "fl_y": fy * path.height,
            "cx": cx * path.width,
            "cy": cy * path.height,
        }
    return frame
