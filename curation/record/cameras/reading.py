"""What all camera importers share: what they are given, what they give back, and careful reading of text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from curation.record.cameras.conventions import Convention, WorldUp
from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.problems import RecordRefused, refuse

MAX_FILE_BYTES = 48 * 1024 * 1024
# Beyond this no camera is in metres, and products overflow.
LARGEST = 1e9

TimeUnit = Literal["us", "ms", "s", "frames"]


@dataclass(frozen=True)
class Reading:
    """What the uploader says that the file does not; every part may be left out.

    Attributes:
        convention: Overrides the format's own.
        world_up: Axis that points up in the file's world.
        time_unit: Unit of the file's time column.
        fps: Frames per second, where times are frame numbers or missing.
        width: Pixels, where intrinsics are in pixels and the file has no size; likewise `height`.
    """

    convention: Convention | None = None
    world_up: WorldUp | None = None
    time_unit: TimeUnit | None = None
    fps: float | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Loss:
    """A field that did not pass: `field` is one of intrinsics, times_s, size, up, distortion."""

    field: str
    message: str


@dataclass(frozen=True)
class RawPath:
    """What a reader found, in the file's own convention: arrays as in `CameraPath`."""

    matrices: Floats
    intrinsics: Floats | None = None
    times_s: Floats | None = None
    width: int | None = None
    height: int | None = None
    losses: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportedPath:
    """A canonical path, and what has to be said about how it was read.

    Attributes:
        path: The path.
        format: Name of the format, a key of `FORMATS`.
        convention: The convention that was applied.
        losses: What was not in the file, or was there and is not kept.
        notes: How ambiguous things were read, one sentence each.
    """

    path: CameraPath
    format: str
    convention: Convention
    losses: tuple[Loss, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ExportedPath:
    """Files by name, and the fields of the path that the format does not carry."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]


def decoded(content: bytes) -> str:
    """The text of a file, without byte order mark.

    Raises:
        RecordRefused: It is too large, or not text.
    """
    if len(content) > MAX_FILE_BYTES:
        raise refuse(
            "", "too_large", f"The camera file has {len(content):,} bytes.", f"Keep it under {MAX_FILE_BYTES:,} bytes."
        )
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("", "not_text", "The camera file is not text.", "Save it as UTF-8 text.") from error
    if "\x00" in text:
        raise refuse("", "not_text", "The camera file is not text.", "Save it as UTF-8 text.")
    return text


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Line numbers from 1 and stripped lines, comments (`#`) left out, blank ones kept."""
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped.startswith("#"):
            yield number, stripped


def fields(line: str) -> list[str]:
    """The columns of a line, parted by blanks, commas or semicolons."""
    return line.replace(",", " ").replace(";", " ").split()


def is_number(token: str) -> bool:
    """Whether a token is a number as camera files write them, finite and moderate or not."""
    try:
        number(token)
    except RecordRefused as refusal:
        return refusal.code != "not_a_number"
    return True


def number(token: str, where: str = "") -> float:
    """A finite number of moderate size.

    Raises:
        RecordRefused: Naming `where`.
    """
    try:
        # float() also reads "1_0" and digits of other scripts: no program writes those.
        if "_" in token or not token.isascii():
            raise ValueError(token)
        value = float(token)
    except ValueError as error:
        raise refuse(where, "not_a_number", f"{token[:40]!r} is not a number.", "Correct it.") from error
    return checked(value, where)


def checked(value: float, where: str) -> float:
    """The number itself.

    Raises:
        RecordRefused: It is not finite, or too large for a camera.
    """
    if not isfinite(value):
        raise refuse(where, "not_finite", f"{value} is not a finite number.", "Remove or repair this frame.")
    if abs(value) > LARGEST:
        raise refuse(where, "out_of_range", f"{value:g} is too large for a camera.", "Check the columns and the unit.")
    return value


def numbers(tokens: list[str], line_number: int) -> list[float]:
    """All tokens of a line as numbers.

    Raises:
        RecordRefused: Naming the line.
    """
    try:
        values = list(map(float, tokens))
    except ValueError:
        values = []
    # The usual line, checked as a whole; what is wrong with another is found token by token.
    joined = "".join(tokens)
    if values and joined.isascii() and "_" not in joined and all(-LARGEST <= value <= LARGEST for value in values):
        return values
    return [number(token, f"line {line_number}") for token in tokens]


def check_frame_count(count: int) -> None:
    """Nothing.

    Raises:
        RecordRefused: There are no frames, or too many.
    """
    if count == 0:
        raise refuse("", "no_frames", "No camera pose was found in the file.", "Check that it is the camera file.")
    if count > MAX_FRAMES:
        raise refuse(
            "", "too_many_frames", f"The path has more than {MAX_FRAMES:,} frames.", "Cut it, or sample fewer frames."
        )


def homogeneous(rows: Floats) -> Floats:
    """`[F, 4, 4]` matrices of `[F, 3, 4]` ones."""
    matrices = np.zeros((len(rows), 4, 4))
    matrices[:, :3] = rows
    matrices[:, 3, 3] = 1.0
    return matrices
