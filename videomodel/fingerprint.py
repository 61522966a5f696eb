"""What a checkpoint is, in one hash: the same bytes of weights and configuration give the same fingerprint."""

from __future__ import annotations

import hashlib
from pathlib import Path

_COUNTED = {".json", ".safetensors"}


def folder_fingerprint(folder: Path) -> str:
    """sha256 (hex) over the names and bytes of the configuration and weight files under `folder`, sorted by name.

    `figures.json` and cards describe a checkpoint and are not part of it.
    """
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _COUNTED and path.name != "figures.json":
            whole.update(path.relative_to(folder).as_posix().encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
