"""An amount shared out by weights, to the last base unit."""

from collections.abc import Mapping
from uuid import UUID


def split(amount_wei: int, weights: Mapping[UUID, int]) -> dict[UUID, int]:
    """Each one's part, in whole base units that sum to the amount; nobody without weight gets any.

    Rounded down first; the units left over go one by one to those who lost the largest fraction, among equals to the
    smaller id.

    Args:
        amount_wei: Not negative.
        weights: Not negative, at least one of them positive.
    """
    total = sum(weights.values())
    parts = {one: amount_wei * weight // total for one, weight in weights.items()}
    by_loss = sorted(weights, key=lambda one: (-(amount_wei * weights[one] % total), one))
    for one in by_loss[: amount_wei - sum(parts.values())]:
        parts[one] += 1
    return parts
