"""The good and bad examples of a campaign, with the pictures that everybody who sees the campaign may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from curation.models import Asset, Campaign, RevisionAsset, Submission
from curation.selectors.renditions import FileLink, Shown, shown

CLIP, IMAGES = "video.asset", "reference_images"
STILLS = ("poster", "preview")


@dataclass(frozen=True)
class Example:
    """One example; `caption` is that of the submission it shows, `image` is None while nothing is there to be shown."""

    good: bool
    text: str
    submission_id: UUID | None
    caption: str
    image: FileLink | None


def examples_of(campaign: Campaign) -> list[Example]:
    """In the order they were written, in three queries at most; never the contributor's own bytes or name."""
    return _shown(campaign.examples)


def show_covers(campaigns: Sequence[Campaign]) -> None:
    """Set `cover` on each: the picture of its first good example that has one; in three queries at most for all."""
    good = [(campaign, one) for campaign in campaigns for one in campaign.examples if one["good"]]
    for (campaign, _), example in zip(good, _shown([one for _, one in good]), strict=True):
        campaign.cover = campaign.cover or example.image


def _shown(examples: Sequence[Mapping[str, Any]]) -> list[Example]:
    submissions = _submissions(UUID(one["submission"]) for one in examples if one["submission"])
    pictures = _pictures(submissions) | {asset_id: [asset] for asset_id, asset in _assets(examples).items()}
    made = shown(asset for assets in pictures.values() for asset in assets)
    return [_example(one, submissions, pictures, made) for one in examples]


def _example(
    one: Mapping[str, Any],
    submissions: Mapping[UUID, Submission],
    pictures: Mapping[UUID, Sequence[Asset]],
    made: Mapping[UUID, Shown | None],
) -> Example:
    submission = submissions.get(UUID(one["submission"])) if one["submission"] else None
    shows = UUID(one["asset"]) if one["asset"] else submission.id if submission else None
    stills = [_still(made[asset.id]) for asset in pictures.get(shows, ())] if shows else []
    return Example(
        good=one["good"],
        text=one["text"],
        submission_id=submission.id if submission else None,
        caption=submission.current.caption if submission and submission.current else "",
        image=next((still for still in stills if still), None),
    )


def _still(stands_for: Shown | None) -> FileLink | None:
    """A clip's poster, a picture's preview."""
    files = stands_for.files if stands_for else ()
    return next((file for file in files if file.role in STILLS), None)


def _submissions(ids: Iterable[UUID]) -> dict[UUID, Submission]:
    """What was withdrawn meanwhile is shown no more."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = Submission.objects.filter(id__in=wanted).exclude(status="withdrawn").select_related("current")
    return {submission.id: submission for submission in found}


def _pictures(submissions: Mapping[UUID, Submission]) -> dict[UUID, list[Asset]]:
    """By submission what it can be seen by: its clip, then its reference images."""
    by_revision = {submission.current_id: submission.id for submission in submissions.values()}
    if not by_revision:
        return {}
    placed = RevisionAsset.objects.filter(Q(path=CLIP) | Q(path__startswith=IMAGES), revision__in=by_revision)
    found: dict[UUID, list[Asset]] = {}
    for placement in sorted(placed.select_related("asset"), key=lambda one: (one.path != CLIP, one.path)):
        found.setdefault(by_revision[placement.revision_id], []).append(placement.asset)
    return found


def _assets(examples: Iterable[Mapping[str, Any]]) -> dict[UUID, Asset]:
    wanted = [one["asset"] for one in examples if one["asset"]]
    return {asset.id: asset for asset in Asset.objects.filter(id__in=wanted)} if wanted else {}
