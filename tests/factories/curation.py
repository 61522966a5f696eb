"""People, campaigns and submissions in any status, by direct rows: what scoring would have written included."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.db.models import OuterRef, Subquery

from accounts.models import User
from accounts.roles import Role
from common import storage
from common.ids import uuid7
from curation.gating import Calibrations, default_policy
from curation.gating.shipped import shipped
from curation.lifecycle import (
    AssetStatus,
    CampaignStatus,
    EventKind,
    RenditionStatus,
    ReviewStatus,
    SubmissionStatus,
)
from curation.models import (
    Asset,
    Campaign,
    Copy,
    Decision,
    Embedding,
    Event,
    GateOutcome,
    Rendition,
    Review,
    Revision,
    RevisionAsset,
    Ruleset,
    Score,
    Submission,
)
from curation.models.reviews import Verdict
from curation.models.scores import EMBEDDING_WIDTH
from curation.record.vocabulary import MODALITIES
from curation.rendering import PROFILES
from curation.services import events, gold
from tests.factories.records import valid_record

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KINDS = {
    "reference_images[0].asset": ("image", "image/jpeg"),
    "audio.asset": ("audio", "audio/flac"),
    "camera.poses.asset": ("camera_poses", "application/octet-stream"),
    "lighting.env_map.asset": ("environment_map", "image/x-exr"),
    "video.asset": ("clip", "video/mp4"),
}
DECIDED = {SubmissionStatus.ACCEPTED: "approve", SubmissionStatus.REJECTED: "reject"}


def person(*roles: Role, name: str = "") -> User:
    """A person who can sign in nowhere but in tests."""
    given = roles or (Role.CONTRIBUTOR,)
    return User.objects.create_user(f"{name or 'someone'}-{uuid7()}@example.org", roles=[str(role) for role in given])


def reviewer_of_work() -> User:
    """A reviewer whose next item is no gold item, as one of twenty is."""
    found = person(Role.REVIEWER)
    while gold.is_due(found.pk):
        found = person(Role.REVIEWER)
    return found


def campaign(**fields: Any) -> Campaign:
    """An open campaign that needs two reviews."""
    defaults = {
        "title": "Rolling things",
        "brief": "Things that roll.",
        "status": CampaignStatus.OPEN,
        "license": "CC-BY-4.0",
        "base_reward_wei": 10**18,
        "review_fee_wei": 10**16,
        "created_at": NOW,
        "opened_at": NOW,
    }
    return Campaign.objects.create(
        created_by=fields.pop("created_by", None) or person(Role.OPERATOR), **defaults | fields
    )


# What the probe always finds of a file of this kind, and the platform relies on.
FACTS: dict[str, dict[str, int]] = {"environment_map": {"width": 8, "height": 4}}


def asset(owner: User, data: bytes, *, kind: str, content_type: str, stored: bool = True) -> Asset:
    """A ready asset; its bytes are in storage unless nobody will read them."""
    row = _asset(owner, data, kind, content_type)
    row.save()
    if stored:
        storage.write(row.storage_key, data)
    return row


def _asset(owner: User, data: bytes, kind: str, content_type: str) -> Asset:
    return Asset(
        owner=owner, status=AssetStatus.READY, name=f"file.{kind}", declared_type=content_type, size=len(data),
        part_size=8 * 2**20, sha256=hashlib.sha256(data).hexdigest(), kind=kind, content_type=content_type,
        facts=FACTS.get(kind, {}), created_at=NOW, ready_at=NOW,
    )  # fmt: skip


def rendition(row: Asset, data: bytes = b"what others see") -> Rendition:
    """A ready rendition whose main file holds this."""
    profile = PROFILES[row.kind]
    file = {"role": profile.main, "name": "main", "content_type": "image/webp", "size": len(data), "details": {}}
    made = Rendition.objects.create(
        sha256=row.sha256, kind=row.kind, profile=profile.version, status=RenditionStatus.READY, files=[file],
        created_at=NOW, ready_at=NOW,
    )  # fmt: skip
    storage.write(made.prefix + "main", data)
    return made


def ruleset() -> Ruleset:
    """The default policy's, with the curves that come with the platform."""
    rules = default_policy()
    curves = Calibrations(one.curve for one in shipped()).of(rules.calibrated_metrics)
    used = {"rules": rules.as_json(), "calibrations": [curve.sha256 for curve in curves], "created_at": NOW}
    return Ruleset.objects.get_or_create(sha256=rules.sha256, version=None, defaults=used)[0]


def submission(
    in_campaign: Campaign,
    contributor: User,
    *,
    status: SubmissionStatus = SubmissionStatus.IN_REVIEW,
    media: dict[str, bytes] | None = None,
    stored: bool = False,
    overall: float = 0.8,
    novelty: float = 0.5,
    **record: Any,
) -> Submission:
    """A scored submission with one revision, in this status.

    Args:
        media: Bytes of the record's files by path; a file that is left out has bytes of its own.
        stored: Also write the bytes to storage.
        **record: Whole parts of the record to put in place of the valid one's.
    """
    row = Submission.objects.create(
        campaign=in_campaign, contributor=contributor, judgements_needed=in_campaign.reviews_needed, created_at=NOW,
        updated_at=NOW,
    )  # fmt: skip
    data = {path: (media or {}).get(path) or _own_bytes(path, row.id) for path in KINDS}
    files = {path: _asset(contributor, data[path], kind, mime) for path, (kind, mime) in KINDS.items()}
    Asset.objects.bulk_create(files.values())
    for path, file in files.items() if stored else ():
        storage.write(file.storage_key, data[path])
    revision = _revision(row, files, record)
    _scored(revision, overall=overall, novelty=novelty)
    row.current, row.status = revision, status
    row.save()
    if status in DECIDED:
        decided(revision, DECIDED[status])
        events.record(EventKind(status), at=NOW, submission=row, revision=revision)
    return row


