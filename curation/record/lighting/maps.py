"""The layout of a latlong map: where its pixels look, and how much of the sphere each covers."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.record.lighting.colours import REC709_LUMINANCE
from curation.record.lighting.directions import Floats

WORKING_HEIGHT = 256  # larger maps are averaged down to this before anything is computed over the sphere


@lru_cache(maxsize=2)
def map_directions(height: int) -> Floats:
    """`[N, 2N, 3]` unit directions of the pixel centres of a map of N rows, in the map's own axes; read only."""
    latitude = np.pi * (0.5 - (np.arange(height) + 0.5) / height)
    longitude = np.pi * (1.0 - 2.0 * (np.arange(2 * height) + 0.5) / (2 * height))
    lat, lon = np.meshgrid(latitude, longitude, indexing="ij")
    directions = np.stack([np.sin(lon) * np.cos(lat), np.sin(lat), np.cos(lon) * np.cos(lat)], axis=-1)
    directions.setflags(write=False)
    return directions


def solid_angles(height: int) -> Floats:
    """`[N, 1]` steradians of a pixel in each row of a map, exact; over the whole map they sum to 4 pi."""
    edges = np.sin(np.pi * (0.5 - np.arange(height + 1) / height))
    return ((edges[:-1] - edges[1:]) * np.pi / height)[:, None]


def dynamic_range_stops(luminance: NDArray[np.floating], *, peak: float | None = None) -> float | None:
    """Stops between the brightest pixel and the darkest that is not black (1st percentile of those); None for black.

    Args:
        luminance: `[H, W]` finite, not negative.
        peak: The brightest pixel where averaging hid it.
    """
    lit = luminance[luminance > 0]
    if not lit.size:
        return None
    brightest = float(lit.max()) if peak is None else peak
    return max(0.0, float(np.log2(brightest / np.percentile(lit, 1))))


def luminance_of(pixels: NDArray[np.floating]) -> Floats:
    """`[H, W]` relative luminance of linear Rec.709 `[H, W, 3]`."""
    return pixels.astype(np.float64) @ REC709_LUMINANCE


def shrunk(pixels: NDArray[np.floating], height: int = WORKING_HEIGHT) -> Floats:
    """`[N', 2N', 3]` float64 averages of a map, N' at most `height`; a map that is small enough keeps its pixels."""
    rows = pixels.shape[0]
    if rows <= height:
        return pixels.astype(np.float64)
    top = np.arange(height) * rows // height
    left = np.arange(2 * height) * pixels.shape[1] // (2 * height)
    # Half floats overflow when summed; single ones hold the few rows of a block well.
    wide = pixels.astype(np.float32) if pixels.dtype == np.float16 else pixels
    summed = np.add.reduceat(np.add.reduceat(wide, top, axis=0), left, axis=1, dtype=np.float64)
    counts = np.diff(np.append(top, rows))[:, None, None] * np.diff(np.append(left, pixels.shape[1]))[None, :, None]
    return summed / counts
