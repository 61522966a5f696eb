"""One sender per chain and key: every intent gets one nonce, is signed, saved, and only then shown to the chain.

At most one transaction is on its way at a time; the next follows when that one is in a block. An epoch is three
transactions, so nothing is lost by waiting, and no nonce can be skipped.

A pass may be killed at any instruction: the next one starts from the rows. What was signed is sent again as it was
saved; where the chain has a nonce of ours, the receipts of all that was ever signed for it say which bytes it took.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet
from eth_typing import ChecksumAddress
from eth_utils import to_checksum_address
from web3 import Web3

from rewards.chain.calls import Call
from rewards.chain.fees import FeeCapReached, Fees, bumped, first_offer
from rewards.chain.node import Broadcast, Node, NodeFailed, Receipt, Reverted
from rewards.chain.signers import Signer
from rewards.lifecycle import IntentStatus
from rewards.models import ChainAttempt, ChainTx, PayoutIntent
from rewards.services import outbox, settlement

log = structlog.get_logger(__name__)

OPEN = [IntentStatus.WAITING, IntentStatus.SENT]


class AnotherSender(Exception):
    """Another process sends with this key now; it does this one's work too."""


class NonceTaken(Exception):
    """Somebody else used the key: a nonce belongs to a transaction that nobody here signed."""


@dataclass(frozen=True)
class Line:
    """One key on one chain, with the rules it sends by.

    Attributes:
        node, signer: How the chain is reached, and who signs.
        chain_id: As the node says.
        max_fee_wei: The most that is ever offered for a unit of gas.
        confirmations: Blocks above one that make it final; 0 for the chain's own `finalized`.
        stuck_after: How long an offer waits for its block before a higher one replaces it.
    """

    node: Node
    signer: Signer
    chain_id: int
    max_fee_wei: int
    confirmations: int = 0
    stuck_after: timedelta = timedelta(minutes=2)

    @property
    def sender(self) -> ChecksumAddress:
        return self.signer.address


def run(line: Line, *, clock: Callable[[], datetime]) -> None:
    """One pass: settle what is final, keep alive what is on its way, send the next that waits.

    Raises:
        AnotherSender: Nothing was done.
        NodeFailed: The chain could not be asked; nothing is lost.
    """
    with _alone(line):
        settlement.settle_final(line.node, confirmations=line.confirmations, clock=clock)
        try:
            _check_nonces(line)
            on_its_way = _unmined(line)
            for chain_tx in on_its_way:
                _keep_alive(line, chain_tx, now=clock())
            if not on_its_way:
                _send_next(line, now=clock())
        except NonceTaken as error:
            log.error("sender_stopped", sender=line.sender, reason=str(error))
            for intent in PayoutIntent.objects.filter(status__in=OPEN):
                outbox.raise_alert(intent, str(error))


