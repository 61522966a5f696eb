"""Tables of the rewards room: fields, constraints and QuerySet filters; they call nothing."""

from rewards.models.credits import Credit, Funding
from rewards.models.ledger import Account, Entry, Transaction

__all__ = ["Account", "Credit", "Entry", "Funding", "Transaction"]
