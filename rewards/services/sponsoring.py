"""Claims that the platform sends for whoever asks: many to a transaction, each to the leaf's own payee."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import structlog
from django.db import transaction

from common.errors import DomainError
from rewards.chain import calldata
from rewards.chain.calls import Call
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models import Distributor, PayoutIntent, SponsoredClaim
from rewards.selectors import payouts
from rewards.services import outbox

log = structlog.get_logger(__name__)

CLAIMS_AT_ONCE = 100
TRIES = 3


class NothingToClaim(DomainError):
    """No published tree holds more for this person than was paid."""

    code = "nothing_to_claim"
    status = HTTPStatus.CONFLICT


class TooLittleToSponsor(DomainError):
    """Sending it would cost more than it is worth."""

    code = "too_little_to_sponsor"
    status = HTTPStatus.CONFLICT


def ask(*, person_id: UUID, least_wei: int, now: datetime) -> SponsoredClaim:
    """The person's wish that the platform send their claim; asking again in the same epoch changes nothing.

    Raises:
        NothingToClaim: There is nothing, or no epoch in force.
        TooLittleToSponsor: It is less than `least_wei`; they can still send it themselves.
    """
    standing = payouts.claim_of(person_id)
    if standing is None or standing.claimable_wei == 0:
        raise NothingToClaim("There is nothing to claim. What you are owed can be claimed after the next epoch.")
    if standing.claimable_wei < least_wei:
        raise TooLittleToSponsor(f"Claims of less than {least_wei} base units are not sent for you. Wait, or send it.")
    line = standing.line
    return SponsoredClaim.objects.get_or_create(payee=line.payee, epoch=line.epoch, defaults={"asked_at": now})[0]


def enqueue_waiting(distributor: Distributor, *, now: datetime) -> PayoutIntent | None:
    """The transaction that sends those who wait, at most a hundred; None where nobody waits or one is on its way.

    Those of one that failed are sent again, with the proofs of the tree in force: the one before may have been made
    for a tree that another has replaced.
    """
    epoch = payouts.epoch_in_force(distributor)
    sent = PayoutIntent.objects.filter(distributor=distributor, kind=IntentKind.CLAIM_MANY)
    if epoch is None or sent.filter(status__in=[IntentStatus.WAITING, IntentStatus.SENT]).exists():
        return None
    with transaction.atomic():
        if sent.filter(epoch=epoch, status=IntentStatus.FAILED).count() < TRIES:
            SponsoredClaim.objects.filter(intent__in=sent.filter(status=IntentStatus.FAILED)).update(intent=None)
        rows = _waiting(distributor)
        standing = [claim for row in rows if (claim := payouts.claim_of(row.payee.person_id))]
        due = [claim for claim in standing if claim.claimable_wei]
        if not due:  # they sent it themselves meanwhile
            SponsoredClaim.objects.filter(pk__in=[row.pk for row in rows]).delete()
            return None
        call = Call(distributor.address, calldata.claim_many([(claim.leaf, claim.proof) for claim in due]))
        batch = sent.filter(epoch=epoch).count()
        intent = outbox.enqueue(
            distributor=distributor, epoch=epoch, kind=IntentKind.CLAIM_MANY, call=call, batch=batch, now=now
        )
        SponsoredClaim.objects.filter(pk__in=[row.pk for row in rows]).update(intent=intent)
    log.info("claims_sponsored", count=len(due))
    return intent


def _waiting(distributor: Distributor) -> list[SponsoredClaim]:
    """Oldest first, locked."""
    waiting = SponsoredClaim.objects.filter(payee__distributor=distributor, intent=None)
    locked = waiting.select_for_update(of=("self",), skip_locked=True).select_related("payee")
    return list(locked.order_by("id")[:CLAIMS_AT_ONCE])
