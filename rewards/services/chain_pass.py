"""One look at the chain: settle and send, publish, book claims, sponsor, compare."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.conf import settings

from rewards.chain.contract import DistributorContract
from rewards.chain.node import NodeFailed
from rewards.chain.signers import SignerUnusable
from rewards.models import Distributor, Epoch, PayoutIntent
from rewards.selectors import payouts
from rewards.services import claims, deployments, distributors, epochs, publishing, reconciling, sender, sponsoring
from rewards.services.sender import Line

log = structlog.get_logger(__name__)


def run(*, clock: Callable[[], datetime]) -> None:
    """Everything that can be done now; safe to run at any time and twice at once.

    A chain that does not answer ends the pass: rows are as they were, the next pass goes on.
    """
    try:
        line = deployments.line()
        distributor = deployments.in_use(line, now=clock())
        if distributor is not None:
            run_on(line, distributor, deployments.contract_of(line, distributor), clock=clock)
    except NodeFailed as error:
        log.warning("chain_does_not_answer", error=str(error))
    except SignerUnusable as error:
        log.error("publishing_key_unusable", error=str(error))
    except sender.AnotherSender:
        log.info("another_pass_runs")


def run_on(
    line: Line, distributor: Distributor, contract: DistributorContract, *, clock: Callable[[], datetime]
) -> None:
    """The pass over one distributor. Raises `NodeFailed`, `AnotherSender`."""
    sender.run(line, clock=clock)
    final_block = line.node.final_block(confirmations=line.confirmations)
    freeze_if_due(distributor, every_h=settings.PAYOUT_EVERY_H, now=clock())
    publishing.advance(contract, final_block=final_block, clock=clock)
    claims.book_final(distributor, contract, final_block=final_block, now=clock())
    sponsoring.enqueue_waiting(distributor, now=clock())
    if PayoutIntent.objects.filter(distributor=distributor, status="waiting").exists():
        sender.run(line, clock=clock)
    if reconciling.is_due(distributor, every_s=settings.RECONCILE_EVERY_S, now=clock()):
        reconciling.reconcile(distributor, contract, final_block=final_block, clock=clock)


def freeze_if_due(distributor: Distributor, *, every_h: int, now: datetime) -> Epoch | None:
    """The epoch that the schedule asks for, if it does and there is something to pay."""
    last = distributor.epochs.order_by("-frozen_at").values_list("frozen_at", flat=True).first()
    if not every_h or (last is not None and now - last < timedelta(hours=every_h)):
        return None
    try:
        return epochs.freeze(addresses=payouts.payout_addresses_of, least_wei=settings.PAYOUT_LEAST_WEI, now=now)
    except (epochs.NothingToPay, epochs.EpochUnderWay, epochs.PublishingPaused, distributors.NoDistributor):
        return None
