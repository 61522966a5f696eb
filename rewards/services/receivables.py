"""What people owe back is kept from what they earn next."""

from datetime import datetime
from uuid import UUID

from rewards import selectors
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.models import Account, Entry
from rewards.models.ledger import ASSET
from rewards.services import ledger
from rewards.services.ledger import AccountName


def net_off_waiting(*, now: datetime) -> int:
    """How many people's debts became smaller, out of what they are owed and is in no epoch yet."""
    owing = Account.objects.filter(kind=AccountKind.RECEIVABLE, asset=ASSET, balance_wei__lt=0).order_by("id")
    return sum(_net_off(account, now) for account in owing)


def _net_off(receivable: Account, now: datetime) -> bool:
    person = UUID(receivable.code.rpartition(":")[2])
    accrued = AccountName(AccountKind.ACCRUED, person)
    amount = min(selectors.balance_at(accrued.code), -receivable.balance_wei)
    if amount <= 0:
        return False
    # What the debt last changed by names the netting, so that two workers who saw the same debt post it once.
    last = Entry.objects.filter(account=receivable).order_by("-id").values_list("id", flat=True).first()
    try:
        ledger.post(
            key=f"netting:{person}:{last}",
            kind=TransactionKind.NETTING,
            source=f"rewards.account:{receivable.code}",
            moves={accrued: -amount, AccountName(AccountKind.RECEIVABLE, person): amount},
            now=now,
        )
    except (ledger.InsufficientFunds, ledger.LedgerKeyReused):  # somebody was quicker; the next pass looks again
        return False
    return True
