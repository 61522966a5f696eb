"""The canonical file: `.npy`, float64 `[F, 4, 4]`, opened without trusting a word of it."""

import re
from dataclasses import dataclass
from io import BytesIO
from math import prod

import numpy as np

from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.cameras.reading import RawPath, Reading
from curation.record.problems import RecordRefused, refuse

MAGIC = b"\x93NUMPY"
# A header for [F, 4, 4] takes 118 bytes.
MAX_HEADER_BYTES = 1_024
_SIZE_BYTES = {b"\x01\x00": 2, b"\x02\x00": 4, b"\x03\x00": 4}
_HEADER = re.compile(
    rb"\{\s*'descr':\s*'(?P<descr>[ -&(-~]{1,16})',\s*'fortran_order':\s*(?P<fortran>True|False),"
    rb"\s*'shape':\s*\((?P<shape>[0-9]{1,12}(?:, ?[0-9]{1,12}){0,7},?|)\),?\s*\}\s*"
)


@dataclass(frozen=True)
class Header:
    """What a `.npy` file says of itself, and where its data begin."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype
    start: int


def load_poses(content: bytes) -> Floats:
    """The `[F, 4, 4]` float64 array of a `.npy` file; values are not judged, NaN passes.

    Shape, type and length are compared before any of the data are read.

    Raises:
        RecordRefused: It is not such a file.
    """
    header = header_of(content)
    shape = header.shape
    if len(shape) != 3 or shape[1:] != (4, 4):
        raise _bad("wrong_shape", f"The array has shape {shape}.", "Save an array of shape (frames, 4, 4).")
    if shape[0] > MAX_FRAMES:
        raise _bad("too_many_frames", f"The header promises {shape[0]:,} frames.", f"At most {MAX_FRAMES:,} are taken.")
    if shape[0] == 0:
        raise _bad("no_frames", "The array has no frames.", "Give one pose per frame.")
    return array_of(content, header).astype(np.float64, order="C")


def array_of(content: bytes, header: Header) -> np.ndarray:
    """The array that the header promises, still in the file's bytes.

    Raises:
        RecordRefused: There are fewer or more bytes than that.
    """
    expected, data = prod(header.shape) * header.dtype.itemsize, memoryview(content)[header.start :]
    if len(data) != expected:
        raise _bad(
            "truncated" if len(data) < expected else "trailing_bytes",
            f"The header promises {expected:,} bytes of data and {len(data):,} follow.",
            "Save the file again and upload it whole.",
        )
    return np.frombuffer(data, dtype=header.dtype).reshape(header.shape, order="F" if header.fortran else "C")


def save_poses(path: CameraPath) -> bytes:
    """The canonical `.npy` file of a path: poses alone, the same bytes for the same path."""
    stream = BytesIO()
    np.save(stream, np.ascontiguousarray(path.c2w, dtype="<f8"), allow_pickle=False)
    return stream.getvalue()


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of a `.npy` file.

    Raises:
        RecordRefused: It is not such a file.
    """
    return RawPath(matrices=load_poses(content))


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`poses.npy`."""
    return {"poses.npy": save_poses(path)}


def header_of(content: bytes) -> Header:
    """Shape, order, type and where the data begin.

    Read here and not by NumPy, whose reader runs headers of old versions through a Python tokenizer first.

    Raises:
        RecordRefused: It is not a `.npy` file of floats.
    """
    size_bytes = _SIZE_BYTES.get(content[6:8])
    start = 8 + (size_bytes or 0)
    size = int.from_bytes(content[8:start], "little")
    if not content.startswith(MAGIC) or size_bytes is None or size > MAX_HEADER_BYTES or len(content) < start + size:
        raise _not_npy()
    found = _HEADER.fullmatch(content[start : start + size])
    if found is None:
        raise _not_npy()
    shape = tuple(int(extent) for extent in found["shape"].split(b",") if extent.strip())
    descr = found["descr"].decode()
    if not re.fullmatch(r"[<>=|]?f[248]", descr):
        raise _bad("wrong_dtype", f"The array holds {descr}.", "Save it as float64.")
    return Header(shape, found["fortran"] == b"True", np.dtype(descr), start + size)


def _not_npy() -> RecordRefused:
    return _bad("not_npy", "This is not a readable .npy file.", "Save it with numpy.save.")


def _bad(code: str, message: str, fix: str) -> RecordRefused:
    return refuse("", code, message, fix)
