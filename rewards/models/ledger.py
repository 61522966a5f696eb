"""The ledger: accounts, transactions, entries.

The one sign convention: a positive entry adds to its account. A balance is what the account holds or is owed, the sum
of its entries; the accounts of one asset always sum to zero, so what has come from outside stands as the negative
balance of external funding, and of it what lies in the distributor contract as the negative balance of custody.
Tokens sent there: custody to funding. A final claim: allocated to paid, and back from funding to custody. What a person
was credited wrongly and has in an epoch already stands as the negative balance of their receivable.

The rules live in the database (`migrations/0002_ledger_rules.py`), as plain triggers: those of django-pgtrigger can be
switched off by any session through a setting. Rows are only ever inserted; `Account.balance_wei` moves with the
insertion of entries and in no other way; at commit a transaction has all its entries and sums to zero per asset.
"""

from django.db import models

from common.ids import uuid7
from common.money import WeiField
from rewards.lifecycle import AccountKind, TransactionKind

ASSET = "SLATE"


class Account(models.Model):
    """Somewhere value can stand. Its floor is zero, except where money comes from outside or is owed back."""

    code = models.CharField(max_length=100, help_text="The kind, then whose it is: budget:<campaign id>.")
    asset = models.CharField(max_length=12, default=ASSET)
    kind = models.CharField(max_length=20, choices=AccountKind.choices)
    may_go_negative = models.BooleanField(default=False)
    balance_wei = WeiField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "asset"], name="account_once"),
            models.CheckConstraint(
                condition=models.Q(may_go_negative=True) | models.Q(balance_wei__gte=0), name="account_floor"
            ),
            models.CheckConstraint(
                condition=models.Q(may_go_negative=False)
                | models.Q(kind__in=[AccountKind.FUNDING, AccountKind.CUSTODY, AccountKind.RECEIVABLE]),
                name="account_negative_only_outside",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=AccountKind.RECEIVABLE) | models.Q(balance_wei__lte=0),
                name="account_no_more_netted_than_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.asset})"


class Transaction(models.Model):
    """One movement of value: at least two entries that sum to zero."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    idempotency_key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=TransactionKind.choices)
    source = models.CharField(max_length=120, help_text="The fact it follows from, such as curation.event:<id>.")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    entry_count = models.PositiveSmallIntegerField(help_text="None can be added later.")
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(entry_count__gte=2), name="transaction_has_two_sides"),
            models.CheckConstraint(
                condition=models.Q(reverses__isnull=False, kind=TransactionKind.REVERSAL)
                | models.Q(reverses__isnull=True) & ~models.Q(kind=TransactionKind.REVERSAL),
                name="transaction_reversal_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.idempotency_key


class Entry(models.Model):
    """What one transaction does to one account."""

    transaction = models.ForeignKey(Transaction, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    amount_wei = WeiField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount_wei=0), name="entry_not_zero"),
            models.UniqueConstraint(fields=["transaction", "account"], name="entry_once_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount_wei:+d}"
