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
        NotConvertible: It is not a verified camera or light file, or its companion not a verified camera file.
        OptionOfAnotherKind: An option means nothing for this kind of file.
        QuotaExceeded: There is no room for it.
    """
    source = _verified(asset_id, owner, kinds=camera_conversions.KINDS | map_conversions.KINDS)
    is_map = source.kind in map_conversions.KINDS
    _check_options(options, is_map=is_map)
    companion = None
    if "companion" in options:
        companion = _verified(options["companion"], owner, kinds=camera_conversions.KINDS)
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


def _verified(asset_id: UUID, owner: User, *, kinds: frozenset[str]) -> Asset:
    asset = own_asset(asset_id, owner)
    if asset.status != AssetStatus.READY or asset.kind not in kinds:
        wanted = "camera or light" if kinds & map_conversions.KINDS else "camera"
        raise NotConvertible(f"{asset.name} is not a verified {wanted} file. Wait until it is, or give another.")
    return asset


def _check_options(options: Mapping[str, Any], *, is_map: bool) -> None:
    taken, what = (
        (map_conversions.OPTIONS, "an environment map") if is_map else (camera_conversions.OPTIONS, "a camera file")
    )
    if wrong := sorted(set(options) - taken):
        message = f"This means nothing for {what}, which takes {', '.join(sorted(taken))}. Leave it out."
        raise OptionOfAnotherKind(f"{', '.join(wrong)}: {message}", fields={option: [message] for option in wrong})


def make(asset: Asset) -> dict[str, Any] | Refusal:
    """What is to be known of the conversion, its file written where an upload would stand; or why there is none."""
    source = asset.derived_from
    assert source is not None, "a conversion has a source"
    if source.kind in map_conversions.KINDS:
        return map_conversions.make(asset, source)
    return camera_conversions.make(asset, source)
