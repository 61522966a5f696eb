"""Radiance maps (`.hdr`): the header, read line by line before OpenCV decodes a pixel.

Source: Ward, "Real Pixels" (Graphics Gems II), and the RADIANCE reference manual, "File Formats", picture files.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from curation.probing.facts import Refused

_SAVE = "Save it again as Radiance HDR (32-bit_rle_rgbe), or as OpenEXR."
_MAX_HEADER_BYTES = 65_536
_RLE_WIDTHS = range(8, 32_768)  # other widths are always stored flat


@dataclass(frozen=True)
class RadianceHeader:
    """What stands before the pixels.

    Attributes:
        exposure: What stored values were multiplied by, all lines together; dividing restores the radiance.
        correction: `[3]` the same by channel (COLORCORR).
        chromaticities: `[8]` of red, green, blue and white; None where the file does not say.
        offset: Where the pixels start.
    """

    width: int
    height: int
    exposure: float
    correction: tuple[float, ...]
    chromaticities: tuple[float, ...] | None
    offset: int


def read_header(path: Path) -> RadianceHeader:
    """The header of a file that starts with `#?`.

    Raises:
        Refused: It is cut short, holds XYZ instead of RGB, is stored in an unusual order, or a number in it is none.
    """
    with path.open("rb") as file:
        head = file.read(_MAX_HEADER_BYTES)
    text, blank, rest = head.partition(b"\n\n")
    size, newline, _ = rest.partition(b"\n")
    if not blank or not newline:
        raise _refused("The Radiance header does not end.")
    lines = [line.decode("ascii", "replace").strip() for line in text.split(b"\n")[1:]]
    values: dict[str, list[str]] = {}
    for key, equals, value in (line.partition("=") for line in lines):
        if equals and not key.startswith("#"):
            values.setdefault(key.strip().upper(), []).append(value.strip())
    if (stored := values.get("FORMAT", [""])[-1]) != "32-bit_rle_rgbe":
        raise _refused(f"The Radiance file holds {stored or 'an unnamed format'}, not 32-bit_rle_rgbe.")
    found = re.fullmatch(rb"-Y (\d{1,9}) \+X (\d{1,9})", size.strip())
    if not found:
        raise _refused(f"The rows are stored in an unusual order ({size.decode('ascii', 'replace')[:40]}).")
    return RadianceHeader(
        width=int(found[2]),
        height=int(found[1]),
        exposure=float(np.prod([_numbers(value, 1, "EXPOSURE")[0] for value in values.get("EXPOSURE", [])])),
        correction=tuple(np.prod([_numbers(v, 3, "COLORCORR") for v in values.get("COLORCORR", ["1 1 1"])], axis=0)),
        chromaticities=_numbers(values["PRIMARIES"][-1], 8, "PRIMARIES") if "PRIMARIES" in values else None,
        offset=len(text) + len(blank) + len(size) + len(newline),
    )


def read_pixels(path: Path, header: RadianceHeader) -> list[np.ndarray]:
    """Red, green and blue, each `[H, W]` float32 radiance.

    Raises:
        Refused: The pixels are cut short, damaged, or run-length encoded in the way of before 1991.
    """
    import cv2

    _check_encoding(path, header)
    try:
        decoded = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError from error
        raise _refused(f"The Radiance file cannot be decoded ({error.err}).") from error
    if decoded is None or decoded.shape != (header.height, header.width, 3):
        raise _refused("The Radiance file is damaged or cut short.")
    scale = 1.0 / (header.exposure * np.asarray(header.correction))
    return [decoded[..., band] * np.float32(scale[place]) for place, band in enumerate((2, 1, 0))]


def _check_encoding(path: Path, header: RadianceHeader) -> None:
    """OpenCV takes anything but the newer encoding for flat pixels, and would show the older one as noise."""
    with path.open("rb") as file:
        file.seek(header.offset)
        start = file.read(4)
    newer = start[:2] == b"\x02\x02" and int.from_bytes(start[2:], "big") == header.width
    flat = path.stat().st_size - header.offset == 4 * header.width * header.height
    if not flat and not (newer and header.width in _RLE_WIDTHS):
        raise _refused("The Radiance file is cut short, or uses the run-length encoding of before 1991.")


def _numbers(text: str, count: int, key: str) -> tuple[float, ...]:
    try:
        values = tuple(float(word) for word in text.split())
    except ValueError:
        values = ()
    positive = key == "PRIMARIES" or all(value > 0 for value in values)
    if len(values) != count or not np.isfinite(values).all() or not positive:
        raise _refused(f"{key} in the Radiance header is not {count} positive numbers.")
    return values


def _refused(what: str) -> Refused:
    return Refused("environment_map_undecodable", what, _SAVE)
