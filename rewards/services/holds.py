"""Money that is earned but not to be paid yet: by people who are new, and by those whom an operator looks into."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Min, Q

from accounts.public import User, audit
from common.errors import DomainError, InvalidInput
from rewards import reward_policy
from rewards.lifecycle import AccountKind, CreditStatus, TransactionKind
from rewards.models import Credit, Hold
from rewards.models.credits import PAID_OUT
from rewards.services import ledger
from rewards.services.ledger import AccountName, Posting

BATCH = 500
ACCEPTED = "accepted"  # the rule whose credits are contributions


class AlreadyHeld(DomainError):
    """Lift the hold there is before placing another."""

    code = "already_held"
    status = HTTPStatus.CONFLICT


class NotHeld(DomainError):
    code = "not_held"
    status = HTTPStatus.CONFLICT


def held_of(rows: Sequence[Credit], *, now: datetime) -> set[UUID]:
    """Which of these credits, by their events, are to be kept back.

    All of people under an operator's hold; contributions of new people. What reviewers earn is never taken back, so
    being new keeps nothing of it.
    """
    people = {row.person_id for row in rows}
    under_hold = set(Hold.objects.filter(person__in=people, lifted_at__isnull=True).values_list("person", flat=True))
    works = sorted((row for row in rows if row.rule == ACCEPTED), key=lambda row: row.earned_at, reverse=True)
    new = _new_among({row.person_id: row.earned_at for row in works}, now)
    return {
        row.event_id for row in rows if row.person_id in under_hold or (row.rule == ACCEPTED and row.person_id in new)
    }


def release_due(*, now: datetime) -> int:
    """How many held credits went on to what their people are owed, since these are neither new nor under a hold."""
    people = set(Credit.objects.filter(status=CreditStatus.HELD).values_list("person", flat=True).distinct())
    under_hold = set(Hold.objects.filter(person__in=people, lifted_at__isnull=True).values_list("person", flat=True))
    free = people - under_hold
    released, settled = 0, sorted(free - _new_among(dict.fromkeys(free, now), now))
    while settled and (batch := _release(settled, now)):
        released += batch
    return released


def place(*, person: User, reason: str, by: User, now: datetime) -> Hold:
    """A hold on what this person earns from now on, and on what they are owed and is in no epoch yet.

    Raises:
        InvalidInput: It gives no reason.
        AlreadyHeld: There is one.
    """
    if not reason.strip():
        raise InvalidInput("Say why, for whoever lifts it.", fields={"reason": ["Needed."]})
    try:
        with transaction.atomic():
            hold = Hold.objects.create(person=person, reason=reason, placed_by=by, placed_at=now)
            audit("hold.placed", actor=by, now=now, about=("person", person.id), detail={"reason": reason})
            return hold
    except IntegrityError as error:
        raise AlreadyHeld("This person is under a hold already.") from error


@transaction.atomic
def lift(*, person: User, by: User, now: datetime) -> Hold:
    """The hold, lifted; what it held is released by the next pass. Raises `NotHeld`."""
    hold = Hold.objects.select_for_update().filter(person=person, lifted_at__isnull=True).first()
    if hold is None:
        raise NotHeld("This person is under no hold.")
    hold.lifted_by, hold.lifted_at = by, now
    hold.save(update_fields=["lifted_by", "lifted_at"])
    audit("hold.lifted", actor=by, now=now, about=("person", person.id))
    return hold


def _new_among(earned: Mapping[UUID, datetime], now: datetime) -> set[UUID]:
    """Who has neither earned anything long enough ago nor enough contributions whose credit stands."""
    policy = reward_policy.in_force()
    if not policy.hold_acceptances:
        return set()
    settled_before = now - timedelta(days=policy.hold_days)
    standing = Credit.objects.filter(person__in=earned, status__in=PAID_OUT).values("person")
    known = standing.annotate(first=Min("earned_at"), works=Count("id", filter=Q(rule=ACCEPTED)))
    settled = {
        row["person"] for row in known if row["works"] >= policy.hold_acceptances or row["first"] <= settled_before
    }
    return {person for person, at in earned.items() if person not in settled and at > settled_before}


@transaction.atomic
def _release(people: list[UUID], now: datetime) -> int:
    held = Credit.objects.filter(status=CreditStatus.HELD, person__in=people)
    rows = list(held.select_for_update(skip_locked=True).order_by("id")[:BATCH])
    posted = ledger.post_all([_posting(row) for row in rows], now=now)
    for row, booked in zip(rows, posted, strict=True):
        row.status, row.release, row.settled_at = CreditStatus.POSTED, booked, now
    Credit.objects.bulk_update(rows, ["status", "release", "settled_at"])
    return len(rows)


def _posting(row: Credit) -> Posting:
    return Posting(
        key=f"release:{row.id}",
        kind=TransactionKind.RELEASE,
        source=f"rewards.credit:{row.id}",
        moves={
            AccountName(AccountKind.HELD, row.person_id): -row.amount_wei,
            AccountName(AccountKind.ACCRUED, row.person_id): row.amount_wei,
        },
    )
