"""Files of other tools, made into the canonical path or map beside the original, which is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from common import storage
from common.errors import InvalidInput
from common.tasks import wake
from curation.lifecycle import AssetStatus
from curation.models import Asset
from curation.policies import WrongStatus
from curation.probing import Refusal
from curation.record import RecordRefused
from curation.selectors.assets import own_asset
from curation.services import map_conversions, uploads

CONVERTIBLE = {"camera_file", "camera_poses", "text"} | map_conversions.KINDS
MAX_FACT_FRAMES = 10_000
NPY_TYPE = "application/x-npy"


class NotConvertible(WrongStatus):
    code = "not_convertible"


class OptionOfAnotherKind(InvalidInput):
    """An option was given that means nothing for this kind of file."""

    code = "option_of_another_kind"


@transaction.atomic
def start(*, asset_id: UUID, owner: User, options: Mapping[str, Any], now: datetime) -> Asset:
    """A new asset that will hold the canonical form of a file: `.npy` poses of a camera file, or the OpenEXR map of a
    light file. A worker makes and verifies it.

    Args:
        options: What the file does not say: `format`, `convention`, `companion` (the other of COLMAP's two texts),
            `world_up`, `time_unit`, `fps`, `width`, `height`; of a map `colorspace`, `orientation`, `yaw_deg`.

    Raises:
        NoSuchAsset: There is none, or it or its companion is another person's.
        NotConvertible: It is not a verified camera or light file.
        OptionOfAnotherKind: An option means nothing for this kind of file.
        QuotaExceeded: There is no room for it.
    """
    source = own_asset(asset_id, owner)
    companion = own_asset(options["companion"], owner) if "companion" in options else None
    for one in (source, companion):
        if one and (one.status != AssetStatus.READY or one.kind not in CONVERTIBLE):
            raise NotConvertible(f"{one.name} is not a verified camera or light file.")
    _check_options(source, options)
    is_map = source.kind in map_conversions.KINDS
    size = map_conversions.expected_bytes(source) if is_map else source.size
    uploads.reserve_quota(owner, size)
    wake(uploads.VERIFY_TASK)
    return Asset.objects.create(
        owner=owner,
        status=AssetStatus.VERIFYING,
        name=f"{source.name.rpartition('.')[0] or source.name}.{'exr' if is_map else 'npy'}",
        declared_type=map_conversions.EXR_TYPE if is_map else NPY_TYPE,
        size=size,
        part_size=uploads.SMALL_PART_BYTES,
        derived_from=source,
        conversion=dict(options) | ({"companion": companion.storage_key} if companion else {}),
        created_at=now,
    )


def _check_options(source: Asset, options: Mapping[str, Any]) -> None:
    of_maps = map_conversions.OPTIONS
    wrong = set(options) - of_maps if source.kind in map_conversions.KINDS else set(options) & of_maps
    if wrong:
        what = "an environment map" if source.kind in map_conversions.KINDS else "a camera file"
        raise OptionOfAnotherKind(f"{', '.join(sorted(wrong))} mean nothing for {what}. Leave them out.")


def make(asset: Asset) -> dict[str, Any] | Refusal:
    """What is to be known of the conversion, its file written where an upload would stand; or why there is none."""
    from curation.record import cameras

    source = asset.derived_from
    assert source is not None, "a conversion has a source"
    if source.kind in map_conversions.KINDS:
        return map_conversions.make(asset, source)
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
