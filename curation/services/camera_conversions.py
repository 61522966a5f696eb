"""Camera files of other tools, made into canonical paths in a process that may die of them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common import storage
from curation.models import Asset
from curation.probing import Refusal
from curation.probing.camera_conversion import OPTIONS, POSES, convert_camera

__all__ = ["KINDS", "NPY_TYPE", "OPTIONS", "make"]

KINDS = frozenset({"camera_file", "camera_poses", "text"})
NPY_TYPE = "application/x-npy"


def make(asset: Asset, source: Asset) -> dict[str, Any] | Refusal:
    """What is to be known of the conversion, its `.npy` written where an upload would stand; or why there is none."""
    options = dict(asset.conversion)
    companion_key = options.pop("companion", None)
    with TemporaryDirectory(prefix="camera-") as name:
        folder, original, companion = Path(name) / "made", Path(name) / "original", None
        folder.mkdir()
        storage.download(source.storage_key, original)
        if companion_key:
            companion = Path(name) / "companion"
            storage.download(companion_key, companion)
        made = convert_camera(original, folder, name=source.name, companion=companion, options=options)
        if not isinstance(made, Refusal):
            storage.upload(folder / POSES, asset.incoming_key, NPY_TYPE)
    return made
