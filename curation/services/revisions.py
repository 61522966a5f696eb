"""Freezing a draft into an immutable revision: the canonical record, its files, its caption."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.utils.crypto import salted_hmac

from common.errors import DomainError
from curation.lifecycle import AssetStatus
from curation.models import Asset, Campaign, Revision, RevisionAsset, Submission
from curation.record import (
    AssetReference,
    Problem,
    Record,
    RecordRefused,
    as_json,
    asset_references,
    canonical_bytes,
    parse_record,
)
from curation.record.captions import compose_caption
from curation.services.measured_facts import with_measured_facts


class RecordNotReady(DomainError):
    """The record cannot be submitted as it is; `fields` maps each place to what to do."""

    code = "record_not_ready"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problems: list[Problem]) -> None:
        fields: dict[str, list[str]] = {}
        for problem in problems:
            fields.setdefault(problem.path, []).append(f"{problem.message} {problem.fix}")
        super().__init__("; ".join(str(problem) for problem in problems[:3]), code=problems[0].code, fields=fields)


@dataclass(frozen=True)
class Prepared:
    """A draft as it would be frozen now.

    Attributes:
        record: Canonical, with what the platform measured in place of what was claimed.
        sha256: Of its canonical bytes. Verified files never change, so it stands for their bytes as well.
        references, assets: The files it names, and their rows by id.
    """

    record: Record
    sha256: str
    references: list[AssetReference]
    assets: Mapping[UUID, Asset]


def prepare(submission: Submission) -> Prepared:
    """What submitting the draft would freeze.

    Raises:
        RecordNotReady: The record, a file, a modality or the licence is not as asked.
    """
    record = parsed(submission.draft)
    references = asset_references(record)
    assets = own_assets(references, submission.contributor_id)
    problems = [*asset_problems(references, assets), *campaign_problems(record, submission.campaign)]
    if problems:
        raise RecordNotReady(problems)
    return prepared(submission, record, references, assets)


def prepared(
    submission: Submission, record: Record, references: list[AssetReference], assets: Mapping[UUID, Asset]
) -> Prepared:
    """A parsed draft whose files are as asked, as it would be frozen."""
    record = with_measured_facts(record, assets=assets, contributor=pseudonym(submission.contributor_id))
    return Prepared(record, hashlib.sha256(canonical_bytes(record)).hexdigest(), references, assets)


def freeze(submission: Submission, *, now: datetime) -> Revision:
    """The next revision of a locked submission, written with its placements.

    Raises:
        RecordNotReady: The record, a file, a modality or the licence is not as asked.
    """
    return _write(submission, prepare(submission), now)


def parsed(draft: object) -> Record:
    """Raises `RecordNotReady` with every problem of the draft."""
    try:
        return parse_record(draft)
    except RecordRefused as refusal:
        raise RecordNotReady(refusal.problems) from refusal


def own_assets(references: Iterable[AssetReference], owner_id: UUID) -> dict[UUID, Asset]:
    """The person's assets among those that are mentioned, by id; one query."""
    ids = {reference.asset_id for reference in references}
    return {asset.id: asset for asset in Asset.objects.filter(id__in=ids, owner_id=owner_id)}


def asset_problems(references: Iterable[AssetReference], assets: Mapping[UUID, Asset]) -> list[Problem]:
    """What is wrong with the files a record mentions."""
    found = (_asset_problem(reference, assets.get(reference.asset_id)) for reference in references)
    return [problem for problem in found if problem is not None]


def _asset_problem(reference: AssetReference, asset: Asset | None) -> Problem | None:
    path = reference.path
    if asset is None:
        return Problem(path, "asset_not_found", "This is not one of your files.", "Upload the file and name its id.")
    if asset.status == AssetStatus.REFUSED:
        return Problem(path, "asset_refused", asset.refusal["message"], asset.refusal["fix"])
    if asset.status == AssetStatus.RELEASED:
        return Problem(path, "asset_released", "Nothing needed this file, so it was removed.", "Upload it again.")
    if asset.status != AssetStatus.READY:
        return Problem(path, "asset_not_ready", f"The file is {asset.status}.", "Wait until it is ready.")
    if asset.kind == "camera_file" and reference.kind == "camera_poses":
        fix = "Convert it first and name the new file."
        return Problem(path, "not_converted", "The path is in another tool's format.", fix)
    if asset.kind != reference.kind:
        wanted = reference.kind.replace("_", " ")
        return Problem(path, "wrong_kind", f"The file is of kind {asset.kind}.", f"Name a file of kind {wanted} here.")
    return None


def campaign_problems(record: Record, campaign: Campaign) -> list[Problem]:
    """What the campaign asks for and the record does not give."""
    problems = [
        Problem(name, "modality_missing", f"This campaign asks for {name}.", f"Add {name} to the record.")
        for name in campaign.required_modalities
        if getattr(record, name) is None
    ]
    if record.rights.license != campaign.license:
        message = f"This campaign takes {campaign.license}, not {record.rights.license}."
        problems.append(Problem("rights.license", "wrong_license", message, f"Choose {campaign.license}."))
    return problems


def _write(submission: Submission, ready: Prepared, now: datetime) -> Revision:
    record = ready.record
    revision = Revision.objects.create(
        submission=submission,
        number=submission.current.number + 1 if submission.current else 1,
        record=as_json(record),
        record_sha256=ready.sha256,
        modalities=list(record.modalities),
        caption=compose_caption(record),
        created_at=now,
    )
    RevisionAsset.objects.bulk_create(
        RevisionAsset(revision=revision, asset_id=reference.asset_id, path=reference.path)
        for reference in ready.references
    )
    return revision


def pseudonym(person_id: UUID) -> str:
    """The same short word for the same person, which leads back to nobody without this platform's key."""
    return salted_hmac("curation.contributor", str(person_id), algorithm="sha256").hexdigest()[:16]
