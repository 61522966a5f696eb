"""Background work of rewards: it polls, so nobody needs to tell it anything."""

from django.utils import timezone

from common.tasks import background_task
from rewards.services import credits, fundings


@background_task(queue="default", timeout_s=300, every_s=5)
def credit_waiting(**_: object) -> None:
    """Book fundings first, then what they may pay for."""
    fundings.fund_waiting(now=timezone.now())
    credits.retry_refused(now=timezone.now())
    credits.credit_waiting(now=timezone.now())
