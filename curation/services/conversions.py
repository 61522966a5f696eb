"""Files of other tools, made into the canonical path or map beside the original, which is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from common.errors import InvalidInput
from common.tasks import wake
from curation.lifecycle import AssetStatus
from curation.models import Asset
from curation.policies import WrongStatus
from curation.probing import Refusal
from curation.selectors.assets import own_asset
from curation.services import camera_conversions, map_conversions, uploads

CONVERTIBLE = camera_conversions.KINDS | map_conversions.KINDS


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
        options: What the file does not say, and what a path is wanted for: the fields of the API's `ConversionInput`.

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
        declared_type=map_conversions.EXR_TYPE if is_map else camera_conversions.NPY_TYPE,
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
    source = asset.derived_from
    assert source is not None, "a conversion has a source"
    if source.kind in map_conversions.KINDS:
        return map_conversions.make(asset, source)
    return camera_conversions.make(asset, source)
