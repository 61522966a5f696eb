"""Reads of runs and checkpoints."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from common import storage
from common.errors import NotFound
from training.models import Checkpoint, Run, RunLogLine, RunMetric, RunSample

METRICS_PER_PAGE = 2000
LINES_PER_PAGE = 500
ADAPTER = "adapter.safetensors"
COMPARED_POINTS = 500
CURVES = """
SELECT run_id, step, values::text FROM (
    SELECT run_id, step, values, row_number() OVER run AS place, count(*) OVER (PARTITION BY run_id) AS steps
    FROM training_runmetric WHERE run_id = ANY(%(runs)s) WINDOW run AS (PARTITION BY run_id ORDER BY step)
) counted
WHERE place = steps OR (place - 1) %% greatest(1, ceil(steps::numeric / %(points)s)::int) = 0
ORDER BY run_id, step
"""


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


@dataclass(frozen=True)
class Curve:
    """One run beside others: at most 500 of its steps, evenly taken, the last among them."""

    run: Run
    points: list[dict[str, Any]]


def runs_listed(
    *, status: str = "", base: str = "", export_id: UUID | None = None, created_by: UUID | None = None
) -> QuerySet[Run]:
    """All runs, narrowed."""
    asked = {"status": status, "base": base, "export_id": export_id, "created_by_id": created_by}
    return Run.objects.filter(**{name: value for name, value in asked.items() if value})


def compared(run_ids: Sequence[UUID]) -> list[Curve]:
    """The runs with their metrics in the order asked, in two queries. Raises `NoSuchRun`."""
    runs = Run.objects.in_bulk(list(run_ids))
    for run_id in run_ids:
        if run_id not in runs:
            raise NoSuchRun(f"There is no run {run_id}.")
    points: dict[UUID, list[dict[str, Any]]] = {run_id: [] for run_id in run_ids}
    with connection.cursor() as cursor:
        cursor.execute(CURVES, {"runs": list(run_ids), "points": COMPARED_POINTS})
        for run_id, step, values in cursor.fetchall():
            points[run_id].append({"step": step, "values": json.loads(values)})
    return [Curve(runs[run_id], points[run_id]) for run_id in run_ids]


def checkpoint_by_id(checkpoint_id: UUID) -> Checkpoint:
    """Raises `NoSuchCheckpoint`."""
    checkpoint = Checkpoint.objects.filter(id=checkpoint_id).first()
    if checkpoint is None:
        raise NoSuchCheckpoint("There is no such checkpoint.")
    return checkpoint


def log_after(run_id: UUID, line_id: int) -> QuerySet[RunLogLine]:
    """The next lines past one, in order, at most 500. Raises `NoSuchRun`."""
    run_by_id(run_id)
    return RunLogLine.objects.filter(run_id=run_id, id__gt=line_id).order_by("id")[:LINES_PER_PAGE]


def samples_of(run_id: UUID) -> QuerySet[RunSample]:
    """What the run made on its way. Raises `NoSuchRun`."""
    run_by_id(run_id)
    return RunSample.objects.filter(run_id=run_id)


def sample_link(sample: RunSample, part: Literal["clip", "poster"]) -> str:
    """A link to the clip or to its poster, valid for five minutes."""
    name = f"{sample.run_id}-{sample.step}-{sample.index}"
    if part == "clip":
        return storage.read_link(sample.clip_key, content_type="video/mp4", filename=f"{name}.mp4")
    return storage.read_link(sample.poster_key, content_type="image/webp", filename=f"{name}.webp")


@dataclass(frozen=True)
class AdapterLink:
    """Where the weights of a checkpoint are, for five minutes, and what they have to be."""

    url: str
    filename: str
    size: int
    sha256: str


def adapter_link(checkpoint_id: UUID) -> AdapterLink:
    """Raises `NoSuchCheckpoint`."""
    checkpoint = checkpoint_by_id(checkpoint_id)
    file = next(file for file in checkpoint.files if file["name"] == ADAPTER)
    filename = f"{checkpoint.base}-{str(checkpoint.run_id)[:13]}-{checkpoint.step}.safetensors"
    key = checkpoint.prefix + ADAPTER
    url = storage.read_link(key, content_type="application/octet-stream", filename=filename)
    return AdapterLink(url, filename, file["size"], file["sha256"])
