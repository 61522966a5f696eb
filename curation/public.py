"""All that other rooms may use of curation: its events, the facts behind them, and what a person may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from pydantic import ValidationError

from accounts.public import User
from common.errors import DomainError, InvalidInput, NotFound
from curation.exporting.profiles import PROFILES
from curation.lifecycle import AssetStatus, BuildStatus, EventKind
from curation.models import Event, Export, GateOutcome, Review
from curation.record.explanations import explain
from curation.record.models import Camera, Lighting
from curation.selectors.assets import readable_asset
from curation.selectors.standings import gold_accuracy_of

BASIS_POINTS = 10_000
RECORD_PARTS: dict[str, type[Camera] | type[Lighting]] = {"camera": Camera, "lighting": Lighting}


class AssetNotReady(DomainError):
    code = "asset_not_ready"


class NoSuchExport(NotFound):
    code = "export_not_found"


class BadRecordPart(InvalidInput):
    code = "bad_record_part"


@dataclass(frozen=True)
class AcceptedFact:
    """One accepted revision; `quality_bp` and `novelty_bp` are in basis points, 0 to 10,000."""

    event_id: UUID
    submission_id: UUID
    revision_id: UUID
    contributor_id: UUID
    campaign_id: UUID
    base_reward_wei: int
    modalities: tuple[str, ...]
    quality_bp: int
    novelty_bp: int
    decided_at: datetime


@dataclass(frozen=True)
class FundingFact:
    event_id: UUID
    campaign_id: UUID
    amount_wei: int


@dataclass(frozen=True)
class ReviewFact:
    event_id: UUID
    review_id: UUID
    reviewer_id: UUID
    campaign_id: UUID
    fee_wei: int
    at: datetime
    gold_accuracy_bp: int


@dataclass(frozen=True)
class ShardFact:
    """One file of samples of an export; `split` is empty where it holds those of all splits."""

    name: str
    split: str
    storage_key: str
    size: int
    sha256: str
    samples: int


@dataclass(frozen=True)
class ExportFact:
    """An export as a trainer needs it; `splits` are those that have samples."""

    export_id: UUID
    version_id: UUID
    profile: str
    ready: bool
    splits: tuple[str, ...]
    shards: tuple[ShardFact, ...]


@dataclass(frozen=True)
class AssetFact:
    id: UUID
    kind: str
    storage_key: str
    content_type: str
    facts: Mapping[str, Any]


def events(kind: EventKind | str) -> QuerySet[Event]:
    """Everything of one kind that ever happened. A consumer's queue is what has no row of its own yet."""
    return Event.objects.filter(kind=EventKind(kind)).select_related("campaign", "submission", "revision")


def accepted_fact(event: Event) -> AcceptedFact:
    """What an `accepted` event tells: whose work, for which reward, how good and how new."""
    submission, revision, campaign = event.submission, event.revision, event.campaign
    assert submission  # every event of a submission has its campaign and, once submitted, its revision
    assert revision
    assert campaign
    gates = GateOutcome.objects.filter(revision=revision).latest("judged_at", "id")
    return AcceptedFact(
        event_id=event.id,
        submission_id=submission.id,
        revision_id=revision.id,
        contributor_id=submission.contributor_id,
        campaign_id=campaign.id,
        base_reward_wei=campaign.base_reward_wei,
        modalities=tuple(revision.modalities),
        quality_bp=round(gates.overall * BASIS_POINTS),
        novelty_bp=round(gates.novelty * BASIS_POINTS),
        decided_at=event.at,
    )


def funding_fact(event: Event) -> FundingFact:
    """What a `campaign_funded` event tells."""
    assert event.campaign  # funding is of a campaign
    return FundingFact(event.id, event.campaign.id, int(event.detail["amount_wei"]))


def review_fact(event: Event) -> ReviewFact:
    """What a `reviewed` event tells; the event itself names no reviewer, since contributors read it."""
    assert event.campaign  # a review is of a campaign's submission
    review = Review.objects.get(id=event.detail["review_id"])
    return ReviewFact(
        event_id=event.id,
        review_id=review.id,
        reviewer_id=review.reviewer_id,
        campaign_id=event.campaign.id,
        fee_wei=event.campaign.review_fee_wei,
        at=event.at,
        gold_accuracy_bp=round(gold_accuracy_of(review.reviewer_id) * BASIS_POINTS),
    )


def export_fact(export_id: UUID) -> ExportFact:
    """The export with its files of samples, in order; sidecars are left out. Raises `NoSuchExport`."""
    export = Export.objects.filter(id=export_id).first()
    if export is None:
        raise NoSuchExport("There is no such export.")
    shards = tuple(
        ShardFact(
            name=file["name"],
            split=shard.split,
            storage_key=export.prefix + file["name"],
            size=file["size"],
            sha256=file["sha256"],
            samples=file["samples"],
        )
        for shard in export.shards.order_by("index")
        for file in shard.files
        if file["name"].endswith(PROFILES[export.profile].data_suffix)
    )
    return ExportFact(
        export_id=export.id,
        version_id=export.version_id,
        profile=export.profile,
        ready=export.status == BuildStatus.READY,
        splits=tuple(sorted({shard.split for shard in shards if shard.split and shard.samples})),
        shards=shards,
    )


def asset_for(person: User, asset_id: UUID) -> AssetFact:
    """The file, where this person may read it: their own, one of a revision that they hold for
    review, or of accepted work where their role opens it.

    Raises:
        NoSuchAsset: There is none, or none that this person may know of.
        AssetNotReady: It is still being uploaded or verified, or was refused.
    """
    asset = readable_asset(person, asset_id, now=timezone.now())
    if asset.status != AssetStatus.READY:
        raise AssetNotReady(f"This file is {asset.get_status_display().lower()}; wait until it is ready.")
    return AssetFact(asset.id, asset.kind, asset.storage_key, asset.content_type, asset.facts)


def check_record_part(kind: Literal["camera", "lighting"], data: object) -> dict[str, Any]:
    """The part of a record in its canonical JSON form.

    Raises:
        BadRecordPart: With every problem by field.
    """
    try:
        return RECORD_PARTS[kind].model_validate(data).model_dump(mode="json")
    except ValidationError as error:
        problems = explain(error)
    fields: dict[str, list[str]] = {}
    for problem in problems:
        fields.setdefault(f"{kind}.{problem.path}".rstrip("."), []).append(f"{problem.message} {problem.fix}".strip())
    raise BadRecordPart("; ".join(f"{name}: {' '.join(texts)}" for name, texts in fields.items()), fields=fields)
