"""What became of what was sent: nothing is booked before the block it stands in is final."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from eth_utils import to_checksum_address

from rewards.chain.contract import DistributorContract
from rewards.chain.deployment import created_address
from rewards.chain.node import Node, Receipt, ask
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models import ChainAttempt, ChainTx, PayoutIntent
from rewards.services import outbox
from rewards.services.signing import Line, call_of

log = structlog.get_logger(__name__)

NOT_YET = "TooEarly("


def settle_final(line: Line, *, clock: Callable[[], datetime]) -> list[ChainTx]:
    """The sent transactions that no block has; those whose block is final came to their end.

    A receipt counts when its block is still the block at its height, and final.

    Raises:
        NodeFailed: The chain could not be asked.
    """
    unseen = []
    sent = ChainTx.objects.filter(chain_id=line.chain_id, intent__status=IntentStatus.SENT, abandoned_at__isnull=True)
    for chain_tx in sent.select_related("intent__distributor", "intent__epoch").order_by("nonce"):
        found = _included(line.node, chain_tx)
        if found is None:
            unseen.append(chain_tx)
            continue
        attempt, receipt = found
        final = line.final_block()
        if receipt.block_number <= final and line.node.block_hash(receipt.block_number) == receipt.block_hash:
            _settle(line.node, chain_tx, attempt, receipt, final=final, now=clock())
    return unseen


def refused(line: Line, intent: PayoutIntent, why: str, *, now: datetime) -> None:
    """Decide about an intent that the contract refuses now: it is so already, it is too early, or it failed."""
    if why.startswith(NOT_YET):
        return
    final = line.final_block()
    if is_so(line.node, intent, at=final):
        _end(intent, IntentStatus.FINAL, block_number=final, final_at=now)
    elif not is_so(line.node, intent, at=line.node.newest_block()):
        log.error("intent_refused", intent=str(intent.id), reason=why)
        fail(intent, code="reverted", message=f"The contract refuses it: {why}.")


def is_so(node: Node, intent: PayoutIntent, *, at: int) -> bool:
    """Whether the chain had at block `at` what the intent wants, whoever brought it about.

    Tokens moved say nothing of who moved them, so a funding and sponsored claims are never so by themselves.
    """
    if intent.kind in (IntentKind.TOKEN, IntentKind.DISTRIBUTOR):
        return node.has_code(created_address(call_of(intent)), at=at)
    if intent.kind not in (IntentKind.PROPOSE, IntentKind.ACTIVATE) or intent.epoch is None:
        return False
    contract = DistributorContract(node.web3, bytes.fromhex(intent.distributor.address[2:]))
    state = ask(lambda: contract.state(at))
    wanted = (intent.epoch.number, bytes(intent.epoch.root))
    proposed = intent.kind == IntentKind.PROPOSE and (state.pending_epoch, state.pending_root) == wanted
    return proposed or (state.epoch, state.root) == wanted


def fail(intent: PayoutIntent, *, code: str, message: str) -> None:
    """Give an intent up by name, unless it came to its end meanwhile."""
    _end(intent, IntentStatus.FAILED, failure={"code": code, "message": message})


def _included(node: Node, chain_tx: ChainTx) -> tuple[ChainAttempt, Receipt] | None:
    """Which of the signed bytes is in a block, if any: an older offer may have won."""
    for attempt in chain_tx.attempts.order_by("-signed_at", "-id"):
        receipt = node.receipt(bytes(attempt.hash))
        if receipt is not None:
            return attempt, receipt
    return None


def _settle(
    node: Node, chain_tx: ChainTx, attempt: ChainAttempt, receipt: Receipt, *, final: int, now: datetime
) -> None:
    intent = chain_tx.intent
    if receipt.succeeded:
        where = {"block_number": receipt.block_number, "transaction_hash": bytes(attempt.hash)}
        _end(intent, IntentStatus.FINAL, final_at=now, **where)
    elif is_so(node, intent, at=final):  # somebody was quicker, as anybody may be with an activation
        _end(intent, IntentStatus.FINAL, block_number=receipt.block_number, final_at=now)
    else:
        sender = to_checksum_address(chain_tx.sender)
        why = node.why_reverted(call_of(intent), sender=sender, at_block=receipt.block_number)
        log.error("transaction_reverted", intent=str(intent.id), reason=why)
        fail(intent, code="reverted", message=f"It was refused in block {receipt.block_number}: {why or 'no reason'}.")


def _end(intent: PayoutIntent, status: IntentStatus, **changes: object) -> None:
    with transaction.atomic():
        locked = PayoutIntent.objects.select_for_update().get(pk=intent.pk)
        if locked.status in (IntentStatus.WAITING, IntentStatus.SENT):
            outbox.move(locked, status, **changes)
