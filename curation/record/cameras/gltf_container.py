"""glTF 2.0 files: the JSON and its buffers, from `.gltf` with embedded data or from `.glb`, and arrays out of them.

Nothing outside the file is read: a buffer that names another file is refused.
"""

import base64
import binascii
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from curation.record.cameras.json_values import parse_json
from curation.record.cameras.path import MAX_FRAMES, Floats
from curation.record.problems import refuse

MAGIC = b"glTF"
MAX_GLB_BYTES = 48 * 1024 * 1024
_HEADER, _CHUNK = struct.Struct("<4sII"), struct.Struct("<I4s")
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
# Component type -> dtype, and what a normalised integer is divided by (specification, 3.11).
_COMPONENTS: dict[int, tuple[str, float]] = {
    5120: ("<i1", 127.0),
    5121: ("<u1", 255.0),
    5122: ("<i2", 32_767.0),
    5123: ("<u2", 65_535.0),
    5126: ("<f4", 1.0),
}


@dataclass(frozen=True)
class Document:
    """The decoded JSON, and the binary chunk of a `.glb`; lists and buffers are looked into once."""

    data: Mapping[str, Any]
    chunk: bytes | None = None
    _lists: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    _buffers: dict[int, bytes] = field(default_factory=dict)

    def items(self, name: str) -> list[Mapping[str, Any]]:
        """One of the file's lists of objects; empty where it is not there.

        Raises:
            RecordRefused: It is something else.
        """
        if name not in self._lists:
            self._lists[name] = objects(self.data, name, "")
        return self._lists[name]

    def item(self, name: str, index: object, where: str) -> Mapping[str, Any]:
        """The entry of a list that another part points at.

        Raises:
            RecordRefused: There is none.
        """
        items = self.items(name)
        if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(items):
            raise refuse(where, "no_such_entry", f"This points at none of the {name}.", "Export the file again.")
        return items[index]

    def buffer(self, index: object, where: str) -> bytes:
        """The bytes of a buffer.

        Raises:
            RecordRefused: It lies in another file, or is not base64.
        """
        entry = self.item("buffers", index, where)
        assert isinstance(index, int), "item() has seen to it"
        if index not in self._buffers:
            embedded = index == 0 and "uri" not in entry and self.chunk is not None
            self._buffers[index] = self.chunk or b"" if embedded else _embedded(entry.get("uri"))
        return self._buffers[index]


def objects(holder: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    """A list of objects under a key; empty where there is none.

    Raises:
        RecordRefused: It is something else.
    """
    found = holder.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise refuse(f"{where}{name}", "wrong_shape", f"{name} is not a list of objects.", "Export the file again.")
    return found


def whole(value: object, where: str, *, most: int = 2**31) -> int:
    """A whole number from 0.

    Raises:
        RecordRefused: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise refuse(where, "out_of_range", "This is not a whole number in range.", "Export the file again.")
    return value


def document_of(content: bytes) -> Document:
    """The parts of a file.

    Raises:
        RecordRefused: It is not glTF 2.0.
    """
    json_bytes, chunk = _chunks(content) if content.startswith(MAGIC) else (content, None)
    data = parse_json(json_bytes)
    asset = data.get("asset") if isinstance(data, dict) else None
    if not isinstance(asset, dict) or not str(asset.get("version", "")).startswith("2"):
        raise refuse("asset.version", "not_gltf2", "This is not glTF of version 2.", "Export it as glTF 2.0.")
    return Document(data, chunk)


def array(document: Document, index: object, where: str) -> Floats:
    """`[N]` or `[N, width]` float64 values of an accessor.

    Raises:
        RecordRefused: It reaches outside its buffer, or is of a kind that no animation has.
    """
    accessor = document.item("accessors", index, where)
    width, kind = _WIDTHS.get(str(accessor.get("type"))), accessor.get("componentType")
    component = _COMPONENTS.get(kind) if isinstance(kind, int) else None
    if width is None or component is None or "sparse" in accessor or "bufferView" not in accessor:
        raise refuse(
            where, "unsupported_accessor", "This accessor is of no kind that animations have.", "Export it unpacked."
        )
    count = whole(accessor.get("count"), where, most=3 * MAX_FRAMES)
    dtype, divisor = np.dtype(component[0]), component[1]
    raw, stride = _view(document, accessor["bufferView"], where)
    start, stride = whole(accessor.get("byteOffset", 0), where), stride or width * dtype.itemsize
    if count < 1 or start + (count - 1) * stride + width * dtype.itemsize > len(raw):
        raise refuse(where, "truncated", "This accessor reaches outside its buffer.", "Export the file again, whole.")
    found = np.ndarray((count, width), dtype, raw, start, (stride, dtype.itemsize)).astype(np.float64) / divisor
    if not np.isfinite(found).all() or np.abs(found).max() > 1e9:
        raise refuse(where, "not_finite", "A value is not finite, or too large.", "Repair the animation.")
    return found[:, 0] if width == 1 else found


def _view(document: Document, index: object, where: str) -> tuple[memoryview, int]:
    """The bytes of a buffer view, and its stride or 0."""
    view = document.item("bufferViews", index, where)
    buffer = document.buffer(view.get("buffer"), where)
    start, length = whole(view.get("byteOffset", 0), where), whole(view.get("byteLength"), where)
    if start + length > len(buffer):
        raise refuse(where, "truncated", "A buffer view reaches outside its buffer.", "Export the file again, whole.")
    return memoryview(buffer)[start : start + length], whole(view.get("byteStride", 0), where, most=252)


def _embedded(uri: object) -> bytes:
    if not isinstance(uri, str) or not uri.startswith("data:"):
        raise refuse(
            "buffers",
            "outside_buffer",
            "A buffer lies in another file.",
            "Export as .glb, or as .gltf with embedded buffers.",
        )
    head, _, body = uri.partition(",")
    try:
        if not head.endswith(";base64"):
            raise ValueError(head)
        return base64.b64decode(body, validate=True)
    except (ValueError, binascii.Error) as error:
        raise refuse("buffers", "bad_base64", "A buffer is not base64.", "Export the file again.") from error


def _chunks(content: bytes) -> tuple[bytes, bytes | None]:
    if len(content) > MAX_GLB_BYTES:
        raise refuse(
            "", "too_large", f"The file has {len(content):,} bytes.", "Export the camera alone, without geometry."
        )
    if len(content) < _HEADER.size or _HEADER.unpack_from(content)[1] != 2:
        raise refuse("", "not_gltf2", "This is not a .glb of version 2.", "Export it as glTF 2.0.")
    found, at = dict[bytes, bytes](), _HEADER.size
    while at + _CHUNK.size <= len(content) and len(found) < 2:
        length, kind = _CHUNK.unpack_from(content, at)
        at += _CHUNK.size
        if at + length > len(content):
            raise refuse("", "truncated", "The .glb is cut short.", "Upload it whole.")
        found.setdefault(kind, content[at : at + length])
        at += length
    if b"JSON" not in found:
        raise refuse("", "not_gltf2", "The .glb has no JSON.", "Export the file again.")
    return found[b"JSON"], found.get(b"BIN\0")
