"""One clip from its job to its file: load, condition, sample, decode, write; each stage told as it ends."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from generation.engine.asked import avoided_of, conditions_of, fetch
from generation.engine.spec import GenerationJob, JobRefused
from videomodel import registry
from videomodel.conditions import Clip, Shape
from videomodel.film import AUDIO_RATE_HZ, write_film, write_poster
from videomodel.interface import Embedded, Latents, RequestRefused, VideoModel, collate
from videomodel.lora import AdapterMismatch, load_lora
from videomodel.pictures import enlarge
from videomodel.sampler import draw_noise, guided_velocity, sample

CLIP, POSTER, RESULT = "clip.mp4", "poster.webp", "result.json"
DELIVERED_FPS = 24.0  # only tells the model a length; it answers at its own frame rate


class Cancelled(Exception):
    """The job was asked to stop."""


def tell(event: str, **values: Any) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(json.dumps({"event": event, **values}) + "\n")
    sys.stdout.flush()


class Stages:
    """Names and seconds of what has been done."""

    def __init__(self) -> None:
        self.done: list[dict[str, Any]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside and tell it."""
        started = time.monotonic()
        yield
        self.done.append({"name": name, "seconds": round(time.monotonic() - started, 4)})
        tell("stage", **self.done[-1])


def run_job(job: GenerationJob, *, stop: Callable[[], bool]) -> dict[str, Any]:
    """Make `clip.mp4` and `result.json` in the output folder and give the latter's content.

    Raises:
        JobRefused: The model or the adapter cannot serve the job.
        Cancelled: `stop()` before the clip was made.
    """
    job.output.mkdir(parents=True, exist_ok=True)
    stages, started = Stages(), time.monotonic()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        with stages.stage("load"):
            model = registry.load(job.model, job.base)
            adapter = _put_adapter_on(model, job)
            model.to(device)
        with stages.stage("condition"):
            shape = model.fit(Shape(job.size.width, job.size.height, _frames(job), DELIVERED_FPS))
            conditions = conditions_of(job, shape)
            embedded = collate([model.embed(conditions)])
            words = avoided_of(job, shape)
            avoided = None if words is None else _on(device, collate([model.embed(words)]))
    except (RequestRefused, AdapterMismatch) as error:
        raise JobRefused(str(error)) from error
    with stages.stage("sample"):
        noise = _on(device, draw_noise(model.latent_shapes(shape), [job.seed]))
        latents = _sample(model, job, noise, _on(device, embedded), avoided, stop)
    with stages.stage("decode"):
        clip = model.decode({name: value[0] for name, value in latents.items()}, shape)
    with stages.stage("write"):
        delivered = replace(clip, frames=enlarge(clip.frames, job.size.width, job.size.height))
        write_film(job.output / CLIP, delivered)
        write_poster(job.output / POSTER, delivered)
    result = _result(job, model, shape, delivered, device)
    result |= {"adapter": adapter, "device_seconds": round(time.monotonic() - started, 3), "stages": stages.done}
    (job.output / RESULT).write_text(json.dumps(result, indent=1))
    tell("finished", **result)
    return result


def _frames(job: GenerationJob) -> int:
    return max(1, round(job.size.duration_s * DELIVERED_FPS))


def _put_adapter_on(model: VideoModel, job: GenerationJob) -> dict[str, Any] | None:
    if job.adapter is None:
        return None
    data = fetch(job.adapter)
    with tempfile.NamedTemporaryFile(suffix=".safetensors") as file:
        file.write(data)
        file.flush()
        facts = load_lora(model, Path(file.name))
    return facts | {"fingerprint": hashlib.sha256(data).hexdigest()}


def _on(device: torch.device, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.to(device) for name, value in tensors.items()}


def _sample(
    model: VideoModel,
    job: GenerationJob,
    noise: Latents,
    embedded: Embedded,
    avoided: Embedded | None,
    stop: Callable[[], bool],
) -> Latents:
    _predict(model, job, noise, embedded)

    def on_step(done: int) -> None:
        tell("progress", stage="sample", done=done, total=job.steps)
        if stop():
            raise Cancelled

    return sample(
        model, noise, embedded, steps=job.steps, guidance=job.guidance, avoided=avoided, on_step=on_step
    )  # fmt: skip


@torch.no_grad()
def _predict(model: VideoModel, job: GenerationJob, noise: Latents, embedded: Embedded) -> None:
    """Tell how long sampling will take: the second of two real model calls, times the steps."""
    for _ in range(2):
        started = time.monotonic()
        velocity = guided_velocity(model, noise, torch.ones(1, device=noise["video"].device), embedded, job.guidance)
        float(velocity["video"].sum())  # waits for the device
    tell("predicted", stage="sample", seconds=round((time.monotonic() - started) * job.steps, 3))


def _result(job: GenerationJob, model: VideoModel, shape: Shape, clip: Clip, device: torch.device) -> dict[str, Any]:
    frames, height, width = clip.frames.shape[:3]
    enlarged = (width, height) != (shape.width, shape.height)
    sha256 = hashlib.sha256((job.output / CLIP).read_bytes()).hexdigest()
    return {
        "clip": CLIP,
        "poster": POSTER,
        "sha256": sha256,
        "width": width,
        "height": height,
        "frames": frames,
        "fps": clip.fps,
        "audio_rate": AUDIO_RATE_HZ if clip.sound is not None else None,
        "seconds": round(frames / clip.fps, 4),
        "native": asdict(shape),
        "trained_at": asdict(model.trained_shape),
        "enlarged_by": "lanczos" if enlarged else None,
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu",
        "seed": job.seed,
        "steps": job.steps,
        "guidance": job.guidance,
        "model": model.name,
        "base_fingerprint": model.fingerprint,
    }
