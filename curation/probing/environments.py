"""Environment maps (OpenEXR): the header is judged before a pixel is decoded."""

from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused

_SAVE = "Save it as one scan-line OpenEXR image with R, G and B, latlong, twice as wide as high."
_ROWS_AT_ONCE = 256


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a latlong map.

    Raises:
        Refused: Not 2:1, too large, without R, G, B, unreadable, or with values negative or not numbers.
    """
    try:
        width, height = _check_header(OpenEXR.File(str(path), header_only=True).parts, limits)
        channels = OpenEXR.File(str(path), separate_channels=True).channels()
    except (RuntimeError, ValueError, TypeError) as error:
        raise Refused("environment_map_undecodable", f"The map cannot be decoded ({error}).", _SAVE) from error
    brightest = max(_check_values(channels[band].pixels) for band in "RGB")
    details = {
        "width": width,
        "height": height,
        "channels": sorted(channels),
        "half": channels["R"].pixels.dtype == np.float16,
        "brightest": brightest,
    }
    return Facts("environment_map", "image/x-exr", path.stat().st_size, details)


def _check_header(parts: list[Any], limits: Limits) -> tuple[int, int]:
    """Width and height, once the header is found to promise what is wanted."""
    if len(parts) != 1:
        raise Refused("environment_map_wrong_layout", f"The map has {len(parts)} parts.", _SAVE)
    header = parts[0].header
    if "deep" in str(header.get("type", "")).lower():
        raise Refused("environment_map_wrong_layout", "The map is a deep image.", _SAVE)
    low, high = header["dataWindow"]
    width, height = (int(side) for side in np.asarray(high, np.int64) - np.asarray(low, np.int64) + 1)
    if width < 2 or height < 1 or width * height > limits.max_map_pixels:
        raise Refused(
            "environment_map_too_large", f"The map claims {width}x{height} pixels.", "Save it at 8192x4096 or smaller."
        )
    if width != 2 * height:
        raise Refused(
            "environment_map_not_2_1",
            f"The map is {width}x{height}; a latlong map is twice as wide as high.",
            "Convert it to equirectangular (latlong), for instance 2048x1024, without cropping.",
        )
    missing = {"R", "G", "B"} - {channel.name for channel in header["channels"]}
    if missing:
        raise Refused(
            "environment_map_wrong_layout", f"The map lacks the channels {', '.join(sorted(missing))}.", _SAVE
        )
    return width, height


def _check_values(pixels: np.ndarray) -> float:
    """The largest value of one channel `[H, W]`, once all are found finite and not negative."""
    brightest = 0.0
    for top in range(0, len(pixels), _ROWS_AT_ONCE):
        rows = pixels[top : top + _ROWS_AT_ONCE]
        if not np.isfinite(rows).all():
            raise Refused(
                "environment_map_not_finite",
                f"The map holds infinite values or NaN near row {top}.",
                "Clamp the sun's pixels to a finite value (half floats end at 65504) and save it again.",
            )
        if rows.min() < 0:
            raise Refused(
                "environment_map_negative",
                f"The map holds negative light near row {top}.",
                "Clamp it at zero: sharpening and colour conversions can leave negative values.",
            )
        brightest = max(brightest, float(rows.max()))
    return brightest
