"""What customers paid in, what they used it for, and what of it went to whose data made the model."""

from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from common.money import WeiField
from rewards.lifecycle import ChargeStatus
from rewards.models.ledger import Transaction


class TopUp(models.Model):
    """A payment from outside, booked by an operator."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="top_ups")
    reference = models.CharField(max_length=80, unique=True, help_text="Of the payment, such as the bank's.")
    amount_wei = WeiField()
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField()
    transaction = models.OneToOneField(Transaction, models.PROTECT, related_name="top_up")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount_wei__gt=0), name="top_up_positive")]
        triggers = APPEND_ONLY
        indexes = [models.Index(fields=["customer", "-id"], name="top_up_by_customer")]


class Charge(models.Model):
    """What one finished run or delivered generation cost the person who asked for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run_event = models.OneToOneField("training.Event", models.PROTECT, null=True, related_name="charge")
    generation_event = models.OneToOneField("generation.Event", models.PROTECT, null=True, related_name="charge")
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="charges")
    version = models.ForeignKey(
        "curation.Version", models.PROTECT, null=True, related_name="+", help_text="Whose data it came from."
    )
    status = models.CharField(max_length=10, choices=ChargeStatus.choices)
    price_wei = WeiField()
    amount_wei = WeiField(help_text="What is charged: the price, or nothing for who has no prepaid account.")
    royalty_wei = WeiField(default=0, help_text="Of the amount, for those whose data it came from.")
    transaction = models.OneToOneField(Transaction, models.PROTECT, null=True, related_name="charge")
    used_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(run_event__isnull=True) ^ models.Q(generation_event__isnull=True),
                name="charge_of_one_event",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ChargeStatus.WAITING, transaction__isnull=True, amount_wei__gt=0)
                | models.Q(status=ChargeStatus.POSTED, transaction__isnull=False, amount_wei__gt=0)
                | models.Q(status=ChargeStatus.POSTED, transaction__isnull=True, amount_wei=0),
                name="charge_is_posted_or_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="charge_by_customer"),
            models.Index(fields=["customer", "id"], name="charge_waiting", condition=models.Q(status="waiting")),
        ]


class Distribution(models.Model):
    """One sharing-out of what had gathered for a version's contributors."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey("curation.Version", models.PROTECT, related_name="+")
    amount_wei = WeiField()
    at = models.DateTimeField()

    class Meta:
        triggers = APPEND_ONLY


class Royalty(models.Model):
    """One person's part of a distribution."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    distribution = models.ForeignKey(Distribution, models.PROTECT, related_name="royalties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="royalties")
    samples = models.PositiveIntegerField(help_text="Of theirs in the version, without what was withdrawn.")
    weight_bp = models.PositiveIntegerField(help_text="Theirs of the weight of all, in basis points, rounded down.")
    amount_wei = WeiField()
    transaction = models.ForeignKey(Transaction, models.PROTECT, related_name="royalties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["distribution", "person"], name="royalty_once")]
        triggers = APPEND_ONLY
        indexes = [models.Index(fields=["person", "-id"], name="royalty_by_person")]
