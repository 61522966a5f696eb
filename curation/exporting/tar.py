"""Tar files whose bytes depend on nothing but names and contents, written in one pass."""

import hashlib
import tarfile
from collections.abc import Iterable
from typing import BinaryIO

BLOCK = 512
END = b"\0" * 2 * BLOCK


class WrongLength(ValueError):
    """A member is longer or shorter than was announced in its header."""


class TarWriter:
    """Writes members to a stream, at time 0, owned by nobody; memory holds one piece of one member."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> str:
        """Write one member; the SHA-256 of its bytes, hexadecimal.

        Raises:
            WrongLength: The pieces are not `size` bytes together.
        """
        header = tarfile.TarInfo(name)
        header.size, header.mtime, header.mode = size, 0, 0o644
        # GNU headers carry any size and any name; plain ones are byte for byte those of USTAR.
        self._stream.write(header.tobuf(tarfile.GNU_FORMAT))
        digest, written = hashlib.sha256(), 0
        for piece in pieces:
            self._stream.write(piece)
            digest.update(piece)
            written += len(piece)
        if written != size:
            raise WrongLength(f"{name} has {written} bytes instead of {size}.")
        self._stream.write(b"\0" * (-size % BLOCK))
        return digest.hexdigest()

    def finish(self) -> None:
        self._stream.write(END)
