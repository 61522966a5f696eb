"""What is to be sent to the chain, and every signed transaction before it is.

Rows are the truth. An intent is written with the change that wants it; a transaction fixes its nonce; an attempt is the
signed bytes, committed before anybody sees them.
"""

import pgtrigger
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from common.leases import Leased
from common.money import WeiField
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models.ledger import Transaction
from rewards.models.payouts import Distributor, Epoch


class PayoutIntent(Leased):
    """One thing that is to be true on chain, once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="intents")
    epoch = models.ForeignKey(Epoch, models.PROTECT, null=True, related_name="intents")
    kind = models.CharField(max_length=12, choices=IntentKind.choices)
    batch = models.PositiveIntegerField(default=0, help_text="Of sponsored claims; 0 for everything else.")
    to = models.CharField(max_length=42)
    data = models.BinaryField()
    status = models.CharField(max_length=10, choices=IntentStatus.choices, default=IntentStatus.WAITING)
    failure = models.JSONField(default=dict, help_text="{code, message} where it will not be sent any more.")
    alert = models.TextField(blank=True, help_text="What holds it up and what to do; empty while all is well.")
    block_number = models.PositiveBigIntegerField(null=True, help_text="Where it is, once final.")
    transaction_hash = models.BinaryField(
        max_length=32, null=True, help_text="Of ours; None where the chain had it already, by somebody else's."
    )
    created_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True)
    booked = models.OneToOneField(
        Transaction,
        models.PROTECT,
        null=True,
        related_name="intent",
        help_text="Of tokens that reached the distributor.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["distributor", "epoch", "kind", "batch"], name="intent_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~models.Q(status="final")
                | models.Q(block_number__isnull=False)
                & (models.Q(transaction_hash__isnull=False) | ~models.Q(kind__in=["fund", "claim_many"])),
                name="intent_final_is_seen",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="intent_open", condition=models.Q(status__in=["waiting", "sent"])),
        ]


class ChainTx(models.Model):
    """The nonce that an intent was given. A replacement has the same nonce, so the chain takes one of them at most.

    Only where a stranger used the nonce does an intent get another one, and the operator says so (`abandoned_at`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    intent = models.ForeignKey(PayoutIntent, models.PROTECT, related_name="chain_txs")
    chain_id = models.PositiveBigIntegerField()
    sender = models.CharField(max_length=42)
    nonce = models.PositiveBigIntegerField()
    gas = models.PositiveBigIntegerField(help_text="Limit, from the simulation with room.")
    created_at = models.DateTimeField()
    abandoned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain_id", "sender", "nonce"], name="nonce_once"),
            models.UniqueConstraint(
                fields=["intent"], condition=models.Q(abandoned_at__isnull=True), name="intent_one_nonce"
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]


class ChainAttempt(models.Model):
    """Signed bytes. What was signed is kept and sent again, never signed again: KMS signs differently each time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain_tx = models.ForeignKey(ChainTx, models.PROTECT, related_name="attempts")
    raw = models.BinaryField()
    hash = models.BinaryField(max_length=32, unique=True)
    max_fee_wei = WeiField()
    priority_fee_wei = WeiField()
    signed_at = models.DateTimeField()

    class Meta:
        triggers = APPEND_ONLY


class NonceAdoption(models.Model):
    """An operator took strangers' transactions of a key as they are: nonces below `up_to` raise no alarm any more."""

    chain_id = models.PositiveBigIntegerField()
    sender = models.CharField(max_length=42)
    up_to = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = APPEND_ONLY
