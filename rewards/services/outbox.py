"""What is to be true on chain: written with the change that wants it, sent by `sender`, settled by `settlement`."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from common.errors import DomainError
from rewards.chain.calls import Call
from rewards.lifecycle import INTENT_TRANSITIONS, IntentKind, IntentStatus
from rewards.models import Distributor, Epoch, PayoutIntent

# Intent -> what holds it up and what to do.
Alerts = dict[UUID, str]


class IntentContradicted(DomainError):
    """The same step of the same epoch was asked for before, with another call."""

    code = "intent_contradicted"


def enqueue(
    *, distributor: Distributor, epoch: Epoch | None, kind: IntentKind, call: Call, batch: int = 0, now: datetime
) -> PayoutIntent:
    """The intent of this step, made where there is none yet; call it in the transaction of the change that wants it.

    Raises:
        IntentContradicted: There is one already, with another call.
    """
    wanted = PayoutIntent(
        distributor=distributor, epoch=epoch, kind=kind, batch=batch, to=call.to, data=call.data, created_at=now
    )
    PayoutIntent.objects.bulk_create([wanted], ignore_conflicts=True)
    stored = PayoutIntent.objects.get(distributor=distributor, epoch=epoch, kind=kind, batch=batch)
    if (stored.to, bytes(stored.data)) != (call.to, call.data):
        raise IntentContradicted(f"{kind} of {epoch or distributor} was asked for before with another call.")
    return stored


def move(intent: PayoutIntent, to: IntentStatus, **changes: object) -> None:
    """Move an intent whose row the caller has locked; writes the changes with it."""
    assert to in INTENT_TRANSITIONS[intent.status], f"{intent.status} -> {to}"
    intent.status = to
    intent.alert = ""
    for name, value in changes.items():
        setattr(intent, name, value)
    intent.save(update_fields=["status", "alert", *changes])


def open_on(chain_id: int) -> QuerySet[PayoutIntent]:
    """What is not at its end yet on this chain."""
    return PayoutIntent.objects.filter(
        distributor__chain_id=chain_id, status__in=[IntentStatus.WAITING, IntentStatus.SENT]
    ).select_related("distributor", "epoch")


def tell(chain_id: int, alerts: Alerts) -> None:
    """Keep what a pass found in the way, instead of what the pass before found."""
    standing = PayoutIntent.objects.filter(distributor__chain_id=chain_id).exclude(alert="")
    standing.exclude(pk__in=list(alerts)).update(alert="")
    for intent_id, text in alerts.items():
        PayoutIntent.objects.filter(pk=intent_id).exclude(alert=text).update(alert=text)
