"""COLMAP text models: `cameras.txt` and `images.txt`, world-to-camera quaternions (w first), OpenCV axes.

The two may come as two files, joined into one, or `images.txt` alone (then without intrinsics). Points are ignored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.cameras.reading import (
    Loss,
    RawPath,
    Reading,
    check_frame_count,
    decoded,
    fields,
    homogeneous,
    is_number,
    number,
    numbered_lines,
    numbers,
)
from curation.record.cameras.rotations import matrix_from_quaternion, quaternion_from_matrix
from curation.record.problems import refuse

# Model -> how many parameters, and whether the first is one focal length for both axes.
_MODELS: dict[str, tuple[int, bool]] = {
    "SIMPLE_PINHOLE": (3, True),
    "PINHOLE": (4, False),
    "SIMPLE_RADIAL": (4, True),
    "RADIAL": (5, True),
    "OPENCV": (8, False),
    "OPENCV_FISHEYE": (8, False),
    "FULL_OPENCV": (12, False),
    "FOV": (5, False),
    "SIMPLE_RADIAL_FISHEYE": (4, True),
    "RADIAL_FISHEYE": (5, True),
    "THIN_PRISM_FISHEYE": (12, False),
}
CAMERA_MODELS = frozenset(_MODELS)
_DIGITS = re.compile(r"(\d{1,18})")


@dataclass(frozen=True)
class _Camera:
    width: int
    height: int
    intrinsics: tuple[float, float, float, float]
    distorted: bool


@dataclass
class _Model:
    cameras: dict[str, _Camera] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    poses: list[list[float]] = field(default_factory=list)
    camera_ids: list[str] = field(default_factory=list)
    line_numbers: list[int] = field(default_factory=list)


def looks_like(lines: list[str]) -> bool:
    """Whether one of a file's first lines is a camera or an image of a COLMAP model."""
    return any(_is_camera(row := fields(line)) or _is_image(row) for line in lines)


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of a model, its frames in the order of the image names.

    Raises:
        RecordRefused: Naming the line.
    """
    model = _parse(decoded(content))
    check_frame_count(len(model.poses))
    order = sorted(range(len(model.names)), key=lambda i: natural_key(model.names[i]))
    notes = () if order == sorted(order) else ("Frames have been put in the order of their image names.",)
    poses = np.array(model.poses)[order]
    _check_quaternions(poses[:, :4], [model.line_numbers[i] for i in order])
    rows = np.concatenate([matrix_from_quaternion(poses[:, :4]), poses[:, 4:, None]], axis=2)
    cameras = [_camera_of(model, i) for i in order] if model.cameras else []
    losses = [Loss("times_s", "The times of the frames were not in the file.")]
    if any(camera.distorted for camera in cameras):
        losses.append(Loss("distortion", "Lens distortion was in the file and was not kept."))
    sizes = {(camera.width, camera.height) for camera in cameras}
    width, height = sizes.pop() if len(sizes) == 1 else (None, None)
    return RawPath(
        matrices=homogeneous(rows),
        intrinsics=np.array([camera.intrinsics for camera in cameras]) if cameras else None,
        times_s=np.arange(len(order)) / reading.fps if reading.fps else None,
        width=width,
        height=height,
        losses=tuple(losses[1:] if reading.fps else losses),
        notes=notes,
    )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`images.txt`, and `cameras.txt` where the path has intrinsics.

    Raises:
        RecordRefused: The path has intrinsics but no frame size, which COLMAP's pixels need.
    """
    camera_lines, camera_ids = _camera_lines(path)
    lines = ["# IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME, then a line of POINTS2D (none here)"]
    quaternions = quaternion_from_matrix(matrices[:, :3, :3])
    for i, (quaternion, matrix) in enumerate(zip(quaternions, matrices, strict=True)):
        values = " ".join(repr(float(value)) for value in (*quaternion, *matrix[:3, 3]))
        lines += [f"{i + 1} {values} {camera_ids[i]} frame_{i:06d}.png", ""]
    files = {"images.txt": ("\n".join(lines) + "\n").encode()}
    if camera_lines:
        text = "\n".join(["# CAMERA_ID MODEL WIDTH HEIGHT PARAMS (fx fy cx cy)", *camera_lines]) + "\n"
        files["cameras.txt"] = text.encode()
    return files


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts `frame_10` after `frame_9`."""
    parts = _DIGITS.split(name)
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]


def _parse(text: str) -> _Model:
    model = _Model()
    lines = _Lookahead(numbered_lines(text))
    for line_number, line in lines:
        row = fields(line)
        if not row:
            continue
        if _is_camera(row):
            model.cameras[row[0]] = _camera(row, line_number)
        elif _is_image(row):
            _add_image(model, row, line_number)
            lines.skip_points()
        else:
            raise refuse(
                f"line {line_number}",
                "wrong_columns",
                "This line is neither a camera nor an image of a COLMAP model.",
                "An image is: id qw qx qy qz tx ty tz camera_id name, then a line of points, which may be empty.",
            )
    return model


class _Lookahead:
    """Lines in turn; after an image its line of points can be passed over, present or not."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._lines = lines
        self._held: tuple[int, str] | None = None

    def __iter__(self) -> "_Lookahead":
        return self

    def __next__(self) -> tuple[int, str]:
        held, self._held = self._held, None
        return held or next(self._lines)

    def skip_points(self) -> None:
        self._held = next(self._lines, None)
        row = fields(self._held[1]) if self._held else []
        # Points come in threes (x, y, point id); an image line never does unless its name has blanks.
        if not row or (len(row) % 3 == 0 and not _is_image(row)):
            self._held = None


