"""Which nonces of a key are ours, and what to do when somebody else used one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Max, QuerySet

from common.errors import DomainError
from rewards.chain.node import NodeFailed
from rewards.lifecycle import IntentStatus
from rewards.models import ChainTx, NonceAdoption, PayoutIntent
from rewards.services import outbox
from rewards.services.signing import Line

log = structlog.get_logger(__name__)


class NonceTaken(Exception):
    """Somebody else used the key: a nonce belongs to a transaction that nobody here signed."""


class NothingToAdopt(DomainError):
    """No final transaction of a stranger's is in the way."""

    code = "nothing_to_adopt"


@dataclass(frozen=True)
class Adopted:
    """What an adoption did: nonces below `up_to` are taken as they are, and `intents` wait for new ones."""

    up_to: int
    intents: list[PayoutIntent]


def mine(line: Line) -> QuerySet[ChainTx]:
    """Transactions of this key that hold their nonces."""
    return ChainTx.objects.filter(chain_id=line.chain_id, sender=line.sender, abandoned_at__isnull=True)


def check(line: Line, *, reached: int, unseen: Sequence[ChainTx]) -> None:
    """Whether the chain has transactions of this key that nobody here signed.

    Args:
        reached: The key's next nonce as the chain has it.
        unseen: Sent transactions of which no receipt was found just now.

    Raises:
        NonceTaken: It has; the message says what to do.
    """
    given = _given(line)
    if given is not None and reached > given:
        raise NonceTaken(_taken(line, given))
    suspects = [one for one in unseen if one.sender == line.sender and one.nonce < reached]
    if not suspects:
        return
    final = line.final_block()
    final_nonce = line.node.next_nonce(line.sender, at=final)
    for chain_tx in suspects:
        if chain_tx.nonce < final_nonce and not _is_ours(line, chain_tx, final):
            raise NonceTaken(_taken(line, chain_tx.nonce))


def adopt(line: Line, *, now: datetime) -> Adopted:
    """Take strangers' final transactions as they are; what had their nonces waits for new ones.

    The chain must name each transaction that took a nonce of ours: an intent whose own bytes are in a block is left.

    Raises:
        NothingToAdopt: There is nothing to do.
        NodeFailed: The chain could not be asked; nothing was changed.
    """
    final = line.final_block()
    final_nonce = line.node.next_nonce(line.sender, at=final)
    sent = mine(line).filter(nonce__lt=final_nonce, intent__status=IntentStatus.SENT)
    lost = [
        one
        for one in sent.order_by("nonce")
        if line.node.taker_of(line.sender, one.nonce, up_to=final) not in ours(one)
    ]
    given = _given(line)
    beyond = given is not None and final_nonce > given
    if not lost and not beyond:
        raise NothingToAdopt(
            "No final transaction of a stranger's is in the way. If one is new, wait until it is final."
        )
    intents = []
    with transaction.atomic():
        NonceAdoption.objects.create(chain_id=line.chain_id, sender=line.sender, up_to=final_nonce, at=now)
        for chain_tx in lost:
            intent = PayoutIntent.objects.select_for_update().get(pk=chain_tx.intent_id)
            ChainTx.objects.filter(pk=chain_tx.pk).update(abandoned_at=now)
            outbox.move(intent, IntentStatus.WAITING)
            intents.append(intent)
    log.warning("nonces_adopted", sender=line.sender, up_to=final_nonce, intents=len(intents))
    return Adopted(final_nonce, intents)


def ours(chain_tx: ChainTx) -> set[bytes]:
    """Hashes of everything ever signed for this nonce."""
    return {bytes(one) for one in chain_tx.attempts.values_list("hash", flat=True)}


def _given(line: Line) -> int | None:
    """The first nonce that nobody was given yet; None for a key that was never used here."""
    rows = {"chain_id": line.chain_id, "sender": line.sender}
    newest = ChainTx.objects.filter(**rows).aggregate(newest=Max("nonce"))["newest"]
    adopted = NonceAdoption.objects.filter(**rows).aggregate(up_to=Max("up_to"))["up_to"]
    known = [one for one in (None if newest is None else newest + 1, adopted) if one is not None]
    return max(known, default=None)


def _is_ours(line: Line, chain_tx: ChainTx, final: int) -> bool:
    """Whether the chain's transaction of this nonce is one that was signed here, and only its receipt is missing."""
    try:
        return line.node.taker_of(line.sender, chain_tx.nonce, up_to=final) in ours(chain_tx)
    except NodeFailed:
        return False  # it cannot be told: stopping is safe, going on is not


def _taken(line: Line, nonce: int) -> str:
    return (
        f"Nonce {nonce} of {line.sender} was used by a transaction that was not signed here. Nothing more is sent. Find"
        " out who else has the key; then run `manage.py chain adopt-nonces`, which gives what waits new nonces."
    )
