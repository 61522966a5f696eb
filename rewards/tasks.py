"""Background work of rewards: it polls, so nobody needs to tell it anything."""

from django.utils import timezone

from common.tasks import background_task
from rewards.services import (
    charges,
    credits,
    fundings,
    holds,
    notifying,
    payout_addresses,
    receivables,
    reversals,
    royalties,
)


@background_task(queue="default", timeout_s=300, every_s=5)
def credit_waiting(**_: object) -> None:
    """Book fundings first, then what they may pay for, then what takes any of it back."""
    fundings.fund_waiting(now=timezone.now())
    credits.retry_refused(now=timezone.now())
    try:
        credits.credit_waiting(now=timezone.now())
    finally:  # one broken fact holds up nobody else
        reversals.reverse_waiting(now=timezone.now())
        receivables.net_off_waiting(now=timezone.now())
        holds.release_due(now=timezone.now())


@background_task(queue="default", timeout_s=300, every_s=5)
def charge_waiting(**_: object) -> None:
    """What waited for a payment first, then what was used since; then what gathered of it for contributors."""
    charges.retry_waiting(now=timezone.now())
    charges.charge_waiting(now=timezone.now())
    royalties.distribute_waiting(now=timezone.now())


@background_task(queue="chain", timeout_s=900, every_s=2)
def settle_chain(**_: object) -> None:
    # Imported here: it loads web3, which only the workers of this queue may.
    from rewards.services import chain_pass

    chain_pass.run(clock=timezone.now)


@background_task(queue="default", timeout_s=120, every_s=30)
def tell_of_payout_addresses(**_: object) -> None:
    """Notices of changes; each begins a cool-down."""
    payout_addresses.send_notices(now=timezone.now())
    payout_addresses.sweep(now=timezone.now())


@background_task(queue="default", timeout_s=120, every_s=10)
def tell_people(**_: object) -> None:
    notifying.tell_waiting(now=timezone.now())
