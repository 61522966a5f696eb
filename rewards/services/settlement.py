"""What became of what was sent: nothing is booked before the block it stands in is final."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from eth_utils import to_checksum_address

from rewards.chain.calls import Call
from rewards.chain.node import Node, Receipt
from rewards.lifecycle import IntentStatus
from rewards.models import ChainAttempt, ChainTx, PayoutIntent
from rewards.services import outbox

log = structlog.get_logger(__name__)


def settle_final(node: Node, *, confirmations: int, clock: Callable[[], datetime]) -> int:
    """How many sent intents came to their end: their block is final, and is still the block at its height.

    Raises:
        NodeFailed: The chain could not be asked.
    """
    sent = ChainTx.objects.filter(intent__status=IntentStatus.SENT, abandoned_at__isnull=True)
    settled = 0
    final_block: int | None = None
    for chain_tx in sent.select_related("intent").order_by("nonce"):
        found = _included(node, chain_tx)
        if found is None:
            continue
        attempt, receipt = found
        final_block = node.final_block(confirmations=confirmations) if final_block is None else final_block
        if receipt.block_number <= final_block and node.block_hash(receipt.block_number) == receipt.block_hash:
            _settle(node, chain_tx, attempt, receipt, now=clock())
            settled += 1
    return settled


def fail(intent: PayoutIntent, *, code: str, message: str) -> None:
    """Give an intent up by name, unless it came to its end meanwhile."""
    with transaction.atomic():
        locked = PayoutIntent.objects.select_for_update().get(pk=intent.pk)
        if locked.status in (IntentStatus.WAITING, IntentStatus.SENT):
            outbox.move(locked, IntentStatus.FAILED, failure={"code": code, "message": message})


def _included(node: Node, chain_tx: ChainTx) -> tuple[ChainAttempt, Receipt] | None:
    """Which of the signed bytes is in a block, if any: an older offer may have won."""
    for attempt in chain_tx.attempts.order_by("-signed_at", "-id"):
        receipt = node.receipt(bytes(attempt.hash))
        if receipt is not None:
            return attempt, receipt
    return None


def _settle(node: Node, chain_tx: ChainTx, attempt: ChainAttempt, receipt: Receipt, *, now: datetime) -> None:
    intent = chain_tx.intent
    if not receipt.succeeded:
        call = Call(to_checksum_address(intent.to), bytes(intent.data))
        why = node.why_reverted(call, sender=to_checksum_address(chain_tx.sender), at_block=receipt.block_number)
        log.error("transaction_reverted", intent=str(intent.id), reason=why)
        fail(intent, code="reverted", message=f"It was refused in block {receipt.block_number}: {why or 'no reason'}.")
        return
    with transaction.atomic():
        locked = PayoutIntent.objects.select_for_update().get(pk=intent.pk)
        if locked.status == IntentStatus.SENT:
            outbox.move(
                locked,
                IntentStatus.FINAL,
                block_number=receipt.block_number,
                transaction_hash=bytes(attempt.hash),
                final_at=now,
            )
