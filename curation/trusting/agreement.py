"""How far several people who judge the same things agree beyond chance: Krippendorff's alpha for nominal values."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """1 for perfect agreement, 0 for what chance would give, below 0 for less; None where nothing can be said.

    Units that fewer than two people judged say nothing and are passed over. Nothing can be said either where all
    judgements are the same: nobody knows whether these people would notice a difference.

    Args:
        units: Per thing judged, the values it was given, in any order.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C.
    """
    observed, marginals = 0.0, Counter[Hashable]()
    for values in units:
        count = len(values)
        if count < 2:
            continue
        given = Counter(values)
        marginals.update(values)
        differing = count * count - sum(times * times for times in given.values())
        observed += differing / (count - 1)
    total = sum(marginals.values())
    expected = total * total - sum(times * times for times in marginals.values())
    if expected == 0:
        return None
    return 1.0 - (total - 1) * observed / expected
