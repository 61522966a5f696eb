"""What the `generate` workers run."""

from django.utils import timezone

from common.tasks import background_task
from generation.services import execution, generations


@background_task(queue="generate", timeout_s=3600, every_s=5)
def generate_waiting(**_: object) -> None:
    """Make waiting clips, one after the other, until there is none."""
    while generation := generations.claim_next(now=timezone.now()):
        execution.execute(generation, clock=timezone.now)
