"""Freezing an epoch: what everybody is owed becomes one tree, whose leaves never fall."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import structlog
from django.db import transaction

from accounts.public import User, audit
from common import storage
from common.batches import SIZE, batches
from common.errors import DomainError
from rewards import selectors
from rewards.chain import leaf_file
from rewards.chain.leaf_file import LeafFile
from rewards.chain.merkle import Distributor as Place
from rewards.chain.merkle import Leaf
from rewards.lifecycle import EPOCH_TRANSITIONS, AccountKind, EpochStatus, TransactionKind
from rewards.models import Distributor, Epoch, EpochLine, EpochTree, Transaction
from rewards.services import distributors, ledger, payees
from rewards.services.ledger import AccountName, Posting

log = structlog.get_logger(__name__)

NO_ROOT = bytes(32)
UNDER_WAY = [EpochStatus.FROZEN, EpochStatus.PROPOSED]
TRIES = 3
# Person -> where they are paid now; who is not in it keeps what they are owed until they say.
Addresses = Callable[[Sequence[UUID], datetime], Mapping[UUID, str]]


class EpochUnderWay(DomainError):
    """The last epoch is not in force yet; the next rests on it."""

    code = "epoch_under_way"
    status = HTTPStatus.CONFLICT


class PublishingPaused(DomainError):
    """Something did not agree; nothing is published until an operator resumes."""

    code = "publishing_paused"
    status = HTTPStatus.CONFLICT


class NothingToPay(DomainError):
    """Nobody with a payout address is owed as much as the least payout."""

    code = "nothing_to_pay"
    status = HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Owed:
    """What one line of the tree will say. There may be a million, so no rows of the database are kept with it."""

    payee_id: UUID
    person_id: UUID
    contributor_id: bytes
    address: str
    cumulative_wei: int
    added_wei: int


def freeze(*, addresses: Addresses, least_wei: int, now: datetime, actor: User | None = None) -> Epoch:
    """The next epoch, with all that is owed and can be paid moved from accrued to allocated.

    Every line of the tree before is carried over, so a leaf never falls. Where the sum would exceed what the contract
    takes in one epoch, the newest accounts wait for the next. What somebody earns meanwhile waits too; where something
    they earned is taken back meanwhile, the whole is made again.

    Args:
        addresses: Where people are paid now.
        least_wei: Who is owed less waits until it is worth a transaction.
        actor: Whose wish it is; None for the platform's own rhythm and the command line.

    Raises:
        NoDistributor, EpochUnderWay, PublishingPaused, NothingToPay: Nothing was changed.
        InsufficientFunds: Balances kept falling meanwhile; nothing was changed.
    """
    for _ in range(TRIES - 1):
        try:
            return _freeze(addresses, least_wei, now, actor)
        except ledger.InsufficientFunds:
            log.warning("freeze_repeated", reason="somebody's balance fell meanwhile")
    return _freeze(addresses, least_wei, now, actor)


@transaction.atomic
def _freeze(addresses: Addresses, least_wei: int, now: datetime, actor: User | None) -> Epoch:
    # The row's lock lets one freeze through at a time.
    distributor = Distributor.objects.select_for_update().get(pk=distributors.in_use().pk)
    if distributor.paused_at:
        raise PublishingPaused(f"Publishing is paused: {distributor.pause_reason}")
    if distributor.epochs.filter(status__in=UNDER_WAY).exists():
        raise EpochUnderWay("The last epoch is still on its way. The next one can be frozen when it is in force.")
    last = distributor.epochs.filter(status=EpochStatus.ACTIVE).order_by("-number").first()
    lines = _lines(distributor, last, addresses, least_wei, now)
    if not any(line.added_wei for line in lines):
        raise NothingToPay("Nobody who can be paid is owed anything yet.")
    file = _file(distributor, last, lines)
    epoch = _epoch(distributor, file, now)
    _book(epoch, lines, file, now)
    EpochTree.objects.create(epoch=epoch, nodes=file.tree.nodes)
    detail = {"number": epoch.number, "total_wei": str(epoch.total_wei)}
    audit("payout.frozen", actor=actor, now=now, about=("epoch", epoch.id), detail=detail)
    log.info("epoch_frozen", epoch=epoch.number, leaves=epoch.leaf_count, total_wei=epoch.total_wei)
    return epoch


def source_of(epoch: Epoch) -> str:
    """What the ledger names as the source of all that an epoch allocates, and of its giving back."""
    return f"rewards.epoch:{epoch.id}"


def file_of(epoch: Epoch) -> LeafFile:
    """The published file, made from the epoch's lines; the same bytes whenever it is made."""
    distributor = epoch.distributor
    rows = epoch.lines.values_list("payee__contributor_id", "address", "cumulative_wei")
    return leaf_file.make(
        distributor=Place(distributor.chain_id, _bytes(distributor.address)),
        epoch=epoch.number,
        previous_root=bytes(epoch.previous_root),
        leaves=(Leaf(bytes(name), _bytes(address), amount) for name, address, amount in rows.iterator(SIZE)),
    )


