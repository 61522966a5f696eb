"""Uploads: a draft asset, presigned part links to a key we chose, and the moment when all parts are there.

Bytes never pass through here. What arrives is verified by `verification` before anything may use it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from common import storage
from common.errors import DomainError, InvalidInput
from common.tasks import wake
from curation.lifecycle import AssetStatus
from curation.models import Asset
from curation.policies import WrongStatus
from curation.probing.names import check_name
from curation.selectors.assets import own_asset
from curation.services import moves

MIB = 2**20
MAX_UPLOAD_BYTES = 25 * 2**30
SMALL_PART_BYTES = 8 * MIB
LARGE_PART_BYTES = 16 * MIB
LARGE_FROM_BYTES = 2**30
MAX_PARTS = 10_000
MAX_LINKS_AT_ONCE = 100
COUNTED = [AssetStatus.UPLOADING, AssetStatus.VERIFYING, AssetStatus.READY]
COMPLETED = [AssetStatus.VERIFYING, AssetStatus.READY, AssetStatus.REFUSED]
VERIFY_TASK = "curation.tasks.verify_assets"


class BadName(InvalidInput):
    code = "bad_name"


class TooLarge(DomainError):
    code = "too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class QuotaExceeded(DomainError):
    code = "quota_exceeded"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class NoSuchPart(InvalidInput):
    code = "no_such_part"


class UploadIncomplete(DomainError):
    """Parts are missing, or do not have the size that was announced."""

    code = "upload_incomplete"


class UploadExpired(DomainError):
    code = "upload_expired"
    status = HTTPStatus.GONE


@dataclass(frozen=True)
class PartLink:
    number: int
    url: str


@dataclass(frozen=True)
class ArrivedPart:
    number: int
    size: int


def start(*, owner: User, name: str, size: int, declared_type: str, now: datetime) -> Asset:
    """A draft asset of `size` bytes that counts against its owner's quota from now on.

    Raises:
        BadName: The name is a path, or deceives the eye.
        TooLarge: More than `MAX_UPLOAD_BYTES`.
        QuotaExceeded: It does not fit beside what the person already holds, however many ask at once.
    """
    if refusal := check_name(name):
        raise BadName(f"{refusal.message} {refusal.fix}", fields={"name": [refusal.message]})
    if size > MAX_UPLOAD_BYTES:
        raise TooLarge(f"A file may have {MAX_UPLOAD_BYTES:,} bytes at most.", fields={"size": ["Too large."]})
    with transaction.atomic():
        reserve_quota(owner, size)
        return Asset.objects.create(
            owner=owner, name=name, size=size, declared_type=declared_type, part_size=_part_size(size), created_at=now
        )


def reserve_quota(owner: User, size: int) -> None:
    """Serialise this person's new assets until the transaction ends. Raises `QuotaExceeded`."""
    User.objects.select_for_update(no_key=True).get(id=owner.id)
    held = Asset.objects.filter(owner=owner, status__in=COUNTED).aggregate(total=Sum("size"))["total"] or 0
    if held + size > settings.UPLOAD_QUOTA_BYTES:
        left = max(0, settings.UPLOAD_QUOTA_BYTES - held)
        raise QuotaExceeded(
            f"Your files may take {left:,} more bytes; this one has {size:,}. Ask an operator for more."
        )


def part_links(*, asset_id: UUID, owner: User, numbers: Sequence[int]) -> list[PartLink]:
    """Presigned PUT addresses, each good for one hour and for one part of exactly its size.

    Raises:
        NoSuchAsset: There is none, or it is another person's.
        NoSuchPart: A number lies outside 1..part_count.
        WrongStatus: The upload is over.
    """
    asset = uploading(asset_id, owner)
    wrong = [number for number in numbers if not 1 <= number <= asset.part_count]
    if wrong:
        raise NoSuchPart(f"This upload has parts 1 to {asset.part_count}; asked for {wrong[0]}.")
    upload_id = asset.upload_id or _open_multipart(asset)
    return [
        PartLink(number, storage.part_link(asset.incoming_key, upload_id, number, size=asset.size_of_part(number)))
        for number in numbers
    ]


def arrived(*, asset_id: UUID, owner: User) -> list[ArrivedPart]:
    """The parts that storage has, in order, so that an interrupted upload goes on. Raises as `part_links`."""
    asset = uploading(asset_id, owner)
    return [ArrivedPart(number, size) for number, (_, size) in sorted(_parts(asset).items())]


