"""Every queue there is: which rows wait in it, and which workers claim them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from common.leases import Leased
from common.queues import QueueState, state_of
from curation.lifecycle import AssetStatus, BuildStatus, MeasuringStatus, RenditionStatus, SubmissionStatus
from curation.models import Asset, DraftMeasurement, ExportShard, Rendition, Submission, Version
from generation.lifecycle import GenerationStatus
from generation.models import Generation
from training.lifecycle import RunStatus
from training.models import Run

Lookups = Mapping[str, object]


@dataclass(frozen=True)
class Queue:
    """A table whose status is a queue; see `common.queues.state_of`."""

    name: str
    model: type[Leased]
    worker: str
    waiting: Lookups
    failed: Lookups | None
    since: str = "created_at"


QUEUES = (
    Queue("assets", Asset, "probe", {"status": AssetStatus.VERIFYING}, None),
    Queue("renditions", Rendition, "probe", {"status": RenditionStatus.WAITING}, {"status": RenditionStatus.FAILED}),
    Queue(
        "drafts", DraftMeasurement, "score", {"status": MeasuringStatus.WAITING}, {"status": MeasuringStatus.FAILED},
        since="asked_at",
    ),
    Queue(
        "submissions", Submission, "score", {"status": SubmissionStatus.SUBMITTED},
        {"status": SubmissionStatus.FAILED}, since="updated_at",
    ),
    Queue("versions", Version, "export", {"status": BuildStatus.BUILDING}, {"status": BuildStatus.FAILED}),
    Queue(
        "export_shards", ExportShard, "export", {"status": BuildStatus.BUILDING}, {"status": BuildStatus.FAILED},
        since="export__created_at",
    ),
    Queue(
        "runs", Run, "train", {"status__in": [RunStatus.QUEUED, RunStatus.RUNNING]}, {"status": RunStatus.FAILED}
    ),
    Queue(
        "generations", Generation, "generate",
        {"status__in": [GenerationStatus.QUEUED, GenerationStatus.RUNNING]}, {"status": GenerationStatus.FAILED},
    ),
)  # fmt: skip


def states(*, now: datetime) -> list[QueueState]:
    """Every queue now, one query each."""
    return [
        state_of(
            queue.name,
            queue.model,
            worker=queue.worker,
            waiting=queue.waiting,
            failed=queue.failed,
            since=queue.since,
            now=now,
        )
        for queue in QUEUES
    ]
