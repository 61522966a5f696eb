"""The scoring worker: while the models run on one batch, the next is claimed, fetched and decoded."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from django.conf import settings
from django.db import connection

from common import leases
from common.errors import ServiceUnavailable
from curation.models import RevisionAsset, Submission
from curation.scoring.loading import LoadFailed, SampleSpec, load_all, needs_of
from curation.scoring.measuring import Measured, measure
from curation.scoring.registry import Settings, build_scorers
from curation.scoring.seam import Sample, Scorer
from curation.services import draft_measurements, originals, scores, scoring_holds
from curation.services.scores import Failed, Scored

log = structlog.get_logger(__name__)

MAX_BATCH_BYTES = 2**30  # of originals on this machine's disk at once, except where a single one is larger
MAX_BATCH_S = 1800.0  # of clips and recordings decoded at once: half an hour of speech takes 115 MB
DECODE_THREADS = 2
BATCH = 32
FIRST_BATCH = 8  # nothing runs while the first batch is loaded, so it is a small one
KEEPS_FAILING = Failed("scoring_failed", f"Scoring broke off {scores.MAX_ATTEMPTS} times. Retry, or tell an operator.")
Clock = Callable[[], datetime]


@dataclass
class Batch:
    """Claimed submissions with their decoded samples; their leases live and their files stay until it is closed."""

    submissions: list[Submission]
    samples: list[Sample | LoadFailed]
    holding: leases.Holding
    kept: ExitStack

    def settle(self) -> None:
        """End the renewals, so that results can be written under leases that stand still."""
        for submission in self.submissions:
            self.holding.settle(submission)


@cache
def scorers() -> tuple[Scorer, ...]:
    """This process's scorers, as configured; models are loaded on first use."""
    return tuple(build_scorers(shared()))


@cache
def shared() -> Settings:
    """What this process's scorers are built from: its models are loaded once for all who use them."""
    return configured()


def configured() -> Settings:
    """What this installation's scorers are built from."""
    return Settings(
        weights=settings.WEIGHTS,
        model_cache=settings.MODEL_CACHE,
        clip_model=settings.CLIP_MODEL,
        clip_pretrained=settings.CLIP_PRETRAINED,
        aesthetic_weights=settings.AESTHETIC_WEIGHTS,
        whisper_model=settings.WHISPER_MODEL,
        whisper_engine=settings.WHISPER_ENGINE,
        whisper_precision=settings.WHISPER_PRECISION,
        clap_model=settings.CLAP_MODEL,
        device=settings.DEVICE,
        threads=DECODE_THREADS,
    )


def score_waiting(*, using: Sequence[Scorer], clock: Clock) -> int:
    """Score until nothing waits; how many submissions were measured. None while a model lacks its calibration.

    Raises:
        ServiceUnavailable: Storage does not answer; what was claimed is put back and no attempt is counted.
    """
    if scoring_holds.refresh(using, now=clock()):
        return 0
    total = 0
    # What a pass puts back for another try was not there when its last batch was looked for.
    while done := _score_ahead(using, clock):
        total += done
    return total


def _score_ahead(using: Sequence[Scorer], clock: Clock) -> int:
    """One pass over what waits, always one batch ahead."""
    done = 0
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as ahead:
        coming = ahead.submit(_load_in_thread, using, clock, FIRST_BATCH)
        try:
            while batch := coming.result():
                coming = ahead.submit(_load_in_thread, using, clock, BATCH)
                done += score(batch, using, clock)
        except BaseException:
            coming.add_done_callback(_abandon)
            raise
    return done


def _load_in_thread(using: Sequence[Scorer], clock: Clock, limit: int) -> Batch | None:
    try:
        return load(using, clock, limit)
    finally:
        connection.close()


def load(using: Sequence[Scorer], clock: Clock, limit: int = BATCH) -> Batch | None:
    """The next batch, claimed, fetched and decoded; None where nothing waits.

    Raises:
        ServiceUnavailable: Storage does not answer; what was claimed is put back.
    """
    claimed = scores.claim(now=clock(), limit=limit)
    while claimed and (known := _known(claimed, using)):
        scores.record(scores.looked_up(known), now=clock())
        done = {one.submission.id for one in known}
        claimed = [one for one in claimed if one.id not in done] or scores.claim(now=clock(), limit=limit)
    if not claimed:
        return None
    placements = _placements(claimed)
    submissions = _that_fit(claimed, placements)
    with ExitStack() as stack:
        holding = stack.enter_context(leases.held(submissions, lease=scores.LEASE, clock=clock))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="score-")))
        try:
            paths = originals.fetch([one.asset for row in submissions for one in placements[row.id]], folder)
        except ServiceUnavailable:
            leases.put_back(submissions, blameless=True)
            raise
        specs = [_spec(row, placements[row.id], paths) for row in submissions]
        samples = load_all(specs, needs_of(using), threads=DECODE_THREADS)
        return Batch(submissions, samples, holding, stack.pop_all())


