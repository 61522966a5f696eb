"""Who is paid where, and the epochs: frozen sums of what everybody was allocated in all."""

from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from common.money import WeiField
from rewards.lifecycle import EpochStatus
from rewards.models.ledger import Transaction


class Distributor(models.Model):
    """A deployed `SlateDistributor`. Everything of the chain belongs to one; payouts go through the one in use."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain_id = models.PositiveBigIntegerField()
    address = models.CharField(max_length=42, help_text="With its checksum (EIP-55), as all addresses here.")
    token = models.CharField(max_length=42)
    deployed_block = models.PositiveBigIntegerField()
    activation_delay_s = models.PositiveIntegerField()
    max_per_epoch_wei = WeiField()
    in_use = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True, help_text="Since when nothing is published; claims go on.")
    pause_reason = models.TextField(blank=True)
    resumed_at = models.DateTimeField(null=True, help_text="Steps that failed before are tried again.")
    reconcile_asked_at = models.DateTimeField(null=True)
    claims_read_to = models.PositiveBigIntegerField(help_text="The last final block whose claims are booked.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain_id", "address"], name="distributor_once"),
            models.UniqueConstraint(fields=["in_use"], condition=models.Q(in_use=True), name="distributor_one_in_use"),
            models.CheckConstraint(
                condition=models.Q(paused_at__isnull=True) | ~models.Q(pause_reason=""),
                name="distributor_pause_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} on chain {self.chain_id}"


class Payee(models.Model):
    """A person's random name in one distributor: the key under which the contract counts what they claimed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="payees")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="payees")
    contributor_id = models.BinaryField(max_length=32, help_text="32 random bytes; says nothing about the person.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["distributor", "person"], name="payee_once"),
            models.UniqueConstraint(fields=["distributor", "contributor_id"], name="payee_named_once"),
        ]
        triggers = APPEND_ONLY


class Epoch(models.Model):
    """One frozen tree on its way to the chain. A cancelled one leaves its number to the next."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="epochs")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=EpochStatus.choices, default=EpochStatus.FROZEN)
    previous_root = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    total_wei = WeiField(help_text="Sum of all leaves.")
    leaf_count = models.PositiveIntegerField()
    leaf_file_sha256 = models.BinaryField(max_length=32)
    frozen_at = models.DateTimeField()
    activatable_at = models.DateTimeField(null=True, help_text="Told by the chain once proposed.")
    activated_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, help_text="Why it does not go on, for the operator.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["distributor", "number"], condition=~models.Q(status="cancelled"), name="epoch_once"
            ),
            # One at a time: the next tree rests on this one's.
            models.UniqueConstraint(
                fields=["distributor"],
                condition=models.Q(status__in=["frozen", "proposed"]),
                name="epoch_one_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"epoch {self.number}"

    @property
    def leaf_file_key(self) -> str:
        """Where the published file of leaves lies in object storage."""
        return f"payouts/{self.distributor_id}/{self.number:06d}-{bytes(self.root).hex()[:16]}.jsonl"


class EpochTree(models.Model):
    """All nodes of an epoch's tree, 32 bytes each, the root first: a proof is some twenty short reads."""

    epoch = models.OneToOneField(Epoch, models.PROTECT, primary_key=True, related_name="tree")
    nodes = models.BinaryField()

    class Meta:
        triggers = APPEND_ONLY


class EpochLine(models.Model):
    """One leaf of an epoch's tree, and what the epoch added to it."""

    id = models.BigAutoField(primary_key=True)
    epoch = models.ForeignKey(Epoch, models.PROTECT, related_name="lines")
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="lines")
    address = models.CharField(max_length=42, help_text="Who receives the tokens.")
    cumulative_wei = WeiField()
    added_wei = WeiField(help_text="More than in the tree before.")
    place = models.PositiveIntegerField(help_text="Its number among the tree's nodes.")
    transaction = models.OneToOneField(
        Transaction,
        models.PROTECT,
        null=True,
        related_name="epoch_line",
        help_text="Accrued -> allocated; None for nothing added.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "payee"], name="epoch_line_once"),
            models.CheckConstraint(condition=models.Q(added_wei__gte=0), name="epoch_line_never_falls"),
            models.CheckConstraint(
                condition=models.Q(added_wei=0, transaction__isnull=True)
                | models.Q(added_wei__gt=0, transaction__isnull=False),
                name="epoch_line_is_booked",
            ),
        ]
        triggers = APPEND_ONLY


class Claim(models.Model):
    """A payment on chain, final and booked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="claims")
    address = models.CharField(max_length=42)
    amount_wei = WeiField()
    cumulative_wei = WeiField()
    block_number = models.PositiveBigIntegerField()
    block_hash = models.BinaryField(max_length=32)
    transaction_hash = models.BinaryField(max_length=32)
    log_index = models.PositiveIntegerField()
    transaction = models.OneToOneField(Transaction, models.PROTECT, related_name="claim")
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [
            # The contract pays each cumulative amount once, whatever block it ends up in.
            models.UniqueConstraint(fields=["payee", "cumulative_wei"], name="claim_once"),
            models.UniqueConstraint(fields=["block_hash", "log_index"], name="claim_log_once"),
        ]
        triggers = APPEND_ONLY


class SponsoredClaim(models.Model):
    """Somebody's wish that the platform send their claim; once for each epoch."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="sponsored_claims")
    epoch = models.ForeignKey(Epoch, models.PROTECT, related_name="sponsored_claims")
    asked_at = models.DateTimeField()
    intent = models.ForeignKey(
        "rewards.PayoutIntent",
        models.PROTECT,
        null=True,
        related_name="sponsored_claims",
        help_text="What sends it with others; None while it waits.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payee", "epoch"], name="sponsored_once_an_epoch"),
        ]
        indexes = [
            models.Index(fields=["id"], name="sponsored_waiting", condition=models.Q(intent__isnull=True)),
        ]


class Reconciliation(models.Model):
    """One comparison of ledger, files and chain."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="reconciliations")
    block_number = models.PositiveBigIntegerField()
    findings = models.JSONField(default=list, help_text="[{code, message}]; empty where all agree.")
    figures = models.JSONField(default=dict, help_text="What was compared, amounts as strings.")
    at = models.DateTimeField()

    class Meta:
        triggers = APPEND_ONLY
