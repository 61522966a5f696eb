"""An epoch's way to the chain: checked, funded, proposed, and after its delay put in force.

`advance` looks at the rows and at the contract and takes the next step; it may run at any time and any number of times.
The contract is asked before anything is repeated, and what it says at a final block is what counts.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from django.db import transaction

from rewards.chain.contract import ChainState, DistributorContract
from rewards.lifecycle import AccountKind, EpochStatus, IntentKind, IntentStatus, TransactionKind
from rewards.models import Distributor, Epoch, PayoutIntent
from rewards.services import epochs, ledger, outbox, prepublishing
from rewards.services.ledger import AccountName

log = structlog.get_logger(__name__)

UNDER_WAY = [EpochStatus.FROZEN, EpochStatus.PROPOSED]


def advance(contract: DistributorContract, *, final_block: int, clock: Callable[[], datetime]) -> Epoch | None:
    """Take the next step of the epoch that is under way; None where none is.

    Raises:
        NodeFailed: The chain could not be asked; nothing was decided.
    """
    epoch = Epoch.objects.filter(status__in=UNDER_WAY, distributor__in_use=True).select_related("distributor").first()
    if epoch is None:
        return None
    book_fundings(clock=clock)
    final = contract.state(final_block)
    if _is_in_force(final, epoch):
        _finish(epoch, now=clock())
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
                moves={AccountName(AccountKind.CUSTODY): -amount, AccountName(AccountKind.FUNDING): amount},
                now=clock(),
            )
            PayoutIntent.objects.filter(pk=intent.pk).update(booked=posted)


def pause(distributor: Distributor, reason: str, *, now: datetime) -> None:
    """Publish nothing more until an operator resumes; the first reason stays."""
    log.error("publishing_paused", distributor=str(distributor), reason=reason)
    Distributor.objects.filter(pk=distributor.pk, paused_at__isnull=True).update(paused_at=now, pause_reason=reason)


def _towards_proposal(contract: DistributorContract, epoch: Epoch, final: ChainState, *, now: datetime) -> None:
    if final.pending_epoch == epoch.number and final.pending_root == bytes(epoch.root):
        _proposed(epoch, final)
        return
    if _stopped(epoch, [IntentKind.FUND, IntentKind.PROPOSE], now=now) or epoch.distributor.paused_at:
        return
    epochs.store_file(epoch)
    latest = contract.state()
    if problems := prepublishing.problems(epoch, contract, latest):
        _hold(epoch, "; ".join(problems), now=now)
        return
    missing = epoch.total_wei - latest.total_claimed_wei - latest.held_wei
    funding = epoch.intents.filter(kind=IntentKind.FUND).first()
    if missing > 0 and funding is None:
        outbox.enqueue(
            distributor=epoch.distributor, epoch=epoch, kind=IntentKind.FUND, call=contract.fund(missing), now=now
        )
    elif funding is None or funding.status == IntentStatus.FINAL:
        call = contract.propose(
            epoch=epoch.number,
            previous_root=bytes(epoch.previous_root),
            root=bytes(epoch.root),
            total_wei=epoch.total_wei,
            file_sha256=bytes(epoch.leaf_file_sha256),
        )
        outbox.enqueue(distributor=epoch.distributor, epoch=epoch, kind=IntentKind.PROPOSE, call=call, now=now)


def _towards_activation(contract: DistributorContract, epoch: Epoch, final: ChainState, *, now: datetime) -> None:
    if final.pending_epoch != epoch.number and final.epoch < epoch.number:
        log.error("epoch_cancelled_on_chain", epoch=epoch.number)
        epochs.cancel(epoch_id=epoch.id, now=now)
        return
    if _stopped(epoch, [IntentKind.ACTIVATE], now=now) or epoch.distributor.paused_at or final.paused:
        return
    assert epoch.activatable_at is not None, "what is proposed knows when it may be activated"
    if now >= epoch.activatable_at:
        outbox.enqueue(
            distributor=epoch.distributor, epoch=epoch, kind=IntentKind.ACTIVATE, call=contract.activate(), now=now
        )


def _is_in_force(final: ChainState, epoch: Epoch) -> bool:
    return final.epoch == epoch.number and final.root == bytes(epoch.root)


def _proposed(epoch: Epoch, final: ChainState) -> None:
    with transaction.atomic():
        locked = Epoch.objects.select_for_update().get(pk=epoch.pk)
        if locked.status == EpochStatus.FROZEN:
            at = datetime.fromtimestamp(final.activatable_at, tz=UTC)
            epochs.move(locked, EpochStatus.PROPOSED, activatable_at=at)


def _finish(epoch: Epoch, *, now: datetime) -> None:
    with transaction.atomic():
        locked = Epoch.objects.select_for_update().get(pk=epoch.pk)
        if locked.status == EpochStatus.FROZEN:  # both steps became final between two looks
            epochs.move(locked, EpochStatus.PROPOSED)
        if locked.status == EpochStatus.PROPOSED:
            epochs.move(locked, EpochStatus.ACTIVE, activated_at=now)
    log.info("epoch_in_force", epoch=epoch.number)


def _stopped(epoch: Epoch, kinds: list[IntentKind], *, now: datetime) -> bool:
    """Whether a step was refused, so that somebody has to look."""
    failed = epoch.intents.filter(kind__in=kinds, status=IntentStatus.FAILED).first()
    if failed is None:
        return False
    _hold(epoch, f"{failed.get_kind_display()} failed: {failed.failure.get('message', '')}", now=now)
    return True


def _hold(epoch: Epoch, why: str, *, now: datetime) -> None:
    Epoch.objects.filter(pk=epoch.pk).update(failure=why)
    pause(epoch.distributor, f"{epoch}: {why}", now=now)
