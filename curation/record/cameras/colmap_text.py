"""COLMAP text models: `cameras.txt` and `images.txt`, world-to-camera quaternions (w first), OpenCV axes.

The two may come as two files, joined into one, or `images.txt` alone (then without intrinsics). Points are ignored.
"""

from collections.abc import Iterator

from curation.record.cameras.colmap_model import LENS_MODELS, Model, ModelCamera, camera_of, cameras_of
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rotations import quaternion_from_matrix
from curation.record.cameras.text import fields, is_number, number, numbered_lines, numbers
from curation.record.problems import refuse


def looks_like(line: str) -> bool:
    """Whether a line of a file is a camera or an image of a COLMAP model."""
    return _is_camera(row := fields(line)) or _is_image(row)


def parse(text: str, model: Model) -> None:
    """Add the cameras and images of a text to the model.

    Raises:
        RecordRefused: Naming the line.
    """
    lines = _Lookahead(numbered_lines(text))
    for line_number, line in lines:
        row = fields(line)
        if not row:
            continue
        if _is_camera(row):
            model.add_camera(row[0], _camera(row, line_number))
        elif _is_image(row):
            place = f"line {line_number}"
            model.add_image(" ".join(row[9:]), [number(token, place) for token in row[1:8]], row[8], place)
            lines.skip_points()
        else:
            raise refuse(
                f"line {line_number}",
                "wrong_columns",
                "This line is neither a camera nor an image of a COLMAP model.",
                "An image is: id qw qx qy qz tx ty tz camera_id name, then a line of points, which may be empty.",
            )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`images.txt`, and `cameras.txt` where the path has intrinsics.

    Raises:
        RecordRefused: The path has intrinsics but no frame size, which COLMAP's pixels need.
    """
    lens, cameras, taken_by = cameras_of(path)
    lines = ["# IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME, then a line of POINTS2D (none here)"]
    quaternions = quaternion_from_matrix(matrices[:, :3, :3])
    for i, (quaternion, matrix) in enumerate(zip(quaternions, matrices, strict=True)):
        values = " ".join(repr(float(value)) for value in (*quaternion, *matrix[:3, 3]))
        lines += [f"{i + 1} {values} {taken_by[i] + 1} frame_{i:06d}.png", ""]
    files = {"images.txt": ("\n".join(lines) + "\n").encode()}
    if cameras:
        lines = ["# CAMERA_ID MODEL WIDTH HEIGHT PARAMS"]
        for i, parameters in enumerate(cameras, start=1):
            lines.append(f"{i} {lens.name} {path.width} {path.height} " + " ".join(map(repr, parameters)))
        files["cameras.txt"] = ("\n".join(lines) + "\n").encode()
    return files


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
    return len(row) >= 5 and row[1] in LENS_MODELS


def _is_image(row: list[str]) -> bool:
    if len(row) < 10 or not (row[0].isdecimal() and row[8].isdecimal()):
        return False
    # A name with blanks still ends in something like `.png`.
    return len(row) == 10 or not is_number(row[-1])


def _camera(row: list[str], line_number: int) -> ModelCamera:
    lens = LENS_MODELS[row[1]]
    if len(row) != 4 + lens.parameters:
        raise refuse(
            f"line {line_number}",
            "wrong_columns",
            f"A {row[1]} camera has {lens.parameters} parameters, not {len(row) - 4}.",
            "Write the camera as COLMAP does: id model width height parameters.",
        )
    width, height, *parameters = numbers(row[2:], line_number)
    return camera_of(lens, width, height, parameters, f"line {line_number}")
