"""All that a reviewer needs to judge one revision, without whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from common import storage
from curation.models import Campaign, GateOutcome, Review, Revision, RevisionAsset, Score
from curation.selectors.neighbours import Neighbour, nearest
from curation.selectors.renditions import Shown, shown

# Where a record says whose it is. The rest of `rights` and `provenance` has to be judged.
IDENTIFYING = {"rights": ("holder", "attribution"), "provenance": ("contributor", "client")}


@dataclass(frozen=True)
class Medium:
    """What the reviewer sees of one file of the revision: never the contributor's own bytes, which may tell whose.

    Attributes:
        url: Expires; None while nothing is there to be shown. The same holds for `content_type` and `size`.
        renditions: All that was made of the file; None for kinds that are shown as they are.
    """

    path: str
    kind: str
    facts: Mapping[str, Any]
    url: str | None
    content_type: str | None
    size: int | None
    renditions: Shown | None


@dataclass(frozen=True)
class ToJudge:
    """A held review with everything on the reviewer's screen."""

    review: Review
    revision: Revision
    campaign: Campaign
    record: Mapping[str, Any]
    scores: list[Score]
    gates: GateOutcome | None
    media: list[Medium]
    neighbours: list[Neighbour]


def to_judge(review_id: UUID) -> ToJudge:
    """What this review is about, in a constant number of queries; the contributor's identity is left out."""
    review = Review.objects.select_related("revision__submission__campaign").get(id=review_id)
    revision = review.revision
    return ToJudge(
        review=review,
        revision=revision,
        campaign=revision.submission.campaign,
        record=without_identity(revision.record),
        scores=list(Score.objects.filter(revision=revision).order_by("metric", "part")),
        gates=GateOutcome.objects.filter(revision=revision).order_by("-judged_at", "-id").first(),
        media=media_of([revision.id])[revision.id],
        neighbours=_pictured(nearest(revision.id)),
    )


def _pictured(neighbours: Sequence[Neighbour]) -> list[Neighbour]:
    """The same with a picture and a clip each, where there is one."""
    if not neighbours:
        return []
    media = media_of([neighbour.revision_id for neighbour in neighbours])
    return [_shown_by(neighbour, media[neighbour.revision_id]) for neighbour in neighbours]


def _shown_by(neighbour: Neighbour, media: Sequence[Medium]) -> Neighbour:
    seen = [medium.renditions for medium in media if medium.kind in {"clip", "image"} and medium.renditions]
    of_role = {file.role: file.url for one in reversed(seen) for file in one.files}
    picture = of_role.get("poster") or of_role.get("thumbnail")
    return replace(neighbour, picture=picture, clip=of_role.get("proxy"))


def without_identity(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with what names its contributor set to null."""
    shown = dict(record)
    for part, names in IDENTIFYING.items():
        if isinstance(shown.get(part), dict):
            shown[part] = shown[part] | {name: None for name in names if name in shown[part]}
    return shown


def media_of(revision_ids: Sequence[UUID]) -> dict[UUID, list[Medium]]:
    """By revision what is shown of its files, in two queries."""
    placements = RevisionAsset.objects.filter(revision__in=revision_ids).select_related("asset").order_by("path")
    made = shown([placement.asset for placement in placements])
    found: dict[UUID, list[Medium]] = {one: [] for one in revision_ids}
    for placement in placements:
        found[placement.revision_id].append(_medium(placement, made[placement.asset_id]))
    return found


def _medium(placement: RevisionAsset, made: Shown | None) -> Medium:
    asset = placement.asset
    if made is None:
        # The uploader's own file name may name them.
        url = storage.read_link(asset.storage_key, content_type=asset.content_type, filename=placement.path)
        return Medium(placement.path, asset.kind, asset.facts, url, asset.content_type, asset.size, None)
    if made.main is None:
        return Medium(placement.path, asset.kind, asset.facts, None, None, None, made)
    main = made.main
    return Medium(placement.path, asset.kind, asset.facts, main.url, main.content_type, main.size, made)
