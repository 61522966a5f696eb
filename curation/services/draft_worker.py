"""Measures drafts, a few at a time, so that what is submitted never waits long behind them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from common import leases
from common.errors import ServiceUnavailable
from curation.models import Asset, DraftMeasurement
from curation.scoring.loading import LoadFailed, SampleSpec, load_all, needs_of
from curation.scoring.measuring import Measured
from curation.scoring.registry import MODEL_FREE, build_scorers
from curation.scoring.seam import Sample, Scorer
from curation.scoring.tiers import Tier, of_tier
from curation.services import draft_measurements, originals, scoring_worker
from curation.services.draft_measurements import LEASE, MAX_ATTEMPTS
from curation.services.scores import Failed

BATCH = 4
KEEPS_FAILING = Failed("precheck_failed", f"Measuring broke off {MAX_ATTEMPTS} times. Ask again, or submit.")
Clock = Callable[[], datetime]


@cache
def model_free_scorers() -> tuple[Scorer, ...]:
    """This process's scorers that need no model."""
    return tuple(build_scorers(scoring_worker.configured(), MODEL_FREE))


def measure_next(tier: Tier, *, using: Sequence[Scorer], clock: Clock) -> int:
    """Measure the drafts that have waited longest for this tier; how many they were.

    Args:
        using: All scorers of this process; those of other tiers are left out.

    Raises:
        ServiceUnavailable: Storage does not answer; what was claimed is put back and no attempt is counted.
    """
    claimed = draft_measurements.claim(tier, now=clock(), limit=BATCH)
    scorers = of_tier(using, tier)
    worn = [row for row in claimed if row.attempts > MAX_ATTEMPTS]  # their worker died each time
    draft_measurements.record([(row, KEEPS_FAILING) for row in worn], using=scorers, now=clock())
    fresh = [row for row in claimed if row not in worn]
    try:
        with leases.held(fresh, lease=LEASE, clock=clock):
            found = _measure(fresh, scorers)
    except ServiceUnavailable:
        leases.put_back(fresh, blameless=True)
        raise
    draft_measurements.record(list(zip(fresh, found, strict=True)), using=scorers, now=clock())
    return len(claimed)


def _measure(rows: Sequence[DraftMeasurement], scorers: Sequence[Scorer]) -> list[Measured | Failed]:
    with TemporaryDirectory(prefix="draft-") as folder:
        samples = _load(rows, scorers, Path(folder))
        found = scoring_worker.measure_samples([one for one in samples if isinstance(one, Sample)], scorers)
    return [scoring_worker.outcome(sample, found) for sample in samples]


def _load(rows: Sequence[DraftMeasurement], scorers: Sequence[Scorer], folder: Path) -> list[Sample | LoadFailed]:
    assets = Asset.objects.in_bulk([one for row in rows for one in row.asset_ids])
    paths = originals.fetch(assets.values(), folder)
    specs = [
        SampleSpec(
            sample_id=str(row.id),
            record=row.record,
            paths=paths,
            facts={str(one): assets[one].facts for one in row.asset_ids},
        )
        for row in rows
    ]
    return load_all(specs, needs_of(scorers), threads=scoring_worker.DECODE_THREADS)
