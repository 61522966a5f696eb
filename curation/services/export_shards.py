"""Building one shard: read its part of the manifest, write its files aside, hash and upload them, then say so.

A shard's bytes depend on the version, the profile and what was withdrawn so far, so a worker that starts over after
another died writes the same files to the same keys.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from django.db import transaction

from common import leases, storage
from curation import policies
from curation.exporting import webdataset
from curation.exporting.manifest import Block, Manifest, lines_of, read_blocks
from curation.exporting.profiles import METADATA, WEBDATASET
from curation.lifecycle import BuildStatus
from curation.models import Asset, Export, ExportShard
from curation.selectors import frozen
from curation.services import exports
from curation.services.version_builds import index_key

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
CONTENT_TYPES = {".tar": "application/x-tar", ".gz": "application/gzip", ".parquet": "application/vnd.apache.parquet"}
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Part:
    """The part of a manifest that belongs to one shard."""

    shard: ExportShard
    blocks: list[Block]
    manifest_key: str
    withdrawn: set[int]

    def read(self) -> Iterator[tuple[Block, bytes]]:
        """The compressed blocks that hold the shard's positions."""
        return read_blocks(self.blocks, partial(storage.read_range, self.manifest_key))

    def lines(self, positions: set[int]) -> Iterator[bytes]:
        """The lines at these positions, in order."""
        for block, data in self.read():
            yield from (line for i, line in enumerate(lines_of(block, data), block.first) if i in positions)


def build_next(*, clock: Clock) -> bool:
    """Build the shard that has waited longest; whether there was one. Its failure is written on it, not raised."""
    waiting = ExportShard.objects.filter(status=BuildStatus.BUILDING, export__status=BuildStatus.BUILDING)
    claimed = leases.claim(waiting.select_related("export__version"), limit=1, lease=LEASE, now=clock())
    for shard in claimed:
        _build(shard, clock=clock)
    exports.finish_built(now=clock())
    return bool(claimed)


def _build(shard: ExportShard, *, clock: Clock) -> None:
    if shard.attempts > MAX_ATTEMPTS:  # its worker died each time
        _fail(shard, code="build_gave_up", message=f"Building stopped {MAX_ATTEMPTS} times without an error.")
        return
    try:
        with TemporaryDirectory() as folder, leases.held([shard], lease=LEASE, clock=clock) as holding:
            files = _write_files(shard, Path(folder))
            holding.settle(shard)
            _finish(shard, files)
    except Exception as error:
        log.exception("shard_build_failed", shard=str(shard.id), attempt=shard.attempts)
        if shard.attempts >= MAX_ATTEMPTS:
            _fail(shard, code=getattr(error, "code", "build_failed"), message=str(error))


def _write_files(shard: ExportShard, folder: Path) -> list[dict[str, Any]]:
    version = shard.export.version
    manifest = Manifest.from_index(storage.read(index_key(version.manifest_key)))
    part = Part(
        shard=shard,
        blocks=manifest.blocks_between(shard.first, shard.last),
        manifest_key=version.manifest_key,
        withdrawn=frozen.withdrawn_positions(version.id, first=shard.first, last=shard.last),
    )
    samples = WRITERS[shard.export.profile](part, folder)
    return [_upload(path, shard.export, samples) for path in sorted(folder.iterdir())]


def _write_webdataset(part: Part, folder: Path) -> int:
    from curation.exporting import sidecar  # pyarrow is for workers: the web process imports this module to wake them

    shard = part.shard
    ours = frozen.positions_of(shard.export.version_id, split=shard.split, first=shard.first, last=shard.last)
    name, beside = f"{shard.split}-{shard.index:05d}", sidecar.Collector()
    with (folder / f"{name}.tar").open("wb") as tar:
        samples = webdataset.write_samples(beside.passing(part.lines(ours - part.withdrawn)), tar, fetch=_fetch)
    with (folder / f"{name}.parquet").open("wb") as parquet:
        sidecar.write(beside.tables(), parquet)
    return samples


def _write_metadata(part: Part, folder: Path) -> int:
    from curation.exporting import metadata  # pyarrow, as above

    name = f"metadata-{part.shard.index:05d}"
    with (folder / f"{name}.jsonl.gz").open("wb") as lines, (folder / f"{name}.parquet").open("wb") as parquet:
        return metadata.write_lines(part.read(), without=part.withdrawn, lines=lines, parquet=parquet)


WRITERS: dict[str, Callable[[Part, Path], int]] = {WEBDATASET: _write_webdataset, METADATA: _write_metadata}


def _fetch(sha256: str) -> Iterator[bytes]:
    return storage.chunks(Asset(sha256=sha256).storage_key)


def _upload(path: Path, export: Export, samples: int) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    storage.upload(path, export.prefix + path.name, CONTENT_TYPES[path.suffix])
    return {"name": path.name, "size": path.stat().st_size, "sha256": digest, "samples": samples}


@transaction.atomic
def _finish(shard: ExportShard, files: list[dict[str, Any]]) -> None:
    if not leases.still_held(shard):
        return  # another worker took over; what it writes is the same
    policies.check_build_move("shard", shard.status, BuildStatus.READY)
    ExportShard.objects.filter(id=shard.id).update(**leases.released(status=BuildStatus.READY, files=files))


@transaction.atomic
def _fail(shard: ExportShard, *, code: str, message: str) -> None:
    current = ExportShard.objects.select_for_update(of=("self",)).get(id=shard.id)
    if current.status != BuildStatus.BUILDING:
        return
    policies.check_build_move("shard", current.status, BuildStatus.FAILED)
    failure = {"code": code, "message": message}
    ExportShard.objects.filter(id=shard.id).update(**leases.released(status=BuildStatus.FAILED, failure=failure))