def acceptances(in_campaign: Campaign, people: Sequence[User], count: int) -> list[Event]:
    """So many accepted contributions without files, by these people in turn, each worth the whole base; in order."""
    rows = [
        Submission(
            campaign=in_campaign, contributor=people[number % len(people)], created_at=NOW, updated_at=NOW,
            judgements_needed=1,
        )
        for number in range(count)
    ]  # fmt: skip
    Submission.objects.bulk_create(rows)
    revisions = [
        Revision(
            submission=row, number=1, record={}, record_sha256="00" * 32, modalities=list(MODALITIES), caption="",
            created_at=NOW,
        )
        for row in rows
    ]  # fmt: skip
    Revision.objects.bulk_create(revisions)
    rules = ruleset()
    GateOutcome.objects.bulk_create(
        GateOutcome(
            revision=revision, ruleset=rules, outcome="pass", overall=1.0, novelty=1.0, quality={}, judged_at=NOW
        )
        for revision in revisions
    )
    own = Revision.objects.filter(submission=OuterRef("pk")).values("pk")  # one statement: a CASE for each row is slow
    made = Submission.objects.filter(pk__in=[row.pk for row in rows])
    made.update(current=Subquery(own), status=SubmissionStatus.ACCEPTED)
    return Event.objects.bulk_create(
        Event(kind=EventKind.ACCEPTED, at=NOW, campaign=in_campaign, submission=row, revision=revision)
        for row, revision in zip(rows, revisions, strict=True)
    )


def _own_bytes(path: str, submission_id: UUID) -> bytes:
    """Bytes that no other submission has; a picture's have the parts of a JPEG, as far as publishing looks at it."""
    text = f"{submission_id} {path}".encode()
    return b"\xff\xd8\xff\xda\x00\x02" + text + b"\xff\xd9" if KINDS[path][0] == "image" else text


def decided(revision: Revision, outcome: str) -> Decision:
    return Decision.objects.create(revision=revision, outcome=outcome, source="reviews", decided_at=NOW)


def embedding(revision: Revision, vector: Sequence[float], *, kind: str = "image", part: str = "video") -> Embedding:
    """An embedding in a made-up model's space; the vector is padded, not normalised."""
    padded = [*vector, *([0.0] * (EMBEDDING_WIDTH - len(vector)))]
    return Embedding.objects.create(
        revision=revision, kind=kind, part=part, model_id="test-clip", weights_sha256="ab" * 32, vector=padded
    )


def copy(revision: Revision, of: Revision, **fields: Any) -> Copy:
    """A cropped picture of the one that was the other's before."""
    defaults = {
        "part": "reference_images.0", "original_part": "reference_images.0", "kind": "image", "similarity": 0.9,
        "changes": "crop", "found_at": NOW,
    }  # fmt: skip
    return Copy.objects.create(revision=revision, original=of, **defaults | fields)


def _revision(row: Submission, files: dict[str, Asset], overrides: dict[str, Any]) -> Revision:
    record = valid_record(
        image_assets=[files["reference_images[0].asset"].id],
        audio_asset=files["audio.asset"].id,
        poses_asset=files["camera.poses.asset"].id,
        env_map_asset=files["lighting.env_map.asset"].id,
        clip_asset=files["video.asset"].id,
        **overrides,
    )
    revision = Revision.objects.create(
        submission=row, number=1, record=record, record_sha256=hashlib.sha256(rfc8785.dumps(record)).hexdigest(),
        modalities=["scene", "reference_images", "audio", "camera", "lighting"],
        caption="A red ball rolls across a wooden floor. The camera pans left.", created_at=NOW,
    )  # fmt: skip
    RevisionAsset.objects.bulk_create(
        RevisionAsset(revision=revision, asset=file, path=path)
        for path, file in files.items()
        if record[path.split(".")[0].split("[")[0]] is not None
    )
    return revision


def _scored(revision: Revision, *, overall: float, novelty: float) -> None:
    Score.objects.create(
        revision=revision, metric="clip.text_alignment", part="video", value=0.31, model_id="test-clip",
        weights_sha256="ab" * 32, preprocessing_id="frames-1", measured_at=NOW,
    )  # fmt: skip
    GateOutcome.objects.create(
        revision=revision, ruleset=ruleset(), outcome="pass", overall=overall, novelty=novelty,
        quality={"scene": overall, "video": overall}, judged_at=NOW,
    )  # fmt: skip


def judgement(item: Submission, reviewer: User) -> Event:
    """A cast approval of its current revision, and the event that pays for it."""
    cast = Review.objects.create(
        revision=item.current, reviewer=reviewer, status=ReviewStatus.CAST, verdict=Verdict.APPROVE, leased_until=NOW,
        created_at=NOW, cast_at=NOW,
    )  # fmt: skip
    return events.record(EventKind.REVIEWED, at=NOW, submission=item, detail={"review_id": str(cast.id)})


def regated(row: Submission, *, overall: float, at: datetime) -> GateOutcome:
    """Its current revision judged once more."""
    return GateOutcome.objects.create(
        revision=row.current, ruleset=ruleset(), outcome="pass", overall=overall, novelty=0.0, quality={}, judged_at=at
    )


def submission_of(submission_id: UUID) -> Submission:
    """The row as it stands in the database now."""
    return Submission.objects.select_related("current", "campaign").get(id=submission_id)
