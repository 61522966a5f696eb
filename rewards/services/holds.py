"""Money that is earned but not to be paid yet: by people who are new, and by those whom an operator looks into."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Min, Q

from accounts.public import User
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


def held_among(earned: Mapping[UUID, datetime], *, now: datetime) -> set[UUID]:
    """Whose earnings go on hold: people under an operator's hold, and new ones.

    Args:
        earned: Person -> when they earned what is being credited now.
    """
    under_hold = Hold.objects.filter(person__in=earned, lifted_at__isnull=True).values_list("person", flat=True)
    return {*under_hold, *_new_among(earned, now)}


def release_due(*, now: datetime) -> int:
    """How many held credits went on to what their people are owed, since these are neither new nor under a hold."""
    people = Credit.objects.filter(status=CreditStatus.HELD).values_list("person", flat=True).distinct()
    held = held_among(dict.fromkeys(people, now), now=now)
    ready, released = sorted(set(people) - held), 0
    while ready and (batch := _release(ready, now)):
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
            return Hold.objects.create(person=person, reason=reason, placed_by=by, placed_at=now)
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
        row.status, row.release = CreditStatus.POSTED, booked
    Credit.objects.bulk_update(rows, ["status", "release"])
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
