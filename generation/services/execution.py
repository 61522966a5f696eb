"""A claimed generation on this node: start the engine, show its stages, store the clip, write the bill."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from common import jobs, storage
from curation import public as curation
from generation.lifecycle import GenerationStatus
from generation.models import Generation
from generation.services import generations
from training import public as training

ENGINE = "generation.engine"
STOPPED = 4  # the engine's exit status after it was asked to stop
ADAPTER = "adapter.safetensors"
LINKS_LAST_S = 24 * 3600

Clock = Callable[[], datetime]


class Listener:
    """Stores what the engine prints: each stage as it ends, and why it refused."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.stages = 0
        self.refusal = ""

    def hear(self, message: dict[str, Any]) -> None:
        if message.get("event") == "stage":
            self.stages += 1
            generations.record_stage(
                self.generation, position=self.stages, name=message["name"], seconds=message["seconds"]
            )
        elif message.get("event") == "refused":
            self.refusal = message["reason"]


def execute(generation: Generation, *, clock: Clock) -> Generation:
    """The generation in its last status. Raises `LeaseLost` where another worker has taken it over."""
    folder = settings.VAR / "jobs" / f"generation-{generation.id}"
    output = folder / "output"
    listener = Listener(generation)
    end = jobs.run(
        ENGINE,
        _job(generation, output),
        folder=folder,
        on_message=listener.hear,
        still_wanted=lambda: generations.renew(generation, now=clock()),
        beat_s=2.0,
    )
    ended = _settle(generation, end, listener, output, now=clock())
    if ended.status == GenerationStatus.DELIVERED:
        shutil.rmtree(folder)
    return ended


def _job(generation: Generation, output: Path) -> dict[str, Any]:
    """The job spec: plain JSON, readable on a node that has no database."""
    return {
        **generation.request,
        "model": generation.model,
        "base": str(training.weights_folder(generation.model)),
        "output": str(output),
        "adapter": _adapter_link(generation),
        "reference": _reference(generation),
    }


def _adapter_link(generation: Generation) -> str | None:
    if generation.adapter_id is None:
        return None
    prefix = training.checkpoint_fact(generation.adapter_id).prefix
    return _link(prefix + ADAPTER, "application/octet-stream", ADAPTER)


def _reference(generation: Generation) -> dict[str, str] | None:
    if generation.reference_image_id is None:
        return None
    image = curation.asset_for(generation.created_by, generation.reference_image_id)
    return {"image": _link(image.storage_key, image.content_type, "reference"), "role": "first_frame"}


def _link(key: str, content_type: str, filename: str) -> str:
    return storage.read_link(key, content_type=content_type, filename=filename, expires_s=LINKS_LAST_S, public=False)


def _settle(generation: Generation, end: jobs.JobEnd, listener: Listener, output: Path, *, now: datetime) -> Generation:
    if listener.refusal:
        failure = {"code": "job_refused", "message": listener.refusal}
        return generations.end(generation, to=GenerationStatus.FAILED, failure=failure, now=now)
    if end.stopped:
        return generations.end(generation, to=GenerationStatus.CANCELLED, failure={}, now=now)
    if end.returncode == STOPPED:  # the node is shutting down: another worker makes it
        return generations.end(generation, to=GenerationStatus.QUEUED, failure={}, now=now)
    if end.returncode:
        failure = {"code": "engine_failed", "message": end.stderr or f"Exit status {end.returncode}."}
        return generations.end(generation, to=GenerationStatus.FAILED, failure=failure, now=now)
    result = json.loads((output / "result.json").read_text())
    storage.upload(output / result.pop("poster"), generation.poster_key, "image/webp")
    storage.upload(output / result.pop("clip"), generation.clip_key, "video/mp4")
    sha256 = result.pop("sha256")
    return generations.deliver(generation, result=result | {"has_poster": True}, sha256=sha256, now=now)
