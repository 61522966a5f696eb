"""What is to be true on chain: written with the change that wants it, sent by `sender`, settled by `settlement`."""

from datetime import datetime

from common.errors import DomainError
from rewards.chain.calls import Call
from rewards.lifecycle import INTENT_TRANSITIONS, IntentKind, IntentStatus
from rewards.models import Distributor, Epoch, PayoutIntent


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


def raise_alert(intent: PayoutIntent, text: str) -> None:
    """Say what holds the intent up and what to do; saying it again changes nothing."""
    PayoutIntent.objects.filter(pk=intent.pk).exclude(alert=text).update(alert=text)
