"""An epoch's way to the chain: checked, funded, proposed, and after its delay put in force.

`advance` looks at the rows and at the contract and takes the next step; it may run at any time and any number of times.
The contract is asked before anything is repeated, and what it says at a final block is what counts.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from django.db import transaction

from rewards.chain.calls import Call
from rewards.chain.contract import ChainState, DistributorContract
from rewards.lifecycle import AccountKind, EpochStatus, IntentKind, IntentStatus, TransactionKind
from rewards.models import Epoch, PayoutIntent
from rewards.services import distributors, epochs, ledger, outbox, prepublishing
from rewards.services.ledger import AccountName

log = structlog.get_logger(__name__)

SAMPLED_CLAIMS = 8


def advance(contract: DistributorContract, *, final_block: int, clock: Callable[[], datetime]) -> Epoch | None:
    """Take the next step of the epoch that is under way; None where none is.

    Raises:
        NodeFailed: The chain could not be asked; nothing was decided.
    """
    book_fundings(clock=clock)
    under_way = Epoch.objects.filter(status__in=epochs.UNDER_WAY, distributor__in_use=True)
    epoch = under_way.select_related("distributor").first()
    if epoch is None:
        return None
    final = contract.state(final_block)
    if _is_in_force(final, epoch):
        _finish(contract, epoch, now=clock())
    elif epoch.status == EpochStatus.FROZEN:
        _towards_proposal(contract, epoch, final, now=clock())
    else:
        _towards_activation(contract, epoch, final, now=clock())
    return epoch


def book_fundings(*, clock: Callable[[], datetime]) -> None:
    """Book the tokens that have finally reached the distributor: custody to funding, once for each."""
    arrived = PayoutIntent.objects.filter(kind=IntentKind.FUND, status=IntentStatus.FINAL)
    for intent in arrived.filter(booked__isnull=True):
        amount = int.from_bytes(bytes(intent.data)[-32:], "big")
        with transaction.atomic():
            posted = ledger.post(
                key=f"custody:{intent.id}",
                kind=TransactionKind.CUSTODY,
                source=f"rewards.intent:{intent.id}",
                moves={
                    AccountName(AccountKind.CUSTODY, intent.distributor_id): -amount,
                    AccountName(AccountKind.FUNDING): amount,
                },
                now=clock(),
            )
            PayoutIntent.objects.filter(pk=intent.pk).update(booked=posted)


def _towards_proposal(contract: DistributorContract, epoch: Epoch, final: ChainState, *, now: datetime) -> None:
    if final.pending_epoch == epoch.number and final.pending_root == bytes(epoch.root):
        _proposed(epoch, final)
        return
    if _gone(contract, epoch, final, now=now) or _stopped(epoch, [IntentKind.FUND, IntentKind.PROPOSE], now=now):
        return
    asked = _newest(epoch, IntentKind.PROPOSE)
    if epoch.distributor.paused_at or (asked and asked.status != IntentStatus.FAILED):
        return
    epochs.store_file(epoch)
    latest = contract.state()
    if problems := prepublishing.problems(epoch, contract, latest):
        _hold(epoch, "; ".join(problems), now=now)
        return
    missing = epoch.total_wei - latest.total_claimed_wei - latest.held_wei
    funding = _newest(epoch, IntentKind.FUND)
    if missing > 0 and (funding is None or funding.status == IntentStatus.FAILED):
        _enqueue(epoch, IntentKind.FUND, contract.fund(missing), now=now)
    elif funding is None or funding.status in (IntentStatus.FINAL, IntentStatus.FAILED):
        call = contract.propose(
            epoch=epoch.number,
            previous_root=bytes(epoch.previous_root),
            root=bytes(epoch.root),
            total_wei=epoch.total_wei,
            file_sha256=bytes(epoch.leaf_file_sha256),
        )
        _enqueue(epoch, IntentKind.PROPOSE, call, now=now)


def _towards_activation(contract: DistributorContract, epoch: Epoch, final: ChainState, *, now: datetime) -> None:
    if final.pending_root != bytes(epoch.root):
        if not _gone(contract, epoch, final, now=now):
            log.error("chain_behind_ledger", epoch=epoch.number, chain_epoch=final.epoch)
        return
    if _stopped(epoch, [IntentKind.ACTIVATE], now=now) or epoch.distributor.paused_at or final.paused:
        return
    asked = _newest(epoch, IntentKind.ACTIVATE)
    if asked and asked.status != IntentStatus.FAILED:
        return
    assert epoch.activatable_at is not None, "what is proposed knows when it may be activated"
    # The chain's clock counts, and a block's time may be behind ours: it is asked whether it would do it now.
    if now >= epoch.activatable_at and not contract.refusal(contract.activate()).startswith("TooEarly"):
        _enqueue(epoch, IntentKind.ACTIVATE, contract.activate(), now=now)


def _gone(contract: DistributorContract, epoch: Epoch, final: ChainState, *, now: datetime) -> bool:
    """Whether a guardian took the proposal back; then what it allocated is given back too."""
    proposed = _newest(epoch, IntentKind.PROPOSE)
    if proposed is None or proposed.block_number is None or final.block_number < proposed.block_number:
        return False
    if not contract.was_cancelled(bytes(epoch.root), proposed.block_number, final.block_number):
        return False
    log.error("epoch_cancelled_on_chain", epoch=epoch.number)
    epochs.cancel(epoch_id=epoch.id, now=now)
    return True


def _newest(epoch: Epoch, kind: IntentKind) -> PayoutIntent | None:
    return epoch.intents.filter(kind=kind).order_by("-batch").first()


def _enqueue(epoch: Epoch, kind: IntentKind, call: Call, *, now: datetime) -> None:
    """Ask for the step; one that failed and is tried again is another intent.

    Not where an operator cancelled the epoch since it was looked at.
    """
    with transaction.atomic():
        if Epoch.objects.select_for_update().get(pk=epoch.pk).status != epoch.status:
            return
        batch = epoch.intents.filter(kind=kind, status=IntentStatus.FAILED).count()
        outbox.enqueue(distributor=epoch.distributor, epoch=epoch, kind=kind, call=call, batch=batch, now=now)


def _is_in_force(final: ChainState, epoch: Epoch) -> bool:
    return final.epoch == epoch.number and final.root == bytes(epoch.root)


def _proposed(epoch: Epoch, final: ChainState) -> None:
    with transaction.atomic():
        locked = Epoch.objects.select_for_update().get(pk=epoch.pk)
        if locked.status == EpochStatus.FROZEN:
            at = datetime.fromtimestamp(final.activatable_at, tz=UTC)
            epochs.move(locked, EpochStatus.PROPOSED, activatable_at=at)


def _finish(contract: DistributorContract, epoch: Epoch, *, now: datetime) -> None:
    with transaction.atomic():
        locked = Epoch.objects.select_for_update().get(pk=epoch.pk)
        if locked.status == EpochStatus.FROZEN:  # both steps became final between two looks
            epochs.move(locked, EpochStatus.PROPOSED)
        if locked.status == EpochStatus.PROPOSED:
            epochs.move(locked, EpochStatus.ACTIVE, activated_at=now)
    log.info("epoch_in_force", epoch=epoch.number)
    if refused := _unclaimable(contract, epoch):
        _hold(epoch, refused, now=now)


def _unclaimable(contract: DistributorContract, epoch: Epoch) -> str:
    """Why one of a few leaves cannot be claimed now, asked of the contract itself; empty where all can."""
    file = epochs.file_of(epoch)
    for leaf in file.leaves[:: max(len(file.leaves) // SAMPLED_CLAIMS, 1)]:
        refusal = contract.refusal(contract.claim(leaf, file.proof_of(leaf)))
        if refusal and not refusal.startswith(("NothingToClaim", "EnforcedPause")):
            return f"The contract refuses the claim of 0x{leaf.contributor_id.hex()}: {refusal}"
    return ""


def _stopped(epoch: Epoch, kinds: list[IntentKind], *, now: datetime) -> bool:
    """Whether a step was refused since an operator last said to go on, so that somebody has to look."""
    refused = epoch.intents.filter(kind__in=kinds, status=IntentStatus.FAILED)
    if epoch.distributor.resumed_at:
        refused = refused.filter(created_at__gt=epoch.distributor.resumed_at)
    failed = refused.first()
    if failed is None:
        return False
    _hold(epoch, f"{failed.get_kind_display()} failed: {failed.failure.get('message', '')}", now=now)
    return True


def _hold(epoch: Epoch, why: str, *, now: datetime) -> None:
    Epoch.objects.filter(pk=epoch.pk).update(failure=why)
    distributors.pause(epoch.distributor, f"{epoch}: {why}", now=now)
