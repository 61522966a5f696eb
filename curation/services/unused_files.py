"""Verified files that nothing needs: they stop counting against their owner's quota, and their bytes go."""

import re
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.module_loading import import_string

from common import storage
from curation import policies
from curation.lifecycle import AssetStatus
from curation.models import Asset, Campaign, RevisionAsset, Submission
from curation.models.submissions import DRAFT_KEPT, DRAFT_WARNING
from curation.services import moves
from curation.services.verification import lock_bytes

BATCH = 200
KEPT = DRAFT_KEPT + DRAFT_WARNING  # as long as a draft that would name it
IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def release(*, now: datetime, after: UUID | None = None) -> int:
    """How many files were given up: verified nine days ago, and in no revision, draft or example, nor used elsewhere.

    Args:
        after: Where to go on; all files are looked at in the order of their ids.
    """
    released = 0
    while found := list(_candidates(now, after).order_by("id")[:BATCH]):
        used = still_used(found)
        released += sum(_release(asset) for asset in found if asset.id not in used)
        after = found[-1].id
    return released


def still_used(assets: Collection[Asset]) -> set[UUID]:
    """The ids of those that something needs: a revision, a draft of their owner's, a file made from them, an example
    of a campaign, or one of the rooms that `settings.FILES_IN_USE` names."""
    ids = {asset.id for asset in assets}
    used = set(RevisionAsset.objects.filter(asset__in=ids).values_list("asset", flat=True))
    used |= _named_in_drafts(ids, {asset.owner_id for asset in assets})
    used |= _shown_as_examples(ids)
    for name in settings.FILES_IN_USE:
        used |= import_string(name)(ids)
    made = Asset.objects.filter(derived_from__in=ids).exclude(status=AssetStatus.RELEASED)
    return used | {source for source in made.values_list("derived_from", flat=True) if source}


def _candidates(now: datetime, after: UUID | None) -> QuerySet[Asset]:
    placed = RevisionAsset.objects.filter(asset=OuterRef("pk"))
    unplaced = Asset.objects.filter(status=AssetStatus.READY, ready_at__lt=now - KEPT).exclude(Exists(placed))
    return unplaced.filter(id__gt=after) if after else unplaced


def _named_in_drafts(ids: Collection[UUID], owners: Collection[UUID]) -> set[UUID]:
    drafts = Submission.objects.filter(contributor__in=owners, status__in=policies.EDITABLE)
    named: set[UUID] = set()
    for draft in drafts.values_list("draft", flat=True).iterator():
        named.update(UUID(one) for one in IDS.findall(str(draft).lower()))
    return named & set(ids)


def _shown_as_examples(ids: Collection[UUID]) -> set[UUID]:
    shown = Campaign.objects.exclude(examples=[]).values_list("examples", flat=True)
    named = {UUID(example["asset"]) for examples in shown for example in examples if example["asset"]}
    return named & set(ids)


@transaction.atomic
def _release(asset: Asset) -> bool:
    """Whether it was given up here. The lock keeps revisions from naming it while it is looked at once more."""
    locked = Asset.objects.select_for_update(of=("self",)).get(id=asset.id)
    if locked.status != AssetStatus.READY or still_used([locked]):
        return False
    moves.move_asset(locked.id, to=AssetStatus.RELEASED)
    return True


def free_bytes() -> int:
    """How many released files have their bytes off storage now, unless equal bytes are somebody's still.

    A file whose row still names its hash waits for this, so that a worker that dies on the way leaves nothing behind.
    """
    waiting = Asset.objects.filter(status=AssetStatus.RELEASED).exclude(sha256="")
    return sum(_free(asset_id) for asset_id in list(waiting.order_by("id").values_list("id", flat=True)[:BATCH]))


@transaction.atomic
def _free(asset_id: UUID) -> bool:
    asset = Asset.objects.select_for_update(of=("self",)).get(id=asset_id)
    if not asset.sha256:
        return False
    lock_bytes(asset.sha256)
    if not Asset.objects.filter(sha256=asset.sha256, status=AssetStatus.READY).exists():
        storage.delete([asset.storage_key])
    asset.sha256 = ""
    asset.save(update_fields=["sha256"])
    return True
