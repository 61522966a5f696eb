"""All that a reviewer needs to judge one revision, without whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from common import storage
from curation.models import Campaign, GateOutcome, Review, Revision, RevisionAsset, Score
from curation.selectors.neighbours import Neighbour, nearest

# Where a record says whose it is. The rest of `rights` and `provenance` has to be judged.
IDENTIFYING = {"rights": ("holder", "attribution"), "provenance": ("contributor", "client")}


@dataclass(frozen=True)
class Medium:
    """One file of the revision, under a link that expires."""

    path: str
    kind: str
    content_type: str
    size: int
    facts: Mapping[str, Any]
    url: str


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
        media=_media(revision),
        neighbours=nearest(revision.id),
    )


def without_identity(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with what names its contributor set to null."""
    shown = dict(record)
    for part, names in IDENTIFYING.items():
        if isinstance(shown.get(part), dict):
            shown[part] = shown[part] | {name: None for name in names if name in shown[part]}
    return shown


def _media(revision: Revision) -> list[Medium]:
    placements = RevisionAsset.objects.filter(revision=revision).select_related("asset").order_by("path")
    return [
        Medium(
            path=placement.path,
            kind=placement.asset.kind,
            content_type=placement.asset.content_type,
            size=placement.asset.size,
            facts=placement.asset.facts,
            # The uploader's own file name may name them.
            url=storage.read_link(
                placement.asset.storage_key, content_type=placement.asset.content_type, filename=placement.path
            ),
        )
        for placement in placements
    ]
