"""Which samples must stay together, and on which side of the split they fall.

Groups are connected components: whatever two samples share joins them. A group's split is decided once, by a hash;
later versions inherit it, and a sample that a later link joins to the training side is excluded, never moved there.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)  # a group that spans several stays in the first of them
UPPER_BOUNDS = ((TRAIN, 0.8), (VALIDATION, 0.9), (TEST, 1.0))


class Links:
    """Union-find over sample ids; a component's root is its smallest id, whatever the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[UUID, UUID] = {}

    def join(self, together: Iterable[UUID]) -> None:
        """These samples belong to one group."""
        first: UUID | None = None
        for sample in together:
            first = self._union(sample if first is None else first, sample)

    def root(self, sample: UUID) -> UUID:
        """The smallest id of the sample's group; its own where nothing was joined to it."""
        root = sample
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(sample, sample)) != root:
            self._parent[sample], sample = root, parent
        return root

    def groups(self) -> list[list[UUID]]:
        """Every group of two or more, each sorted, in order of their roots."""
        found: dict[UUID, list[UUID]] = {}
        for sample in sorted(self._parent):
            found.setdefault(self.root(sample), []).append(sample)
        return [found[root] for root in sorted(found) if len(found[root]) > 1]

    def _union(self, one: UUID, other: UUID) -> UUID:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent.setdefault(low, low)
        self._parent[high] = low
        return low


@dataclass(frozen=True)
class Settled:
    """One group's outcome.

    Attributes:
        root: The group's smallest id.
        split: Where the group stands from now on.
        new: Members that had no split yet; they get this one.
        excluded: Members assigned to another side before; they are in no version from now on.
    """

    root: UUID
    split: str
    new: tuple[UUID, ...]
    excluded: tuple[UUID, ...]


def split_of(root: UUID, *, salt: str) -> str:
    """80 % train, 10 % validation, 10 % test, by SHA-256 of the salt and the group's root."""
    digest = hashlib.sha256(salt.encode() + root.bytes).digest()
    share = int.from_bytes(digest[:8]) / 2**64
    return next(split for split, upper in UPPER_BOUNDS if share < upper)


def settle(group: Collection[UUID], *, assigned: Mapping[UUID, str], salt: str) -> Settled:
    """Where a group stands, given the splits that some of its members were assigned before."""
    root = min(group)
    before = {assigned[sample] for sample in group if sample in assigned}
    split = next((split for split in SPLITS if split in before), None) or split_of(root, salt=salt)
    return Settled(
        root=root,
        split=split,
        new=tuple(sorted(sample for sample in group if sample not in assigned)),
        excluded=tuple(sorted(sample for sample in group if assigned.get(sample, split) != split)),
    )
