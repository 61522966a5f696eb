"""The life of a fine-tune run, each step one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from pydantic import ValidationError

from accounts.public import User
from common.errors import DomainError, InvalidInput
from common.leases import claim, lock_held, released, write_held
from common.pricing import price_wei
from common.spending import check_may_spend
from common.tasks import wake
from curation import public as curation
from training import policies
from training.engine.spec import TrainingConfig
from training.lifecycle import EVENT_OF_STATUS, RunStatus
from training.models import Checkpoint, Event, Run, RunMetric
from training.selectors import NoSuchRun

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5
PROFILE = "webdataset"


class UnknownBaseModel(InvalidInput):
    code = "unknown_base_model"


class InvalidTrainingConfig(InvalidInput):
    code = "invalid_training_config"


class ExportNotTrainable(DomainError):
    """The export is unfinished, or laid out for another loader."""

    code = "export_not_trainable"
    status = HTTPStatus.CONFLICT


@transaction.atomic
def start(*, export_id: UUID, base: str, config: Mapping[str, Any], actor: User, now: datetime) -> Run:
    """A queued run.

    Args:
        config: Fields of `training.engine.spec.TrainingConfig`; the rest take its defaults.

    Raises:
        ExportNotTrainable: The export is not a finished WebDataset export.
        UnknownBaseModel: No such folder of weights.
        InvalidTrainingConfig: `config` has unknown keys or values out of range; `fields` names them.
        PrepaidUsedUp: What this person prepaid is used up.
    """
    check_may_spend(actor.id)
    checked = parse_config(config)
    if base not in base_models():
        raise UnknownBaseModel(f"There is no base model {base!r} here. Choose one of: {', '.join(base_models())}.")
    export = curation.export_fact(export_id)
    if export.profile != PROFILE or not export.ready:
        raise ExportNotTrainable(f"Training streams a finished {PROFILE!r} export; make one of this version first.")
    run = Run.objects.create(
        export_id=export_id,
        base=base,
        config=checked.model_dump(mode="json"),
        steps=checked.steps,
        created_by=actor,
        created_at=now,
    )
    _tell(run, RunStatus.QUEUED, now=now, actor=actor)
    wake("training.tasks.train_waiting")
    return run


def parse_config(config: Mapping[str, Any]) -> TrainingConfig:
    """The whole configuration. Raises `InvalidTrainingConfig`."""
    try:
        return TrainingConfig.model_validate(dict(config))
    except ValidationError as error:
        fields = {".".join(("config", *map(str, fault["loc"]))): [fault["msg"]] for fault in error.errors()}
        raise InvalidTrainingConfig(
            f"The training configuration is wrong at {', '.join(fields)}.", fields=fields
        ) from error


def config_schema() -> dict[str, Any]:
    """The JSON Schema of a configuration, its groups in their order, and the base models there are."""
    schema = TrainingConfig.model_json_schema()
    groups = dict.fromkeys(field["group"] for field in schema["properties"].values())
    return {"config": schema, "groups": list(groups), "bases": base_models()}


def base_models() -> list[str]:
    """Names of the video models whose weights lie here."""
    return sorted(path.parent.name for path in settings.WEIGHTS.glob("*/config.json"))


def weights_folder(base: str) -> Path:
    """Where the weights of a base model lie."""
    return settings.WEIGHTS / base


@transaction.atomic
def cancel(*, run_id: UUID, actor: User, now: datetime) -> Run:
    """The run, cancelled at once where it was waiting; a running engine saves first and is cancelled then."""
    run = _locked(run_id)
    if run.status == RunStatus.RUNNING:
        run.stop_requested = True
        run.save(update_fields=["stop_requested"])
        return run
    return _move(run, RunStatus.CANCELLED, now=now, actor=actor, finished_at=now)


@transaction.atomic
def resume(*, run_id: UUID, actor: User, now: datetime) -> Run:
    """The run, queued again; it goes on from its newest checkpoint with the configuration it was started with."""
    run = _move(_locked(run_id), RunStatus.QUEUED, now=now, actor=actor, **released(stop_requested=False, failure={}))
    wake("training.tasks.train_waiting")
    return run


def claim_next(*, now: datetime) -> Run | None:
    """A run to work on: waiting, or running under a worker whose lease ran out. None when there is none."""
    waiting = Run.objects.filter(Q(status=RunStatus.QUEUED) | Q(status=RunStatus.RUNNING, leased_until__isnull=False))
    claimed = claim(waiting, limit=1, lease=LEASE, now=now)
    if not claimed:
        return None
    run = claimed[0]
    if run.attempts > MAX_ATTEMPTS:
        _give_up(run, now=now)
        return None
    if run.status == RunStatus.QUEUED:
        with transaction.atomic():
            run = _move(_locked(run.id), RunStatus.RUNNING, now=now, started_at=run.started_at or now)
    return run


def _give_up(run: Run, *, now: datetime) -> None:
    with transaction.atomic():
        failure = {"code": "worker_died", "message": f"The worker died {MAX_ATTEMPTS} times; see its log."}
        locked = _locked(run.id)
        if locked.status == RunStatus.QUEUED:
            locked = _move(locked, RunStatus.RUNNING, now=now)
        _move(locked, RunStatus.FAILED, now=now, **released(failure=failure, finished_at=now))


def renew(run: Run, *, now: datetime) -> bool:
    """Whether the run is still wanted; holds the lease for another while. Raises `LeaseLost`."""
    write_held(run, leased_until=now + LEASE)
    return not Run.objects.filter(id=run.id, stop_requested=True).exists()


def record_metrics(run: Run, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store what the engine printed; a step seen again after a resume replaces the earlier figures."""
    metrics = [RunMetric(run=run, step=row["step"], values=dict(row)) for row in rows]
    RunMetric.objects.bulk_create(
        metrics, update_conflicts=True, unique_fields=["run", "step"], update_fields=["values"]
    )
    if rows:
        Run.objects.filter(id=run.id).update(step=max(row["step"] for row in rows))


