"""Money comes in: what an operator commits to a campaign becomes its budget."""

from datetime import datetime

from django.db import transaction

from curation import public as curation
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.models import Funding
from rewards.services import ledger
from rewards.services.ledger import AccountName

BATCH = 500


def fund_waiting(*, now: datetime) -> int:
    """How many fundings of campaigns were booked; each is booked once, however many do this at the same time."""
    waiting = curation.events("campaign_funded").filter(funding__isnull=True).order_by("id")[:BATCH]
    for event in waiting:
        fund(event, now=now)
    return len(waiting)


@transaction.atomic
def fund(event: curation.Event, *, now: datetime) -> None:
    """External funding -> the campaign's budget."""
    fact = curation.funding_fact(event)
    posted = ledger.post(
        key=f"funding:{event.id}",
        kind=TransactionKind.FUNDING,
        source=f"curation.event:{event.id}",
        moves={
            AccountName(AccountKind.FUNDING): -fact.amount_wei,
            AccountName(AccountKind.BUDGET, fact.campaign_id): fact.amount_wei,
        },
        now=now,
    )
    Funding.objects.bulk_create([Funding(event=event, transaction=posted)], ignore_conflicts=True)
