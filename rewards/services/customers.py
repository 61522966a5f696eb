"""Customers pay beforehand: an operator books what came in, finished runs and delivered clips are charged to it."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.db import transaction

from accounts.public import User, audit
from common.errors import DomainError, InvalidInput
from common.money import MAX_WEI
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.models import TopUp
from rewards.selectors.customers import customer_account
from rewards.services import ledger
from rewards.services.ledger import AccountName


class ReferenceReused(DomainError):
    """The payment of this reference was booked with another amount, or for somebody else."""

    code = "reference_reused"
    status = HTTPStatus.CONFLICT


class PrepaidUsedUp(DomainError):
    """A customer's prepaid account is empty, or does not cover what was used already."""

    code = "prepaid_used_up"
    status = HTTPStatus.PAYMENT_REQUIRED


@transaction.atomic
def top_up(*, customer: User, amount_wei: int, reference: str, by: User | None, now: datetime) -> TopUp:
    """External funding -> the customer's prepaid account, which the first payment opens; once for each reference.

    Raises:
        InvalidInput: The amount is not positive, or there is no reference.
        ReferenceReused: It was booked otherwise before.
    """
    if not 0 < amount_wei <= MAX_WEI or not reference.strip():
        raise InvalidInput("Give a positive amount and the payment's reference.")
    posted = _post(customer, amount_wei, reference, now)
    known = TopUp.objects.filter(transaction=posted).first()
    if known:
        return known
    detail = {"reference": reference, "amount_wei": str(amount_wei)}
    audit("customer.topped_up", actor=by, now=now, about=("person", customer.id), detail=detail)
    return TopUp.objects.create(
        customer=customer, reference=reference, amount_wei=amount_wei, booked_by=by, booked_at=now, transaction=posted
    )


def check_may_spend(*, person_id: UUID) -> None:
    """Whether this person may start something that will be charged; who never prepaid works at the platform's expense.

    Raises:
        PrepaidUsedUp: Nothing is left.
    """
    account = customer_account(person_id)
    if account.is_customer and (account.balance_wei <= 0 or account.waiting_wei):
        raise PrepaidUsedUp(
            f"Your prepaid account holds {account.balance_wei} and {account.waiting_wei} are still to be charged."
            " Have an operator book a payment, then ask again."
        )


def _post(customer: User, amount_wei: int, reference: str, now: datetime) -> ledger.Transaction:
    try:
        return ledger.post(
            key=f"top_up:{reference}",
            kind=TransactionKind.TOP_UP,
            source=f"payment:{reference}",
            moves={
                AccountName(AccountKind.FUNDING): -amount_wei,
                AccountName(AccountKind.CUSTOMER, customer.id): amount_wei,
            },
            now=now,
        )
    except ledger.LedgerKeyReused as error:
        raise ReferenceReused(f"The payment {reference} was booked before, for another amount or person.") from error
