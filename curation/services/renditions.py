"""What others see of a file, made once per content: claimed, rendered in a process of its own, stored under its hash.

Every step may be repeated: files are written to the same keys, and only a row that is still ours becomes `ready`.
"""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from common import leases, storage
from common.errors import ServiceUnavailable
from common.tasks import wake
from curation.lifecycle import AssetStatus, RenditionStatus
from curation.models import Asset, Rendition
from curation.rendering import PROFILES, Rendered, RenderFailed, render
from curation.services import moves

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
AT_ONCE = 2
BACKLOG_AT_ONCE = 500
RENDER_TASK = "curation.tasks.make_renditions"
GAVE_UP = RenderFailed("render_gave_up", f"Making the preview broke off {MAX_ATTEMPTS} times.")

# A clip may take minutes: the other queues of this worker process keep their threads.
_busy = threading.Lock()


@dataclass
class _Work:
    """One claimed rendition while it is made; its lease lives until it is closed."""

    rendition: Rendition
    holding: leases.Holding
    kept: ExitStack


def queue(assets: Iterable[Asset], *, now: datetime) -> None:
    """Have what others see of these verified files made, where it is not made or waiting already."""
    rows = [
        Rendition(sha256=asset.sha256, kind=asset.kind, profile=PROFILES[asset.kind].version, created_at=now)
        for asset in assets
        if asset.kind in PROFILES
    ]
    if rows:
        Rendition.objects.bulk_create(rows, ignore_conflicts=True)
        wake(RENDER_TASK)


def queue_missing(*, now: datetime) -> int:
    """Queue files that were verified before there was this profile, oldest first, some at a time; how many."""
    found = 0
    for kind, profile in PROFILES.items():
        made = Rendition.objects.filter(sha256=OuterRef("sha256"), profile=profile.version)
        missing = Asset.objects.filter(~Exists(made), status=AssetStatus.READY, kind=kind).order_by("id")
        batch = list(missing[:BACKLOG_AT_ONCE])
        queue(batch, now=now)
        found += len(batch)
    return found


def claim(*, now: datetime, limit: int = AT_ONCE) -> list[Rendition]:
    """Lease renditions that wait to be made."""
    return leases.claim(Rendition.objects.filter(status=RenditionStatus.WAITING), limit=limit, lease=LEASE, now=now)


def make_waiting(*, clock: Callable[[], datetime]) -> int:
    """Make all that waits, two at a time; how many were decided. Does nothing while this process is at it already.

    Raises:
        ServiceUnavailable: Storage does not answer; what was claimed is put back and no attempt is counted.
    """
    if not _busy.acquire(blocking=False):
        return 0
    try:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="render") as pool:
            return _make_all(pool, clock)
    finally:
        _busy.release()


def _make_all(pool: ThreadPoolExecutor, clock: Callable[[], datetime]) -> int:
    running: dict[Future[Rendered | RenderFailed], _Work] = {}
    decided = 0
    away: ServiceUnavailable | None = None
    while True:
        free = 0 if away else AT_ONCE - len(running)
        for rendition in claim(now=clock(), limit=free) if free else ():
            running[pool.submit(_try, rendition)] = _held(rendition, clock)
        if not running and away:
            raise away
        if not running:
            return decided
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            _settle(running.pop(future), future, now=clock())
            error = future.exception()
            away = error if isinstance(error, ServiceUnavailable) else away
            decided += 1


def _held(rendition: Rendition, clock: Callable[[], datetime]) -> _Work:
    with ExitStack() as stack:
        holding = stack.enter_context(leases.held([rendition], lease=LEASE, clock=clock))
        return _Work(rendition, holding, stack.pop_all())


def _try(rendition: Rendition) -> Rendered | RenderFailed:
    return GAVE_UP if rendition.attempts > MAX_ATTEMPTS else make(rendition)


def make(rendition: Rendition) -> Rendered | RenderFailed:
    """What could be made, its files already standing at their keys.

    Raises:
        ServiceUnavailable: Storage does not answer.
        RenderBroken: The renderer itself failed.
    """
    with TemporaryDirectory(prefix="render-") as folder:
        original, made = Path(folder) / "original", Path(folder) / "made"
        made.mkdir()
        storage.download(Asset(sha256=rendition.sha256).storage_key, original)
        found = render(original, made, kind=rendition.kind)
        if isinstance(found, Rendered):
            for file in found.files:
                storage.upload(made / file.name, rendition.prefix + file.name, file.content_type)
    return found


def _settle(work: _Work, future: "Future[Rendered | RenderFailed]", *, now: datetime) -> None:
    rendition = work.rendition
    work.holding.settle(rendition)
    work.kept.close()
    error = future.exception()
    if isinstance(error, ServiceUnavailable):
        leases.put_back([rendition], blameless=True)
        return
    found = RenderFailed("render_broken", repr(error)[:500]) if error else future.result()
    if isinstance(found, RenderFailed) and rendition.attempts < MAX_ATTEMPTS:
        log.warning("rendering_will_be_tried_again", rendition=str(rendition.id), **found.as_dict())
        leases.put_back([rendition], blameless=False)
        return
    record(rendition, found, now=now)


def record(rendition: Rendition, found: Rendered | RenderFailed, *, now: datetime) -> None:
    """Write what was made, unless another worker holds the row by now or the bytes were removed meanwhile."""
    with transaction.atomic():
        if leases.still_held(rendition):
            to, changes = _outcome(found, now)
            moves.move_rendition(rendition.id, to=to, changes=leases.released(**changes))
            return
    log.warning("lease_lost", rendition=str(rendition.id))
    if isinstance(found, Rendered) and not Rendition.objects.filter(id=rendition.id).exists():
        storage.delete([rendition.prefix + file.name for file in found.files])


def _outcome(found: Rendered | RenderFailed, now: datetime) -> tuple[RenditionStatus, dict[str, Any]]:
    if isinstance(found, RenderFailed):
        return RenditionStatus.FAILED, {"failure": found.as_dict()}
    files = [file.as_dict() for file in found.files]
    return RenditionStatus.READY, {"files": files, "facts": found.facts, "ready_at": now}
