"""Measurements of drafts: asked for, claimed by tier, written raw, and taken over by the revision they foretold."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import User
from common import leases
from common.errors import DomainError
from common.tasks import wake
from curation.lifecycle import MeasuringStatus
from curation.models import DraftMeasurement, Submission
from curation.record import as_json
from curation.scoring.keeping import kept, restored
from curation.scoring.measuring import Measured
from curation.scoring.seam import Scorer
from curation.scoring.tiers import Tier, identity, of_tier
from curation.services import moves
from curation.services.revisions import Prepared
from curation.services.scores import Failed

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
WAITING_AT_ONCE = 3
KEPT_FOR = timedelta(days=7)
TASKS = {Tier.MODEL_FREE: "curation.tasks.measure_drafts", Tier.MODELS: "curation.tasks.score_waiting"}


class TooManyPrechecks(DomainError):
    """Models are shared by all who submit; drafts may have a little of their time."""

    code = "too_many_prechecks"
    status = HTTPStatus.TOO_MANY_REQUESTS


@transaction.atomic
def start(submission: Submission, prepared: Prepared, *, tiers: Iterable[Tier], now: datetime) -> None:
    """Have the draft measured as it stands; what is measured or waiting already is left alone, what failed begins anew.

    Raises:
        TooManyPrechecks: The person has had their share of the models for now.
    """
    known = {row.tier: row for row in of_record(submission.id, prepared.sha256)}
    for tier in tiers:
        row = known.get(tier)
        if row is not None and row.status != MeasuringStatus.FAILED:
            continue
        if tier == Tier.MODELS:
            _check_share(submission.contributor_id, now)
        if row is not None:
            moves.move_draft_measurement(row.id, to=MeasuringStatus.WAITING, changes={"failure": {}, "asked_at": now})
        else:
            DraftMeasurement.objects.bulk_create([_row(submission, prepared, tier, now)], ignore_conflicts=True)
        wake(TASKS[tier])


def _row(submission: Submission, prepared: Prepared, tier: Tier, now: datetime) -> DraftMeasurement:
    return DraftMeasurement(
        submission=submission,
        record_sha256=prepared.sha256,
        record=as_json(prepared.record),
        asset_ids=sorted(prepared.assets),
        tier=tier,
        asked_at=now,
    )


def _check_share(person_id: UUID, now: datetime) -> None:
    """Serialise this person's asking until the transaction ends. Raises `TooManyPrechecks`."""
    User.objects.select_for_update(no_key=True).get(id=person_id)
    mine = DraftMeasurement.objects.filter(submission__contributor=person_id, tier=Tier.MODELS)
    if mine.filter(status=MeasuringStatus.WAITING).count() >= WAITING_AT_ONCE:
        raise TooManyPrechecks(f"{WAITING_AT_ONCE} of your drafts are waiting for the models. Wait for one of them.")
    since = now - timedelta(hours=1)
    asked = mine.filter(asked_at__gt=since).order_by("-asked_at").values_list("asked_at", flat=True)
    limit = settings.PRECHECKS_PER_HOUR
    if len(oldest := list(asked[:limit])) == limit:
        minutes = -(-(oldest[-1] - since).total_seconds() // 60)
        raise TooManyPrechecks(
            f"The models look at {limit} drafts of one person an hour. Try again in {minutes:.0f} minutes, or submit."
        )


def of_record(submission_id: UUID, record_sha256: str) -> list[DraftMeasurement]:
    """What was asked for of this very record; at most one row per tier."""
    return list(DraftMeasurement.objects.filter(submission=submission_id, record_sha256=record_sha256))


def claim(tier: Tier, *, now: datetime, limit: int) -> list[DraftMeasurement]:
    """Lease drafts that wait for this tier; what was tried before comes alone, as with submissions."""
    waiting = DraftMeasurement.objects.filter(tier=tier, status=MeasuringStatus.WAITING)
    fresh = leases.claim(waiting, limit=limit, lease=LEASE, now=now, tried=False)
    return fresh or leases.claim(waiting, limit=1, lease=LEASE, now=now, tried=True)


@transaction.atomic
def record(
    found: Sequence[tuple[DraftMeasurement, Measured | Failed]], *, using: Sequence[Scorer], now: datetime
) -> None:
    """Write what was measured of every row whose lease is still ours; what failed waits again or fails by name."""
    held = {row.id for row in leases.ours([row for row, _ in found])}
    for row, measured in found:
        if row.id not in held:
            log.warning("lease_lost", draft_measurement=str(row.id))
        elif isinstance(measured, Measured):
            changes = {"measured": kept(measured), "scorers_sha256": identity(using), "measured_at": now}
            moves.move_draft_measurement(row.id, to=MeasuringStatus.READY, changes=leases.released(**changes))
        elif row.attempts < MAX_ATTEMPTS:
            leases.put_back([row], blameless=False)
        else:
            failure = {"code": measured.code, "message": measured.message}
            moves.move_draft_measurement(row.id, to=MeasuringStatus.FAILED, changes=leases.released(failure=failure))


def measured_before(submissions: Sequence[Submission], using: Sequence[Scorer]) -> dict[UUID, Measured]:
    """By submission id, what both tiers said of the very record that was submitted, if these same scorers said it."""
    rows = DraftMeasurement.objects.filter(
        submission__in=[one.id for one in submissions],
        record_sha256=F("submission__current__record_sha256"),
        status=MeasuringStatus.READY,
    )
    same = {tier: identity(of_tier(using, tier)) for tier in Tier}
    found: dict[UUID, dict[str, Measured]] = {}
    for row in rows:
        if row.scorers_sha256 == same[Tier(row.tier)]:
            found.setdefault(row.submission_id, {})[row.tier] = restored(row.measured)
    return {one: _together(one, tiers) for one, tiers in found.items() if len(tiers) == len(Tier)}


def _together(submission_id: UUID, tiers: dict[str, Measured]) -> Measured:
    whole = Measured(str(submission_id))
    for tier in Tier:
        whole.extend(tiers[tier])
    return whole


def sweep(*, now: datetime) -> int:
    """Forget what was measured a week ago and is not being measured again; how many."""
    old = DraftMeasurement.objects.filter(asked_at__lt=now - KEPT_FOR).exclude(status=MeasuringStatus.WAITING)
    return old.delete()[0]
