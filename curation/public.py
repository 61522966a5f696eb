"""All that other rooms may use of curation: its events, the facts behind them, and what a person may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from pydantic import ValidationError

from accounts.public import User
from common.errors import DomainError, InvalidInput, NotFound
from curation.exporting.profiles import PROFILES
from curation.lifecycle import AssetStatus, BuildStatus, EventKind
from curation.models import Event, Export, Review
from curation.record.explanations import explain
from curation.record.models import Camera, Lighting
from curation.selectors.assets import readable_asset
from curation.selectors.campaigns import CampaignOffer, offer_of, readable_campaign
from curation.selectors.facts import (
    AcceptedFact,
    Coverage,
    ReviewFact,
    acceptances_of,
    accepted_facts,
    events_of,
    review_facts,
)
from curation.selectors.shares import ContributorShare, contributor_shares
from curation.selectors.submissions import readable_submission
from curation.selectors.whereabouts import whereabouts_of

__all__ = [
    "AcceptedFact",
    "AssetFact",
    "AssetNotReady",
    "BadRecordPart",
    "CampaignOffer",
    "ContributorShare",
    "Coverage",
    "Event",
    "ExportFact",
    "FundingFact",
    "NoSuchExport",
    "ReviewFact",
    "ShardFact",
    "acceptances_of",
    "accepted_facts",
    "asset_for",
    "check_campaign_visible",
    "check_record_part",
    "check_submission_visible",
    "contributor_shares",
    "events",
    "export_fact",
    "exports_with",
    "funding_fact",
    "offer_of",
    "review_facts",
]
RECORD_PARTS: dict[str, type[Camera] | type[Lighting]] = {"camera": Camera, "lighting": Lighting}


class AssetNotReady(DomainError):
    code = "asset_not_ready"


class NoSuchExport(NotFound):
    code = "export_not_found"


class BadRecordPart(InvalidInput):
    code = "bad_record_part"


@dataclass(frozen=True)
class FundingFact:
    event_id: UUID
    campaign_id: UUID
    amount_wei: int


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


def events(*kinds: EventKind | str) -> QuerySet[Event]:
    """Everything of these kinds that ever happened. A consumer's queue is what has no row of its own yet."""
    return events_of([EventKind(kind) for kind in kinds])


def funding_fact(event: Event) -> FundingFact:
    """What a `campaign_funded` event tells."""
    assert event.campaign  # funding is of a campaign
    return FundingFact(event.id, event.campaign.id, int(event.detail["amount_wei"]))


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


def exports_with(person: User, submission_id: UUID) -> set[UUID]:
    """The exports that carry the submission, for its contributor and operators. Raises `NoSuchSubmission`."""
    found = whereabouts_of(person, submission_id)
    return {export.id for version in found.versions for export in version.exports}


def check_campaign_visible(person: User, campaign_id: UUID) -> None:
    """Raises `NoSuchCampaign` where there is none that this person may see."""
    readable_campaign(person, campaign_id)


def check_submission_visible(person: User, submission_id: UUID) -> None:
    """Raises `NoSuchSubmission` where there is none that this person may see, or ever judged."""
    if not Review.objects.filter(revision__submission=submission_id, reviewer=person).exists():
        readable_submission(person, submission_id)


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
