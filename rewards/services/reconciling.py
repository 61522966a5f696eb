"""Whether ledger, published trees and chain say the same, at one final block."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db.models import QuerySet, Sum

from rewards.chain.contract import ChainState, DistributorContract
from rewards.lifecycle import AccountKind, EpochStatus
from rewards.models import Account, Claim, Distributor, Entry, Epoch, EpochLine, Reconciliation
from rewards.models.ledger import ASSET
from rewards.selectors import payouts
from rewards.services import claims, distributors, prepublishing, publishing

log = structlog.get_logger(__name__)

Finding = tuple[str, str]


def reconcile(
    distributor: Distributor, contract: DistributorContract, *, final_block: int, clock: Callable[[], datetime]
) -> Reconciliation:
    """The comparison, stored; what does not agree stops publication until an operator resumes.

    What is final is booked first, so that both sides stand at the same block.

    Raises:
        NodeFailed: The chain could not be asked; nothing was compared.
    """
    publishing.book_fundings(clock=clock)
    claims.book_final(distributor, contract, final_block=final_block, now=clock())
    state = contract.state(final_block)
    figures = _figures(distributor, state)
    findings = [*_sums(figures), *_of_the_tree(distributor, state), *_of_the_paid(distributor, contract, final_block)]
    row = Reconciliation.objects.create(
        distributor=distributor,
        block_number=final_block,
        findings=[{"code": code, "message": message} for code, message in findings],
        figures={name: str(value) for name, value in figures.items()},
        at=clock(),
    )
    for code, message in findings:
        log.error("reconciliation_failed", code=code, finding=message)
    if findings:
        distributors.pause(distributor, f"Ledger and chain do not agree: {findings[0][1]}", now=clock())
    return row


def is_due(distributor: Distributor, *, every_s: int, now: datetime) -> bool:
    """Whether somebody asked since the last comparison, or it is long ago."""
    last = distributor.reconciliations.order_by("-at").values_list("at", flat=True).first()
    asked = distributor.reconcile_asked_at
    return last is None or (now - last).total_seconds() >= every_s or (asked is not None and asked > last)


def _figures(distributor: Distributor, state: ChainState) -> dict[str, int]:
    """What is compared, in base units; `surplus` is what strangers sent to the contract."""
    in_force = distributor.epochs.filter(status=EpochStatus.ACTIVE)
    under_way = distributor.epochs.filter(status__in=[EpochStatus.FROZEN, EpochStatus.PROPOSED])
    custody = -_sum(Account.objects.filter(code=f"{AccountKind.CUSTODY.value}:{distributor.id}"), "balance_wei")
    return {
        "custody": custody,
        "held": state.held_wei,
        "surplus": state.held_wei - custody,
        "allocated": _sum(EpochLine.objects.filter(epoch__in=in_force), "added_wei"),
        "under_way": _sum(EpochLine.objects.filter(epoch__in=under_way), "added_wei"),
        "total_allocated": state.total_allocated_wei,
        "paid": _sum(Claim.objects.filter(payee__distributor=distributor), "amount_wei"),
        "total_claimed": state.total_claimed_wei,
        "ledger_allocated": _sum(Account.objects.filter(kind=AccountKind.ALLOCATED, asset=ASSET), "balance_wei"),
        "ledger_paid": _sum(Account.objects.filter(kind=AccountKind.PAID, asset=ASSET), "balance_wei"),
        "elsewhere_allocated": _sum(_standing().exclude(epoch__distributor=distributor), "added_wei"),
        "elsewhere_paid": _sum(Claim.objects.exclude(payee__distributor=distributor), "amount_wei"),
    }


def _sums(figures: dict[str, int]) -> Iterator[Finding]:
    if figures["surplus"] < 0:
        yield "custody_missing", f"The contract holds {-figures['surplus']} less than the ledger says"
    if figures["allocated"] != figures["total_allocated"]:
        yield "allocated", f"{figures['allocated']} were allocated, the contract says {figures['total_allocated']}"
    if figures["paid"] != figures["total_claimed"]:
        yield "claimed", f"{figures['paid']} were booked as claimed, the contract says {figures['total_claimed']}"
    standing = figures["allocated"] + figures["under_way"] - figures["paid"]
    elsewhere = figures["elsewhere_allocated"] - figures["elsewhere_paid"]
    if figures["ledger_allocated"] != standing + elsewhere:
        yield "ledger_allocated", f"The ledger has {figures['ledger_allocated']} allocated, the epochs {standing}"
    if figures["ledger_paid"] != figures["paid"] + figures["elsewhere_paid"]:
        yield "ledger_paid", f"The ledger has {figures['ledger_paid']} paid, the claims {figures['paid']}"


def _of_the_tree(distributor: Distributor, state: ChainState) -> Iterator[Finding]:
    epoch = payouts.epoch_in_force(distributor)
    if (epoch.number if epoch else 0) != state.epoch:
        yield "epoch", f"Epoch {epoch.number if epoch else 0} is in force here, the contract is at {state.epoch}"
    if epoch is None:
        return
    leaves = prepublishing.leaves_of(epoch)
    if sum(leaves.values()) != state.total_allocated_wei:
        yield "leaves", "The leaves in force do not sum to what the contract has allocated"
    if prepublishing.rebuilt_root(epoch) != state.root:
        yield "root", "The root that the ledger gives is another than the contract's"
    yield from (("leaf_fell", text) for text in prepublishing.below_previous(epoch, leaves))


def _of_the_paid(distributor: Distributor, contract: DistributorContract, final_block: int) -> Iterator[Finding]:
    """Each contributor: what the ledger paid is what the contract says they claimed, and no more than their leaf."""
    people = {bytes(name): person for name, person in distributor.payees.values_list("contributor_id", "person")}
    claimed = contract.claimed_by(list(people), at=final_block)
    paid = _paid(distributor)
    differing = [name for name, person in people.items() if paid.get(person, 0) != claimed[name]]
    for name in differing[:10]:
        told = paid.get(people[name], 0)
        yield "contributor", f"0x{name.hex()} was paid {told} by the ledger, {claimed[name]} by the contract"
    epoch: Epoch | None = payouts.epoch_in_force(distributor)
    if epoch:
        leaves = prepublishing.leaves_of(epoch)
        yield from (("leaf_below_claimed", text) for text in prepublishing.below_claimed(leaves, claimed))


def _paid(distributor: Distributor) -> dict[UUID, int]:
    """Person -> what came to their paid account by this distributor's claims, from the entries."""
    entries = Entry.objects.filter(
        account__kind=AccountKind.PAID, account__asset=ASSET, transaction__claim__payee__distributor=distributor
    )
    sums = entries.values_list("account__code").annotate(sum=Sum("amount_wei"))
    return {UUID(code.removeprefix(f"{AccountKind.PAID.value}:")): amount for code, amount in sums}


def _standing() -> QuerySet[EpochLine]:
    return EpochLine.objects.exclude(epoch__status=EpochStatus.CANCELLED)


def _sum(rows: QuerySet[Any], amount: str) -> int:
    return int(rows.aggregate(sum=Sum(amount))["sum"] or 0)
