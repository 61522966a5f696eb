"""A picture's file without what it tells about its making: the pixels' own bytes, copied, never encoded again.

What is needed to show them stays (colour profile, orientation, gamma); EXIF, GPS, XMP, IPTC, comments, embedded
previews and whatever follows the picture go. Only lists of what stays are kept: what nobody knows goes.

Formats: ITU-T T.81 (JPEG), PNG third edition, RFC 9649 (WebP), Exif 3.0.
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

PIECE_BYTES = 1 << 20
EXIF_READ_BYTES = 1 << 16
ORIENTATION_TAG = 0x0112
_SHORT = 3

_JPEG_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_JPEG_CODING = {*range(0xC0, 0xD0), *range(0xDA, 0xE0)} - {0xC8}  # frames, scans, tables, restart intervals
_JPEG_SOI, _JPEG_EOI, _JPEG_SOS = 0xD8, 0xD9, 0xDA
_JPEG_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # what ends a run of coded pixels
_JPEG_JFIF_BYTES = 14  # of the segment without its thumbnail

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"),
    *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs"),
}
_WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"}
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


class NotStrippable(ValueError):
    """The file's parts do not follow each other as its format asks, so nobody can say which of them are pixels."""


@dataclass(frozen=True)
class Span:
    """Bytes of the original that stay."""

    start: int
    end: int


Piece = Span | bytes


@dataclass(frozen=True)
class Stripped:
    """What stays of a file, as pieces of it and a few new bytes.

    Attributes:
        path: The original.
        pieces: In order; neighbouring spans are one.
    """

    path: Path
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        return sum(len(piece) if isinstance(piece, bytes) else piece.end - piece.start for piece in self.pieces)

    def read(self) -> Iterator[bytes]:
        """The bytes, a mebibyte at a time."""
        with self.path.open("rb") as file:
            for piece in self.pieces:
                if isinstance(piece, bytes):
                    yield piece
                    continue
                file.seek(piece.start)
                for start in range(piece.start, piece.end, PIECE_BYTES):
                    yield file.read(min(PIECE_BYTES, piece.end - start))


