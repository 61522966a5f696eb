"""Addresses as QR codes, for the camera of another device."""

from dataclasses import dataclass
from itertools import groupby

import qrcode

QUIET_ZONE = 4  # modules of empty margin that ISO/IEC 18004 asks for


@dataclass(frozen=True)
class QrCode:
    """A code to be drawn: a square of `size` by `size` units, `path` the dark parts as SVG path data."""

    size: int
    path: str


def drawn(text: str) -> QrCode:
    """The code of a text at error correction M, its quiet zone included.

    Args:
        text: At most 512 characters.
    """
    code = qrcode.QRCode(border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return QrCode(size=len(rows), path="".join(_runs(row, y) for y, row in enumerate(rows)))


def _runs(row: list[bool], y: int) -> str:
    """The dark stretches of a row, each as one rectangle."""
    path, x = "", 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        path += f"M{x} {y}h{width}v1h-{width}z" if dark else ""
        x += width
    return path
