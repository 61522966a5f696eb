"""One run from its job to its result: read, encode, check, train, write what came of it."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import set_seed

from training.engine.checkpoints import ADAPTER, FACTS, Course, latest_checkpoint, load_state
from training.engine.forecast import check_memory, forecast_bytes
from training.engine.metrics import MetricsLog
from training.engine.samples import SampleMaker
from training.engine.shards import Sample, open_shard, read_samples
from training.engine.spec import JobRefused, TrainingJob
from training.engine.store import LatentStore, check_usable
from training.engine.trainer import Trainer
from videomodel import registry
from videomodel.conditions import Shape
from videomodel.interface import RequestRefused, VideoModel
from videomodel.lora import add_lora


class Cancelled(Exception):
    """The run was asked to stop before it had anything to save."""


def run_job(job: TrainingJob, *, stop: Callable[[], bool]) -> dict[str, Any]:
    """Do the job, write `result.json` into its output folder, and give its content.

    Raises:
        JobRefused: It cannot be done; nothing was trained.
        Cancelled: `stop()` before training began.
    """
    started = time.monotonic()
    job.output.mkdir(parents=True, exist_ok=True)
    with_gpu = torch.cuda.is_available()
    accelerator = Accelerator(cpu=not with_gpu, mixed_precision="bf16" if with_gpu else "no")
    set_seed(job.config.seed)
    log = MetricsLog(job.output / "metrics.jsonl", enabled=accelerator.is_main_process)
    model, shape = load_base(job)
    course = Course(model, job.config.fingerprint(base_fingerprint=model.fingerprint), job.config.rank)
    if folder := latest_checkpoint(job.output):
        load_state(folder, course=course)  # refuse another configuration before any work
    with accelerator.main_process_first():
        files, reports = _examples(job, model, shape, stop)
    log.write("examples", **{split: asdict(report) for split, report in reports.items()})
    check_usable(reports, job.config.split)
    _prepare(job, model, shape, log, accelerator)
    trainer = Trainer(
        model, job.config, course=course, output=job.output, log=log, accelerator=accelerator,
        samples=SampleMaker(job, base_folder(job), shape, log),
    )  # fmt: skip
    if trainer.resume():
        log.write("resumed", step=trainer.step)
    ended = trainer.run(files[job.config.split], files[job.config.validation_split], stop=stop)
    result = _result(trainer, ended, time.monotonic() - started)
    if accelerator.is_main_process:
        (job.output / "result.json").write_text(json.dumps(result, indent=1))
    log.write("finished", **result)
    return result


def load_base(job: TrainingJob) -> tuple[VideoModel, Shape]:
    """The base model and the native shape that the run's clips are cut to. Raises `JobRefused`."""
    wanted = job.config.shape
    try:
        model = registry.load(job.model, base_folder(job))
        if wanted is None:
            return model, model.trained_shape
        shape = Shape(wanted.width, wanted.height, wanted.frames, wanted.fps)
        model.latent_shapes(shape)
    except RequestRefused as error:
        raise JobRefused(str(error)) from error
    return model, shape


def base_folder(job: TrainingJob) -> Path:
    """The checkpoint folder; a tar behind an address is unpacked beside the output once."""
    if not job.base.startswith(("http://", "https://")):
        return Path(job.base)
    folder = job.output / "base"
    if not folder.exists():
        draft = Path(tempfile.mkdtemp(dir=job.output, prefix=".base-"))
        with closing(open_shard(job.base)) as stream, tarfile.open(fileobj=stream, mode="r|*") as tar:
            tar.extractall(draft, filter="data")
        draft.replace(folder)
    return folder


def _examples(
    job: TrainingJob, model: VideoModel, shape: Shape, stop: Callable[[], bool]
) -> tuple[dict[str, list[Path]], dict[str, Any]]:
    store = LatentStore(job.cache or job.output / "cache", model, shape)
    samples = _until(read_samples(job.shards), stop)
    return store.add_all(samples, (job.config.split, job.config.validation_split))


def _until(samples: Iterable[Sample], stop: Callable[[], bool]) -> Iterator[Sample]:
    for sample in samples:
        if stop():
            raise Cancelled
        yield sample


def _prepare(job: TrainingJob, model: VideoModel, shape: Shape, log: MetricsLog, accelerator: Accelerator) -> None:
    """Free the codec, put the adapter on, and say what memory the run needs before it is spent."""
    model.release_codec()
    trainable = add_lora(model, job.config.rank)
    forecast = forecast_bytes(model, trainable, shape=shape, batch=job.config.batch)
    parameters = sum(weight.numel() for weight in trainable)
    log.write("forecast", trainable_parameters=parameters, bytes=forecast, device=str(accelerator.device))
    check_memory(forecast, accelerator.device)
    model.to(accelerator.device)


def _result(trainer: Trainer, ended: str, seconds: float) -> dict[str, Any]:
    folder = latest_checkpoint(trainer.output)
    if folder is None:
        raise FileNotFoundError("The run ended without a checkpoint.")
    facts = json.loads((folder / FACTS).read_text())
    if trainer.accelerator.is_main_process:
        shutil.copyfile(folder / ADAPTER, trainer.output / ADAPTER)
    device = trainer.accelerator.device
    return facts | {
        "ended": ended,
        "adapter": ADAPTER,
        "checkpoint": folder.name,
        "loss_first": _mean(trainer.opening),
        "loss_last": _mean(trainer.recent),
        "validation_loss": trainer.validation,
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu",
        "device_seconds": round(seconds * trainer.accelerator.num_processes, 3),
    }


def _mean(losses: list[float]) -> float | None:
    return sum(losses) / len(losses) if losses else None
