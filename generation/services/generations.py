"""The life of one clip, from the request to the bill, each step one transaction."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from pydantic import ValidationError

from accounts.public import User
from common.errors import InvalidInput
from common.leases import claim, lock_held, released, write_held
from common.pricing import price_wei
from common.spending import check_may_spend
from common.tasks import wake
from curation import public as curation
from generation import policies
from generation.engine.spec import Request
from generation.lifecycle import EVENT_OF_STATUS, GenerationStatus
from generation.models import Event, Generation, Stage
from generation.selectors import NoSuchGeneration
from training import public as training

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 3


class InvalidRequest(InvalidInput):
    code = "invalid_request"


class UnknownModel(InvalidInput):
    code = "unknown_model"


class AdapterOfAnotherModel(InvalidInput):
    """The adapter was trained on another base model."""

    code = "adapter_mismatch"


class NotAnImage(InvalidInput):
    code = "reference_not_an_image"


@transaction.atomic
def request(
    *,
    wanted: Mapping[str, Any],
    model: str,
    adapter_id: UUID | None,
    reference_image_id: UUID | None,
    actor: User,
    now: datetime,
) -> Generation:
    """A queued generation.

    Args:
        wanted: Fields of `generation.engine.spec.Request`; the rest take its defaults.

    Raises:
        InvalidRequest: `wanted` has unknown keys or values out of range; `fields` names them.
        UnknownModel: There are no weights of that name here.
        AdapterOfAnotherModel: The adapter does not fit the model.
        NotAnImage: The reference is another kind of file.
        PrepaidUsedUp: What this person prepaid is used up.
    """
    check_may_spend(actor.id)
    checked = check_wanted(
        wanted=wanted, model=model, adapter_id=adapter_id, reference_image_id=reference_image_id, actor=actor
    )
    generation = Generation.objects.create(
        request=checked.model_dump(mode="json"),
        model=model,
        adapter_id=adapter_id,
        reference_image_id=reference_image_id,
        created_by=actor,
        created_at=now,
    )
    _tell(generation, GenerationStatus.QUEUED, now=now, actor=actor)
    wake("generation.tasks.generate_waiting")
    return generation


def check_wanted(
    *, wanted: Mapping[str, Any], model: str, adapter_id: UUID | None, reference_image_id: UUID | None, actor: User
) -> Request:
    """The whole request, all of whose parts are there. Raises as `request` says."""
    checked = parse_request(wanted)
    if model not in training.base_models():
        raise UnknownModel(f"There is no model {model!r} here. Choose one of: {', '.join(training.base_models())}.")
    if adapter_id and (adapter := training.checkpoint_fact(adapter_id)).base != model:
        raise AdapterOfAnotherModel(f"This adapter was trained on {adapter.base}, not on {model}.")
    if reference_image_id:
        reference = curation.asset_for(actor, reference_image_id)
        if reference.kind != "image":
            raise NotAnImage(f"The reference must be an image; this file is a {reference.kind}.")
    return checked


def parse_request(wanted: Mapping[str, Any]) -> Request:
    """The whole request. Raises `InvalidRequest`."""
    try:
        return Request.model_validate_json(json.dumps(dict(wanted)))
    except ValidationError as error:
        fields = {".".join(map(str, fault["loc"])): [fault["msg"]] for fault in error.errors()}
        raise InvalidRequest(f"The request is wrong at {', '.join(fields)}.", fields=fields) from error


@transaction.atomic
def cancel(*, generation_id: UUID, actor: User, now: datetime) -> Generation:
    """The generation, cancelled at once where it was waiting; a running engine is stopped within seconds."""
    generation = _locked(generation_id)
    if generation.status == GenerationStatus.RUNNING:
        generation.stop_requested = True
        generation.save(update_fields=["stop_requested"])
        return generation
    return _move(generation, GenerationStatus.CANCELLED, now=now, actor=actor, finished_at=now)


@transaction.atomic
def retry(*, generation_id: UUID, actor: User, now: datetime) -> Generation:
    """A failed generation, queued again."""
    clean = released(failure={}, stop_requested=False)
    generation = _move(_locked(generation_id), GenerationStatus.QUEUED, now=now, actor=actor, **clean)
    wake("generation.tasks.generate_waiting")
    return generation


def claim_next(*, now: datetime) -> Generation | None:
    """A generation to make: waiting, or running under a worker whose lease ran out. None when there is none."""
    running = Q(status=GenerationStatus.RUNNING, leased_until__isnull=False)
    waiting = Generation.objects.filter(Q(status=GenerationStatus.QUEUED) | running)
    claimed = claim(waiting, limit=1, lease=LEASE, now=now)
    if not claimed:
        return None
    generation = claimed[0]
    with transaction.atomic():
        locked = _locked(generation.id)
        if locked.status == GenerationStatus.QUEUED:
            locked = _move(locked, GenerationStatus.RUNNING, now=now, started_at=locked.started_at or now)
        if locked.attempts <= MAX_ATTEMPTS:
            return locked
        failure = {"code": "worker_died", "message": f"The worker died {MAX_ATTEMPTS} times; see its log."}
        _move(locked, GenerationStatus.FAILED, now=now, **released(failure=failure, finished_at=now))
    return None


def renew(generation: Generation, *, now: datetime) -> bool:
    """Whether the clip is still wanted; holds the lease for another while. Raises `LeaseLost`."""
    write_held(generation, leased_until=now + LEASE)
    return not Generation.objects.filter(id=generation.id, stop_requested=True).exists()


def record_stage(generation: Generation, *, position: int, name: str, seconds: float) -> None:
    """Store one finished stage; a repeat after a lost worker replaces it."""
    Stage.objects.update_or_create(
        generation=generation, position=position, defaults={"name": name, "seconds": seconds}
    )


@transaction.atomic
def deliver(generation: Generation, *, result: Mapping[str, Any], sha256: str, now: datetime) -> Generation:
    """The delivered generation with its price; the clip lies at `clip_key` already. Raises `LeaseLost`."""
    locked = lock_held(generation)
    seconds = float(result["device_seconds"])
    return _move(
        locked,
        GenerationStatus.DELIVERED,
        now=now,
        **released(
            result=dict(result),
            sha256=sha256,
            device_seconds=seconds,
            price_wei=price_wei(seconds),
            finished_at=now,
        ),
    )


@transaction.atomic
def end(generation: Generation, *, to: GenerationStatus, failure: Mapping[str, str], now: datetime) -> Generation:
    """The generation, failed or cancelled. Raises `LeaseLost`."""
    return _move(lock_held(generation), to, now=now, **released(failure=dict(failure), finished_at=now))


def _locked(generation_id: UUID) -> Generation:
    generation = Generation.objects.select_for_update(of=("self",)).filter(id=generation_id).first()
    if generation is None:
        raise NoSuchGeneration("There is no such generation.")
    return generation


def _move(
    generation: Generation, status: GenerationStatus, *, now: datetime, actor: User | None = None, **changes: Any
) -> Generation:
    """The one place that moves a generation; the caller holds the row's lock."""
    policies.check_move(generation.status, status)
    for name, value in {"status": status, **changes}.items():
        setattr(generation, name, value)
    generation.save(update_fields=["status", *changes])
    _tell(generation, status, now=now, actor=actor)
    return generation


def _tell(generation: Generation, status: GenerationStatus, *, now: datetime, actor: User | None) -> None:
    detail = {"device_seconds": generation.device_seconds, "price_wei": str(generation.price_wei)}
    if generation.failure:
        detail["failure"] = generation.failure
    Event.objects.create(kind=EVENT_OF_STATUS[status], at=now, generation=generation, actor=actor, detail=detail)