def strip(path: Path, content_type: str) -> Stripped:
    """What stays of a jpeg, png or webp.

    Raises:
        NotStrippable: It is none of these, or its parts are not in order.
    """
    walker = _WALKERS.get(content_type)
    if walker is None:
        raise NotStrippable(f"{content_type} is no kind of picture that can be stripped")
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        try:
            return Stripped(path, tuple(_joined(walker(data))))
        except (struct.error, IndexError) as error:
            raise NotStrippable("it ends in the middle of a part") from error


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if isinstance(last, Span) and isinstance(piece, Span) and last.end == piece.start:
            last = Span(last.start, piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _jpeg(data: mmap) -> Iterator[Piece]:
    if data[:2] != b"\xff\xd8":
        raise NotStrippable("it does not begin as a JPEG")
    yield Span(0, 2)
    if (orientation := _jpeg_orientation(data)) != 1:
        exif = b"Exif\0\0" + minimal_exif(orientation)
        yield b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    for marker, start, end in _jpeg_segments(data):
        if marker in _JPEG_STANDALONE or marker in _JPEG_CODING:
            yield Span(start, end)
        elif marker == 0xE0 and data[start + 4 : start + 9] == b"JFIF\0":
            # Its last two bytes are the size of a thumbnail, which would follow.
            yield b"\xff\xe0\0\x10" + data[start + 4 : start + 2 + _JPEG_JFIF_BYTES] + b"\0\0"
        elif (marker == 0xE2 and data[start + 4 : start + 16] == b"ICC_PROFILE\0") or (
            marker == 0xEE and data[start + 4 : start + 9] == b"Adobe"
        ):
            yield Span(start, end)
    yield b"\xff\xd9"


def _jpeg_segments(data: mmap) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of every segment up to the end of the picture; coded pixels belong to their scan."""
    position = 2
    while position < len(data):
        if data[position] != 0xFF:
            raise NotStrippable(f"there is no segment at byte {position}")
        start = position
        while data[position] == 0xFF:  # any number of them may fill
            position += 1
        marker = data[position]
        start, position = position - 1, position + 1
        if marker == _JPEG_EOI:
            return
        if marker in (0x00, _JPEG_SOI):
            raise NotStrippable(f"there is no segment at byte {start}")
        if marker not in _JPEG_STANDALONE:
            (length,) = struct.unpack(">H", data[position : position + 2])
            position += max(length, 2)
        if marker == _JPEG_SOS:
            found = _JPEG_NEXT.search(data, position)
            position = found.start() if found else len(data)
        if position > len(data):
            raise NotStrippable("it ends in the middle of a segment")
        yield marker, start, position


def _jpeg_orientation(data: mmap) -> int:
    for marker, start, end in _jpeg_segments(data):
        if marker == 0xE1 and data[start + 4 : start + 10] == b"Exif\0\0":
            return orientation_of(data[start + 10 : end])
        if marker == _JPEG_SOS:
            break
    return 1


def _png(data: mmap) -> Iterator[Piece]:
    if data[:8] != _PNG_SIGNATURE:
        raise NotStrippable("it does not begin as a PNG")
    yield Span(0, 8)
    position = 8
    while True:
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        end = position + 12 + length
        if end > len(data):
            raise NotStrippable("it ends in the middle of a chunk")
        if kind in _PNG_KEPT:
            yield Span(position, end)
        elif kind == b"eXIf":
            yield from _png_orientation(data[position + 8 : min(end - 4, position + 8 + EXIF_READ_BYTES)])
        elif kind[:1].isupper():
            raise NotStrippable(f"nobody knows what its chunk {kind!r} means for the pixels")
        if kind == b"IEND":
            return
        position = end


def _png_orientation(exif: bytes) -> Iterator[bytes]:
    from zlib import crc32

    if (orientation := orientation_of(exif)) != 1:
        body = b"eXIf" + minimal_exif(orientation)
        yield struct.pack(">I", len(body) - 4) + body + struct.pack(">I", crc32(body))


def _webp(data: mmap) -> Iterator[Piece]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise NotStrippable("it does not begin as a WebP")
    kept: list[Piece] = []
    orientation = 1
    for kind, start, end in _riff_chunks(data):
        if kind == b"EXIF":
            exif = data[start + 8 : min(end, start + 8 + EXIF_READ_BYTES)]
            orientation = orientation_of(exif.removeprefix(b"Exif\0\0"))
        elif kind in _WEBP_KEPT:
            kept.append(Span(start, end))
    kept = [_webp_flags(data, piece, orientation) for piece in kept]
    if orientation != 1:
        exif = minimal_exif(orientation)
        kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    size = Stripped(Path(), tuple(kept)).size
    yield b"RIFF" + struct.pack("<I", size + 4) + b"WEBP"
    yield from kept


def _riff_chunks(data: mmap) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of every chunk, its padding included."""
    whole = min(len(data), 8 + struct.unpack("<I", data[4:8])[0])
    position = 12
    while position + 8 <= whole:
        kind, length = struct.unpack("<4sI", data[position : position + 8])
        end = position + 8 + length + length % 2
        if end > len(data):
            raise NotStrippable("it ends in the middle of a chunk")
        yield kind, position, end
        position = end


def _webp_flags(data: mmap, piece: Piece, orientation: int) -> Piece:
    """The chunk; the one that announces EXIF and XMP announces what there will be."""
    if isinstance(piece, bytes) or data[piece.start : piece.start + 4] != b"VP8X":
        return piece
    chunk = bytearray(data[piece.start : piece.end])
    chunk[8] &= ~(_WEBP_EXIF | _WEBP_XMP)
    chunk[8] |= _WEBP_EXIF if orientation != 1 else 0
    return bytes(chunk)


_WALKERS: dict[str, Callable[[mmap], Iterator[Piece]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}


def orientation_of(tiff: bytes) -> int:
    """The orientation, 1 to 8, that an EXIF block states; 1 where it states none or cannot be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 10:
        return 1
    (first,) = struct.unpack(f"{order}I", tiff[4:8])
    if first + 2 > len(tiff):
        return 1
    (count,) = struct.unpack(f"{order}H", tiff[first : first + 2])
    for place in range(count):
        entry = tiff[first + 2 + 12 * place : first + 14 + 12 * place]
        if len(entry) < 12:
            return 1
        tag, kind, _, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == ORIENTATION_TAG:
            return value if kind == _SHORT and 1 <= value <= 8 else 1
    return 1


def minimal_exif(orientation: int) -> bytes:
    """A TIFF block that states an orientation and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION_TAG, _SHORT, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
