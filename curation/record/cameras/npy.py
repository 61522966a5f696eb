"""The canonical file: `.npy`, float64 `[F, 4, 4]`, opened without trusting a word of it."""

from io import BytesIO

import numpy as np

from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.cameras.reading import RawPath, Reading
from curation.record.problems import RecordRefused, refuse

MAGIC = b"\x93NUMPY"
# A header for [F, 4, 4] takes 118 bytes; NumPy itself evaluates longer ones as Python literals.
MAX_HEADER_BYTES = 1_024
_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


def load_poses(content: bytes) -> Floats:
    """The `[F, 4, 4]` float64 array of a `.npy` file; values are not judged, NaN passes.

    Shape, type and length are compared before any of the data are read.

    Raises:
        RecordRefused: It is not such a file.
    """
    stream = BytesIO(content)
    shape, fortran, dtype = _header(stream)
    if len(shape) != 3 or shape[1:] != (4, 4):
        raise _bad("wrong_shape", f"The array has shape {shape}.", "Save an array of shape (frames, 4, 4).")
    if shape[0] > MAX_FRAMES:
        raise _bad("too_many_frames", f"The header promises {shape[0]:,} frames.", f"At most {MAX_FRAMES:,} are taken.")
    if shape[0] == 0:
        raise _bad("no_frames", "The array has no frames.", "Give one pose per frame.")
    if dtype.kind != "f" or dtype.itemsize not in (4, 8):
        raise _bad("wrong_dtype", f"The array holds {dtype}.", "Save it as float64.")
    expected = shape[0] * 16 * dtype.itemsize
    data = content[stream.tell() :]
    if len(data) != expected:
        raise _bad(
            "truncated" if len(data) < expected else "trailing_bytes",
            f"The header promises {expected:,} bytes of data and {len(data):,} follow.",
            "Save the file again and upload it whole.",
        )
    flat = np.frombuffer(data, dtype=dtype).astype(np.float64)
    return flat.reshape(shape, order="F" if fortran else "C").copy()


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


def _header(stream: BytesIO) -> tuple[tuple[int, ...], bool, np.dtype]:
    try:
        version = np.lib.format.read_magic(stream)
        shape, fortran, dtype = _HEADERS[version](stream, max_header_size=MAX_HEADER_BYTES)
    except (ValueError, KeyError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise _bad("not_npy", "This is not a readable .npy file.", "Save it with numpy.save.") from error
    return shape, fortran, dtype


def _bad(code: str, message: str, fix: str) -> RecordRefused:
    return refuse("", code, message, fix)
