"""What customers prepaid and used, and what people's data earned by it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from rewards.lifecycle import AccountKind, ChargeStatus
from rewards.models import Account, Charge, Royalty
from rewards.models.ledger import ASSET


@dataclass(frozen=True)
class CustomerAccount:
    """What a person prepaid and did not use, and what was used and is not charged yet."""

    is_customer: bool
    balance_wei: int
    waiting_wei: int


def customer_account(person_id: UUID) -> CustomerAccount:
    """Of anybody; a customer is who ever prepaid."""
    code = f"{AccountKind.CUSTOMER.value}:{person_id}"
    balance = Account.objects.filter(code=code, asset=ASSET).values_list("balance_wei", flat=True).first()
    waiting = Charge.objects.filter(customer=person_id, status=ChargeStatus.WAITING)
    return CustomerAccount(
        is_customer=balance is not None,
        balance_wei=balance or 0,
        waiting_wei=waiting.aggregate(sum=Sum("amount_wei"))["sum"] or 0,
    )


def charges_of(person_id: UUID) -> QuerySet[Charge]:
    return Charge.objects.filter(customer=person_id).select_related("run_event", "generation_event")


def royalties_of(person_id: UUID) -> QuerySet[Royalty]:
    return Royalty.objects.filter(person=person_id).select_related("distribution")
