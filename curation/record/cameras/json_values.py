"""Careful reading of JSON that anyone may have sent: size, depth and every number are judged, each refusal names its
place."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Never

import numpy as np

from curation.record.cameras.path import Floats
from curation.record.cameras.text import checked, decoded
from curation.record.problems import RecordRefused, refuse

# A value takes some 60 bytes once parsed and an object three times that, whatever they took in the file.
MAX_VALUES = 2_000_000
Object = Mapping[str, Any]


def parse_json(content: bytes) -> Any:
    """Decoded JSON without NaN or infinity.

    Raises:
        RecordRefused: It is not JSON, too large or nested too deeply.
    """
    if content.count(b",") + content.count(b"[") + 3 * content.count(b"{") > MAX_VALUES:
        raise refuse(
            "",
            "too_large",
            f"The JSON holds more than {MAX_VALUES:,} values.",
            "Keep what is not the camera out of it.",
        )
    try:
        return json.loads(decoded(content), parse_constant=_not_finite)
    except json.JSONDecodeError as error:
        raise refuse(
            f"line {error.lineno}", "not_json", "The JSON breaks off or is malformed here.", "Repair it."
        ) from error
    except RecordRefused:
        raise
    except (ValueError, RecursionError) as error:
        raise refuse("", "not_json", "The JSON cannot be read.", "Write plain numbers, not deeply nested.") from error


def real(value: object, place: str) -> float:
    """A JSON number, finite and of moderate size.

    Raises:
        RecordRefused: Naming the place.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(place, "not_a_number", "This holds something that is not a number.", "Write numbers.")
    # Integers of JSON have no limit; compared before conversion they cannot overflow.
    if isinstance(value, int) and abs(value) > 10**12:
        raise refuse(place, "out_of_range", "A number is too large for a camera.", "Check the unit.")
    return checked(float(value), place)


def reals(values: object, count: int, place: str) -> list[float]:
    """A list of exactly that many numbers.

    Raises:
        RecordRefused: Naming the place.
    """
    if not isinstance(values, list) or len(values) != count:
        raise refuse(place, "wrong_shape", f"This is not a list of {count} numbers.", f"Write {count} numbers.")
    return [real(value, place) for value in values]


def optional(value: object, place: str) -> float | None:
    """A number, or None where there is none."""
    return None if value is None else real(value, place)


def first_of(names: Sequence[str], *sources: Object) -> Any:
    """The first value that is there: every name in one source before the next source; None where none is."""
    found = (source[name] for source in sources for name in names if source.get(name) is not None)
    return next(found, None)


def matrix(rows: object, place: str) -> Floats:
    """`[4, 4]` of a JSON list of 3 or 4 rows of 4 numbers.

    Raises:
        RecordRefused: Naming the place.
    """
    if not isinstance(rows, list) or len(rows) not in (3, 4):
        raise refuse(place, "wrong_shape", "The matrix does not have 3 or 4 rows.", "Write a 3x4 or 4x4 matrix.")
    if not all(isinstance(row, list) and len(row) == 4 for row in rows):
        raise refuse(place, "wrong_shape", "A row of the matrix does not have 4 numbers.", "Write a 3x4 or 4x4 matrix.")
    found = np.eye(4)
    for i, row in enumerate(rows):
        found[i] = [real(value, place) for value in row]
    if not np.allclose(found[3], (0, 0, 0, 1), atol=1e-6):
        raise refuse(place, "wrong_shape", "The matrix does not end in 0 0 0 1.", "Write rows, not columns.")
    found[3] = (0, 0, 0, 1)
    return found


def frame_size(width: float | None, height: float | None, place: str) -> tuple[int, int] | None:
    """Width and height in pixels, or None where either is missing.

    Raises:
        RecordRefused: They are no sizes of frames.
    """
    if width is None or height is None:
        return None
    if not (1 <= width <= 65_536 and 1 <= height <= 65_536):
        raise refuse(place, "out_of_range", "The frame size is not in pixels.", "Correct the width and height.")
    return int(width), int(height)


def as_json(data: Object) -> bytes:
    """The bytes of a JSON file, numbers in full."""
    return (json.dumps(data, indent=1, allow_nan=False) + "\n").encode()


def _not_finite(word: str) -> Never:
    raise refuse("", "not_finite", f"The file contains {word}.", "Remove or repair that frame.")
