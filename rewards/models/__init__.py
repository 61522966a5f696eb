"""Tables of the rewards room: fields, constraints and QuerySet filters; they call nothing."""

from rewards.models.credits import Credit, Funding, Hold, Reversal
from rewards.models.customers import Charge, Distribution, Royalty, TopUp
from rewards.models.ledger import Account, Entry, Transaction
from rewards.models.outbox import ChainAttempt, ChainTx, NonceAdoption, PayoutIntent
from rewards.models.payee_addresses import PayeeAddress
from rewards.models.payouts import (
    Claim,
    Distributor,
    Epoch,
    EpochLine,
    EpochTree,
    Payee,
    Reconciliation,
    SponsoredClaim,
)

__all__ = [
    "Account",
    "ChainAttempt",
    "ChainTx",
    "Charge",
    "Claim",
    "Credit",
    "Distribution",
    "Distributor",
    "Entry",
    "Epoch",
    "EpochLine",
    "EpochTree",
    "Funding",
    "Hold",
    "NonceAdoption",
    "Payee",
    "PayeeAddress",
    "PayoutIntent",
    "Reconciliation",
    "Reversal",
    "Royalty",
    "SponsoredClaim",
    "TopUp",
    "Transaction",
]
