"""COLMAP binary models: `cameras.bin` and `images.bin`, little-endian, each a count and as many entries.

They have no signature: a file is one of them exactly when its entries fill it to the last byte.
"""

import struct

from curation.record.cameras.colmap_model import MODEL_OF_NUMBER, Model, camera_of, cameras_of
from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.cameras.rotations import quaternion_from_matrix
from curation.record.cameras.text import checked
from curation.record.problems import RecordRefused, refuse

MAX_NAME_BYTES = 4_096
_COUNT = struct.Struct("<Q")
_CAMERA = struct.Struct("<IiQQ")
_IMAGE = struct.Struct("<I7dI")
_POINT_BYTES = 24


def looks_like_cameras(content: bytes) -> bool:
    """Whether the bytes are a `cameras.bin`, to the last one."""
    count, at = _count(content), _COUNT.size
    if not 0 < count <= MAX_FRAMES:
        return False
    for _ in range(count):
        if at + _CAMERA.size > len(content):
            return False
        model = MODEL_OF_NUMBER.get(_CAMERA.unpack_from(content, at)[1])
        if model is None:
            return False
        at += _CAMERA.size + 8 * model.parameters
    return at == len(content)


def looks_like_images(content: bytes) -> bool:
    """Whether the bytes are an `images.bin`, to the last one."""
    count, at = _count(content), _COUNT.size
    if not 0 < count <= MAX_FRAMES:
        return False
    for _ in range(count):
        end = content.find(b"\0", at + _IMAGE.size, at + _IMAGE.size + MAX_NAME_BYTES)
        if end < 0 or end + 1 + _COUNT.size > len(content):
            return False
        at = end + 1 + _COUNT.size + _POINT_BYTES * _COUNT.unpack_from(content, end + 1)[0]
    return at == len(content)


def parse(content: bytes, model: Model) -> None:
    """Add the cameras or the images of a file to the model.

    Raises:
        RecordRefused: It is neither, or an entry holds what no camera has.
    """
    if looks_like_cameras(content):
        _add_cameras(content, model)
    elif looks_like_images(content):
        _add_images(content, model)
    else:
        raise _neither(content)


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`images.bin`, and `cameras.bin` where the path has intrinsics.

    Raises:
        RecordRefused: The path has intrinsics but no frame size, which COLMAP's pixels need.
    """
    lens, cameras, taken_by = cameras_of(path)
    images = [_COUNT.pack(len(matrices))]
    quaternions = quaternion_from_matrix(matrices[:, :3, :3])
    for i, (quaternion, matrix) in enumerate(zip(quaternions, matrices, strict=True)):
        images.append(_IMAGE.pack(i + 1, *quaternion, *matrix[:3, 3], taken_by[i] + 1))
        images.append(f"frame_{i:06d}.png".encode() + b"\0" + _COUNT.pack(0))
    files = {"images.bin": b"".join(images)}
    if cameras:
        entries = [
            _CAMERA.pack(i, lens.number, path.width, path.height) + struct.pack(f"<{len(row)}d", *row)
            for i, row in enumerate(cameras, start=1)
        ]
        files["cameras.bin"] = _COUNT.pack(len(entries)) + b"".join(entries)
    return files


def _count(content: bytes) -> int:
    return int(_COUNT.unpack_from(content)[0]) if len(content) >= _COUNT.size else 0


def _add_cameras(content: bytes, model: Model) -> None:
    at = _COUNT.size
    for entry in range(_count(content)):
        camera_id, number, width, height = _CAMERA.unpack_from(content, at)
        lens, place = MODEL_OF_NUMBER[number], f"camera entry {entry + 1}"
        parameters = struct.unpack_from(f"<{lens.parameters}d", content, at + _CAMERA.size)
        values = [checked(value, place) for value in parameters]
        model.add_camera(str(camera_id), camera_of(lens, width, height, values, place))
        at += _CAMERA.size + 8 * lens.parameters


def _add_images(content: bytes, model: Model) -> None:
    at = _COUNT.size
    for entry in range(_count(content)):
        _, *pose, camera_id = _IMAGE.unpack_from(content, at)
        end = content.index(b"\0", at + _IMAGE.size)
        name = content[at + _IMAGE.size : end].decode(errors="replace")
        place = f"image entry {entry + 1}"
        model.add_image(name, [checked(value, place) for value in pose], str(camera_id), place)
        at = end + 1 + _COUNT.size + _POINT_BYTES * _COUNT.unpack_from(content, end + 1)[0]


def _neither(content: bytes) -> RecordRefused:
    return refuse(
        "",
        "not_colmap",
        f"These {len(content):,} bytes are neither a cameras.bin nor an images.bin of COLMAP; it may be cut short.",
        "Upload the two files of one model, whole.",
    )
