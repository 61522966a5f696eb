"""Telling people of what they earned and of what was paid: pulls from credits and claims."""

from datetime import datetime, timedelta

from accounts.public import NotificationKind, notify, untold
from common.ids import first_uuid7
from rewards.lifecycle import CreditStatus
from rewards.models import Claim, Credit

BATCH = 500
NEWS_FOR = timedelta(days=7)  # what happened before is no news
CONTRIBUTED = "accepted"  # fees for single reviews add up on the earnings page; one notice each would drown the rest


def tell_waiting(*, now: datetime) -> int:
    """How many credits and payments were told of. Safe to run any number of times at once."""
    return _tell_of_credits(now) + _tell_of_payments(now)


def _tell_of_credits(now: datetime) -> int:
    posted = Credit.objects.filter(
        status=CreditStatus.POSTED, rule=CONTRIBUTED, amount_wei__gt=0, settled_at__gt=now - NEWS_FOR
    )
    waiting = untold(posted, NotificationKind.CREDIT_POSTED).select_related("campaign").order_by("id")
    for credit in (found := list(waiting[:BATCH])):
        notify(
            {credit.person_id},
            NotificationKind.CREDIT_POSTED,
            source_id=credit.id,
            subject=("credit", credit.id),
            parameters={"campaign": credit.campaign.title, "amount_wei": str(credit.amount_wei)},
            now=now,
        )
    return len(found)


def _tell_of_payments(now: datetime) -> int:
    final = Claim.objects.filter(id__gte=first_uuid7(now - NEWS_FOR))
    waiting = untold(final, NotificationKind.PAYOUT_FINAL).select_related("payee").order_by("id")
    for claim in (found := list(waiting[:BATCH])):
        notify(
            {claim.payee.person_id},
            NotificationKind.PAYOUT_FINAL,
            source_id=claim.id,
            subject=("claim", claim.id),
            parameters={"address": claim.address, "amount_wei": str(claim.amount_wei)},
            now=now,
        )
    return len(found)
