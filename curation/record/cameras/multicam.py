"""`camera_extrinsics.json` of MultiCamVideo and ReCamMaster: `{"frame0": {"cam01": "[..] [..] [..] [..] "}}`.

Camera-to-world matrices written transposed (the translation stands in the last row), Unreal axes, centimetres.
"""

import re
from typing import Any

import numpy as np

from curation.record.cameras.json_values import as_json, parse_json, reals
from curation.record.cameras.ordering import natural_key
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import Loss, RawPath, Reading
from curation.record.cameras.text import check_frame_count, fields, number, shortest
from curation.record.cameras.timestamps import numbered
from curation.record.problems import refuse

CAMERA = "cam01"
_FRAME = re.compile(r"frame_?(\d{1,7})")
_ROW = re.compile(r"\[([^\[\]]*)\]")


def looks_like(data: object) -> bool:
    """Whether decoded JSON states frames as this format does."""
    return isinstance(data, dict) and any(_FRAME.fullmatch(name) for name in list(data)[:8])


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of one camera of such a file, in the order of the frames' numbers.

    Raises:
        RecordRefused: Naming the frame and the camera.
    """
    data = parse_json(content)
    names = [name for name in data if _FRAME.fullmatch(name)] if isinstance(data, dict) else []
    check_frame_count(len(names))
    ordered = sorted(names, key=natural_key)
    notes = () if ordered == names else ("Frames have been put in the order of their numbers.",)
    camera, losses = _camera(data[ordered[0]], ordered[0], reading)
    matrices = np.array([_matrix(data[name], name, camera) for name in ordered])
    return RawPath(matrices=matrices, times_s=numbered(len(ordered), reading), losses=losses, notes=notes)


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`camera_extrinsics.json` with one camera, `cam01`."""
    return {"camera_extrinsics.json": as_json({f"frame{i}": {CAMERA: _text(m)} for i, m in enumerate(matrices)})}


def _camera(frame: object, where: str, reading: Reading) -> tuple[str, tuple[Loss, ...]]:
    """Which camera is read, and that others were not."""
    cameras = sorted(frame, key=natural_key) if isinstance(frame, dict) else []
    if not cameras:
        raise refuse(where, "no_frames", "This frame names no camera.", "Write frames as objects of cameras.")
    chosen = reading.camera or cameras[0]
    if chosen not in cameras:
        known = ", ".join(cameras[:12])[:120]
        raise refuse(where, "unknown_camera", f"There is no camera {chosen[:40]!r}.", f"Name one of: {known}.")
    if len(cameras) == 1:
        return chosen, ()
    message = f"The file has {len(cameras)} cameras; {chosen[:40]} was read. Name another to read that."
    return chosen, (Loss("other_cameras", message),)


def _matrix(frame: object, name: str, camera: str) -> Floats:
    where = f"{name}.{camera[:40]}"
    found = frame.get(camera) if isinstance(frame, dict) else None
    rows = np.array(_rows(found, where))
    if rows.shape not in ((4, 4), (4, 3)):
        raise refuse(where, "wrong_shape", "This is not four rows of a matrix.", "Write four rows of four numbers.")
    if rows.shape == (4, 4) and not np.allclose(rows[:, 3], (0, 0, 0, 1), atol=1e-6):
        raise refuse(
            where,
            "wrong_shape",
            "The last column is not 0 0 0 1.",
            "Write the matrix transposed, as MultiCamVideo does: the position in the last row.",
        )
    matrix = np.eye(4)
    matrix[:3] = rows[:, :3].T
    return matrix


def _rows(value: Any, where: str) -> list[list[float]]:
    if isinstance(value, list):
        rows = [reals(row, len(row) if isinstance(row, list) else 4, where) for row in value[:5]]
    elif isinstance(value, str) and len(value) <= 2_000:
        rows = [[number(token, where) for token in fields(row)] for row in _ROW.findall(value)]
    else:
        raise refuse(where, "wrong_shape", "This frame has no matrix of the camera.", "Write one for every frame.")
    if len({len(row) for row in rows}) != 1:
        raise refuse(
            where, "wrong_shape", "The rows of the matrix differ in length.", "Write four rows of four numbers."
        )
    return rows


def _text(matrix: Floats) -> str:
    return "".join(f"[{' '.join(map(shortest, row))}] " for row in matrix.T)
