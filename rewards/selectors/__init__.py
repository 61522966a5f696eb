"""Reads of the ledger: one person's balances, the whole sum, and whether it is what its entries say."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from common.money import WeiField
from rewards.lifecycle import AccountKind, CreditStatus
from rewards.models import Account, Credit, Entry, Hold, PayoutIntent, Transaction
from rewards.models.ledger import ASSET


@dataclass(frozen=True)
class Balance:
    """What one person has earned, by where it stands; whole base units."""

    held_wei: int
    accrued_wei: int
    allocated_wei: int
    paid_wei: int
    waiting_wei: int
    owed_back_wei: int
    asset: str = ASSET


@dataclass(frozen=True)
class AssetSum:
    """All accounts of one asset by kind; `sum_wei` is zero, always."""

    asset: str
    balances_wei: dict[str, int]

    @property
    def sum_wei(self) -> int:
        return sum(self.balances_wei.values())


def balance_of(person_id: UUID) -> Balance:
    """What a person has earned: held, owed, frozen for payment, paid, and waiting for a campaign's budget."""
    kinds = (AccountKind.HELD, AccountKind.ACCRUED, AccountKind.ALLOCATED, AccountKind.PAID, AccountKind.RECEIVABLE)
    codes = [f"{kind.value}:{person_id}" for kind in kinds]
    held = dict(Account.objects.filter(code__in=codes, asset=ASSET).values_list("kind", "balance_wei"))
    waiting = Credit.objects.filter(person=person_id, status=CreditStatus.REFUSED)
    return Balance(
        held_wei=held.get(AccountKind.HELD.value, 0),
        accrued_wei=held.get(AccountKind.ACCRUED.value, 0),
        allocated_wei=held.get(AccountKind.ALLOCATED.value, 0),
        paid_wei=held.get(AccountKind.PAID.value, 0),
        waiting_wei=waiting.aggregate(sum=Sum("amount_wei"))["sum"] or 0,
        owed_back_wei=-held.get(AccountKind.RECEIVABLE.value, 0),
    )


def budget_of(campaign_id: UUID) -> int:
    """What is left in a campaign's budget."""
    return balance_at(f"{AccountKind.BUDGET.value}:{campaign_id}")


def balance_at(code: str) -> int:
    """What stands on the account of this code; nothing where nobody has opened it."""
    balances = Account.objects.filter(code=code, asset=ASSET).values_list("balance_wei", flat=True)
    return balances.first() or 0


def payable() -> dict[UUID, int]:
    """Person -> what an epoch may allocate to them, oldest account first: what they are owed, less what they owe back.

    Nothing for who is under an operator's hold.
    """
    under_hold = set(Hold.objects.filter(lifted_at__isnull=True).values_list("person", flat=True))
    owing = _balances(Account.objects.filter(kind=AccountKind.RECEIVABLE, balance_wei__lt=0))
    accrued = _balances(Account.objects.filter(kind=AccountKind.ACCRUED, balance_wei__gt=0))
    left = {person: amount + owing.get(person, 0) for person, amount in accrued.items() if person not in under_hold}
    return {person: amount for person, amount in left.items() if amount > 0}


def _balances(accounts: QuerySet[Account]) -> dict[UUID, int]:
    """Whose the accounts are -> what they hold, oldest account first."""
    rows = accounts.filter(asset=ASSET).order_by("id").values_list("code", "balance_wei")
    return {UUID(code.rpartition(":")[2]): amount for code, amount in rows}


def credits_of(person_id: UUID) -> QuerySet[Credit]:
    return Credit.objects.filter(person=person_id).select_related("event", "campaign")


def transactions() -> QuerySet[Transaction]:
    return Transaction.objects.prefetch_related("entries__account")


def intents() -> QuerySet[PayoutIntent]:
    """Everything that was to be sent to the chain, with its nonces and signed bytes."""
    return PayoutIntent.objects.select_related("epoch").prefetch_related("chain_txs__attempts")


def sums() -> list[AssetSum]:
    """Per asset; the balances are those of the accounts, which `faults` compares with the entries."""
    rows = Account.objects.values_list("asset", "kind").annotate(sum=Sum("balance_wei")).order_by("asset", "kind")
    by_asset: dict[str, dict[str, int]] = {ASSET: {}}
    for asset, kind, amount in rows:
        by_asset.setdefault(asset, {})[kind] = amount
    return [AssetSum(asset, balances) for asset, balances in by_asset.items()]


def faults() -> list[str]:
    """What is wrong with the ledger, recomputed from its entries; empty, unless somebody went around the database."""
    return [*_wrong_balances(), *_wrong_transactions(), *_unposted_credits()]


def _wrong_balances() -> list[str]:
    of_entries = Coalesce(Sum("entries__amount_wei"), 0, output_field=WeiField())
    wrong = Account.objects.annotate(entries_wei=of_entries).exclude(balance_wei=F("entries_wei"))
    return [f"{row} stands at {row.balance_wei}, its entries sum to {row.entries_wei}" for row in wrong]


def _wrong_transactions() -> list[str]:
    unbalanced = Entry.objects.values("transaction", "account__asset").annotate(sum=Sum("amount_wei")).exclude(sum=0)
    incomplete = Transaction.objects.annotate(found=Count("entries")).exclude(found=F("entry_count"))
    return [
        *(f"transaction {row['transaction']} sums to {row['sum']} {row['account__asset']}" for row in unbalanced),
        *(f"transaction {row.id} has {row.found} of {row.entry_count} entries" for row in incomplete),
    ]


def _unposted_credits() -> list[str]:
    rows = Credit.objects.filter(transaction__isnull=False).select_related("transaction")
    with_amounts = rows.filter(transaction__entries__amount_wei__gt=0).annotate(
        posted_wei=F("transaction__entries__amount_wei")
    )
    wrong = with_amounts.exclude(posted_wei=F("amount_wei"))
    return [f"credit {row.id} says {row.amount_wei}, {cast(int, row.posted_wei)} was posted" for row in wrong]
