"""RFC 8785 text of JSON that a database holds, fast enough for a million lines.

The C encoder of `json` writes canonical text already, but for the numbers that ECMAScript writes otherwise than Python
and for the order of keys outside the Basic Multilingual Plane. Those are noticed while parsing and left to `rfc8785`.
"""

import json
from collections.abc import Callable
from typing import Any

import rfc8785

EXACT_INTEGERS = 2**53
SMALLEST_ALIKE = 1e-4  # below it Python writes an exponent, ECMAScript not yet
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


class NotCanonical(ValueError):
    """The text is no JSON, or holds a number that JSON does not carry exactly."""


def canonical_line(text: str) -> bytes:
    """The canonical form of this JSON text, UTF-8, without a line end; every string stays on its one line.

    Raises:
        NotCanonical: It is no JSON or has no canonical form.
    """
    unusual: list[float] = []
    try:
        value = json.loads(text, parse_float=_number(unusual), parse_int=_integer(unusual))
        # Above the Basic Multilingual Plane code points and UTF-16 units sort differently.
        astral = max(text) > "\uffff" or "\\ud" in text or "\\uD" in text
        return canonical(value) if unusual or astral else _encode(value).encode()
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def canonical(value: Any) -> bytes:
    """The canonical form of decoded JSON, UTF-8. Raises `NotCanonical`."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _number(unusual: list[float]) -> Callable[[str], float | int]:
    def parse(digits: str) -> float | int:
        value = float(digits)
        size = abs(value)
        if value.is_integer() and size < EXACT_INTEGERS:
            return int(value)
        if not SMALLEST_ALIKE <= size < EXACT_INTEGERS:
            unusual.append(value)
        return value

    return parse


def _integer(unusual: list[float]) -> Callable[[str], int | float]:
    def parse(digits: str) -> int | float:
        if len(digits) < 16:
            return int(digits)
        value = float(digits)  # jsonb writes 1e20 without an exponent: it is a double all the same
        if value.is_integer() and abs(value) < EXACT_INTEGERS:
            return int(digits)
        unusual.append(value)
        return value

    return parse
