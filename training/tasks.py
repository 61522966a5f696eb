"""What the `train` workers run."""

from django.conf import settings
from django.utils import timezone

from common.tasks import background_task
from training.services import execution, runs


@background_task(queue="train", timeout_s=settings.LONGEST_TASK_S, every_s=5)
def train_waiting(**_: object) -> None:
    """Work on waiting runs, one after the other, until there is none."""
    while run := runs.claim_next(now=timezone.now()):
        execution.execute(run, clock=timezone.now)
