"""Clearing away what uploads left behind: given-up parts, and incoming objects that no row waits for."""

from datetime import datetime, timedelta
from uuid import UUID

from common import storage
from curation.lifecycle import AssetStatus
from curation.models import Asset
from curation.policies import WrongStatus
from curation.services import moves, uploads

INCOMING = "incoming/"
ABANDONED_AFTER = timedelta(hours=48)
AT_ONCE = 500


def sweep_uploads(*, now: datetime) -> None:
    """Abandon uploads that stood still for 48 hours and delete what nobody waits for. May run at any time, twice."""
    _abandon_old(now - ABANDONED_AFTER)
    _abort_unknown(now - ABANDONED_AFTER)
    _delete_unknown()


def _abandon_old(before: datetime) -> None:
    old = Asset.objects.filter(status=AssetStatus.UPLOADING, created_at__lt=before).order_by("id")
    for asset in old[:AT_ONCE]:
        try:
            moves.move_asset(asset.id, to=AssetStatus.ABANDONED)
        except WrongStatus:
            continue  # its owner completed it this very moment
        uploads.drop_incoming(asset)


def _abort_unknown(before: datetime) -> None:
    """Multipart uploads whose id never reached a row: the process died between opening and writing it down."""
    for key, upload_id, started_at in list(storage.multipart_uploads(INCOMING)):
        if started_at < before and not Asset.objects.filter(upload_id=upload_id, status=AssetStatus.UPLOADING).exists():
            storage.abort_multipart(key, upload_id)


def _delete_unknown() -> None:
    """Incoming objects are there for as long as their row is uploading or verifying."""
    batch: list[str] = []
    for key in storage.keys(INCOMING):
        batch.append(key)
        if len(batch) == AT_ONCE:
            storage.delete(_unwanted(batch))
            batch = []
    storage.delete(_unwanted(batch))


def _unwanted(keys: list[str]) -> list[str]:
    ids = {key: _asset_id(key) for key in keys}
    expected = Asset.objects.filter(
        id__in=[found for found in ids.values() if found],
        status__in=[AssetStatus.UPLOADING, AssetStatus.VERIFYING],
    )
    wanted = set(expected.values_list("id", flat=True))
    return [key for key, found in ids.items() if found not in wanted]


def _asset_id(key: str) -> UUID | None:
    try:
        return UUID(key.removeprefix(INCOMING))
    except ValueError:
        return None
