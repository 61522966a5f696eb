"""Background work of this room. Each task claims rows itself and is safe to run twice at once."""

from django.utils import timezone

from common.tasks import background_task
from curation.services import sweeping, verification


@background_task(queue="probe", timeout_s=3600, every_s=5)
def verify_assets(**_: object) -> None:
    while batch := verification.claim(now=timezone.now()):
        verification.verify(batch, clock=timezone.now)


@background_task(queue="default", timeout_s=900, every_s=600)
def sweep_uploads(**_: object) -> None:
    sweeping.sweep_uploads(now=timezone.now())
