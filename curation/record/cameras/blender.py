"""Blender cameras as scripts write them to JSON: a list of frames whose keys are Blender's own names.

`{"fps": 24, "resolution_x": 1920, "resolution_y": 1080, "sensor_width": 36, "frames": [{"frame": 1,
"matrix_world": [4x4], "lens": 35}]}`: camera to world, cameras look along -Z with +Y up, the world's +Z is up, metres.
What is the same in all frames may stand outside them; every key may stand in a frame.
"""

from typing import Any

import numpy as np

from curation.record.cameras.blender_lens import has_lens, intrinsics_of, lens_keys, shown_lens
from curation.record.cameras.conventions import World
from curation.record.cameras.json_values import (
    Object,
    as_json,
    first_of,
    frame_size,
    matrix,
    optional,
    parse_json,
    real,
    reals,
)
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import SIZE_WANTED, Loss, RawPath, Reading
from curation.record.cameras.rigid import without_scale
from curation.record.cameras.rotations import matrix_from_euler, matrix_from_quaternion
from curation.record.cameras.text import check_frame_count, check_quaternions
from curation.record.problems import refuse

MATRIX = ("matrix_world", "matrix", "transform")
QUATERNION, EULER, LOCATION = "rotation_quaternion", "rotation_euler", "location"
FPS_WRITTEN = 24.0


def looks_like(data: object) -> bool:
    """Whether decoded JSON states frames as this format does."""
    frames = data.get("frames") if isinstance(data, dict) else data
    first = frames[0] if isinstance(frames, list) and frames else None
    return isinstance(first, dict) and any(key in first for key in (*MATRIX, LOCATION))


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of such a file; frames with numbers are put in their order.

    Raises:
        RecordRefused: Naming the frame.
    """
    data = parse_json(content)
    shared = data if isinstance(data, dict) else {}
    frames = shared.get("frames") if isinstance(data, dict) else data
    if not isinstance(frames, list) or not all(isinstance(frame, dict) for frame in frames):
        raise refuse("frames", "no_frames", "The file has no list of frames.", "Write frames as a list of objects.")
    check_frame_count(len(frames))
    frames, numbers, notes = _in_order(frames)
    times, losses = _times(len(frames), numbers, shared, reading)
    size = _size(shared, frames[0], reading)
    found = [intrinsics_of(shared, frame, size, f"frames[{i}]") for i, frame in enumerate(frames)]
    if any(found) and not all(found):
        losses.append(Loss("intrinsics", "Some frames have no lens, so no intrinsics were kept."))
    if size is None and has_lens(shared, frames[0]):
        losses.append(SIZE_WANTED)
    poses, scaled = without_scale(np.array([_pose(shared, frame, i) for i, frame in enumerate(frames)]))
    if scaled:
        notes.append("The camera was scaled; its scale was taken out of the poses.")
    unit = optional(first_of(("scale_length",), shared), "scale_length")
    return RawPath(
        matrices=poses,
        intrinsics=np.array(found) if all(found) else None,
        times_s=times,
        width=size[0] if size else None,
        height=size[1] if size else None,
        lens=shown_lens(shared, frames[0]),
        world=World("z", unit if unit and unit > 0 else 1.0),
        losses=tuple(losses),
        notes=tuple(notes),
    )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`camera.json`.

    Raises:
        RecordRefused: The path has intrinsics but no frame size.
    """
    data: dict[str, Any] = {"name": "Camera"}
    if path.times_s is not None:
        data["fps"] = FPS_WRITTEN
    if path.width is not None and path.height is not None:
        data |= {"resolution_x": path.width, "resolution_y": path.height}
    numbers = np.arange(len(path)) if path.times_s is None else path.times_s * FPS_WRITTEN
    shared, per_frame = lens_keys(path)
    data |= shared
    data["frames"] = [
        {"frame": number, "matrix_world": pose.tolist(), **keys}
        for number, pose, keys in zip(numbers.tolist(), matrices, per_frame, strict=True)
    ]
    return {"camera.json": as_json(data)}


def _in_order(frames: list[Object]) -> tuple[list[Object], Floats | None, list[str]]:
    """Frames by number where every frame has its own, and these numbers."""
    found = [optional(first_of(("frame",), frame), f"frames[{i}].frame") for i, frame in enumerate(frames)]
    known = [number for number in found if number is not None]
    if len(known) < len(frames) or len(set(known)) < len(frames):
        return frames, None, []
    order = np.argsort(known)
    notes = ["Frames have been put in the order of their numbers."] if np.any(np.diff(order) < 0) else []
    return [frames[i] for i in order], np.array(known)[order], notes


def _times(count: int, numbers: Floats | None, shared: Object, reading: Reading) -> tuple[Floats | None, list[Loss]]:
    fps, base = optional(shared.get("fps"), "fps"), optional(shared.get("fps_base"), "fps_base") or 1.0
    rate = reading.fps or (fps / base if fps else None)
    if numbers is None:
        numbers = np.arange(count, dtype=np.float64)
    if rate is None:
        return None, [Loss("times_s", "The frame rate was not in the file.")]
    if not 0.001 <= rate <= 100_000:
        raise refuse("fps", "out_of_range", "This is no frame rate.", "Write frames per second.")
    return numbers / rate, []


def _size(shared: Object, frame: Object, reading: Reading) -> tuple[int, int] | None:
    listed = first_of(("resolution",), frame, shared)
    width, height = reals(listed, 2, "resolution") if listed is not None else (None, None)
    width = width or optional(first_of(("resolution_x", "width", "w"), frame, shared), "resolution_x") or reading.width
    height = (
        height or optional(first_of(("resolution_y", "height", "h"), frame, shared), "resolution_y") or reading.height
    )
    return frame_size(width, height, "resolution_x")


def _pose(shared: Object, frame: Object, index: int) -> Floats:
    where = f"frames[{index}]"
    stated = first_of(MATRIX, frame)
    if stated is not None:
        return matrix(stated, f"{where}.matrix_world")
    pose = np.eye(4)
    pose[:3, 3] = reals(frame.get(LOCATION), 3, f"{where}.{LOCATION}")
    pose[:3, :3] = _rotation(shared, frame, where)
    return pose


def _rotation(shared: Object, frame: Object, where: str) -> Floats:
    if frame.get(QUATERNION) is not None:
        quaternion = np.array([reals(frame[QUATERNION], 4, f"{where}.{QUATERNION}")])
        check_quaternions(quaternion, [where])
        return matrix_from_quaternion(quaternion)[0]
    angles = [real(angle, where) for angle in reals(frame.get(EULER), 3, f"{where}.{EULER}")]
    order = first_of(("rotation_mode",), frame, shared) or "XYZ"
    if not isinstance(order, str) or sorted(order) != ["X", "Y", "Z"]:
        raise refuse(
            where,
            "unknown_rotation_mode",
            "rotation_mode is none of Blender's Euler orders.",
            "Write matrix_world.",
        )
    return matrix_from_euler(np.array(angles), order)
