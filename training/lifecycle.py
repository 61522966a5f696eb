"""Every status of a run and every allowed move between them, as data."""

from enum import StrEnum

from django.db.models import TextChoices


class RunStatus(TextChoices):
    QUEUED = "queued", "Waiting for a GPU node"
    RUNNING = "running", "Running"
    FINISHED = "finished", "Finished"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


RUN_TRANSITIONS: dict[str, set[str]] = {
    RunStatus.QUEUED: {RunStatus.RUNNING, RunStatus.CANCELLED},
    RunStatus.RUNNING: {RunStatus.FINISHED, RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.QUEUED},
    RunStatus.FINISHED: set(),
    RunStatus.FAILED: {RunStatus.QUEUED},
    RunStatus.CANCELLED: {RunStatus.QUEUED},
}


class EventKind(StrEnum):
    RUN_QUEUED = "run_queued"
    RUN_STARTED = "run_started"
    RUN_FINISHED = "run_finished"
    RUN_FAILED = "run_failed"
    RUN_CANCELLED = "run_cancelled"


EVENT_OF_STATUS = {
    RunStatus.QUEUED: EventKind.RUN_QUEUED,
    RunStatus.RUNNING: EventKind.RUN_STARTED,
    RunStatus.FINISHED: EventKind.RUN_FINISHED,
    RunStatus.FAILED: EventKind.RUN_FAILED,
    RunStatus.CANCELLED: EventKind.RUN_CANCELLED,
}
