"""The order that people mean by the names they give."""

import re

_DIGITS = re.compile(r"(\d{1,18})")


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts `frame_10` after `frame_9`."""
    parts = _DIGITS.split(name)
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
