"""Camera files of other tools, made into the canonical path beside the original, which is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from common import storage
from common.tasks import wake
from curation.lifecycle import AssetStatus
from curation.models import Asset
from curation.policies import WrongStatus
from curation.probing import Refusal
from curation.record import RecordRefused
from curation.selectors.assets import own_asset
from curation.services import uploads

CONVERTIBLE = {"camera_file", "camera_poses", "text"}
MAX_FACT_FRAMES = 10_000
NPY_TYPE = "application/x-npy"


class NotConvertible(WrongStatus):
    code = "not_convertible"


@transaction.atomic
def start(*, asset_id: UUID, owner: User, options: Mapping[str, Any], now: datetime) -> Asset:
    """A new asset that will hold the canonical `.npy` poses of a camera file; a worker makes and verifies it.

    Args:
        options: What the file does not say: `format`, `convention`, `companion` (the other of COLMAP's two texts),
            `world_up`, `time_unit`, `fps`, `width`, `height`.

    Raises:
        NoSuchAsset: There is none, or it or its companion is another person's.
        NotConvertible: It is not a verified camera file.
        QuotaExceeded: There is no room for it.
    """
    source = own_asset(asset_id, owner)
    companion = own_asset(options["companion"], owner) if "companion" in options else None
    for one in (source, companion):
        if one and (one.status != AssetStatus.READY or one.kind not in CONVERTIBLE):
            raise NotConvertible(f"{one.name} is not a verified camera file.")
    uploads.reserve_quota(owner, source.size)
    wake(uploads.VERIFY_TASK)
    return Asset.objects.create(
        owner=owner,
        status=AssetStatus.VERIFYING,
        name=f"{source.name.rpartition('.')[0] or source.name}.npy",
        declared_type=NPY_TYPE,
        size=source.size,
        part_size=uploads.SMALL_PART_BYTES,
        derived_from=source,
        conversion=dict(options) | ({"companion": companion.storage_key} if companion else {}),
        created_at=now,
    )


def make(asset: Asset) -> dict[str, Any] | Refusal:
    """What is to be known of the conversion, its `.npy` written where an upload would stand; or why there is none."""
    from curation.record import cameras

    source = asset.derived_from
    assert source is not None, "a conversion has a source"
    options = dict(asset.conversion)
    format_, companion = options.pop("format", None), options.pop("companion", None)
    if "convention" in options:
        options["convention"] = cameras.CONVENTIONS[options["convention"]]
    try:
        imported = cameras.import_camera(
            storage.read(source.storage_key),
            filename=source.name,
            format=format_,
            companion=storage.read(companion) if companion else None,
            reading=cameras.Reading(**options),
        )
    except RecordRefused as refusal:
        problem = refusal.problems[0]
        where = f"{problem.path}: " if problem.path else ""
        return Refusal(problem.code, f"{where}{problem.message}", problem.fix)
    storage.write(asset.incoming_key, cameras.save_poses(imported.path), NPY_TYPE)
    return _facts(imported)


def _facts(imported: Any) -> dict[str, Any]:
    """The part of a canonical path that its `.npy` does not hold, and what was lost on the way."""
    path = imported.path
    return {
        "source_format": imported.format,
        "source_convention": imported.convention.name,
        "up": path.up,
        "width": path.width,
        "height": path.height,
        "intrinsics": _per_frame(path.intrinsics),
        "times_s": _per_frame(path.times_s),
        "losses": [{"field": loss.field, "message": loss.message} for loss in imported.losses],
        "notes": list(imported.notes),
    }


def _per_frame(values: Any) -> list[Any] | None:
    """One entry where all frames agree, else one per frame; None where there are none, or too many for a row."""
    if values is None or len(values) > MAX_FACT_FRAMES:
        return None
    return values[:1].tolist() if (values == values[0]).all() else values.tolist()
