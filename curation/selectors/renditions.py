"""What a person is shown of a file: its owner and operators the original, everyone else what was made of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.public import Action, allowed
from common import storage
from common.errors import DomainError
from curation.lifecycle import RenditionStatus
from curation.models import Asset, Rendition
from curation.rendering import PROFILES
from curation.selectors.assets import ready_asset


class PreviewPending(DomainError):
    """What others may see of the file is not made yet."""

    code = "preview_pending"


class PreviewFailed(DomainError):
    """Nothing could be made of the file for others to see."""

    code = "preview_failed"


@dataclass(frozen=True)
class FileLink:
    """One file of a rendition under a link that expires; `role` is proxy, poster, strip, preview, ..."""

    role: str
    url: str
    content_type: str
    size: int
    details: dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """What stands for a file where it is shown; `status` is waiting, ready or failed."""

    status: str
    failure: dict[str, Any] | None
    facts: dict[str, Any]
    files: tuple[FileLink, ...]
    main: FileLink | None


@dataclass(frozen=True)
class ShownAsset:
    """What one person sees of a file: its name, and all that stands for it."""

    name: str
    renditions: Shown | None


def show_to(person: User, assets: Sequence[Asset]) -> None:
    """Set `shown` on each of the files, in one query."""
    found = shown(assets)
    for asset in assets:
        asset.shown = ShownAsset(shown_name(person, asset), found[asset.id])


def shown(assets: Iterable[Asset]) -> dict[UUID, Shown | None]:
    """By asset id, in one query; None for a kind of which nothing is made (poses and texts are shown as they are)."""
    assets = list(assets)
    rows = {(row.sha256, row.profile): row for row in _made_of(assets)}
    return {asset.id: _shown(asset, rows) for asset in assets}


def _made_of(assets: Sequence[Asset]) -> Iterable[Rendition]:
    versions = [profile.version for profile in PROFILES.values()]
    hashes = {asset.sha256 for asset in assets if asset.sha256 and asset.kind in PROFILES}
    return Rendition.objects.filter(sha256__in=hashes, profile__in=versions) if hashes else ()


def _shown(asset: Asset, rows: dict[tuple[str, str], Rendition]) -> Shown | None:
    profile = PROFILES.get(asset.kind)
    if profile is None:
        return None
    row = rows.get((asset.sha256, profile.version))
    if row is None:
        return Shown(RenditionStatus.WAITING, None, {}, (), None)
    files = tuple(_link(asset, row, file) for file in row.files)
    main = next((file for file in files if file.role == profile.main), None)
    return Shown(row.status, row.failure or None, row.facts, files, main)


def _link(asset: Asset, row: Rendition, file: dict[str, Any]) -> FileLink:
    # Named by the asset: the uploader's own file name may name them.
    name = f"{asset.id}-{file['name']}"
    url = storage.read_link(row.prefix + file["name"], content_type=file["content_type"], filename=name)
    return FileLink(file["role"], url, file["content_type"], file["size"], file["details"])


def sees_original(person: User, asset: Asset) -> bool:
    """Whether this person may read the contributor's own bytes, and not only what was made of them."""
    return asset.owner_id == person.id or allowed(person, Action.ASSET_READ, owner=False)


def link_for(person: User, asset_id: UUID, *, now: datetime) -> str:
    """An address from which this person can read the file, or what stands for it.

    Raises:
        NoSuchAsset: None that this person may read, or none that is verified.
        PreviewPending, PreviewFailed: It is another person's, and what stands for it is not there.
    """
    asset = ready_asset(person, asset_id, now=now)
    if asset.kind not in PROFILES or sees_original(person, asset):
        return storage.read_link(asset.storage_key, content_type=asset.content_type, filename=shown_name(person, asset))
    found = shown([asset])[asset.id]
    assert found is not None, "something is made of every kind in PROFILES"
    if found.status == RenditionStatus.FAILED:
        raise PreviewFailed("No preview of this file could be made. Ask an operator to look at the original.")
    if found.main is None:
        raise PreviewPending("The preview of this file is still being made. Try again in a moment.")
    return found.main.url


def shown_name(person: User, asset: Asset) -> str:
    """The file's name for its owner and operators; its id for others, since a name may tell whose it is."""
    return asset.name if sees_original(person, asset) else str(asset.id)
