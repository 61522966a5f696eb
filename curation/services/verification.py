"""From uploaded bytes to a verified asset: hash, probe, copy to the address of its content.

Every step may be repeated: a worker that dies leaves the row `verifying`, and whoever claims it next starts over.
"""

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from django.db import connection, transaction

from common import leases, storage
from common.errors import ServiceUnavailable
from curation.lifecycle import AssetStatus
from curation.models import Asset
from curation.probing import Facts, Refusal, probe
from curation.services import conversions, moves, prechecks, renditions

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
AT_ONCE = 2
CHUNK_BYTES = 1 << 20
GAVE_UP = Refusal(
    code="verification_failed",
    message=f"The file could not be verified in {MAX_ATTEMPTS} tries.",
    fix="Upload it again. If that fails too, tell an operator: the fault may be ours.",
)


@dataclass(frozen=True)
class Examined:
    """What the bytes are: their hash and length, and what the probe says."""

    sha256: str
    size: int
    probed: Facts | Refusal
    extra: dict[str, Any] = field(default_factory=dict)


def claim(*, now: datetime, limit: int = 2 * AT_ONCE) -> list[Asset]:
    """Lease assets that wait to be verified."""
    waiting = Asset.objects.filter(status=AssetStatus.VERIFYING).select_related("derived_from")
    return leases.claim(waiting, limit=limit, lease=LEASE, now=now)


def verify(batch: list[Asset], *, clock: Callable[[], datetime]) -> None:
    """Decide every asset of the batch, each in its own transaction as soon as it is examined.

    Raises:
        ServiceUnavailable: Storage does not answer; the assets are put back and no attempt is counted.
    """
    with leases.held(batch, lease=LEASE, clock=clock) as holding, ThreadPoolExecutor(AT_ONCE) as pool:
        futures = {pool.submit(_try, asset): asset for asset in batch}
        for future in as_completed(futures):
            asset = futures[future]
            holding.settle(asset)
            _settle(asset, future, now=clock())
        for future in futures:
            if isinstance(future.exception(), ServiceUnavailable):
                future.result()


def _try(asset: Asset) -> Examined | Refusal:
    return GAVE_UP if asset.attempts > MAX_ATTEMPTS else examine(asset)


def examine(asset: Asset) -> Examined | Refusal:
    """What the asset's bytes are; those that are to be kept then also stand under their hash.

    Raises:
        ServiceUnavailable: Storage does not answer.
        ProbeBroken: The probe itself failed.
    """
    extra: dict[str, Any] = {}
    if asset.derived_from_id:
        made = conversions.make(asset)
        if isinstance(made, Refusal):
            return made
        extra = made
    with TemporaryDirectory(prefix="verify-") as folder:
        path = Path(folder) / "file"
        sha256, size = _fetch(asset.incoming_key, path)
        probed = probe(path, name=asset.name, declared_type=asset.declared_type)
    if isinstance(probed, Facts):
        _keep(asset, sha256)
    return Examined(sha256, size, probed, extra)


def _fetch(key: str, path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in storage.chunks(key, CHUNK_BYTES):
            digest.update(chunk)
            file.write(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def lock_bytes(sha256: str) -> None:
    """Until the transaction ends nobody else decides whether the bytes of this hash stay."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def _keep(asset: Asset, sha256: str) -> None:
    target = Asset(sha256=sha256).storage_key
    if not storage.exists(target):
        storage.copy(asset.incoming_key, target)


def _settle(asset: Asset, future: "Future[Examined | Refusal]", *, now: datetime) -> None:
    error = future.exception()
    if error is None:
        record(asset, future.result(), now=now)
    elif isinstance(error, ServiceUnavailable):
        leases.put_back([asset], blameless=True)
    elif asset.attempts >= MAX_ATTEMPTS:
        log.error("verification_failed", asset=str(asset.id), error=repr(error))
        record(asset, GAVE_UP, now=now)
    else:
        log.warning("verification_will_be_tried_again", asset=str(asset.id), error=repr(error))
        leases.put_back([asset], blameless=False)


def record(asset: Asset, found: Examined | Refusal, *, now: datetime) -> None:
    """Move the asset to ready or refused, unless another worker holds it by now; then free the incoming bytes."""
    with transaction.atomic():
        if not leases.still_held(asset):
            log.warning("lease_lost", asset=str(asset.id))
            return
        to, changes = _outcome(found, now)
        if to == AssetStatus.READY:
            lock_bytes(changes["sha256"])
            _keep(asset, changes["sha256"])  # equal bytes that nobody needed any more may just have gone
        moved = moves.move_asset(asset.id, to=to, changes=leases.released(**changes))
        if to == AssetStatus.READY:
            renditions.queue([moved], now=now)
            prechecks.start_with(moved, now=now)
    storage.delete([asset.incoming_key])


def _outcome(found: Examined | Refusal, now: datetime) -> tuple[AssetStatus, dict[str, Any]]:
    if isinstance(found, Refusal):
        return AssetStatus.REFUSED, {"refusal": found.as_dict()}
    if isinstance(found.probed, Refusal):
        return AssetStatus.REFUSED, {"refusal": found.probed.as_dict(), "sha256": found.sha256}
    facts = found.probed
    return AssetStatus.READY, {
        "sha256": found.sha256,
        "size": found.size,
        "kind": facts.kind,
        "content_type": facts.content_type,
        "facts": facts.details | found.extra,
        "ready_at": now,
    }
