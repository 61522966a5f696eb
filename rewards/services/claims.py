"""Payments that the chain made, whoever asked for them: booked once, when their block is final."""

from datetime import datetime

import structlog
from django.db import transaction
from eth_utils import to_checksum_address

from rewards.chain.contract import ClaimedLog, DistributorContract
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.models import Claim, Distributor, Payee
from rewards.services import distributors, ledger
from rewards.services.ledger import AccountName

log = structlog.get_logger(__name__)

BLOCKS_AT_ONCE = 2_000  # more than most nodes search in one call


def book_final(distributor: Distributor, contract: DistributorContract, *, final_block: int, now: datetime) -> int:
    """How many payments in blocks up to `final_block` were booked; what was booked before is passed over.

    Raises:
        NodeFailed: The chain could not be asked; what was booked stays, the rest comes next time.
    """
    booked = 0
    first = distributor.claims_read_to + 1
    while first <= final_block:
        last = min(first + BLOCKS_AT_ONCE - 1, final_block)
        for claimed in contract.claims_between(first, last):
            try:
                booked += _book(distributor, claimed, now=now)
            except ledger.InsufficientFunds as error:
                reason = f"The contract paid 0x{claimed.contributor_id.hex()} more than was allocated: {error}"
                distributors.pause(distributor, reason, now=now)
                return booked
        Distributor.objects.filter(pk=distributor.pk, claims_read_to__lt=last).update(claims_read_to=last)
        first = last + 1
    return booked


@transaction.atomic
def _book(distributor: Distributor, claimed: ClaimedLog, *, now: datetime) -> bool:
    """Allocated -> paid, and out of custody."""
    payee = Payee.objects.filter(distributor=distributor, contributor_id=claimed.contributor_id).first()
    if payee is None:
        name = f"0x{claimed.contributor_id.hex()}"
        distributors.pause(distributor, f"The contract paid {name}, whom nobody here knows.", now=now)
        return False
    if Claim.objects.filter(payee=payee, cumulative_wei=claimed.cumulative_wei).exists():
        return False
    amount = claimed.amount_wei
    posted = ledger.post(
        key=f"claim:{payee.id}:{claimed.cumulative_wei}",
        kind=TransactionKind.PAYMENT,
        source=f"chain:{claimed.transaction_hash.hex()}:{claimed.log_index}",
        moves={
            AccountName(AccountKind.ALLOCATED, payee.person_id): -amount,
            AccountName(AccountKind.PAID, payee.person_id): amount,
            AccountName(AccountKind.CUSTODY, distributor.id): amount,
            AccountName(AccountKind.FUNDING): -amount,
        },
        now=now,
    )
    row = Claim(
        payee=payee,
        address=to_checksum_address(claimed.payee),
        amount_wei=amount,
        cumulative_wei=claimed.cumulative_wei,
        block_number=claimed.block_number,
        block_hash=claimed.block_hash,
        transaction_hash=claimed.transaction_hash,
        log_index=claimed.log_index,
        transaction=posted,
        booked_at=now,
    )
    return bool(Claim.objects.bulk_create([row], ignore_conflicts=True))
