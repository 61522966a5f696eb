"""Freezing: from accepted submissions to a stored manifest, its Merkle root and one row per line.

The manifest is written to the address of its content before the one transaction that makes the version ready; a worker
that dies before it leaves a version that is still building and nothing else.
"""

import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import UUID

import structlog
from django.db import connection, transaction

from common import leases, storage
from common.errors import DomainError
from common.leases import Holding
from curation import policies
from curation.exporting.canonical import canonical_line
from curation.exporting.manifest import Manifest, ManifestWriter
from curation.exporting.splits import SPLITS
from curation.lifecycle import BuildStatus, EventKind, SubmissionStatus
from curation.models import Version, VersionItem
from curation.record import SCHEMA_VERSION
from curation.selectors.manifest_lines import lines_of
from curation.selectors.selections import Selection
from curation.services import events, samples, split_assignments

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
ITEM = struct.Struct("16sB32s")  # revision id, index of the split, leaf
Clock = Callable[[], datetime]


class NothingSelected(DomainError):
    """The selection finds no accepted submission; an empty version would help nobody."""

    code = "nothing_selected"


class OvertakenByWithdrawal(DomainError):
    """Something was withdrawn while its version was being built; building again leaves it out."""

    code = "overtaken_by_withdrawal"


@dataclass
class Frozen:
    """What was written, before the version is ready."""

    manifest: Manifest
    splits: Counter[str] = field(default_factory=Counter)
    policies: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        return f"manifests/{self.manifest.root}.jsonl.gz"


def index_key(manifest_key: str) -> str:
    """Where the index of a stored manifest is."""
    return f"{manifest_key}.index.json"


def build_next(*, clock: Clock) -> bool:
    """Build the version that has waited longest; whether there was one. Its failure is written on it, not raised."""
    waiting = Version.objects.filter(status=BuildStatus.BUILDING)
    for version in leases.claim(waiting, limit=1, lease=LEASE, now=clock()):
        _build(version, clock=clock)
        return True
    return False


def _build(version: Version, *, clock: Clock) -> None:
    if version.attempts > MAX_ATTEMPTS:  # its worker died each time
        _fail(
            version,
            code="build_gave_up",
            message=f"Building stopped {MAX_ATTEMPTS} times without an error.",
            now=clock(),
        )
        return
    try:
        with TemporaryDirectory() as folder, leases.held([version], lease=LEASE, clock=clock) as holding:
            _freeze(version, Path(folder), holding, clock=clock)
    except NothingSelected as error:
        _fail(version, code=error.code, message=error.message, now=clock())
    except OvertakenByWithdrawal:
        Version.objects.filter(id=version.id).update(**leases.released())
    except Exception as error:
        log.exception("version_build_failed", version=str(version.id), attempt=version.attempts)
        if version.attempts >= MAX_ATTEMPTS:
            _fail(version, code=getattr(error, "code", "build_failed"), message=str(error), now=clock())


def _freeze(version: Version, folder: Path, holding: Holding, *, clock: Clock) -> None:
    samples.index_all()  # a filter finds what is taken up
    split_assignments.assign(version.dataset, Selection.from_json(version.selection))
    manifest_path, items_path = folder / "manifest", folder / "items"
    with manifest_path.open("wb") as manifest, items_path.open("wb") as items:
        frozen = _write(version, manifest, items)
    if not frozen.manifest.count:
        raise NothingSelected("No accepted submission fits the selection. Widen it, or wait for acceptances.")
    storage.upload(manifest_path, frozen.key, "application/gzip")
    storage.write(index_key(frozen.key), frozen.manifest.index(), "application/json")
    holding.settle(version)
    with items_path.open("rb") as items:
        _finish(version, frozen, items, now=clock())


def _write(version: Version, manifest: BinaryIO, items: BinaryIO) -> Frozen:
    writer, frozen = ManifestWriter(manifest), Frozen(Manifest("", 0, ()))
    for line in lines_of(version):
        leaf = writer.add(canonical_line(line.text))
        items.write(ITEM.pack(line.revision_id.bytes, SPLITS.index(line.split), leaf))
        frozen.splits[line.split] += 1
        frozen.policies.update([line.policy_sha256] if line.policy_sha256 else [])
        frozen.models.update(line.models)
    frozen.manifest = writer.finish()
    return frozen


@transaction.atomic
def _finish(version: Version, frozen: Frozen, items: BinaryIO, *, now: datetime) -> None:
    if not leases.still_held(version):
        return  # another worker took over; what it writes is the same
    policies.check_build_move("version", version.status, BuildStatus.READY)
    _copy_items(version, items)
    withdrawn = VersionItem.objects.filter(version=version, revision__submission__status=SubmissionStatus.WITHDRAWN)
    if withdrawn.exists():
        raise OvertakenByWithdrawal("Something was withdrawn meanwhile.")
    values = leases.released(
        status=BuildStatus.READY,
        merkle_root=frozen.manifest.root,
        manifest_key=frozen.key,
        item_count=frozen.manifest.count,
        split_counts={split: frozen.splits[split] for split in SPLITS},
        facts=_facts(version, frozen),
        ready_at=now,
    )
    Version.objects.filter(id=version.id).update(**values)
    events.record(EventKind.VERSION_READY, at=now, version=version, detail={"merkle_root": frozen.manifest.root})


def _facts(version: Version, frozen: Frozen) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "split_salt": version.dataset.split_salt,
        "policies": sorted(frozen.policies),
        "models": [
            dict(zip(("id", "weights_sha256"), model.rsplit(" ", 1), strict=True)) for model in sorted(frozen.models)
        ],
    }


def _copy_items(version: Version, items: BinaryIO) -> None:
    columns = "version_id, position, revision_id, split, leaf"
    with connection.cursor() as cursor, cursor.copy(f"COPY curation_versionitem ({columns}) FROM STDIN") as copy:
        for position, (revision, split, leaf) in enumerate(_packed(items)):
            copy.write_row((version.id, position, UUID(bytes=revision), SPLITS[split], leaf))


def _packed(items: BinaryIO) -> Iterator[tuple[bytes, int, bytes]]:
    while packed := items.read(ITEM.size * 4096):
        yield from ITEM.iter_unpack(packed)


@transaction.atomic
def _fail(version: Version, *, code: str, message: str, now: datetime) -> None:
    current = Version.objects.select_for_update().get(id=version.id)
    if current.status != BuildStatus.BUILDING:
        return
    policies.check_build_move("version", current.status, BuildStatus.FAILED)
    failure = {"code": code, "message": message}
    Version.objects.filter(id=version.id).update(**leases.released(status=BuildStatus.FAILED, failure=failure))
    events.record(EventKind.VERSION_FAILED, at=now, version=version, detail=failure)
