"""Long lists cut into what one statement takes, so that memory holds the rows of one statement alone."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
SIZE = 2_000


def batches(items: Sequence[Item], size: int = SIZE) -> Iterator[Sequence[Item]]:
    """The items in their order, `size` at a time; the last batch may be smaller, and none is empty."""
    return (items[first : first + size] for first in range(0, len(items), size))
