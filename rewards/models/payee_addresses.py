"""Where people are paid, and where they were: a row is a change, and rows stay."""

from django.conf import settings
from django.db import models

from common.ids import uuid7
from rewards.lifecycle import AddressStatus


class PayeeAddress(models.Model):
    """A change of a person's payout address: asked for, consented to by the new address, in force after a cool-down."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="payee_addresses")
    address = models.CharField(max_length=42)
    status = models.CharField(max_length=10, choices=AddressStatus.choices, default=AddressStatus.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="The person, or an operator for them."
    )
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField(help_text="Until when the new address may consent.")
    typed_data = models.JSONField(help_text="What it signs (EIP-712).")
    signature = models.TextField(blank=True, help_text="Its consent: 0x and hexadecimal digits.")
    consented_at = models.DateTimeField(null=True)
    notice_sent_at = models.DateTimeField(null=True, help_text="The cool-down begins with the mail to the person.")
    effective_at = models.DateTimeField(null=True, help_text="What is frozen from then on goes there.")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="consented")
                | (models.Q(consented_at__isnull=False) & ~models.Q(signature="")),
                name="payee_address_is_consented_to",
            ),
            models.CheckConstraint(
                condition=models.Q(effective_at__isnull=True) | models.Q(effective_at__gte=models.F("consented_at")),
                name="payee_address_after_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-effective_at"], name="payee_address_in_force"),
            models.Index(
                fields=["consented_at"],
                name="payee_address_unnoticed",
                condition=models.Q(status="consented", notice_sent_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.address
