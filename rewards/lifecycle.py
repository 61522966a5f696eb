"""Every status of a credit and every allowed move between them, as data; the kinds of accounts and transactions."""

from django.db.models import TextChoices


class CreditStatus(TextChoices):
    REFUSED = "refused", "Refused for now"
    POSTED = "posted", "Posted"


CREDIT_TRANSITIONS: dict[str, set[str]] = {
    CreditStatus.REFUSED: {CreditStatus.POSTED},
    CreditStatus.POSTED: set(),
}


class AccountKind(TextChoices):
    FUNDING = "funding", "External funding"
    BUDGET = "budget", "Campaign budget"
    ACCRUED = "payable:accrued", "Owed to a person"
    ALLOCATED = "payable:allocated", "In a frozen epoch"
    PAID = "paid", "Paid to a person"


class TransactionKind(TextChoices):
    FUNDING = "funding", "Campaign funded"
    CREDIT = "credit", "Work credited"
    REVERSAL = "reversal", "Reversal"
