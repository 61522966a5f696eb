"""Writes a path as glTF 2.0: one camera with LINEAR keys, a zoom by `KHR_animation_pointer`, `.gltf` or `.glb`."""

import base64
import json
import struct
from typing import Any

import numpy as np

from curation.record.cameras.gltf import PLACEHOLDER
from curation.record.cameras.gltf_animation import POINTER
from curation.record.cameras.gltf_container import MAGIC
from curation.record.cameras.json_values import as_json
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rotations import quaternion_from_matrix
from curation.record.cameras.timestamps import or_24_fps
from curation.record.problems import refuse

_FLOAT32 = 5126
_TYPES = {1: "SCALAR", 3: "VEC3", 4: "VEC4"}
_ROOT, _CAMERA = 0, 1
_ZNEAR_M = 0.01


def write_gltf(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`camera.gltf`, its buffer embedded."""
    data, buffer = _document(matrices, path)
    uri = "data:application/octet-stream;base64," + base64.b64encode(buffer).decode()
    data["buffers"] = [{"byteLength": len(buffer), "uri": uri}]
    return {"camera.gltf": as_json(data)}


def write_glb(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`camera.glb`."""
    data, buffer = _document(matrices, path)
    data["buffers"] = [{"byteLength": len(buffer)}]
    text = json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(buffer), b"BIN\0") + buffer
    return {"camera.glb": struct.pack("<4sII", MAGIC, 2, 12 + len(chunks)) + chunks}


class _Keys:
    """Collects float32 arrays as accessors of one buffer, and channels that read them."""

    def __init__(self, times_s: Floats) -> None:
        self.buffer = bytearray()
        self.accessors: list[dict[str, Any]] = []
        self.views: list[dict[str, Any]] = []
        self.samplers: list[dict[str, Any]] = []
        self.channels: list[dict[str, Any]] = []
        self.input = self._add(times_s[:, None], bounds=True)

    def animate(self, target: dict[str, Any], values: Floats) -> None:
        self.channels.append({"sampler": len(self.samplers), "target": target})
        self.samplers.append({"input": self.input, "interpolation": "LINEAR", "output": self._add(values)})

    def _add(self, values: Floats, *, bounds: bool = False) -> int:
        data = np.ascontiguousarray(values, dtype="<f4")
        accessor: dict[str, Any] = {
            "bufferView": len(self.views),
            "componentType": _FLOAT32,
            "count": len(data),
            "type": _TYPES[data.shape[1]],
        }
        if bounds:
            accessor |= {"min": [float(data.min())], "max": [float(data.max())]}
        self.views.append({"buffer": 0, "byteOffset": len(self.buffer), "byteLength": data.nbytes})
        self.buffer += data.tobytes()
        self.accessors.append(accessor)
        return len(self.accessors) - 1


def _document(matrices: Floats, path: CameraPath) -> tuple[dict[str, Any], bytes]:
    """The JSON without its buffer, and the buffer.

    The camera hangs on a node at its first position: JSON numbers are double, so that float32 keys only hold how far
    it moves from there.
    """
    keys = _Keys(_times(path))
    start = matrices[0, :3, 3]
    keys.animate({"node": _CAMERA, "path": "translation"}, matrices[:, :3, 3] - start)
    keys.animate({"node": _CAMERA, "path": "rotation"}, quaternion_from_matrix(matrices[:, :3, :3])[:, [1, 2, 3, 0]])
    lens = _lens(path, keys)
    data: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": "OpenSlate"},
        "scene": 0,
        "scenes": [{"nodes": [_ROOT]}],
        "nodes": [
            {"name": "Start", "translation": start.tolist(), "children": [_CAMERA]},
            {"name": "Camera", "camera": 0},
        ],
        "cameras": [{"type": "perspective", "perspective": lens}],
        "animations": [{"name": "Camera", "channels": keys.channels, "samplers": keys.samplers}],
        "accessors": keys.accessors,
        "bufferViews": keys.views,
    }
    if any(channel["target"]["path"] == "pointer" for channel in keys.channels):
        data["extensionsUsed"] = [POINTER]
    return data, bytes(keys.buffer)


def starts_at_zero(path: CameraPath) -> bool:
    """Whether times are written from the first frame's on: float32 cannot tell the frames apart otherwise."""
    return path.times_s is not None and bool(np.any(np.diff(path.times_s.astype(np.float32)) <= 0))


def _times(path: CameraPath) -> Floats:
    times_s = or_24_fps(path)
    times_s = times_s - times_s[0] if starts_at_zero(path) else times_s
    if np.any(np.diff(times_s.astype(np.float32)) <= 0):
        raise refuse("times_s", "times_not_increasing", "The times of the frames do not increase.", "Sort the frames.")
    return times_s


def _lens(path: CameraPath, keys: _Keys) -> dict[str, Any]:
    """The first frame's lens; what changes after it becomes a channel.

    A path without intrinsics gets a lens all the same, for glTF wants one, and it says so.
    """
    if path.intrinsics is None:
        return {"yfov": 1.0, "znear": _ZNEAR_M, "extras": {PLACEHOLDER: True}}
    fx, fy = path.intrinsics[:, 0], path.intrinsics[:, 1]
    values = {"yfov": 2 * np.arctan(0.5 / fy), "aspectRatio": fy / fx}
    for name, series in values.items():
        if not np.allclose(series, series[0], rtol=1e-9, atol=0):
            pointer = {"extensions": {POINTER: {"pointer": f"/cameras/0/perspective/{name}"}}, "path": "pointer"}
            keys.animate(pointer, series[:, None])
    return {name: float(series[0]) for name, series in values.items()} | {"znear": _ZNEAR_M}
