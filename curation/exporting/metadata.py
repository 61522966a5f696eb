"""Metadata shards: the canonical lines as they are, and a Parquet sidecar. Nothing is parsed into Python objects."""

import gzip
from collections.abc import Collection, Iterable, Iterator
from typing import BinaryIO

import pyarrow as pa

from curation.exporting import sidecar
from curation.exporting.manifest import Block, compressed, lines_of


def write_lines(
    blocks: Iterable[tuple[Block, bytes]], *, without: Collection[int], lines: BinaryIO, parquet: BinaryIO
) -> int:
    """Write the blocks as gzipped JSON lines and as Parquet; the number of samples.

    Args:
        blocks: Blocks of the manifest with their compressed bytes; where nothing is left out these are copied.
        without: Positions to leave out.

    Raises:
        ManifestDamaged: A block does not hold what its index says.
    """
    return sidecar.write(_copied(blocks, without, lines), parquet)


def _copied(blocks: Iterable[tuple[Block, bytes]], without: Collection[int], lines: BinaryIO) -> Iterator[pa.Table]:
    for block, data in blocks:
        dropped = [position for position in range(block.first, block.first + block.count) if position in without]
        kept = _without(block, data, dropped) if dropped else data
        text = gzip.decompress(kept)
        if text:
            lines.write(kept)
            yield sidecar.columns(text)


def _without(block: Block, data: bytes, dropped: Collection[int]) -> bytes:
    return compressed([line for i, line in enumerate(lines_of(block, data), block.first) if i not in dropped])