@contextmanager
def _alone(line: Line) -> Iterator[None]:
    """Hold this key's lock, which Postgres frees when the session ends, however it ends.

    Should it be lost unnoticed, the unique nonce still keeps two senders from signing two things for one place.
    """
    key = int.from_bytes(sha256(f"{line.chain_id}:{line.sender}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            raise AnotherSender(f"Another process sends from {line.sender}.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _mine(line: Line) -> QuerySet[ChainTx]:
    return ChainTx.objects.filter(chain_id=line.chain_id, sender=line.sender, abandoned_at__isnull=True)


def _check_nonces(line: Line) -> None:
    """Whether the chain has transactions of this key that nobody here signed. Asked of what is final alone.

    Raises:
        NonceTaken: It has; the message says what to do.
    """
    final = line.node.next_nonce(line.sender, at="finalized")
    newest = ChainTx.objects.filter(chain_id=line.chain_id, sender=line.sender).order_by("-nonce").first()
    if newest is None:
        return
    if final > newest.nonce + 1:
        raise NonceTaken(_taken(line, final - 1))
    open_below = _mine(line).filter(nonce__lt=final, intent__status=IntentStatus.SENT)
    for chain_tx in open_below:
        if not any(_receipts(line, chain_tx)):
            raise NonceTaken(_taken(line, chain_tx.nonce))


def _taken(line: Line, nonce: int) -> str:
    return (
        f"Nonce {nonce} of {line.sender} was used by a transaction that was not signed here. Nothing more is sent. Find"
        " out who else has the key; then run `manage.py chain adopt-nonces`, which gives what waits new nonces."
    )


def _unmined(line: Line) -> list[ChainTx]:
    """Ours that the chain does not have, lowest nonce first: the one on its way, and what a local chain has lost."""
    reached = line.node.next_nonce(line.sender)
    lost = _mine(line).filter(nonce__gte=reached).select_related("intent").order_by("nonce")
    return list(lost)


def _keep_alive(line: Line, chain_tx: ChainTx, *, now: datetime) -> None:
    """Show the newest signed bytes again; replace an offer that has waited too long."""
    newest = chain_tx.attempts.order_by("-signed_at", "-id").first()
    assert newest is not None, "a nonce is saved together with its first attempt"
    if chain_tx.intent.status == IntentStatus.FINAL:
        log.error("chain_behind_ledger", nonce=chain_tx.nonce, intent=str(chain_tx.intent_id))
    elif now - newest.signed_at > line.stuck_after:
        newest = _replace(line, chain_tx, newest, now=now) or newest
    _show(line, newest)


def _replace(line: Line, chain_tx: ChainTx, last: ChainAttempt, *, now: datetime) -> ChainAttempt | None:
    offered = Fees(last.max_fee_wei, last.priority_fee_wei)
    try:
        fees = bumped(offered, base_fee_wei=line.node.base_fee_wei(), cap_wei=line.max_fee_wei)
    except FeeCapReached as error:
        outbox.raise_alert(chain_tx.intent, str(error))
        return None
    attempt = _signed(line, chain_tx, fees, now=now)
    attempt.save(force_insert=True)
    log.info("fees_raised", nonce=chain_tx.nonce, max_fee_wei=fees.max_fee_wei)
    return attempt


def _send_next(line: Line, *, now: datetime) -> None:
    """Give the oldest waiting intent its nonce; one that the contract refuses fails by name and the next is tried."""
    for intent in PayoutIntent.objects.filter(status=IntentStatus.WAITING).order_by("id"):
        try:
            attempt = _save_first(line, intent, now=now)
        except Reverted as refusal:
            log.error("intent_refused", intent=str(intent.id), reason=str(refusal))
            settlement.fail(intent, code="reverted", message=f"The contract refuses it: {refusal}.")
            continue
        except FeeCapReached as reached:
            outbox.raise_alert(intent, str(reached))
            return
        if attempt is not None:
            _show(line, attempt)
        return


def _save_first(line: Line, intent: PayoutIntent, *, now: datetime) -> ChainAttempt | None:
    """Simulated, signed and committed; None where the intent does not wait any more.

    Raises:
        Reverted: The contract refuses it as things are.
        FeeCapReached: The chain costs more than is allowed now.
    """
    gas = line.node.gas_for(_call(intent), sender=line.sender)
    fees = first_offer(
        base_fee_wei=line.node.base_fee_wei(), priority_fee_wei=line.node.priority_fee_wei(), cap_wei=line.max_fee_wei
    )
    nonce = line.node.next_nonce(line.sender)
    chain_tx = ChainTx(intent=intent, chain_id=line.chain_id, sender=line.sender, nonce=nonce, gas=gas, created_at=now)
    attempt = _signed(line, chain_tx, fees, now=now)
    with transaction.atomic():
        locked = PayoutIntent.objects.select_for_update().get(pk=intent.pk)
        if locked.status != IntentStatus.WAITING:
            return None
        chain_tx.save(force_insert=True)
        attempt.save(force_insert=True)
        outbox.move(locked, IntentStatus.SENT)
    return attempt


def _signed(line: Line, chain_tx: ChainTx, fees: Fees, *, now: datetime) -> ChainAttempt:
    call = _call(chain_tx.intent)
    raw = line.signer.sign(
        {
            "type": 2,
            "chainId": line.chain_id,
            "nonce": chain_tx.nonce,
            "to": call.to,
            "value": 0,
            "data": call.data,
            "gas": chain_tx.gas,
            "maxFeePerGas": fees.max_fee_wei,
            "maxPriorityFeePerGas": fees.priority_fee_wei,
        }
    )
    return ChainAttempt(
        chain_tx=chain_tx,
        raw=raw,
        hash=bytes(Web3.keccak(raw)),
        max_fee_wei=fees.max_fee_wei,
        priority_fee_wei=fees.priority_fee_wei,
        signed_at=now,
    )


def _show(line: Line, attempt: ChainAttempt) -> None:
    """Hand saved bytes to the node. Whatever it says, the rows stay as they are: receipts decide."""
    try:
        said = line.node.broadcast(bytes(attempt.raw))
    except NodeFailed as error:
        log.warning("broadcast_unknown", hash=bytes(attempt.hash).hex(), error=str(error))
        raise
    if said != Broadcast.TAKEN:
        log.info("broadcast_answered", hash=bytes(attempt.hash).hex(), said=said)


def _receipts(line: Line, chain_tx: ChainTx) -> Iterator[Receipt | None]:
    """Of everything ever signed for this nonce."""
    for attempt in chain_tx.attempts.order_by("-signed_at"):
        yield line.node.receipt(bytes(attempt.hash))


def _call(intent: PayoutIntent) -> Call:
    return Call(to_checksum_address(intent.to), bytes(intent.data))
