"""Charging by pull: every finished run and delivered generation once, to whoever asked for it and prepaid.

A share of each charge gathers for those whose data the model was made from (`royalties`); the rest is the platform's.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction

from generation import public as generation
from rewards import reward_policy
from rewards.lifecycle import AccountKind, ChargeStatus, TransactionKind
from rewards.models import Charge
from rewards.rules import quantise
from rewards.selectors.customers import customer_account
from rewards.services import ledger, turns
from rewards.services.ledger import AccountName, Posting
from training import public as training

BATCH = 500


def charge_waiting(*, now: datetime) -> int:
    """How many uses were dealt with; what a prepaid account does not cover waits until it does.

    Safe to run any number of times at once: workers take turns at a customer.
    """
    finished = training.events("run_finished").filter(charge__isnull=True)[:BATCH]
    delivered = generation.events("generation_delivered").filter(charge__isnull=True)[:BATCH]
    used = [*map(_of_run, finished), *map(_of_generation, delivered)]
    customers = sorted({charge.customer_id for charge in used})
    by_customer = {one: [charge for charge in used if charge.customer_id == one] for one in customers}
    return sum(_charge(customer, charges, now) for customer, charges in by_customer.items())


def retry_waiting(*, now: datetime) -> int:
    """How many charges that had to wait were posted, oldest first, up to the first that is still not covered."""
    rows = Charge.objects.filter(status=ChargeStatus.WAITING).order_by("customer", "id")
    return sum(_retry(customer, now) for customer, _ in groupby(rows.values_list("customer", flat=True)))


@transaction.atomic
def _charge(customer_id: UUID, charges: Sequence[Charge], now: datetime) -> int:
    turns.take(f"charges:{customer_id}")
    charges = _not_charged_yet(charges)
    account = customer_account(customer_id)
    room = account.balance_wei if not account.waiting_wei else 0
    fitting = []
    for charge in charges:
        charge.amount_wei = charge.price_wei if account.is_customer else 0
        if charge.amount_wei > room:
            room = 0  # the later ones wait their turn
            charge.status = ChargeStatus.WAITING
        else:
            room -= charge.amount_wei
            fitting.append(charge)
    _post(fitting, now)
    Charge.objects.bulk_create(charges)
    return len(charges)


@transaction.atomic
def _retry(customer_id: UUID, now: datetime) -> int:
    turns.take(f"charges:{customer_id}")
    room, fitting = customer_account(customer_id).balance_wei, []
    for charge in Charge.objects.filter(status=ChargeStatus.WAITING, customer=customer_id).order_by("id")[:BATCH]:
        room -= charge.amount_wei
        if room < 0:
            break
        fitting.append(charge)
    _post(fitting, now)
    Charge.objects.bulk_update(fitting, ["status", "royalty_wei", "transaction", "settled_at"])
    return len(fitting)


def _not_charged_yet(charges: Iterable[Charge]) -> list[Charge]:
    """Without those that a worker charged while this one waited for its turn."""
    charges = list(charges)
    runs = [charge.run_event_id for charge in charges if charge.run_event_id]
    clips = [charge.generation_event_id for charge in charges if charge.generation_event_id]
    done = {
        *Charge.objects.filter(run_event__in=runs).values_list("run_event", flat=True),
        *Charge.objects.filter(generation_event__in=clips).values_list("generation_event", flat=True),
    }
    return [charge for charge in charges if (charge.run_event_id or charge.generation_event_id) not in done]


def _post(charges: Sequence[Charge], now: datetime) -> None:
    """Customer -> the version's royalties and the platform's revenue, for each that costs anything."""
    share_bp = reward_policy.in_force().royalty_share_bp
    paid = [charge for charge in charges if charge.amount_wei]
    for charge in paid:
        charge.royalty_wei = quantise(charge.amount_wei, [share_bp]) if charge.version_id else 0
    posted = ledger.post_all([_posting(charge) for charge in paid], now=now)
    for charge, booked in zip(paid, posted, strict=True):
        charge.transaction = booked
    for charge in charges:
        charge.status, charge.settled_at = ChargeStatus.POSTED, now


def _posting(charge: Charge) -> Posting:
    moves = {
        AccountName(AccountKind.CUSTOMER, charge.customer_id): -charge.amount_wei,
        AccountName(AccountKind.ROYALTY, charge.version_id): charge.royalty_wei,
        AccountName(AccountKind.REVENUE): charge.amount_wei - charge.royalty_wei,
    }
    source = f"training.event:{charge.run_event_id}" if charge.run_event_id else ""
    source = source or f"generation.event:{charge.generation_event_id}"
    return Posting(
        key=f"charge:{source}",
        kind=TransactionKind.CHARGE,
        source=source,
        moves={name: amount for name, amount in moves.items() if amount},
    )


def _of_run(event: training.Event) -> Charge:
    fact = training.finished_fact(event)
    return Charge(
        run_event=event,
        customer_id=fact.customer_id,
        version_id=fact.version_id,
        price_wei=fact.price_wei,
        used_at=fact.at,
    )


def _of_generation(event: generation.Event) -> Charge:
    fact = generation.delivered_fact(event)
    return Charge(
        generation_event=event,
        customer_id=fact.customer_id,
        version_id=fact.version_id,
        price_wei=fact.price_wei,
        used_at=fact.at,
    )
