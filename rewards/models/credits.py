"""What the ledger did about the facts of other rooms: one row per fact, so that none is acted on twice."""

from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from common.money import WeiField
from rewards.lifecycle import CreditStatus
from rewards.models.ledger import Transaction

PAID_OUT = [CreditStatus.HELD, CreditStatus.POSTED]


class Credit(models.Model):
    """What one event earned one person, with the formula filled in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.OneToOneField("curation.Event", models.PROTECT, related_name="credit")
    rule = models.CharField(max_length=30, help_text="The name in `rules.RULES` of what set the amount.")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credits")
    campaign = models.ForeignKey("curation.Campaign", models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=CreditStatus.choices)
    base_wei = WeiField()
    factors = models.JSONField(help_text="[{name, bp, meaning}], in basis points of one.")
    amount_wei = WeiField()
    refusal = models.CharField(max_length=40, blank=True)
    transaction = models.OneToOneField(
        Transaction, models.PROTECT, null=True, related_name="credit", help_text="None where the amount is zero."
    )
    release = models.OneToOneField(
        Transaction, models.PROTECT, null=True, related_name="released_credit", help_text="Held -> accrued."
    )
    earned_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="When it was posted.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=PAID_OUT, transaction__isnull=False, amount_wei__gt=0, refusal="")
                | models.Q(status=CreditStatus.POSTED, transaction__isnull=True, amount_wei=0, refusal="")
                | models.Q(status=CreditStatus.REFUSED, transaction__isnull=True, amount_wei__gt=0)
                & ~models.Q(refusal="")
                | models.Q(status=CreditStatus.REVERSED),
                name="credit_is_posted_or_refused",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="credit_by_person"),
            models.Index(fields=["settled_at"], name="credit_settled"),
            models.Index(fields=["campaign", "id"], name="credit_refused", condition=models.Q(status="refused")),
            models.Index(fields=["person", "id"], name="credit_held", condition=models.Q(status="held")),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.amount_wei}"


class Funding(models.Model):
    """Money that an event brought into a campaign's budget."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.OneToOneField("curation.Event", models.PROTECT, related_name="funding")
    transaction = models.OneToOneField(Transaction, models.PROTECT, related_name="funding")


class Hold(models.Model):
    """An operator's word that what somebody earns is not to be paid for now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reward_holds")
    reason = models.TextField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(lifted_at__isnull=True), name="hold_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.reason}"


class Reversal(models.Model):
    """What was done about a withdrawal: the credit it took back, if the work had earned one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.OneToOneField("curation.Event", models.PROTECT, related_name="reversal")
    credit = models.OneToOneField(Credit, models.PROTECT, null=True, related_name="reversal")
    transaction = models.OneToOneField(Transaction, models.PROTECT, null=True, related_name="credit_reversal")
    owed_wei = WeiField(default=0, help_text="Of the amount, what was in an epoch already and is owed back.")
    at = models.DateTimeField()

    class Meta:
        triggers = APPEND_ONLY
