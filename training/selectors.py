"""Reads of runs and checkpoints."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, QuerySet

from common.errors import NotFound
from training.models import Checkpoint, Run, RunMetric

METRICS_PER_PAGE = 2000


class NoSuchRun(NotFound):
    code = "run_not_found"


class NoSuchCheckpoint(NotFound):
    code = "checkpoint_not_found"


def run_by_id(run_id: UUID) -> Run:
    """Raises `NoSuchRun`."""
    run = Run.objects.filter(id=run_id).first()
    if run is None:
        raise NoSuchRun("There is no such run.")
    return run


def runs_on(export_ids: Collection[UUID]) -> QuerySet[Run]:
    """Runs that read any of these exports and got anywhere, with how many checkpoints each has; newest first."""
    begun = Run.objects.filter(export__in=export_ids, started_at__isnull=False)
    return begun.annotate(checkpoint_count=Count("checkpoints"))


def metrics_after(run_id: UUID, step: int) -> QuerySet[RunMetric]:
    """The next metrics past `step`, in order, at most 2,000."""
    run_by_id(run_id)
    return RunMetric.objects.filter(run_id=run_id, step__gt=step).order_by("step")[:METRICS_PER_PAGE]


def checkpoint_by_id(checkpoint_id: UUID) -> Checkpoint:
    """Raises `NoSuchCheckpoint`."""
    checkpoint = Checkpoint.objects.filter(id=checkpoint_id).first()
    if checkpoint is None:
        raise NoSuchCheckpoint("There is no such checkpoint.")
    return checkpoint
