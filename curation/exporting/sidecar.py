"""Parquet beside the samples: the columns that people filter by, read from canonical lines without Python objects."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

TEXT, REAL, WHOLE = pa.string(), pa.float64(), pa.int64()
ASSET = pa.struct(
    [("content_type", TEXT), ("kind", TEXT), ("path", TEXT), ("sha256", TEXT), ("size", WHOLE)]
)  # fmt: skip
READ = pa.schema(
    [
        ("id", TEXT),
        ("revision", TEXT),
        ("split", TEXT),
        ("split_group", TEXT),
        ("license", TEXT),
        ("caption", TEXT),
        ("modalities", pa.list_(TEXT)),
        ("quality", pa.struct([("overall", REAL), ("novelty", REAL)])),
        ("assets", pa.list_(ASSET)),
        (
            "record",
            pa.struct(
                [
                    ("timeline", pa.struct([("duration_s", REAL), ("fps", pa.list_(WHOLE)), ("num_frames", WHOLE)])),
                    ("scene", pa.struct([("caption_short", TEXT), ("language", TEXT)])),
                    ("lighting", pa.struct([("cct_k", REAL)])),
                    ("provenance", pa.struct([("ai_generated", TEXT)])),
                ]
            ),
        ),
    ]
)
# Column of the sidecar -> where it stands in a line.
COLUMNS = {
    "id": ["id"],
    "revision": ["revision"],
    "split": ["split"],
    "split_group": ["split_group"],
    "license": ["license"],
    "caption": ["caption"],
    "caption_short": ["record", "scene", "caption_short"],
    "language": ["record", "scene", "language"],
    "modalities": ["modalities"],
    "duration_s": ["record", "timeline", "duration_s"],
    "fps": ["record", "timeline", "fps"],
    "num_frames": ["record", "timeline", "num_frames"],
    "cct_k": ["record", "lighting", "cct_k"],
    "ai_generated": ["record", "provenance", "ai_generated"],
    "quality": ["quality", "overall"],
    "novelty": ["quality", "novelty"],
    "assets": ["assets"],
}
PARSING = pj.ParseOptions(explicit_schema=READ, unexpected_field_behavior="ignore")
BLOCK_BYTES = 16 << 20
LINES_PER_BATCH = 1000


class Collector:
    """Gathers the columns of lines on their way to somewhere else; memory holds columns and one batch of lines."""

    def __init__(self) -> None:
        self._tables: list[pa.Table] = []

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, remembered."""
        batch: list[bytes] = []
        for line in lines:
            batch.append(line)
            yield line
            if len(batch) == LINES_PER_BATCH:
                self._take(batch)
        self._take(batch)

    def tables(self) -> list[pa.Table]:
        """The columns of all lines that have passed, once the last one has."""
        return self._tables

    def _take(self, batch: list[bytes]) -> None:
        if batch:
            self._tables.append(columns(b"\n".join([*batch, b""])))
            batch.clear()


def columns(text: bytes) -> pa.Table:
    """The sidecar's columns for these lines.

    Args:
        text: Canonical manifest lines, each with its line end; at least one.
    """
    reading = pj.ReadOptions(use_threads=False, block_size=max(len(text), BLOCK_BYTES))
    table = pj.read_json(BytesIO(text), read_options=reading, parse_options=PARSING)
    return pa.table({name: _at(table, path) for name, path in COLUMNS.items()})


def write(tables: Iterable[pa.Table], stream: BinaryIO) -> int:
    """Write the tables as one Parquet file of one row group; the number of rows."""
    empty = columns_of_nothing()
    whole = pa.concat_tables([empty, *tables])
    pq.write_table(whole, stream, compression="zstd", row_group_size=max(whole.num_rows, 1))
    return whole.num_rows


def columns_of_nothing() -> pa.Table:
    """The sidecar's columns with no rows."""
    nothing = READ.empty_table()
    return pa.table({name: _at(nothing, path) for name, path in COLUMNS.items()})


def _at(table: pa.Table, path: list[str]) -> pa.ChunkedArray:
    first, *rest = path
    return pc.struct_field(table[first], rest) if rest else table[first]
