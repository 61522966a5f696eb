"""Trees of cumulative earnings, as `SlateDistributor` and OpenZeppelin's `StandardMerkleTree` have them.

A leaf is the double keccak-256 of its ABI encoding, so that no inner node can pass for one; inner nodes hash their two
children in sorted order; leaves are sorted by hash, so the same leaves in any order make the same tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_hash.auto import keccak as keccak256

WORD_BYTES = 32


class NoLeaves(ValueError):
    """A tree has at least one leaf."""


@dataclass(frozen=True)
class Distributor:
    """Where a leaf counts: `address` is 20 bytes."""

    chain_id: int
    address: bytes


@dataclass(frozen=True)
class Leaf:
    """What one contributor has been allocated in all.

    Attributes:
        contributor_id: 32 random bytes that name the contributor in one distributor.
        payee: 20 bytes, who receives the tokens.
        cumulative_wei: All that was ever allocated, in base units, below 2**256.
    """

    contributor_id: bytes
    payee: bytes
    cumulative_wei: int

    def hash(self, distributor: Distributor) -> bytes:
        """32 bytes: keccak(keccak(abi.encode(chainId, distributor, contributorId, payee, cumulative)))."""
        encoded = (
            distributor.chain_id.to_bytes(WORD_BYTES, "big")
            + distributor.address.rjust(WORD_BYTES, b"\0")
            + self.contributor_id
            + self.payee.rjust(WORD_BYTES, b"\0")
            + self.cumulative_wei.to_bytes(WORD_BYTES, "big")
        )
        return keccak256(keccak256(encoded))


class Tree:
    """A whole tree in memory: about 200 bytes a leaf.

    Raises:
        NoLeaves: There are none.
    """

    def __init__(self, hashes: Sequence[bytes]) -> None:
        if not hashes:
            raise NoLeaves("A tree needs at least one leaf.")
        order = sorted(hashes)
        count = len(order)
        # Node i has the children 2i + 1 and 2i + 2; the leaves fill the end, the smallest hash last.
        nodes: list[bytes] = [b""] * (count - 1) + order[::-1]
        for place in range(count - 2, -1, -1):
            nodes[place] = hash_pair(nodes[2 * place + 1], nodes[2 * place + 2])
        self._nodes = nodes
        self._places = {leaf: len(nodes) - 1 - rank for rank, leaf in enumerate(order)}

    @property
    def root(self) -> bytes:
        return self._nodes[0]

    @property
    def nodes(self) -> bytes:
        """All nodes, 32 bytes each, the root first; node i has the children 2i + 1 and 2i + 2."""
        return b"".join(self._nodes)

    def place(self, leaf: bytes) -> int:
        """The leaf's number among the nodes. Raises `KeyError`: the tree has no such leaf."""
        return self._places[leaf]

    def proof(self, leaf: bytes) -> list[bytes]:
        """Siblings from the leaf up to the root, nearest first; empty for the only leaf.

        Raises:
            KeyError: The tree has no such leaf.
        """
        return [self._nodes[place] for place in siblings(self.place(leaf))]


def siblings(place: int) -> list[int]:
    """The numbers of the nodes that prove the node with this number, nearest first."""
    path = []
    while place > 0:
        path.append(place + 1 if place % 2 else place - 1)
        place = (place - 1) // 2
    return path


def climb(leaf: bytes, proof: Sequence[bytes]) -> bytes:
    """The root that a leaf's hash and its proof lead to."""
    for sibling in proof:
        leaf = hash_pair(leaf, sibling)
    return leaf


def hash_pair(one: bytes, other: bytes) -> bytes:
    """The node above two nodes; their order does not matter."""
    return keccak256(one + other if one < other else other + one)
