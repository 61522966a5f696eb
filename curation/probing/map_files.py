"""Environment maps as files, OpenEXR and Radiance: the header is judged before a pixel is decoded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR

from curation.probing.facts import Limits, Refused
from curation.probing.radiance import read_header, read_pixels
from curation.record.lighting.colours import COLOR_SPACES, ColorSpace, space_of

_SAVE = "Save it as one scan-line OpenEXR image with R, G and B, latlong, twice as wide as high."
_ROWS_AT_ONCE = 256
# What a map of another shape most likely is, by width over height.
_LAYOUTS = {
    4 / 3: "a cube cross",
    3 / 4: "a cube cross",
    6.0: "a cube strip",
    1 / 6: "a cube strip",
    1.0: "an angular or mirror-ball map",
}


@dataclass(frozen=True, eq=False)
class MapFile:
    """A latlong map as it is in its file.

    Attributes:
        bands: Red, green and blue, each `[N, 2N]`, floating, finite, not negative.
        channels: Their names and what else the file holds.
        chromaticities: Of its primaries and white, `[8]`; None where the file does not say.
        brightest: The largest value.
    """

    bands: list[np.ndarray]
    channels: list[str]
    chromaticities: tuple[float, ...] | None
    brightest: float

    @property
    def width(self) -> int:
        return int(self.bands[0].shape[1])

    @property
    def height(self) -> int:
        return int(self.bands[0].shape[0])

    @property
    def half(self) -> bool:
        return self.bands[0].dtype == np.float16

    @property
    def space(self) -> tuple[str, ColorSpace | None]:
        """The colour space and its name; empty where the file does not say, `custom` where it has no name here.

        Raises:
            Refused: The chromaticities span no gamut.
        """
        if self.chromaticities is None:
            return "", None
        try:
            found = space_of(self.chromaticities)
        except ValueError as error:
            raise Refused(
                "environment_map_undecodable", f"The map's primaries make no sense: {error}", _SAVE
            ) from error
        named = (name for name, space in COLOR_SPACES.items() if space.is_like(self.chromaticities))
        return next(named, "custom"), found


def read_map(path: Path, *, format: str, limits: Limits) -> MapFile:
    """The map of a file.

    Args:
        format: `exr` or `hdr`.

    Raises:
        Refused: Not 2:1, too large, without R, G, B, unreadable, or with values negative or not numbers.
    """
    if format == "hdr":
        header = read_header(path)
        _check_size(header.width, header.height, limits)
        bands, channels, primaries = read_pixels(path, header), list("BGR"), header.chromaticities
    else:
        bands, channels, primaries = _read_openexr(path, limits)
    return MapFile(bands, channels, primaries, max(_check_values(band) for band in bands))


def _read_openexr(path: Path, limits: Limits) -> tuple[list[np.ndarray], list[str], tuple[float, ...] | None]:
    try:
        header = _check_header(OpenEXR.File(str(path), header_only=True).parts, limits)
        channels = OpenEXR.File(str(path), separate_channels=True).channels()
    except (RuntimeError, ValueError, TypeError) as error:
        raise Refused("environment_map_undecodable", f"The map cannot be decoded ({error}).", _SAVE) from error
    return [channels[band].pixels for band in "RGB"], sorted(channels), header.get("chromaticities")


def _check_header(parts: list[Any], limits: Limits) -> dict[str, Any]:
    """The header, once it is found to promise what is wanted."""
    if len(parts) != 1:
        raise Refused("environment_map_wrong_layout", f"The map has {len(parts)} parts.", _SAVE)
    header = parts[0].header
    if "deep" in str(header.get("type", "")).lower():
        raise Refused("environment_map_wrong_layout", "The map is a deep image.", _SAVE)
    low, high = header["dataWindow"]
    width, height = (int(side) for side in np.asarray(high, np.int64) - np.asarray(low, np.int64) + 1)
    _check_size(width, height, limits)
    missing = {"R", "G", "B"} - {channel.name for channel in header["channels"]}
    if missing:
        raise Refused(
            "environment_map_wrong_layout", f"The map lacks the channels {', '.join(sorted(missing))}.", _SAVE
        )
    return dict(header)


def _check_size(width: int, height: int, limits: Limits) -> None:
    if width < 2 or height < 1 or width * height > limits.max_map_pixels:
        raise Refused(
            "environment_map_too_large", f"The map claims {width}x{height} pixels.", "Save it at 8192x4096 or smaller."
        )
    if width != 2 * height:
        likely = next((what for ratio, what in _LAYOUTS.items() if abs(width / height / ratio - 1) < 1e-3), "")
        raise Refused(
            "environment_map_not_2_1",
            f"The map is {width}x{height}{f', likely {likely}' if likely else ''}; a latlong map is twice as wide as "
            "high.",
            "Convert it to equirectangular (latlong), for instance 2048x1024, without cropping.",
        )


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
