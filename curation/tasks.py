"""Background work of this room. Each task claims rows itself and is safe to run twice at once."""

from threading import BoundedSemaphore

from django.utils import timezone

from common.tasks import background_task
from curation.services import (
    acceptance,
    draft_measurements,
    drafts,
    export_shards,
    notifying,
    rejudging,
    renditions,
    reviews,
    samples,
    standings,
    sweeping,
    unused_files,
    verification,
    version_builds,
    what_ifs,
)

# One less than the threads of the worker that has the models: searches by likeness never wait for a queue of scoring.
SCORING_AT_ONCE = BoundedSemaphore(2)


@background_task(queue="probe", timeout_s=3600, every_s=5)
def verify_assets(**_: object) -> None:
    while batch := verification.claim(now=timezone.now()):
        verification.verify(batch, clock=timezone.now)


@background_task(queue="probe", timeout_s=7200, every_s=5)
def make_renditions(**_: object) -> None:
    renditions.make_waiting(clock=timezone.now)


@background_task(queue="default", timeout_s=900, every_s=600)
def queue_missing_renditions(**_: object) -> None:
    renditions.queue_missing(now=timezone.now())


@background_task(queue="score", timeout_s=3600, every_s=5)
def score_waiting(**_: object) -> None:
    if not SCORING_AT_ONCE.acquire(blocking=False):
        return  # those that score already take what has come, too
    try:
        _score_waiting()
    finally:
        SCORING_AT_ONCE.release()


def _score_waiting() -> None:
    # Imported here: it loads torch, which only the workers of this queue may.
    from curation.scoring.tiers import Tier
    from curation.services import draft_worker, scoring_worker

    using = scoring_worker.scorers()
    scoring_worker.score_waiting(using=using, clock=timezone.now)
    while draft_worker.measure_next(Tier.MODELS, using=using, clock=timezone.now):
        scoring_worker.score_waiting(using=using, clock=timezone.now)  # submitted work goes first


@background_task(queue="probe", timeout_s=3600, every_s=5)
def measure_drafts(**_: object) -> None:
    # Imported here: it loads decoders, which only workers may.
    from curation.scoring.tiers import Tier
    from curation.services import draft_worker

    while draft_worker.measure_next(Tier.MODEL_FREE, using=draft_worker.model_free_scorers(), clock=timezone.now):
        pass


@background_task(queue="default", timeout_s=900, every_s=600)
def sweep_uploads(**_: object) -> None:
    sweeping.sweep_uploads(now=timezone.now())


@background_task(queue="default", timeout_s=300, every_s=3600)
def sweep_drafts(**_: object) -> None:
    draft_measurements.sweep(now=timezone.now())
    drafts.warn(now=timezone.now())
    drafts.remove_expired(now=timezone.now())


@background_task(queue="default", timeout_s=1800, every_s=24 * 3600)
def release_unused_files(**_: object) -> None:
    unused_files.release(now=timezone.now())
    while unused_files.free_bytes():
        pass


@background_task(queue="default", timeout_s=300, every_s=10)
def tell_people(**_: object) -> None:
    while notifying.tell_waiting(now=timezone.now()) >= notifying.BATCH:
        pass


@background_task(queue="default", timeout_s=60, every_s=60)
def sweep_reviews(**_: object) -> None:
    reviews.sweep(now=timezone.now())


@background_task(queue="default", timeout_s=300, every_s=60)
def count_standings(**_: object) -> None:
    while standings.recount_stale(now=timezone.now()) >= standings.BATCH:
        pass


@background_task(queue="default", timeout_s=300, every_s=5)
def index_samples(**_: object) -> None:
    samples.index_all()


@background_task(queue="embed", timeout_s=60)
def embed_query(*, key: str, **_: object) -> None:
    # Imported here: it loads torch, which only the workers of this queue may.
    from curation.services import query_embeddings, scoring_worker

    query_embeddings.answer(key, clip=scoring_worker.shared().clip)


@background_task(queue="default", timeout_s=60, every_s=60)
def pause_campaigns(**_: object) -> None:
    acceptance.pause_where_too_low(now=timezone.now())


@background_task(queue="export", timeout_s=3600, every_s=5)
def build_versions(**_: object) -> None:
    while version_builds.build_next(clock=timezone.now):
        pass


@background_task(queue="export", timeout_s=3600, every_s=5)
def build_shards(**_: object) -> None:
    while export_shards.build_next(clock=timezone.now):
        pass


@background_task(queue="default", timeout_s=3600, every_s=5)
def answer_what_ifs(**_: object) -> None:
    while what_ifs.answer_next(clock=timezone.now):
        pass


@background_task(queue="default", timeout_s=3600, every_s=5)
def rejudge_waiting(**_: object) -> None:
    while rejudging.work_next(clock=timezone.now):
        pass
