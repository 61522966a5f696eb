"""The frozen manifest: canonical lines in independently compressed blocks, with an index of where each block lies.

The file is a valid gzip file: blocks are members of it, so `gunzip` gives the whole canonical text, and one range read
gives any block. What is hashed is the text, never the compression.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

from curation.exporting.merkle import MerkleTree, leaf_hash

LINES_PER_BLOCK = 1000
LEVEL = 3

ReadRange = Callable[[int, int], bytes]


class ManifestDamaged(ValueError):
    """What was read is not what was frozen."""


@dataclass(frozen=True)
class Block:
    """`count` lines from position `first` on, in `size` compressed bytes at `offset`."""

    first: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True)
class Manifest:
    """A finished manifest; `root` is the Merkle root over its lines, hexadecimal."""

    root: str
    count: int
    blocks: tuple[Block, ...]

    def index(self) -> bytes:
        """The index as JSON, to be stored beside the manifest."""
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_index(cls, data: bytes) -> "Manifest":
        stored = json.loads(data)
        return cls(stored["root"], stored["count"], tuple(Block(**block) for block in stored["blocks"]))

    def blocks_between(self, first: int, last: int) -> list[Block]:
        """The blocks that hold positions `first` to `last`, inclusive."""
        return [block for block in self.blocks if block.first <= last and first < block.first + block.count]


class ManifestWriter:
    """Writes lines to a stream as they come; memory holds one block."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._tree = MerkleTree()
        self._lines: list[bytes] = []
        self._blocks: list[Block] = []
        self._offset = 0

    def add(self, line: bytes) -> bytes:
        """Take the next canonical line, without its line end; its leaf hash."""
        leaf = leaf_hash(line)
        self._tree.append(leaf)
        self._lines.append(line)
        if len(self._lines) == LINES_PER_BLOCK:
            self._end_block()
        return leaf

    def finish(self) -> Manifest:
        """Write what is left. The stream stays open."""
        if self._lines:
            self._end_block()
        return Manifest(self._tree.root().hex(), self._tree.size, tuple(self._blocks))

    def _end_block(self) -> None:
        data = compressed(self._lines)
        self._stream.write(data)
        self._blocks.append(Block(self._tree.size - len(self._lines), len(self._lines), self._offset, len(data)))
        self._offset += len(data)
        self._lines = []


def compressed(lines: Sequence[bytes]) -> bytes:
    """These lines as one gzip member, the same bytes each time."""
    return gzip.compress(b"".join(line + b"\n" for line in lines), LEVEL, mtime=0)


def read_blocks(blocks: Iterable[Block], read_range: ReadRange) -> Iterator[tuple[Block, bytes]]:
    """Each block with its compressed bytes.

    Args:
        read_range: `(offset, size) -> bytes` of the stored manifest.
    """
    for block in blocks:
        yield block, read_range(block.offset, block.size)


def lines_of(block: Block, data: bytes) -> list[bytes]:
    """The canonical lines of a block, without line ends. Raises `ManifestDamaged`."""
    lines = gzip.decompress(data).split(b"\n")
    if lines.pop() != b"" or len(lines) != block.count:
        raise ManifestDamaged(f"The manifest's block at {block.offset} does not hold {block.count} lines.")
    return lines