@transaction.atomic
def record_checkpoint(
    run: Run,
    *,
    step: int,
    fingerprint: str,
    base_fingerprint: str,
    config_fingerprint: str,
    files: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Checkpoint:
    """The stored checkpoint; its files lie below `Checkpoint.prefix` already. Progress forgives earlier attempts.

    Raises:
        LeaseLost: Another worker has taken the run over; its checkpoints count.
    """
    write_held(run, config_fingerprint=config_fingerprint, **({"attempts": 1} if step else {}))
    checkpoint, _ = Checkpoint.objects.update_or_create(
        run=run,
        step=step,
        defaults={
            "fingerprint": fingerprint,
            "base": run.base,
            "base_fingerprint": base_fingerprint,
            "files": list(files),
            "created_at": now,
        },
    )
    return checkpoint


@transaction.atomic
def finish(run: Run, *, to: RunStatus, now: datetime, device_seconds: float, **changes: Any) -> Run:
    """The run in its last status for now. Raises `LeaseLost` where another worker has it."""
    locked = lock_held(run)
    spent = locked.device_seconds + device_seconds
    return _move(locked, to, now=now, **released(device_seconds=spent, finished_at=now, **changes))


def _locked(run_id: UUID) -> Run:
    run = Run.objects.select_for_update(of=("self",)).filter(id=run_id).first()
    if run is None:
        raise NoSuchRun("There is no such run.")
    return run


def _move(run: Run, status: RunStatus, *, now: datetime, actor: User | None = None, **changes: Any) -> Run:
    """The one place that moves a run; the caller holds the row's lock."""
    policies.check_move(run.status, status)
    for name, value in {"status": status, **changes}.items():
        setattr(run, name, value)
    run.save(update_fields=["status", *changes])
    _tell(run, status, now=now, actor=actor)
    return run


def _tell(run: Run, status: RunStatus, *, now: datetime, actor: User | None) -> None:
    detail: dict[str, Any] = {"device_seconds": run.device_seconds, "step": run.step}
    if status == RunStatus.FINISHED:
        detail["price_wei"] = str(price_wei(run.device_seconds))
    if run.failure:
        detail["failure"] = run.failure
    Event.objects.create(kind=EVENT_OF_STATUS[status], at=now, run=run, actor=actor, detail=detail)