def _known(claimed: Sequence[Submission], using: Sequence[Scorer]) -> list[Scored]:
    """What can be written without measuring: what killed its workers, and what the pre-check measured already."""
    measured = draft_measurements.measured_before(claimed, using)
    known: list[Scored] = []
    for submission in claimed:
        if submission.attempts > scores.MAX_ATTEMPTS:
            known.append(Scored(submission, KEEPS_FAILING))
        elif submission.id in measured:
            known.append(Scored(submission, measured[submission.id]))
    return known


def score(batch: Batch, using: Sequence[Scorer], clock: Clock) -> int:
    """Measure a batch and write what was found; how many submissions it had."""
    with batch.kept:
        found = measure_samples([sample for sample in batch.samples if isinstance(sample, Sample)], using)
        results = [
            Scored(submission, outcome(sample, found))
            for submission, sample in zip(batch.submissions, batch.samples, strict=True)
        ]
        results = scores.looked_up(results)
        batch.settle()
        scores.record(results, now=clock())
    return len(results)


def outcome(sample: Sample | LoadFailed, found: dict[str, Measured | Failed]) -> Measured | Failed:
    """What became of one sample, by what `measure_samples` found."""
    return Failed("media_unreadable", sample.reason) if isinstance(sample, LoadFailed) else found[sample.sample_id]


def _placements(claimed: Sequence[Submission]) -> dict[object, list[RevisionAsset]]:
    rows = RevisionAsset.objects.filter(revision__in=[one.current_id for one in claimed]).select_related("asset")
    found: dict[object, list[RevisionAsset]] = {one.id: [] for one in claimed}
    by_revision = {one.current_id: one.id for one in claimed}
    for row in rows:
        found[by_revision[row.revision_id]].append(row)
    return found


def _that_fit(claimed: list[Submission], placements: dict[object, list[RevisionAsset]]) -> list[Submission]:
    """As many of the oldest as disk and memory take; the others are put back."""
    size, duration_s, count = 0, 0.0, 0
    for submission in claimed:
        assets = [row.asset for row in placements[submission.id]]
        size += sum(asset.size for asset in assets)
        duration_s += sum(asset.facts.get("duration_s", 0.0) for asset in assets)
        if count and (size > MAX_BATCH_BYTES or duration_s > MAX_BATCH_S):
            break
        count += 1
    leases.put_back(claimed[count:], blameless=True)
    return claimed[:count]


def _spec(submission: Submission, placements: Sequence[RevisionAsset], paths: dict[str, Path]) -> SampleSpec:
    assert submission.current is not None, "what is submitted has a revision"
    return SampleSpec(
        sample_id=str(submission.id),
        record=submission.current.record,
        paths=paths,
        facts={str(row.asset_id): row.asset.facts for row in placements},
    )


def measure_samples(samples: Sequence[Sample], using: Sequence[Scorer]) -> dict[str, Measured | Failed]:
    """By sample id. What no scorer survives is the fault of the samples as far as anyone can tell: attempts count."""
    try:
        measured = measure(samples, using)
    except Exception as error:
        log.exception("scorer_failed", samples=len(samples))
        return {sample.sample_id: Failed("scoring_failed", f"{type(error).__name__}: {error}") for sample in samples}
    return {one.sample_id: _complete(one) for one in measured}


def _complete(one: Measured) -> Measured | Failed:
    if not one.failures:
        return one
    return Failed("scoring_failed", "; ".join(f"{name}: {why}" for name, why in one.failures.items()))


def _abandon(coming: "Future[Batch | None]") -> None:
    """A batch that was loaded ahead and that nobody will score: put it back."""
    batch = None if coming.exception() else coming.result()
    if batch:
        with batch.kept:
            batch.settle()
            leases.put_back(batch.submissions, blameless=True)
        connection.close()
