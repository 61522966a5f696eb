"""Environment maps: canonical ones (OpenEXR, linear Rec.709) with their light in numbers, others to be converted."""

from pathlib import Path

import numpy as np

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits
from curation.probing.map_files import MapFile, read_map
from curation.record.lighting import REC709_LUMINANCE, measure_map, shrunk

CANONICAL = ("", "lin_rec709")  # a file that says nothing of its primaries is taken at its contributor's word
_TYPES = {"exr": "image/x-exr", "hdr": "image/vnd.radiance"}


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a latlong map: an `environment_map`, or a `light_file` that a conversion can make one of.

    Raises:
        Refused: Not 2:1, too large, without R, G, B, unreadable, or with values negative or not numbers.
    """
    source = read_map(path, format=found.name, limits=limits)
    space, _ = source.space
    details = {
        "format": found.name,
        "width": source.width,
        "height": source.height,
        "channels": source.channels,
        "half": source.half,
        "brightest": source.brightest,
        "colorspace": space or None,
    }
    canonical = found.name == "exr" and space in CANONICAL
    if canonical:
        details["light"] = measure_map(reduced(source), peak=_peak(source)).as_facts()
    kind = "environment_map" if canonical else "light_file"
    return Facts(kind, _TYPES[found.name], path.stat().st_size, details)


def reduced(source: MapFile) -> np.ndarray:
    """`[n, 2n, 3]` float64, areas averaged, one band after the other: a large map is never in memory twice."""
    return np.concatenate([shrunk(band[..., None]) for band in source.bands], axis=-1)


def _peak(source: MapFile) -> float:
    """The largest luminance of a pixel."""
    rows = zip(*source.bands, strict=True)
    weights = REC709_LUMINANCE.astype(np.float32)
    return max(
        float(sum(weight * row.astype(np.float32) for weight, row in zip(weights, bands, strict=True)).max())
        for bands in rows
    )