def complete(*, asset_id: UUID, owner: User) -> Asset:
    """The asset, on its way to be verified. Asking again after success changes nothing.

    Raises:
        NoSuchAsset: There is none, or it is another person's.
        UploadIncomplete: A part is missing or has another size; `fields.parts` names them.
        UploadExpired: Storage no longer has the upload.
        WrongStatus: The upload was aborted.
    """
    asset = own_asset(asset_id, owner)
    if asset.status in COMPLETED:
        return asset
    if asset.status != AssetStatus.UPLOADING:
        raise WrongStatus("This upload was given up. Start a new one.")
    _join_parts(asset)
    with transaction.atomic():
        locked = Asset.objects.select_for_update(of=("self",)).get(id=asset.id)
        if locked.status in COMPLETED:  # by the same request sent twice at once
            return locked
        wake(VERIFY_TASK)
        return moves.move_asset(asset.id, to=AssetStatus.VERIFYING, changes={"upload_id": ""})


def abort(*, asset_id: UUID, owner: User) -> None:
    """Give up an upload and drop what arrived. Asking again changes nothing.

    Raises:
        NoSuchAsset: There is none, or it is another person's.
        WrongStatus: It is already complete.
    """
    asset = own_asset(asset_id, owner)
    if asset.status != AssetStatus.ABANDONED:
        asset = moves.move_asset(asset.id, to=AssetStatus.ABANDONED)
    drop_incoming(asset)


def drop_incoming(asset: Asset) -> None:
    """Free what storage holds of an upload; nothing there is fine."""
    if asset.upload_id:
        storage.abort_multipart(asset.incoming_key, asset.upload_id)
    storage.delete([asset.incoming_key])


def uploading(asset_id: UUID, owner: User) -> Asset:
    """The person's asset whose bytes are still arriving. Raises `NoSuchAsset`, `WrongStatus`."""
    asset = own_asset(asset_id, owner)
    if asset.status != AssetStatus.UPLOADING:
        raise WrongStatus(f"This file is {asset.status}; it takes no more parts.")
    return asset


def _part_size(size: int) -> int:
    smallest = -(-size // MAX_PARTS)
    return max(LARGE_PART_BYTES if size > LARGE_FROM_BYTES else SMALL_PART_BYTES, smallest)


def _open_multipart(asset: Asset) -> str:
    """The upload id; of two requests that open it at once, one wins and the other's is aborted."""
    mine = storage.start_multipart(asset.incoming_key)
    if Asset.objects.filter(id=asset.id, upload_id="", status=AssetStatus.UPLOADING).update(upload_id=mine):
        return mine
    storage.abort_multipart(asset.incoming_key, mine)
    return uploading(asset.id, asset.owner).upload_id


def _parts(asset: Asset) -> dict[int, tuple[str, int]]:
    if not asset.upload_id:
        return {}
    try:
        return storage.uploaded_parts(asset.incoming_key, asset.upload_id)
    except storage.ObjectMissing as error:
        raise UploadExpired("This upload has expired. Start a new one.") from error


def _join_parts(asset: Asset) -> None:
    """Complete the multipart upload, unless an earlier attempt got that far."""
    if storage.exists(asset.incoming_key):
        return
    parts = _parts(asset)
    problems = _wrong_parts(asset, {number: size for number, (_, size) in parts.items()})
    if problems:
        raise UploadIncomplete(f"{problems[0]} Send it again.", fields={"parts": problems})
    try:
        etags = {number: etag for number, (etag, _) in parts.items()}
        storage.complete_multipart(asset.incoming_key, asset.upload_id, etags)
    except storage.ObjectMissing as error:
        if not storage.exists(asset.incoming_key):
            raise UploadExpired("This upload has expired. Start a new one.") from error


def _wrong_parts(asset: Asset, sizes: dict[int, int]) -> list[str]:
    """What does not add up to the announced size, at most twenty of them."""
    wrong = []
    for number in range(1, asset.part_count + 1):
        expected = asset.size_of_part(number)
        if number not in sizes:
            wrong.append(f"Part {number} has not arrived.")
        elif sizes[number] != expected:
            wrong.append(f"Part {number} has {sizes[number]:,} bytes, not {expected:,}.")
    wrong += [f"Part {number} was not announced." for number in sizes if number > asset.part_count]
    return wrong[:20]
