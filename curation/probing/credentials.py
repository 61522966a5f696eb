"""Content credentials (C2PA) in a file: whether its maker's tools signed where it comes from."""

from mmap import ACCESS_READ, mmap
from pathlib import Path

# The description box of a C2PA manifest store: `jumd` and the store's type (C2PA 2.1, 11.1.4.1). It stands whole in
# the first segment of a JPEG's APP11, in a PNG's caBX, in a RIFF's C2PA chunk and in the uuid box of an MP4.
MANIFEST_STORE = b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"
LOOKED_AT_BYTES = 64 * 2**20  # writers put it before the pixels


def carries_credentials(path: Path) -> bool:
    """Whether there is a manifest store. Its signatures are not checked here."""
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        return data.find(MANIFEST_STORE, 0, LOOKED_AT_BYTES) >= 0
