"""Files as large as are taken that grow as they are read.

`python -m tests.unit.curation.record.camera_bombs NAME` reads one as every text format and prints by how many bytes
memory has grown, the file itself included.
"""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np

from curation.record import RecordRefused
from curation.record.cameras import FORMATS, import_camera

MIB = 2**20
TEXTS = ("realestate10k", "colmap", "kitti", "tum", "nerfstudio", "multicam", "blender", "gltf")


def _rays() -> bytes:
    stream = BytesIO()
    np.save(stream, np.zeros((80, 200, 300, 6), "<f4"))
    return stream.getvalue()


def _many(piece: bytes, *, before: bytes = b"", after: bytes = b"") -> bytes:
    return before + piece * ((16 * MIB - 64) // len(piece)) + after


BOMBS: dict[str, Callable[[], bytes]] = {
    "lists": lambda: _many(b"[],", before=b"[", after=b"[]]"),
    "objects": lambda: _many(b',{"a":0}', before=b'{"frames":[{"transform_matrix":[]}', after=b"]}"),
    "integers": lambda: _many(b"0,", before=b'{"frames":[', after=b"0]}"),
    "one string": lambda: _many(b"[", before=b'{"frame0": {"cam01": "', after=b'"}}'),
    "short lines": lambda: _many(b"1\r"),
    "one long line": lambda: _many(b"1 "),
    "poses": lambda: _many(b"1 0 0 0 0 1 0 0 0 0 1 0\n"),
    "trajectory": lambda: _many(b"1 0 0 0 0 0 0 1\n"),
    "images": lambda: _many(b"1 1 0 0 0 0 0 0 1 a.png\n\n"),
    "cameras": lambda: _many(b"1 PINHOLE 10 10 1 1 1 1\n"),
    "wide signs": lambda: _many("\U0001f600".encode()),
    "rays": _rays,
}


def peak_bytes() -> int:
    """The most memory that this process has held; `getrusage` would count its parent's before it began."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def main(name: str) -> None:
    before = peak_bytes()
    content = BOMBS[name]()
    for format_ in (None, *TEXTS, "pluecker"):
        assert format_ is None or format_ in FORMATS
        try:
            import_camera(content, format=format_)
        except RecordRefused:
            continue
    print(peak_bytes() - before)


if __name__ == "__main__":
    main(sys.argv[1])
