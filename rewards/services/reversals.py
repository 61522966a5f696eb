"""Accepted work that is withdrawn, by its contributor or by an operator who found it wrong: its credit is taken back.

What is still held or owed goes back to the campaign's budget. What is in an epoch already cannot: a leaf never falls.
The campaign gets it back all the same, and the person owes it (`receivables`).
"""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from curation import public as curation
from rewards import selectors
from rewards.lifecycle import CREDIT_TRANSITIONS, AccountKind, CreditStatus
from rewards.models import Credit, Reversal, Transaction
from rewards.services import ledger
from rewards.services.ledger import AccountName

log = structlog.get_logger(__name__)

BATCH = 500
TRIES = 5
FIRST = UUID(int=0)


def reverse_waiting(*, now: datetime) -> int:
    """How many withdrawals were dealt with, each once however many do this at the same time.

    One whose acceptance has no credit yet waits for it.
    """
    dealt, after = 0, FIRST
    waiting = curation.events("withdrawn").filter(reversal__isnull=True).order_by("id")
    while events := list(waiting.filter(id__gt=after)[:BATCH]):
        acceptances = curation.acceptances_of(events)
        never_accepted = [event for event in events if event.id not in acceptances]
        nothing = [Reversal(event=event, at=now) for event in never_accepted]
        Reversal.objects.bulk_create(nothing, ignore_conflicts=True)
        dealt += len(nothing)
        for event in events:
            if event.id in acceptances:
                dealt += _reverse(event.id, acceptances[event.id], now)
        after = events[-1].id
    return dealt


@transaction.atomic
def _reverse(event_id: UUID, acceptance_id: UUID, now: datetime) -> bool:
    """Whether it is dealt with now, and was not before."""
    credit = Credit.objects.select_for_update().filter(event=acceptance_id).first()
    if credit is None or credit.status == CreditStatus.REVERSED:
        return False
    assert CreditStatus.REVERSED in CREDIT_TRANSITIONS[credit.status]
    posted, owed = _take_back(credit, event_id, now) if credit.transaction_id else (None, 0)
    credit.status, credit.refusal = CreditStatus.REVERSED, ""
    credit.save(update_fields=["status", "refusal"])
    Reversal.objects.create(event_id=event_id, credit=credit, transaction=posted, owed_wei=owed, at=now)
    log.info("credit_reversed", credit=str(credit.id), amount_wei=credit.amount_wei, owed_wei=owed)
    return True


def _take_back(credit: Credit, event_id: UUID, now: datetime) -> tuple[Transaction, int]:
    """The reversal, and what is owed since an epoch has it. Raises `InsufficientFunds` where balances keep falling."""
    for _ in range(TRIES - 1):
        try:
            return _post(credit, event_id, now)
        except ledger.InsufficientFunds:  # an epoch was frozen since the balance was read
            continue
    return _post(credit, event_id, now)


def _post(credit: Credit, event_id: UUID, now: datetime) -> tuple[Transaction, int]:
    kind = AccountKind.HELD if credit.status == CreditStatus.HELD else AccountKind.ACCRUED
    there = min(selectors.balance_at(AccountName(kind, credit.person_id).code), credit.amount_wei)
    owed = credit.amount_wei - there
    moves = {
        AccountName(AccountKind.BUDGET, credit.campaign_id): credit.amount_wei,
        AccountName(kind, credit.person_id): -there,
        AccountName(AccountKind.RECEIVABLE, credit.person_id): -owed,
    }
    assert credit.transaction_id
    posted = ledger.reverse(
        transaction_id=credit.transaction_id,
        source=f"curation.event:{event_id}",
        moves={name: amount for name, amount in moves.items() if amount},
        now=now,
    )
    return posted, owed
