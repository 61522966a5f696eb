"""The good and bad examples of a campaign, with the pictures that everybody who sees the campaign may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from curation.models import Asset, Campaign, RevisionAsset, Submission
from curation.selectors.renditions import FileLink, Shown, shown

IMAGES = "reference_images"


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
    submissions = _submissions(UUID(one["submission"]) for one in campaign.examples if one["submission"])
    pictures = _first_pictures(submissions)
    assets = _assets(campaign.examples) | {asset.id: asset for asset in pictures.values()}
    made = shown(assets.values())
    return [_example(one, submissions, pictures, made) for one in campaign.examples]


def _example(
    one: Mapping[str, Any],
    submissions: Mapping[UUID, Submission],
    pictures: Mapping[UUID, Asset],
    made: Mapping[UUID, Shown | None],
) -> Example:
    submission = submissions.get(UUID(one["submission"])) if one["submission"] else None
    picture = pictures.get(submission.id) if submission else None
    asset_id = UUID(one["asset"]) if one["asset"] else picture.id if picture else None
    stands_for = made.get(asset_id) if asset_id else None
    return Example(
        good=one["good"],
        text=one["text"],
        submission_id=submission.id if submission else None,
        caption=submission.current.caption if submission and submission.current else "",
        image=stands_for.main if stands_for else None,
    )


def _submissions(ids: Iterable[UUID]) -> dict[UUID, Submission]:
    """What was withdrawn meanwhile is shown no more."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = Submission.objects.filter(id__in=wanted).exclude(status="withdrawn").select_related("current")
    return {submission.id: submission for submission in found}


def _first_pictures(submissions: Mapping[UUID, Submission]) -> dict[UUID, Asset]:
    """By submission the first of its reference images."""
    by_revision = {submission.current_id: submission.id for submission in submissions.values()}
    if not by_revision:
        return {}
    placed = RevisionAsset.objects.filter(revision__in=by_revision, path__startswith=IMAGES)
    found: dict[UUID, Asset] = {}
    for placement in placed.select_related("asset").order_by("path"):
        found.setdefault(by_revision[placement.revision_id], placement.asset)
    return found


def _assets(examples: Iterable[Mapping[str, Any]]) -> dict[UUID, Asset]:
    wanted = [one["asset"] for one in examples if one["asset"]]
    return {asset.id: asset for asset in Asset.objects.filter(id__in=wanted)} if wanted else {}
