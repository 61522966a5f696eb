"""`transforms.json` of nerfstudio and instant-ngp: camera-to-world matrices, OpenGL axes, intrinsics in pixels."""

import json
from collections.abc import Mapping
from math import tan
from typing import Any, Never

import numpy as np

from curation.record.cameras.colmap import natural_key
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import Loss, RawPath, Reading, check_frame_count, checked, decoded
from curation.record.problems import RecordRefused, refuse

MAX_JSON_BYTES = 32 * 1024 * 1024
_DISTORTION = ("k1", "k2", "k3", "k4", "p1", "p2")

Intrinsics = tuple[float, float, float, float]
Size = tuple[int, int]


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
    frames, notes = _in_order(frames)
    matrices = np.array([_matrix(frame.get("transform_matrix"), where) for where, frame in frames])
    found = [_intrinsics(data, frame, where, reading) for where, frame in frames]
    losses = [] if reading.fps else [Loss("times_s", "The times of the frames were not in the file.")]
    if any(source.get(key) for source in (data, *(frame for _, frame in frames)) for key in _DISTORTION):
        losses.append(Loss("distortion", "Lens distortion was in the file and was not kept."))
    if data.get("applied_transform") is not None:
        notes.append("The file names an applied_transform; poses were taken as they stand.")
    known = [intrinsics for intrinsics, _ in found if intrinsics is not None]
    if known and len(known) < len(found):
        losses.append(Loss("intrinsics", "Some frames have no intrinsics, so none were kept."))
    sizes = {size for _, size in found}
    width, height = (sizes.pop() if len(sizes) == 1 else None) or (None, None)
    return RawPath(
        matrices=matrices,
        intrinsics=np.array(known) if len(known) == len(found) else None,
        times_s=np.arange(len(frames)) / reading.fps if reading.fps else None,
        width=width,
        height=height,
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
    data: dict[str, Any] = {"camera_model": "OPENCV"}
    if path.width is not None and path.height is not None:
        data |= {"w": path.width, "h": path.height}
    data["frames"] = [_frame(i, matrix, path) for i, matrix in enumerate(matrices)]
    return {"transforms.json": (json.dumps(data, indent=1, allow_nan=False) + "\n").encode()}


def parse_json(content: bytes) -> Any:
    """Decoded JSON without NaN or infinity.

    Raises:
        RecordRefused: It is not JSON, too large or nested too deeply.
    """
    if len(content) > MAX_JSON_BYTES:
        raise refuse(
            "", "too_large", f"The file has {len(content):,} bytes.", f"Keep JSON under {MAX_JSON_BYTES:,} bytes."
        )
    try:
        return json.loads(decoded(content), parse_constant=_not_finite)
    except json.JSONDecodeError as error:
        raise refuse(
            f"line {error.lineno}", "not_json", "The JSON breaks off or is malformed here.", "Repair it."
        ) from error
    except RecordRefused:
        raise
    except (ValueError, RecursionError) as error:
        raise refuse("", "not_json", "The JSON cannot be read.", "Write plain numbers, not deeply nested.") from error


def _not_finite(word: str) -> Never:
    raise refuse("", "not_finite", f"The file contains {word}.", "Remove or repair that frame.")


def _in_order(frames: list[dict[str, Any]]) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Frames with their place in the file, sorted by file path where every path is its own."""
    placed = [(f"frames[{i}]", frame) for i, frame in enumerate(frames)]
    paths = [frame.get("file_path") for frame in frames]
    if not all(isinstance(path, str) for path in paths) or len(set(paths)) < len(paths):
        return placed, []
    ordered = sorted(placed, key=lambda item: natural_key(item[1]["file_path"]))
    return ordered, [] if ordered == placed else ["Frames have been put in the order of their file paths."]


def _matrix(rows: object, where: str) -> Floats:
    place = f"{where}.transform_matrix"
    if not isinstance(rows, list) or len(rows) not in (3, 4):
        raise refuse(place, "wrong_shape", "The matrix does not have 3 or 4 rows.", "Write a 3x4 or 4x4 matrix.")
    if not all(isinstance(row, list) and len(row) == 4 for row in rows):
        raise refuse(place, "wrong_shape", "A row of the matrix does not have 4 numbers.", "Write a 3x4 or 4x4 matrix.")
    matrix = np.eye(4)
    for i, row in enumerate(rows):
        matrix[i] = [_real(value, place) for value in row]
    if not np.allclose(matrix[3], (0, 0, 0, 1), atol=1e-6):
        raise refuse(place, "wrong_shape", "The matrix does not end in 0 0 0 1.", "Write rows, not columns.")
    matrix[3] = (0, 0, 0, 1)
    return matrix


def _real(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(place, "not_a_number", "This holds something that is not a number.", "Write numbers.")
    # Integers of JSON have no limit; compared before conversion they cannot overflow.
    if isinstance(value, int) and abs(value) > 10**12:
        raise refuse(place, "out_of_range", "A number is too large for a camera.", "Check the unit.")
    return checked(float(value), place)


def _intrinsics(
    data: Mapping[str, Any], frame: Mapping[str, Any], where: str, reading: Reading
) -> tuple[Intrinsics | None, Size | None]:
    """Normalised intrinsics and size of a frame, each None where not known; the frame's own values come first."""

    def value(key: str) -> float | None:
        found = frame.get(key, data.get(key))
        return None if found is None else _real(found, f"{where}.{key}")

    width, height = value("w") or reading.width, value("h") or reading.height
    if width is None or height is None:
        return None, None
    if not (1 <= width <= 65_536 and 1 <= height <= 65_536):
        raise refuse(f"{where}.w", "out_of_range", "The frame size is not in pixels.", "Correct w and h.")
    size = (int(width), int(height))
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


def _frame(index: int, matrix: Floats, path: CameraPath) -> dict[str, Any]:
    frame: dict[str, Any] = {"file_path": f"images/frame_{index:06d}.png", "transform_matrix": matrix.tolist()}
    if path.intrinsics is not None and path.width and path.height:
        fx, fy, cx, cy = path.intrinsics[index].tolist()
        frame |= {
            "fl_x": fx * path.width,
            "fl_y": fy * path.height,
            "cx": cx * path.width,
            "cy": cy * path.height,
        }
    return frame
