"""Every status with its moves, as data; the kinds of accounts and transactions."""

from django.db.models import TextChoices


class CreditStatus(TextChoices):
    REFUSED = "refused", "Refused for now"
    HELD = "held", "Held until the account is no longer new"
    POSTED = "posted", "Posted"
    REVERSED = "reversed", "Taken back"


CREDIT_TRANSITIONS: dict[str, set[str]] = {
    CreditStatus.REFUSED: {CreditStatus.HELD, CreditStatus.POSTED, CreditStatus.REVERSED},
    CreditStatus.HELD: {CreditStatus.POSTED, CreditStatus.REVERSED},
    CreditStatus.POSTED: {CreditStatus.REVERSED},
    CreditStatus.REVERSED: set(),
}


class ChargeStatus(TextChoices):
    WAITING = "waiting", "Waits for a payment"
    POSTED = "posted", "Posted"


CHARGE_TRANSITIONS: dict[str, set[str]] = {
    ChargeStatus.WAITING: {ChargeStatus.POSTED},
    ChargeStatus.POSTED: set(),
}


class EpochStatus(TextChoices):
    FROZEN = "frozen", "Frozen"
    PROPOSED = "proposed", "Proposed"
    ACTIVE = "active", "Active"
    CANCELLED = "cancelled", "Cancelled"


EPOCH_TRANSITIONS: dict[str, set[str]] = {
    EpochStatus.FROZEN: {EpochStatus.PROPOSED, EpochStatus.CANCELLED},
    EpochStatus.PROPOSED: {EpochStatus.ACTIVE, EpochStatus.CANCELLED},
    EpochStatus.ACTIVE: set(),
    EpochStatus.CANCELLED: set(),
}


class IntentKind(TextChoices):
    TOKEN = "token", "Create the token"
    DISTRIBUTOR = "distributor", "Create the distributor"
    FUND = "fund", "Tokens to the distributor"
    PROPOSE = "propose", "Propose a tree"
    ACTIVATE = "activate", "Put a tree in force"
    CLAIM_MANY = "claim_many", "Claims that the platform sponsors"


class IntentStatus(TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent, not final yet"
    FINAL = "final", "Final"
    FAILED = "failed", "Failed"


INTENT_TRANSITIONS: dict[str, set[str]] = {
    IntentStatus.WAITING: {IntentStatus.SENT, IntentStatus.FINAL, IntentStatus.FAILED},
    # Back to waiting only where a stranger used its nonce.
    IntentStatus.SENT: {IntentStatus.WAITING, IntentStatus.FINAL, IntentStatus.FAILED},
    IntentStatus.FINAL: set(),
    IntentStatus.FAILED: set(),
}


class AddressStatus(TextChoices):
    ASKED = "asked", "Waits for the new address's signature"
    CONSENTED = "consented", "Consented to"
    CANCELLED = "cancelled", "Cancelled"


# Whether a consented one is in force is a matter of time alone (`effective_at`).
ADDRESS_TRANSITIONS: dict[str, set[str]] = {
    AddressStatus.ASKED: {AddressStatus.CONSENTED, AddressStatus.CANCELLED},
    AddressStatus.CONSENTED: {AddressStatus.CANCELLED},
    AddressStatus.CANCELLED: set(),
}


class AccountKind(TextChoices):
    FUNDING = "funding", "External funding"
    CUSTODY = "custody", "Held by the distributor"
    BUDGET = "budget", "Campaign budget"
    CUSTOMER = "customer", "Prepaid by a customer"
    ROYALTY = "royalty", "For those whose data a version holds"
    REVENUE = "revenue", "Earned by the platform"
    HELD = "payable:held", "Earned, not to be paid yet"
    ACCRUED = "payable:accrued", "Owed to a person"
    ALLOCATED = "payable:allocated", "In a frozen epoch"
    PAID = "paid", "Paid to a person"
    RECEIVABLE = "receivable", "Owed back by a person"


class TransactionKind(TextChoices):
    FUNDING = "funding", "Campaign funded"
    CREDIT = "credit", "Work credited"
    TOP_UP = "top_up", "Prepaid by a customer"
    CHARGE = "charge", "A run or a clip paid for"
    ROYALTY = "royalty", "Royalties shared out"
    RELEASE = "release", "No longer held"
    REVERSAL = "reversal", "Reversal"
    NETTING = "netting", "Owed back, out of what was earned since"
    CUSTODY = "custody", "Tokens to the distributor"
    ALLOCATION = "allocation", "Frozen in an epoch"
    PAYMENT = "payment", "Claimed and final"
