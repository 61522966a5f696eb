"""The published file of a tree's leaves: all that anybody needs, beside the chain, to check and to claim.

JSON lines, each canonical (RFC 8785): a heading, then the leaves sorted by contributor id. The same tree gives the same
bytes; their SHA-256 is in the event that proposed the tree.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import rfc8785
from eth_utils import is_checksum_address, to_checksum_address

from rewards.chain.merkle import Distributor, Leaf, Tree

FORMAT = "openslate-leaves/1"
MAX_LEAVES = 5_000_000
MAX_LINE_BYTES = 1_000  # no line of ours is half as long; what is nested deeper could end the process
MAX_CUMULATIVE_WEI = 2**128 - 1  # what the contract can add up


class LeafFileInvalid(ValueError):
    """The file is not one of leaves, or contradicts itself; the message names the line."""


@dataclass(frozen=True)
class LeafFile:
    """One epoch's tree with what it was built for.

    Attributes:
        distributor: Chain and contract in which the leaves count.
        epoch: 1 for the first.
        previous_root: Root that this one follows; 32 zero bytes for the first.
        leaves: Sorted by contributor id, each id once.
    """

    distributor: Distributor
    epoch: int
    previous_root: bytes
    leaves: tuple[Leaf, ...]

    @cached_property
    def hashes(self) -> dict[bytes, bytes]:
        """Contributor id -> hash of the leaf."""
        return {leaf.contributor_id: leaf.hash(self.distributor) for leaf in self.leaves}

    @cached_property
    def tree(self) -> Tree:
        return Tree(list(self.hashes.values()))

    @cached_property
    def by_contributor(self) -> dict[bytes, Leaf]:
        return {leaf.contributor_id: leaf for leaf in self.leaves}

    @property
    def root(self) -> bytes:
        return self.tree.root

    @cached_property
    def total_wei(self) -> int:
        """Sum of all leaves in base units."""
        return sum(leaf.cumulative_wei for leaf in self.leaves)

    def proof_of(self, leaf: Leaf) -> list[bytes]:
        return self.tree.proof(self.hashes[leaf.contributor_id])

    def place_of(self, contributor_id: bytes) -> int:
        """The number of the contributor's leaf among the tree's nodes."""
        return self.tree.place(self.hashes[contributor_id])

    def encode(self) -> bytes:
        """The canonical text, UTF-8."""
        return b"".join(self._lines())

    @property
    def sha256(self) -> bytes:
        """Of the canonical text, 32 bytes."""
        digest = hashlib.sha256()
        for line in self._lines():
            digest.update(line)
        return digest.digest()

    def _lines(self) -> Iterator[bytes]:
        yield _line(
            {
                "format": FORMAT,
                "chainId": self.distributor.chain_id,
                "distributor": to_checksum_address(self.distributor.address),
                "epoch": self.epoch,
                "previousRoot": _hex(self.previous_root),
                "root": _hex(self.root),
                "totalAllocated": str(self.total_wei),
                "count": len(self.leaves),
            }
        )
        for leaf in self.leaves:
            yield _line(
                {
                    "contributorId": _hex(leaf.contributor_id),
                    "payee": to_checksum_address(leaf.payee),
                    "cumulative": str(leaf.cumulative_wei),
                }
            )


def make(*, distributor: Distributor, epoch: int, previous_root: bytes, leaves: Iterable[Leaf]) -> LeafFile:
    """The file of these leaves, in its order.

    Raises:
        LeafFileInvalid: A contributor stands in it twice, or an amount is out of range.
    """
    ordered = tuple(sorted(leaves, key=lambda leaf: leaf.contributor_id))
    for before, after in pairwise(ordered):
        if before.contributor_id == after.contributor_id:
            raise LeafFileInvalid(f"Contributor {_hex(after.contributor_id)} stands in the tree twice.")
    for leaf in ordered:
        if not 0 < leaf.cumulative_wei <= MAX_CUMULATIVE_WEI:
            raise LeafFileInvalid(f"{leaf.cumulative_wei} is not an amount from 1 to 2**128 - 1.")
    return LeafFile(distributor, epoch, previous_root, ordered)


def decode(data: bytes) -> LeafFile:
    """The file of its bytes; every value is recomputed and compared with what the heading says.

    Raises:
        LeafFileInvalid: It is not canonical, not complete, or its root or total is not that of its leaves.
    """
    lines = data.split(b"\n")
    if lines[-1] != b"" or len(lines) < 3:
        raise LeafFileInvalid("The file has no leaves, or its end is missing.")
    if len(lines) > MAX_LEAVES + 2:
        raise LeafFileInvalid(f"More than {MAX_LEAVES} leaves.")
    heading = _object(lines[0], 1)
    try:
        distributor = Distributor(int(str(heading["chainId"])), _address(heading["distributor"]))
        leaves = [_leaf(_object(line, number)) for number, line in enumerate(lines[1:-1], start=2)]
        file = make(
            distributor=distributor,
            epoch=int(str(heading["epoch"])),
            previous_root=_bytes(heading["previousRoot"], 32),
            leaves=leaves,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LeafFileInvalid(f"The file cannot be read: {error}") from error
    if file.encode() != data:
        raise LeafFileInvalid("The file does not say what its leaves say: its heading, order or spelling was changed.")
    return file


def _leaf(line: dict[str, object]) -> Leaf:
    contributor_id = _bytes(line["contributorId"], 32)
    return Leaf(contributor_id, _address(line["payee"]), int(str(line["cumulative"])))


def _object(line: bytes, number: int) -> dict[str, object]:
    if len(line) > MAX_LINE_BYTES:
        raise LeafFileInvalid(f"Line {number} has more than {MAX_LINE_BYTES} bytes.")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LeafFileInvalid(f"Line {number} is not JSON.") from error
    if not isinstance(found, dict):
        raise LeafFileInvalid(f"Line {number} is not an object.")
    return found


def _address(text: object) -> bytes:
    if not isinstance(text, str) or not is_checksum_address(text):
        raise LeafFileInvalid(f"{text!r} is no address with a valid checksum (EIP-55).")
    return _bytes(text, 20)


def _bytes(text: object, size: int) -> bytes:
    if not isinstance(text, str) or not text.startswith("0x") or len(text) != 2 + 2 * size:
        raise LeafFileInvalid(f"{text!r} is not 0x and {2 * size} hexadecimal digits.")
    return bytes.fromhex(text[2:])


def _hex(data: bytes) -> str:
    return f"0x{data.hex()}"


def _line(value: dict[str, object]) -> bytes:
    return rfc8785.dumps(value) + b"\n"  # type: ignore[arg-type]  # a plain JSON object
