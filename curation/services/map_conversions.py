"""Environment maps of other tools, made into canonical ones in a process that may die of them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common import storage
from curation.models import Asset
from curation.probing import Refusal
from curation.probing.map_conversion import OPTIONS, convert_map

__all__ = ["EXR_TYPE", "KINDS", "OPTIONS", "expected_bytes", "make"]

KINDS = frozenset({"light_file", "environment_map"})
EXR_TYPE = "image/x-exr"
FORMATS = {EXR_TYPE: "exr", "image/vnd.radiance": "hdr"}
BYTES_PER_PIXEL = 12  # three single floats, before compression


def expected_bytes(source: Asset) -> int:
    """How large the converted map may become; what it is counts once it is made."""
    return int(source.facts["width"]) * int(source.facts["height"]) * BYTES_PER_PIXEL


def make(asset: Asset, source: Asset) -> dict[str, Any] | Refusal:
    """What is to be known of the conversion, the map written where an upload would stand; or why there is none."""
    with TemporaryDirectory(prefix="map-") as folder:
        original, canonical = Path(folder) / "original", Path(folder) / "canonical.exr"
        storage.download(source.storage_key, original)
        format_ = FORMATS[source.content_type]
        made = convert_map(original, canonical, format=format_, options=asset.conversion)
        if not isinstance(made, Refusal):
            storage.upload(canonical, asset.incoming_key, EXR_TYPE)
    return made
