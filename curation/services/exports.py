"""Exports: asked for and planned here, built shard by shard by `export_shards`."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from common import storage
from common.errors import DomainError, InvalidInput, NotFound
from common.leases import released
from common.tasks import wake
from curation import policies
from curation.exporting.canonical import canonical
from curation.exporting.profiles import EXPORTER_VERSION, PROFILES, Profile
from curation.exporting.splits import SPLITS
from curation.lifecycle import BuildStatus, EventKind
from curation.models import Export, ExportShard, Version
from curation.selectors import frozen
from curation.services import events, versions

BUILD_TASK = "curation.tasks.build_shards"
LINES_PER_SHARD = 10_000
SHARD_BYTES = 512 << 20
SMALLEST_SHARD, LARGEST_SHARD = 1 << 20, 4 << 30


class NoSuchExport(NotFound):
    code = "export_not_found"


class BadOptions(InvalidInput):
    code = "bad_options"


class ExportNotFailed(DomainError):
    code = "export_not_failed"


class ExportEmpty(DomainError):
    code = "export_empty"


def start(*, version_id: UUID, profile: str, options: Mapping[str, Any], actor: User, now: datetime) -> Export:
    """An export that is being built, with its shards planned.

    Args:
        profile: One of `PROFILES`.
        options: Of `webdataset`: `splits` (default all) and `shard_bytes` (default 512 MiB); of `metadata`: none.

    Raises:
        NoSuchVersion, VersionNotReady: There is nothing frozen to export.
        BadOptions: The profile or an option is unknown or out of range.
        ExportEmpty: The chosen splits hold nothing.
    """
    version = versions.ready(version_id)
    layout = _profile(profile)
    asked = _options(layout, options)
    planned = _plan(version, layout, asked)
    if not planned:
        raise ExportEmpty("The chosen splits of this version hold no samples.")
    with transaction.atomic():
        export = Export.objects.create(
            version=version, profile=profile, options=asked, created_by=actor, created_at=now
        )
        ExportShard.objects.bulk_create(
            ExportShard(export=export, index=index, split=split, first=first, last=last)
            for index, (split, first, last) in enumerate(planned)
        )
        wake(BUILD_TASK)
    return export


def find(export_id: UUID) -> Export:
    """Raises `NoSuchExport`."""
    export = Export.objects.select_related("version__dataset").filter(id=export_id).first()
    if export is None:
        raise NoSuchExport("There is no such export.")
    return export


def retry(*, export_id: UUID) -> Export:
    """Build the failed shards again; those that are ready stay as they are.

    Raises:
        NoSuchExport: There is none.
        ExportNotFailed: It is being built, or ready.
    """
    find(export_id)
    with transaction.atomic():
        export = Export.objects.select_for_update(of=("self",)).select_related("version__dataset").get(id=export_id)
        if export.status != BuildStatus.FAILED:
            raise ExportNotFailed(f"This export is {export.get_status_display().lower()}; there is nothing to retry.")
        _move(export, BuildStatus.BUILDING, failure={})
        failed = export.shards.filter(status=BuildStatus.FAILED)
        failed.update(**released(status=BuildStatus.BUILDING, failure={}))
        wake(BUILD_TASK)
    return export


def finish_built(*, now: datetime) -> None:
    """End every export that has no shard left to build: `SHA256SUMS` and ready, or failed for a named reason."""
    waiting = Export.objects.filter(status=BuildStatus.BUILDING).exclude(shards__status=BuildStatus.BUILDING)
    for export in waiting.select_related("version__dataset").order_by("id"):
        failed = export.shards.filter(status=BuildStatus.FAILED).order_by("index").first()
        if failed:
            failure = {**failed.failure, "message": f"Shard {failed.index}: {failed.failure['message']}"}
            _end(export, BuildStatus.FAILED, EventKind.EXPORT_FAILED, now=now, failure=failure)
        else:
            files = _write_own_files(export)
            _end(export, BuildStatus.READY, EventKind.EXPORT_READY, now=now, files=files, ready_at=now)


@transaction.atomic
def _end(export: Export, status: BuildStatus, kind: EventKind, *, now: datetime, **changes: Any) -> None:
    current = Export.objects.select_for_update(of=("self",)).get(id=export.id)
    if current.status != BuildStatus.BUILDING:
        return  # another worker was first
    _move(current, status, **changes)
    detail = {"export_id": str(export.id), **changes.get("failure", {})}
    events.record(kind, at=now, version=export.version, detail=detail)


def _move(export: Export, to: BuildStatus, **changes: Any) -> None:
    policies.check_build_move("export", export.status, to)
    values = {"status": to, **changes}
    for name, value in values.items():
        setattr(export, name, value)
    export.save(update_fields=list(values))


def _write_own_files(export: Export) -> list[dict[str, Any]]:
    about = _write(export, "export.json", canonical(_about(export)))
    files = [file for shard in export.shards.order_by("index") for file in shard.files]
    sums = "".join(f"{file['sha256']}  {file['name']}\n" for file in [*files, about])
    return [about, _write(export, "SHA256SUMS", sums.encode())]


def _about(export: Export) -> dict[str, Any]:
    version = export.version
    return {
        "dataset": version.dataset.name,
        "version": version.number,
        "merkle_root": version.merkle_root,
        "profile": export.profile,
        "options": export.options,
        "exporter_version": EXPORTER_VERSION,
        "facts": version.facts,
    }


def _write(export: Export, name: str, data: bytes) -> dict[str, Any]:
    storage.write(export.prefix + name, data)
    return {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "samples": 0}


def _plan(version: Version, profile: Profile, options: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    if profile.by_split:
        return frozen.shards_by_size(version, splits=options["splits"], target_bytes=options["shard_bytes"])
    starts = range(0, version.item_count, LINES_PER_SHARD)
    return [("", first, min(first + LINES_PER_SHARD, version.item_count) - 1) for first in starts]


def _profile(name: str) -> Profile:
    if name not in PROFILES:
        raise _refused("profile", f"There is no such profile; there are {', '.join(sorted(PROFILES))}.")
    return PROFILES[name]


def _options(profile: Profile, given: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(given) - profile.options)
    if unknown:
        raise _refused(f"options.{unknown[0]}", f"The profile {profile.name} has no such option.")
    if not profile.by_split:
        return {}
    splits, size = given.get("splits", list(SPLITS)), given.get("shard_bytes", SHARD_BYTES)
    if not isinstance(splits, list) or not splits or not set(map(str, splits)) <= set(SPLITS):
        raise _refused("options.splits", f"Give a list of these: {', '.join(SPLITS)}.")
    if isinstance(size, bool) or not isinstance(size, int) or not SMALLEST_SHARD <= size <= LARGEST_SHARD:
        raise _refused("options.shard_bytes", f"Give a whole number from {SMALLEST_SHARD} to {LARGEST_SHARD}.")
    return {"splits": [split for split in SPLITS if split in splits], "shard_bytes": size}


def _refused(field: str, message: str) -> BadOptions:
    return BadOptions(f"{field}: {message}", fields={field: [message]})
