"""One sender per chain and key: every intent gets one nonce, is signed, saved, and only then shown to the chain.

At most one transaction is on its way at a time; the next follows when that one is in a block. An epoch is three
transactions, so nothing is lost by waiting, and no nonce can be skipped.

A pass may be killed at any instruction: the next one starts from the rows. What was signed is sent again as it was
saved; where the chain has a nonce of ours, the receipts of all that was ever signed for it say which bytes it took.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

import structlog
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from rewards.chain.fees import FeeCapReached
from rewards.chain.node import Broadcast, NoContract, NodeFailed, Reverted
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models import ChainAttempt, ChainTx, PayoutIntent
from rewards.services import nonces, outbox, settlement, signing
from rewards.services.outbox import Alerts
from rewards.services.signing import Line as Line

log = structlog.get_logger(__name__)


class AnotherSender(Exception):
    """Another process sends with this key now; it does this one's work too."""


def run(line: Line, *, clock: Callable[[], datetime]) -> None:
    """One pass: settle what is final, keep alive what is on its way, send the next that waits.

    Raises:
        AnotherSender: Nothing was done.
        NodeFailed: The chain could not be asked; nothing is lost.
    """
    with alone(line):
        unseen = settlement.settle_final(line, clock=clock)
        outbox.tell(line.chain_id, _advance(line, unseen, now=clock()))


