"""Careful reading of text that people have edited by hand: lines, columns, numbers, each refusal naming its line."""

from collections.abc import Iterator
from io import StringIO
from math import isfinite

import numpy as np

from curation.record.cameras.path import MAX_FRAMES, Floats
from curation.record.problems import RecordRefused, refuse

MAX_TEXT_BYTES = 16 * 1024 * 1024
# Beyond this no camera is in metres, and products overflow.
LARGEST = 1e9
# Nanoseconds since 1970 have 19 digits.
LARGEST_STAMP = 1e19
# The points that COLMAP sees in one image take a fifth of this.
MAX_LINE = 2 * 1024 * 1024
# No row of any format is longer; a line of millions of words is not looked through.
MOST_COLUMNS = 64


def decoded(content: bytes) -> str:
    """The text of a file, without byte order mark.

    Raises:
        RecordRefused: It is too large, or not text.
    """
    if len(content) > MAX_TEXT_BYTES:
        raise refuse(
            "", "too_large", f"The camera file has {len(content):,} bytes.", f"Keep it under {MAX_TEXT_BYTES:,} bytes."
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
    """Line numbers from 1 and stripped lines, comments (`#`) left out, blank ones kept.

    Raises:
        RecordRefused: A line is too long.
    """
    # Lazily: millions of short lines at once would take many times the size of the file.
    for number, line in enumerate(StringIO(text, newline=None), start=1):
        if len(line) > MAX_LINE:
            message = f"The line has {len(line):,} characters."
            raise refuse(f"line {number}", "line_too_long", message, "Write one frame per line.")
        stripped = line.strip()
        if not stripped.startswith("#"):
            yield number, stripped


def first_lines(text: str, count: int = 64) -> list[str]:
    """The first lines that say something, comments and blank ones left out: what detection looks at."""
    lines = (line for _, line in numbered_lines(text[:200_000]) if line)
    return [line for line, _ in zip(lines, range(count), strict=False)]


def is_row_of(row: list[str], *lengths: int) -> bool:
    """Whether a line's columns are that many numbers and nothing else."""
    return len(row) in lengths and all(map(is_number, row))


def table(text: str, lengths: tuple[int, ...], columns: str, *, stamped: bool = False) -> tuple[Floats, list[int]]:
    """The `[F, N]` numbers of a text whose every line is a frame, and the line of each frame.

    Args:
        text: One words-only line before the first frame is passed over, as a header.
        lengths: How long rows may be; the first row decides.
        columns: What a row holds, for the refusal.
        stamped: The first column holds timestamps.

    Raises:
        RecordRefused: Naming the line.
    """
    rows, line_numbers = list[list[float]](), list[int]()
    for line_number, line in numbered_lines(text):
        row = fields(line)
        if not row or (not rows and not any(map(is_number, row[:MOST_COLUMNS]))):
            continue
        if len(row) not in ((len(rows[0]),) if rows else lengths):
            expected = " or ".join(map(str, [len(rows[0])] if rows else lengths))
            message = f"This row has {len(row)} columns, not {expected}."
            raise refuse(f"line {line_number}", "wrong_columns", message, f"Each row is: {columns}.")
        rows.append(numbers(row, line_number, stamped=stamped))
        line_numbers.append(line_number)
        if len(rows) > MAX_FRAMES:
            break
    check_frame_count(len(rows))
    return np.array(rows), line_numbers


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


def number(token: str, where: str = "", *, largest: float = LARGEST) -> float:
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
    return checked(value, where, largest=largest)


def checked(value: float, where: str, *, largest: float = LARGEST) -> float:
    """The number itself.

    Raises:
        RecordRefused: It is not finite, or too large for a camera.
    """
    if not isfinite(value):
        raise refuse(where, "not_finite", f"{value} is not a finite number.", "Remove or repair this frame.")
    if abs(value) > largest:
        raise refuse(where, "out_of_range", f"{value:g} is too large for a camera.", "Check the columns and the unit.")
    return value


def numbers(tokens: list[str], line_number: int, *, stamped: bool = False) -> list[float]:
    """All tokens of a line as numbers; the first may be as large as a timestamp where it is `stamped`.

    Raises:
        RecordRefused: Naming the line.
    """
    try:
        values = list(map(float, tokens))
    except ValueError:
        values = []
    # The usual line, checked as a whole; what is wrong with another is found token by token.
    joined = "".join(tokens)
    rest = values[1:] if stamped else values
    moderate = all(-LARGEST <= value <= LARGEST for value in rest)
    if values and joined.isascii() and "_" not in joined and moderate and abs(values[0]) <= LARGEST_STAMP:
        return values
    where = f"line {line_number}"
    return [
        number(token, where, largest=LARGEST_STAMP if stamped and not i else LARGEST) for i, token in enumerate(tokens)
    ]


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


def check_last_rows(last: Floats, line_numbers: list[int]) -> None:
    """Nothing; `last` is `[F, 4]`.

    Raises:
        RecordRefused: A 4x4 matrix does not end in 0 0 0 1.
    """
    wrong = ~np.isclose(last, (0, 0, 0, 1), atol=1e-6).all(axis=1)
    if wrong.any():
        line = line_numbers[int(np.argmax(wrong))]
        raise refuse(
            f"line {line}", "wrong_columns", "The matrix does not end in 0 0 0 1.", "Write a 3x4 or 4x4 matrix."
        )


def check_quaternions(quaternions: Floats, places: list[str]) -> None:
    """Nothing; `quaternions` are `[F, 4]` of any length but none, `places` name them.

    Raises:
        RecordRefused: One has no length.
    """
    lengths = np.linalg.norm(quaternions, axis=1)
    if np.any(lengths < 1e-6):
        where = places[int(np.argmin(lengths))]
        raise refuse(where, "not_a_rotation", "The quaternion has no length.", "Correct or remove this frame.")


def homogeneous(rows: Floats) -> Floats:
    """`[F, 4, 4]` matrices of `[F, 3, 4]` ones."""
    matrices = np.zeros((len(rows), 4, 4))
    matrices[:, :3] = rows
    matrices[:, 3, 3] = 1.0
    return matrices


def shortest(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return repr(int(value)) if abs(value) < 1e15 and value == int(value) else repr(float(value))
