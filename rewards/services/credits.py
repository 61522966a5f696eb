"""Crediting by pull: every accepted contribution and every review is credited exactly once, or says why not yet."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from common.errors import DomainError
from curation import public as curation
from rewards.lifecycle import AccountKind, CreditStatus, TransactionKind
from rewards.models import Credit, Transaction
from rewards.rules import RULES, Due
from rewards.services import ledger
from rewards.services.ledger import AccountName

log = structlog.get_logger(__name__)

BATCH = 500
BUDGET_EXHAUSTED = "budget_exhausted"
# What one event's own data can bring about; anything else (a lost connection, a time limit) ends the whole run.
BAD_FACT = (DomainError, ObjectDoesNotExist, LookupError, ValueError, AssertionError)


class CreditsFailed(Exception):
    """Some events could not be credited; the others were. Each was logged with its reason."""


def credit_waiting(*, now: datetime) -> int:
    """How many events were dealt with: all that a rule in `RULES` reads and that have no credit yet.

    Safe to run any number of times at once: the ledger's key and the credit's key to its event let one through.

    Raises:
        CreditsFailed: After all the others were dealt with.
    """
    done, failed = 0, 0
    for kind in RULES:
        for event in curation.events(kind).filter(credit__isnull=True).order_by("id")[:BATCH]:
            try:
                credit(event, now=now)
                done += 1
            except BAD_FACT:
                log.exception("credit_failed", event_id=str(event.id))
                failed += 1
    if failed:
        raise CreditsFailed(f"{failed} events could not be credited; the log says why.")
    return done


@transaction.atomic
def credit(event: curation.Event, *, now: datetime) -> None:
    """Post what the event's rule says is due, which may be nothing, or record that the budget does not cover it."""
    due = RULES[event.kind](event)
    status, posted, refusal = _settle(event.id, due, now=now)
    row = Credit(
        event=event,
        rule=event.kind,
        person_id=due.person_id,
        campaign_id=due.campaign_id,
        status=status,
        base_wei=due.base_wei,
        factors=[asdict(factor) for factor in due.factors],
        amount_wei=due.amount_wei,
        refusal=refusal,
        transaction=posted,
        earned_at=event.at,
        settled_at=None if refusal else now,
    )
    # A worker that was faster has written it already, after the same posting.
    Credit.objects.bulk_create([row], ignore_conflicts=True)


def retry_refused(*, now: datetime) -> int:
    """How many credits, once refused for want of budget, were posted now that there is some.

    Oldest first within each campaign, up to the first that the budget still does not cover.
    """
    campaigns = Credit.objects.filter(status=CreditStatus.REFUSED).values_list("campaign", flat=True).distinct()
    return sum(_retry_campaign(campaign_id, now=now) for campaign_id in list(campaigns))


def _retry_campaign(campaign_id: UUID, *, now: datetime) -> int:
    waiting = Credit.objects.filter(status=CreditStatus.REFUSED, campaign=campaign_id).order_by("event")
    posted = 0
    for credit_id in list(waiting.values_list("id", flat=True)[:BATCH]):
        if not _retry(credit_id, now=now):
            break
        posted += 1
    return posted


@transaction.atomic
def _retry(credit_id: UUID, *, now: datetime) -> bool:
    """Whether the credit is posted now, by us or by another worker."""
    row = Credit.objects.select_for_update().get(id=credit_id)
    if row.status != CreditStatus.REFUSED:
        return True
    try:
        row.transaction = _post(row.event_id, row.person_id, row.campaign_id, row.amount_wei, now=now)
    except ledger.InsufficientFunds:
        return False
    row.status, row.refusal, row.settled_at = CreditStatus.POSTED, "", now
    row.save(update_fields=["transaction", "status", "refusal", "settled_at"])
    return True


def _settle(event_id: UUID, due: Due, *, now: datetime) -> tuple[CreditStatus, Transaction | None, str]:
    if due.amount_wei == 0:
        return CreditStatus.POSTED, None, ""
    try:
        posted = _post(event_id, due.person_id, due.campaign_id, due.amount_wei, now=now)
    except ledger.InsufficientFunds:
        return CreditStatus.REFUSED, None, BUDGET_EXHAUSTED
    return CreditStatus.POSTED, posted, ""


def _post(event_id: UUID, person_id: UUID, campaign_id: UUID, amount_wei: int, *, now: datetime) -> Transaction:
    return ledger.post(
        key=f"credit:{event_id}",
        kind=TransactionKind.CREDIT,
        source=f"curation.event:{event_id}",
        moves={
            AccountName(AccountKind.BUDGET, campaign_id): -amount_wei,
            AccountName(AccountKind.ACCRUED, person_id): amount_wei,
        },
        now=now,
    )
