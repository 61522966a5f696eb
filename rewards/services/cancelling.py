"""Taking back an epoch that the chain has never seen, by an operator's decision."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import structlog
from django.db import transaction

from accounts.public import User, audit
from common.errors import DomainError, NotFound
from rewards.lifecycle import EpochStatus, IntentKind, IntentStatus
from rewards.models import Epoch, PayoutIntent
from rewards.services import epochs, outbox

log = structlog.get_logger(__name__)

SEEN = {IntentStatus.SENT, IntentStatus.FINAL}


class NoSuchEpoch(NotFound):
    code = "epoch_not_found"


class EpochOnItsWay(DomainError):
    """Its proposal was signed, so the chain may take it at any time: only the contract's guardian can cancel it."""

    code = "epoch_on_its_way"
    status = HTTPStatus.CONFLICT


@transaction.atomic
def cancel_unproposed(*, epoch_id: UUID, reason: str, actor: User, now: datetime) -> Epoch:
    """The epoch, cancelled: what it allocated is owed again, its number goes to the next, its steps are never sent.

    Tokens that are on their way to the distributor already arrive, and pay for the next epoch. Cancelling again changes
    nothing.

    Raises:
        NoSuchEpoch: There is none.
        EpochOnItsWay: It was proposed or put in force, or that may happen by what was signed.
    """
    epoch = Epoch.objects.select_for_update(of=("self",)).filter(id=epoch_id).first()
    if epoch is None:
        raise NoSuchEpoch("There is no such epoch.")
    if epoch.status == EpochStatus.CANCELLED:
        return epoch
    # The sender locks an intent to sign it: what waits here now is never signed afterwards.
    steps = list(PayoutIntent.objects.select_for_update().filter(epoch=epoch).exclude(kind=IntentKind.CLAIM_MANY))
    proposed = any(step.kind == IntentKind.PROPOSE and step.status in SEEN for step in steps)
    if epoch.status != EpochStatus.FROZEN or proposed:
        raise EpochOnItsWay(f"{epoch} may be on chain already. The contract's guardian can still cancel a proposal.")
    for step in steps:
        if step.status == IntentStatus.WAITING:
            failure = {"code": "epoch_cancelled", "message": f"An operator cancelled {epoch}."}
            outbox.move(step, IntentStatus.FAILED, failure=failure)
    cancelled = epochs.cancel(epoch_id=epoch.id, now=now)
    detail = {"number": epoch.number, "reason": reason}
    audit("payout.cancelled", actor=actor, now=now, about=("epoch", epoch.id), detail=detail)
    log.warning("epoch_cancelled", epoch=epoch.number)
    return cancelled
