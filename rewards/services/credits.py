"""Crediting by pull: every accepted contribution and every review is credited exactly once, or says why not yet.

One worker at a time credits from a campaign's budget, in the order of its events and many in one transaction: what
fits is known before it is posted, and what one worker did is seen by the next.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from common.errors import DomainError
from curation import public as curation
from rewards import reward_policy, selectors
from rewards.lifecycle import AccountKind, CreditStatus, TransactionKind
from rewards.models import Credit
from rewards.rules import RULES, Due
from rewards.services import holds, ledger, turns
from rewards.services.ledger import AccountName, Posting

log = structlog.get_logger(__name__)

BATCH = 500
BUDGET_EXHAUSTED = "budget_exhausted"
FIRST = UUID(int=0)
# What one event's own data can bring about; anything else (a lost connection, a time limit) ends the whole run.
BAD_FACT = (DomainError, ObjectDoesNotExist, LookupError, ValueError, AssertionError)


class CreditsFailed(Exception):
    """Some events could not be credited; the others were. Each was logged with its reason."""


@dataclass(frozen=True)
class Dealt:
    """One batch: how many events were dealt with, how many could not be, and the last of them all."""

    done: int
    failed: int
    last: UUID


def credit_waiting(*, now: datetime) -> int:
    """How many events were dealt with: all that a rule in `RULES` reads and that have no credit yet.

    Safe to run any number of times at once: workers take turns at a campaign, and the credit's key to its event lets
    one through.

    Raises:
        CreditsFailed: After all the others were dealt with.
    """
    done, failed = 0, 0
    waiting = curation.events(*RULES).filter(credit__isnull=True)
    for campaign_id in sorted(waiting.order_by().values_list("campaign", flat=True).distinct()):
        after = FIRST
        while batch := _credit_next(campaign_id, after, now):
            done, failed, after = done + batch.done, failed + batch.failed, batch.last
    if failed:
        raise CreditsFailed(f"{failed} events could not be credited; the log says why.")
    return done


def retry_refused(*, now: datetime) -> int:
    """How many credits, once refused for want of budget, were posted now that there is some.

    Oldest first within each campaign, up to the first that the budget still does not cover.
    """
    campaigns = Credit.objects.filter(status=CreditStatus.REFUSED).values_list("campaign", flat=True).distinct()
    return sum(_retry_campaign(campaign_id, now) for campaign_id in sorted(campaigns))


@transaction.atomic
def _credit_next(campaign_id: UUID, after: UUID, now: datetime) -> Dealt | None:
    """The campaign's next batch; None when nothing waits any more."""
    turns.take(f"credits:{campaign_id}")
    waiting = curation.events(*RULES).filter(campaign=campaign_id, credit__isnull=True, id__gt=after)
    events = list(waiting.order_by("id")[:BATCH])
    if not events:
        return None
    rows = _assess(events)
    room = selectors.budget_of(campaign_id)  # others only add to it while the turn lasts
    for row in rows:
        if row.amount_wei > room:
            row.refusal = BUDGET_EXHAUSTED
        else:
            room -= row.amount_wei
    _post([row for row in rows if not row.refusal], now)
    Credit.objects.bulk_create(rows)
    return Dealt(len(rows), len(events) - len(rows), events[-1].id)


@transaction.atomic
def _retry_campaign(campaign_id: UUID, now: datetime) -> int:
    turns.take(f"credits:{campaign_id}")
    room, fitting = selectors.budget_of(campaign_id), []
    for row in Credit.objects.filter(status=CreditStatus.REFUSED, campaign=campaign_id).order_by("event")[:BATCH]:
        room -= row.amount_wei
        if room < 0:
            break
        row.refusal = ""
        fitting.append(row)
    _post(fitting, now)
    Credit.objects.bulk_update(fitting, ["transaction", "status", "refusal", "settled_at"])
    return len(fitting)


def _assess(events: Sequence[curation.Event]) -> list[Credit]:
    """Credits to be, in the order of the events; of a fact that makes no sense the log tells."""
    policy = reward_policy.in_force()
    facts: dict[UUID, object] = {}
    for kind, rule in RULES.items():
        facts.update(rule.read([event for event in events if event.kind == kind]))
    rows = []
    for event in events:
        try:
            rows.append(_row(event, RULES[event.kind].due(facts[event.id], policy)))
        except BAD_FACT:
            log.exception("credit_failed", event_id=str(event.id))
    return rows


def _row(event: curation.Event, due: Due) -> Credit:
    return Credit(
        event=event,
        rule=event.kind,
        person_id=due.person_id,
        campaign_id=due.campaign_id,
        status=CreditStatus.REFUSED,
        base_wei=due.base_wei,
        factors=[asdict(factor) for factor in due.factors],
        amount_wei=due.amount_wei,
        refusal="",
        earned_at=event.at,
    )


def _post(rows: Sequence[Credit], now: datetime) -> None:
    """Budget -> accrued for each, or held; an amount of nothing is settled without a posting."""
    paid = [row for row in rows if row.amount_wei]
    held = holds.held_of(paid, now=now)
    posted = ledger.post_all([_posting(row, held) for row in paid], now=now)
    for row, booked in zip(paid, posted, strict=True):
        row.transaction = booked
    for row in rows:
        row.status = CreditStatus.HELD if row.event_id in held else CreditStatus.POSTED
        row.settled_at = None if row.status == CreditStatus.HELD else now


def _posting(row: Credit, held: Collection[UUID]) -> Posting:
    to = AccountKind.HELD if row.event_id in held else AccountKind.ACCRUED
    return Posting(
        key=f"credit:{row.event_id}",
        kind=TransactionKind.CREDIT,
        source=f"curation.event:{row.event_id}",
        moves={
            AccountName(AccountKind.BUDGET, row.campaign_id): -row.amount_wei,
            AccountName(to, row.person_id): row.amount_wei,
        },
    )