def store_file(epoch: Epoch) -> None:
    """See that the published file lies in object storage; doing it again changes nothing."""
    if not storage.exists(epoch.leaf_file_key):
        storage.write(epoch.leaf_file_key, file_of(epoch).encode(), content_type="application/jsonl")


def move(epoch: Epoch, to: EpochStatus, **changes: object) -> None:
    """Move an epoch whose row the caller has locked; writes the changes with it."""
    assert to in EPOCH_TRANSITIONS[epoch.status], f"{epoch.status} -> {to}"
    epoch.status = to
    epoch.failure = ""
    for name, value in changes.items():
        setattr(epoch, name, value)
    epoch.save(update_fields=["status", "failure", *changes])


@transaction.atomic
def cancel(*, epoch_id: UUID, now: datetime) -> Epoch:
    """Give back what the epoch allocated: a guardian took it off the chain, or it never got there."""
    epoch = Epoch.objects.select_for_update().get(id=epoch_id)
    if epoch.status == EpochStatus.CANCELLED:
        return epoch
    move(epoch, EpochStatus.CANCELLED)
    booked = Transaction.objects.filter(epoch_line__epoch=epoch)
    ledger.reverse_all(booked, source=source_of(epoch), now=now)
    return epoch


def _lines(
    distributor: Distributor, last: Epoch | None, addresses: Addresses, least_wei: int, now: datetime
) -> list[Owed]:
    """The tree's lines: those before, and what is owed beyond them."""
    before = _before(last)
    owed = selectors.payable()
    known = addresses([*before.keys(), *owed.keys()], now)
    room = distributor.max_per_epoch_wei
    lines = []
    newcomers = [person for person in owed if person in known and person not in before]
    named = payees.ensure(distributor, newcomers, now=now)
    for person in dict.fromkeys([*before, *owed]):
        line = before.get(person)
        address = known.get(person) or (line.address if line else None)
        if address is None:
            continue
        fitting = min(owed.get(person, 0), room) if person in known else 0
        added = fitting if fitting >= least_wei else 0
        room -= added
        cumulative = (line.cumulative_wei if line else 0) + added
        if cumulative:
            payee_id, name = (line.payee_id, line.contributor_id) if line else named[person]
            lines.append(Owed(payee_id, person, name, address, cumulative, added))
    postponed = sum(owed[person] for person in owed if person in known) - (distributor.max_per_epoch_wei - room)
    if postponed:
        log.warning("payouts_postponed", amount_wei=postponed, limit_wei=distributor.max_per_epoch_wei)
    return lines


def _before(last: Epoch | None) -> dict[UUID, Owed]:
    """Person -> their line in the tree before."""
    if last is None:
        return {}
    rows = last.lines.values_list("payee", "payee__person", "payee__contributor_id", "address", "cumulative_wei")
    return {
        person: Owed(payee, person, bytes(name), address, amount, 0)
        for payee, person, name, address, amount in rows.iterator(SIZE)
    }


def _file(distributor: Distributor, last: Epoch | None, lines: Sequence[Owed]) -> LeafFile:
    return leaf_file.make(
        distributor=Place(distributor.chain_id, _bytes(distributor.address)),
        epoch=last.number + 1 if last else 1,
        previous_root=bytes(last.root) if last else NO_ROOT,
        leaves=(Leaf(one.contributor_id, _bytes(one.address), one.cumulative_wei) for one in lines),
    )


def _epoch(distributor: Distributor, file: LeafFile, now: datetime) -> Epoch:
    return Epoch.objects.create(
        distributor=distributor,
        number=file.epoch,
        previous_root=file.previous_root,
        root=file.root,
        total_wei=file.total_wei,
        leaf_count=len(file.leaves),
        leaf_file_sha256=file.sha256,
        frozen_at=now,
    )


def _book(epoch: Epoch, lines: Sequence[Owed], file: LeafFile, now: datetime) -> None:
    added = [line for line in lines if line.added_wei]
    booked = ledger.post_all([_allocation(epoch, line) for line in added], now=now)
    transactions = {line.payee_id: row.id for line, row in zip(added, booked, strict=True)}
    for some in batches(lines):
        EpochLine.objects.bulk_create(
            EpochLine(
                epoch=epoch,
                payee_id=line.payee_id,
                address=line.address,
                cumulative_wei=line.cumulative_wei,
                added_wei=line.added_wei,
                place=file.place_of(line.contributor_id),
                transaction_id=transactions.get(line.payee_id),
            )
            for line in some
        )


def _allocation(epoch: Epoch, line: Owed) -> Posting:
    return Posting(
        key=f"epoch:{epoch.id}:{line.payee_id}",
        kind=TransactionKind.ALLOCATION,
        source=source_of(epoch),
        moves={
            AccountName(AccountKind.ACCRUED, line.person_id): -line.added_wei,
            AccountName(AccountKind.ALLOCATED, line.person_id): line.added_wei,
        },
    )


def _bytes(address: str) -> bytes:
    return bytes.fromhex(address[2:])