def _is_camera(row: list[str]) -> bool:
    return len(row) >= 5 and row[1] in CAMERA_MODELS


def _is_image(row: list[str]) -> bool:
    if len(row) < 10 or not (row[0].isdecimal() and row[8].isdecimal()):
        return False
    # A name with blanks still ends in something like `.png`.
    return len(row) == 10 or not is_number(row[-1])


def _camera(row: list[str], line_number: int) -> _Camera:
    count, one_focal = _MODELS[row[1]]
    if len(row) != 4 + count:
        raise refuse(
            f"line {line_number}",
            "wrong_columns",
            f"A {row[1]} camera has {count} parameters, not {len(row) - 4}.",
            "Write the camera as COLMAP does: id model width height parameters.",
        )
    width, height, *params = numbers(row[2:], line_number)
    if not (1 <= width <= 65_536 and 1 <= height <= 65_536):
        raise refuse(f"line {line_number}", "out_of_range", "The frame size is not in pixels.", "Correct the size.")
    fx, fy, cx, cy = (params[0], params[0], *params[1:3]) if one_focal else params[:4]
    rest = params[3:] if one_focal else params[4:]
    return _Camera(int(width), int(height), (fx / width, fy / height, cx / width, cy / height), any(rest))


def _add_image(model: _Model, row: list[str], line_number: int) -> None:
    model.poses.append([number(token, f"line {line_number}") for token in row[1:8]])
    model.camera_ids.append(row[8])
    model.names.append(" ".join(row[9:]))
    model.line_numbers.append(line_number)
    if len(model.poses) > MAX_FRAMES:
        check_frame_count(len(model.poses))


def _camera_of(model: _Model, image: int) -> _Camera:
    camera = model.cameras.get(model.camera_ids[image])
    if camera is None:
        raise refuse(
            f"line {model.line_numbers[image]}",
            "unknown_camera",
            f"This image names camera {model.camera_ids[image][:20]}, which is not in the file.",
            "Upload cameras.txt and images.txt of the same model.",
        )
    return camera


def _check_quaternions(quaternions: Floats, line_numbers: list[int]) -> None:
    lengths = np.linalg.norm(quaternions, axis=1)
    if np.any(lengths < 1e-6):
        line = line_numbers[int(np.argmin(lengths))]
        raise refuse(f"line {line}", "not_a_rotation", "The quaternion has no length.", "Correct or remove this image.")


def _camera_lines(path: CameraPath) -> tuple[list[str], list[int]]:
    if path.intrinsics is None:
        return [], [1] * len(path)
    if path.width is None or path.height is None:
        raise refuse(
            "",
            "size_required",
            "COLMAP intrinsics are in pixels and the path has no frame size.",
            "Add width and height.",
        )
    scale = np.array([path.width, path.height, path.width, path.height], dtype=np.float64)
    distinct, ids = np.unique(path.intrinsics * scale, axis=0, return_inverse=True)
    lines = [
        f"{i} PINHOLE {path.width} {path.height} " + " ".join(repr(float(value)) for value in row)
        for i, row in enumerate(distinct, start=1)
    ]
    return lines, (ids.ravel() + 1).tolist()