@contextmanager
def alone(line: Line) -> Iterator[None]:
    """Hold this key's lock, which Postgres frees when the session ends, however it ends.

    Should it be lost unnoticed, the unique nonce still keeps two senders from signing two things for one place.

    Raises:
        AnotherSender: It is held.
    """
    key = int.from_bytes(sha256(f"{line.chain_id}:{line.sender}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            raise AnotherSender(f"Another process sends from {line.sender}.")
    try:
        yield
    finally:
        _free(key)


def _free(key: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
    except DatabaseError:  # the session is broken, and its end frees the lock
        connection.close()


def _advance(line: Line, unseen: Sequence[ChainTx], *, now: datetime) -> Alerts:
    """Do the one thing that can be done; what holds intents up, by intent."""
    reached = line.node.next_nonce(line.sender)
    try:
        nonces.check(line, reached=reached, unseen=unseen)
    except nonces.NonceTaken as error:
        log.error("sender_stopped", sender=line.sender, reason=str(error))
        return dict.fromkeys(outbox.open_on(line.chain_id).values_list("pk", flat=True), str(error))
    missing = nonces.mine(line).filter(nonce__gte=reached).select_related("intent").order_by("nonce").first()
    if missing is not None:
        return _keep_alive(line, missing, now=now)
    if any(chain_tx.sender == line.sender for chain_tx in unseen):
        return {}  # in a block by the nonce, but its receipt is not to be had yet
    return _send_next(line, nonce=reached, now=now)


def _keep_alive(line: Line, chain_tx: ChainTx, *, now: datetime) -> Alerts:
    """Show the signed bytes again; replace an offer that has waited too long."""
    intent = chain_tx.intent
    if intent.status != IntentStatus.SENT:
        return _bring_back(line, chain_tx, now=now)
    newest = _newest(chain_tx)
    alerts = _show(line, newest)
    if alerts or now - newest.signed_at <= line.stuck_after:
        return alerts
    try:
        attempt = signing.higher(line, newest, now=now)
    except FeeCapReached as reached:
        return {intent.pk: str(reached)}
    attempt.save(force_insert=True)
    log.info("fees_raised", nonce=chain_tx.nonce, max_fee_wei=attempt.max_fee_wei)
    return _show(line, attempt)


def _bring_back(line: Line, chain_tx: ChainTx, *, now: datetime) -> Alerts:
    """The chain had this and has lost it: a local chain that was killed, or a break of finality. Send the same bytes.

    What had failed must not succeed now, as its step may have been taken otherwise since: its nonce is used up.
    """
    intent = chain_tx.intent
    log.error("chain_behind_ledger", nonce=chain_tx.nonce, intent=str(intent.pk))
    lost = f"The chain has lost {intent.get_kind_display().lower()}, which was final"
    won = chain_tx.attempts.filter(hash=intent.transaction_hash).first() if intent.transaction_hash else None
    if won is None:
        return _use_up(line, chain_tx, now=now)
    try:
        line.node.gas_for(signing.call_of(intent), sender=line.sender)
    except (Reverted, NoContract) as refusal:
        return {intent.pk: f"{lost}, and refuses it now: {refusal}. It is tried again until the chain takes it."}
    return {intent.pk: f"{lost}. The same bytes were sent again."} | _show(line, won)


def _use_up(line: Line, chain_tx: ChainTx, *, now: datetime) -> Alerts:
    newest = _newest(chain_tx)
    if not signing.is_empty(newest):
        try:
            newest = signing.empty(line, newest, now=now)
        except FeeCapReached as reached:
            return {chain_tx.intent_id: str(reached)}
        newest.save(force_insert=True)
    return _show(line, newest)


def _send_next(line: Line, *, nonce: int, now: datetime) -> Alerts:
    """Give the oldest waiting intent its nonce; one that the contract refuses is decided and the next is tried."""
    for intent in _waiting(line):
        try:
            attempt = _save_first(line, intent, nonce=nonce, now=now)
        except Reverted as refusal:
            settlement.refused(line, intent, str(refusal), now=now)
            continue
        except (FeeCapReached, NoContract) as reason:
            return {intent.pk: str(reason)}
        if attempt is not None:
            return _show(line, attempt)
    return {}


def _waiting(line: Line) -> QuerySet[PayoutIntent]:
    """Oldest first; what a pause of publishing holds back is left out."""
    held = Q(distributor__paused_at__isnull=False) & ~Q(kind=IntentKind.CLAIM_MANY)
    return outbox.open_on(line.chain_id).filter(status=IntentStatus.WAITING).exclude(held).order_by("created_at", "id")


def _save_first(line: Line, intent: PayoutIntent, *, nonce: int, now: datetime) -> ChainAttempt | None:
    """Simulated, signed and committed; None where the intent does not wait any more.

    Raises:
        AnotherSender: The nonce was given away meanwhile.
        Reverted, NoContract, FeeCapReached: As `signing.first`.
    """
    attempt = signing.first(line, intent, nonce=nonce, now=now)
    try:
        with transaction.atomic():
            locked = PayoutIntent.objects.select_for_update().get(pk=intent.pk)
            if locked.status != IntentStatus.WAITING:
                return None
            attempt.chain_tx.save(force_insert=True)
            attempt.save(force_insert=True)
            outbox.move(locked, IntentStatus.SENT)
    except IntegrityError as error:
        raise AnotherSender(f"Nonce {nonce} of {line.sender} was given away meanwhile.") from error
    return attempt


def _show(line: Line, attempt: ChainAttempt) -> Alerts:
    """Hand saved bytes to the node. Whatever it says, the rows stay as they are: receipts decide."""
    try:
        said = line.node.broadcast(bytes(attempt.raw))
    except NodeFailed as error:
        log.warning("broadcast_unknown", hash=bytes(attempt.hash).hex(), error=str(error))
        return {attempt.chain_tx.intent_id: f"Nobody knows whether the chain took it: {error}. It is sent again."}
    if said != Broadcast.TAKEN:
        log.info("broadcast_answered", hash=bytes(attempt.hash).hex(), said=said)
    if said == Broadcast.NO_GAS_MONEY:
        return {attempt.chain_tx.intent_id: f"{line.sender} cannot pay for gas. Send it the chain's own money."}
    return {}


def _newest(chain_tx: ChainTx) -> ChainAttempt:
    newest = chain_tx.attempts.select_related("chain_tx__intent").order_by("-signed_at", "-id").first()
    assert newest is not None, "a nonce is saved together with its first attempt"
    return newest
