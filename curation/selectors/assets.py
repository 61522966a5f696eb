"""Whose files a person may read. Knowing an id or a hash helps nobody."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.public import Action, allowed
from common.errors import NotFound
from curation.lifecycle import AssetStatus, DisputeStatus, ReviewStatus, SubmissionStatus
from curation.models import Asset, Dispute, Review, RevisionAsset


class NoSuchAsset(NotFound):
    """There is none, or it is another person's: ids cannot be tried out."""

    code = "asset_not_found"


def own_asset(asset_id: UUID, owner: User) -> Asset:
    """Raises `NoSuchAsset` for another person's as for none."""
    asset = Asset.objects.filter(id=asset_id, owner=owner).first()
    if asset is None:
        raise NoSuchAsset("There is no such file of yours.")
    return asset


def readable_asset(person: User, asset_id: UUID, *, now: datetime) -> Asset:
    """The asset: one's own, any for an operator, those of accepted work for an engineer, those of a revision that a
    reviewer holds right now or whose dispute they may answer.

    Raises:
        NoSuchAsset: For another's as for none.
    """
    found = Asset.objects.filter(id=asset_id).filter(_readable_by(person, now)).first()
    if found is None:
        raise NoSuchAsset("There is no such file.")
    return found


def ready_asset(person: User, asset_id: UUID, *, now: datetime) -> Asset:
    """A readable asset that is verified, so that its bytes may be served. Raises `NoSuchAsset`."""
    asset = readable_asset(person, asset_id, now=now)
    if asset.status != AssetStatus.READY:
        raise NoSuchAsset("This file is not ready.")
    return asset


def own_assets(person: User) -> QuerySet[Asset]:
    return Asset.objects.filter(owner=person)


def _readable_by(person: User, now: datetime) -> Q:
    readable = Q(owner=person)
    placed = RevisionAsset.objects.filter(asset=OuterRef("pk"))
    if allowed(person, Action.ASSET_READ, owner=False):
        return Q()
    if allowed(person, Action.ASSET_READ, owner=False, state=SubmissionStatus.ACCEPTED):
        readable |= Q(Exists(_current_placements(SubmissionStatus.ACCEPTED)))
    if allowed(person, Action.ASSET_READ, owner=False, state=SubmissionStatus.IN_REVIEW):
        held = Review.objects.filter(
            revision=OuterRef("revision"), reviewer=person, status=ReviewStatus.LEASED, leased_until__gt=now
        )
        readable |= Q(Exists(_current_placements(SubmissionStatus.IN_REVIEW).filter(Exists(held))))
        readable |= Q(Exists(placed.filter(Exists(held.filter(gold__isnull=False)))))
    if allowed(person, Action.DISPUTE_ANSWER, owner=False):
        judged = Review.objects.filter(revision=OuterRef("revision"), reviewer=person, status=ReviewStatus.CAST)
        disputed = Dispute.objects.filter(decision__revision=OuterRef("revision"), status=DisputeStatus.OPEN)
        readable |= Q(Exists(placed.filter(Exists(disputed)).exclude(Exists(judged))))
    return readable


def _current_placements(status: SubmissionStatus) -> QuerySet[RevisionAsset]:
    """Placements of the outer asset in the current revision of a submission in this status."""
    return RevisionAsset.objects.filter(
        asset=OuterRef("pk"),
        revision__submission__status=status,
        revision__submission__current=F("revision"),
    )
