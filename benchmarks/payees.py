"""People who are owed something and have said where they are paid, by the hundred thousand, as bulk rows."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from eth_utils import to_checksum_address

from accounts.models import User
from common.batches import batches
from rewards.lifecycle import AccountKind, AddressStatus, TransactionKind
from rewards.models import Distributor, PayeeAddress
from rewards.services import ledger
from rewards.services.ledger import AccountName, Posting
from tests.factories.chain import CHAIN_ID, ETHER
from tests.factories.curation import NOW

TO_A_TRANSACTION = 100


def distributor() -> Distributor:
    """One that no chain has: freezing asks none."""
    return Distributor.objects.create(
        chain_id=CHAIN_ID,
        address=to_checksum_address(f"0x{2**159:040x}"),
        token=to_checksum_address(f"0x{2**158:040x}"),
        deployed_block=0,
        activation_delay_s=60,
        max_per_epoch_wei=10**9 * ETHER,
        claims_read_to=0,
        created_at=NOW,
    )


def people(count: int) -> None:
    """So many, each paid at an address of their own and owed one token."""
    for numbers in batches(range(count)):
        made = User.objects.bulk_create([User(email=f"payee-{number}@example.org", password="!") for number in numbers])
        PayeeAddress.objects.bulk_create(_address(one, number) for one, number in zip(made, numbers, strict=True))
        owe([one.id for one in made])


def owe(who: Sequence[UUID]) -> None:
    """One more token to each; a hundred to a transaction, as this is no measurement of crediting."""
    with transaction.atomic():
        ledger.post_all([_paying(some) for some in batches(who, TO_A_TRANSACTION)], now=NOW)


def _address(person: User, number: int) -> PayeeAddress:
    return PayeeAddress(
        person=person, address=to_checksum_address(f"0x{2**80 + number:040x}"), status=AddressStatus.CONSENTED,
        asked_by=person, asked_at=NOW, deadline=NOW, typed_data={}, signature="0x", consented_at=NOW, effective_at=NOW,
    )  # fmt: skip


def _paying(who: Sequence[UUID]) -> Posting:
    moves = {AccountName(AccountKind.ACCRUED, one): ETHER for one in who}
    key = f"b{uuid4()}"
    return Posting(
        key, TransactionKind.FUNDING, "benchmark", {AccountName(AccountKind.FUNDING): -ETHER * len(who), **moves}
    )
