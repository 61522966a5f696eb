"""The training loop: deterministic steps, saved so that a killed run goes on with the same losses."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor

from training.engine.batches import generator_of_step, indices_of_step, load_batch
from training.engine.checkpoints import Course, latest_checkpoint, load_state, prune_checkpoints, save_checkpoint
from training.engine.metrics import MetricsLog, memory_mb
from training.engine.objective import training_losses, validation_losses
from training.engine.samples import SampleMaker
from training.engine.spec import TrainingConfig
from videomodel.interface import VideoModel
from videomodel.lora import lora_weights, set_weights

WARM_UP_STEPS = 10
MAX_GRADIENT = 1.0
VALIDATION_EXAMPLES = 32
SPAN = 20  # one step's loss says little: its noise levels are drawn


class Trainer:
    """Trains the adapter that is already on the model's transformer.

    Attributes:
        step: Steps done so far.
        opening: Losses of the first steps of the run, up to `SPAN` of them.
        recent: Losses of the latest steps, up to `SPAN` of them.
        validation: Validation losses at step 0 and at the latest save; empty where there are no such examples.
    """

    def __init__(
        self, model: VideoModel, config: TrainingConfig, *, course: Course, output: Path, log: MetricsLog,
        accelerator: Accelerator, samples: SampleMaker,
    ) -> None:  # fmt: skip
        self.model = model
        self.config = config
        self.course = course
        self.output = output
        self.log = log
        self.accelerator = accelerator
        self.samples = samples
        self.weights = [weight for weight in model.transformer.parameters() if weight.requires_grad]
        optimizer = torch.optim.AdamW(self.weights, lr=config.lr, weight_decay=0.0)
        self.model.runner, self.optimizer = accelerator.prepare(model.transformer, optimizer)
        self.ema: dict[str, Tensor] | None = lora_weights(model.transformer) if config.ema else None
        self.step = 0
        self.opening: list[float] = []
        self.recent: list[float] = []
        self.validation: list[float] = []

    def resume(self) -> bool:
        """Go on from the last checkpoint in the output folder; False when there is none."""
        folder = latest_checkpoint(self.output)
        if folder is None:
            return False
        state = load_state(folder, course=self.course)
        set_weights(self.model.transformer, state["adapter"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["rng"])
        self.ema, self.step = state["ema"], state["step"]
        self.opening, self.recent, self.validation = state["opening"], state["recent"], state["validation"]
        self.log.keep_until(self.step)
        return True

    def run(self, files: list[Path], validation: list[Path], *, stop: Callable[[], bool]) -> str:
        """Step until the configured count, the configured time, or `stop()`; save at the end. Gives which it was."""
        if self.step == 0:
            self._keep(files, validation)
        started = time.monotonic()
        while self.step < self.config.steps:
            spent_s = time.monotonic() - started
            if self._any_process(stop()):
                self._save(validation)  # and no samples: somebody waits
                return "cancelled"
            if self._any_process(self.config.max_seconds is not None and spent_s > self.config.max_seconds):
                self._keep(files, validation)
                return "max_seconds"
            self._train_one(files)
            if self.step % self.config.save_every == 0 and self.step < self.config.steps:
                self._keep(files, validation)
        self._keep(files, validation)
        return "steps"

    def _any_process(self, wanted: bool) -> bool:
        """Whether one of the processes wants to end: they leave together, or the rest would wait for ever."""
        if self.accelerator.num_processes == 1:
            return wanted
        flag = torch.tensor(float(wanted), device=self.accelerator.device)
        return bool(self.accelerator.reduce(flag, "sum") > 0)

    def _train_one(self, files: list[Path]) -> None:
        started = time.monotonic()
        config, rank, world = self.config, self.accelerator.process_index, self.accelerator.num_processes
        chosen = indices_of_step(
            self.step, examples=len(files), batch=config.batch, seed=config.seed, rank=rank, world=world
        )
        batch = load_batch([files[index] for index in chosen]).to(self.accelerator.device)
        lr = config.lr * min(1.0, (self.step + 1) / WARM_UP_STEPS)
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        self.model.transformer.train()
        with self.accelerator.autocast():
            losses = training_losses(self.model, batch, generator_of_step(self.step, seed=config.seed, rank=rank))
        loss = torch.stack(list(losses.values())).sum()
        self.accelerator.backward(loss)
        self.accelerator.clip_grad_norm_(self.weights, MAX_GRADIENT)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self._average()
        self.step += 1
        self._report(losses, batch.present, lr, time.monotonic() - started)

    def _average(self) -> None:
        if self.ema is None or self.config.ema is None:
            return
        for name, weight in lora_weights(self.model.transformer).items():
            self.ema[name].lerp_(weight, 1 - self.config.ema)

    def _report(self, losses: dict[str, Tensor], present: dict[str, Tensor], lr: float, seconds: float) -> None:
        reduced = {name: float(self.accelerator.reduce(loss.detach(), "mean")) for name, loss in losses.items()}
        total = sum(reduced.values())
        self.opening = [*self.opening, total][:SPAN]
        self.recent = [*self.recent, total][-SPAN:]
        values: dict[str, Any] = {f"loss_{name}": loss for name, loss in reduced.items()}
        values |= {f"with_{name}": int(flags.sum()) for name, flags in present.items()}
        memory = round(memory_mb(self.accelerator.device), 1)
        self.log.write("step", step=self.step, loss=total, **values, lr=lr, seconds=round(seconds, 4), memory_mb=memory)

    def _keep(self, files: list[Path], validation: list[Path]) -> None:
        self._save(validation)
        self._show(validation or files)

    def _save(self, validation: list[Path]) -> None:
        self.accelerator.wait_for_everyone()
        if self.accelerator.is_main_process:
            self._validate(validation)
            raw = lora_weights(self.model.transformer)
            state = {
                "adapter": raw,
                "optimizer": self.optimizer.state_dict(),
                "ema": self.ema,
                "step": self.step,
                "opening": self.opening,
                "recent": self.recent,
                "validation": self.validation,
                "rng": torch.get_rng_state(),
            }
            folder = save_checkpoint(self.output, self.step, course=self.course, adapter=self.ema or raw, state=state)
            prune_checkpoints(self.output, keep=self.config.keep_checkpoints)
            self.log.write("saved", step=self.step, checkpoint=folder.name)
        self.accelerator.wait_for_everyone()

    def _show(self, files: list[Path]) -> None:
        """Samples with the weights that were just saved."""
        if self.accelerator.is_main_process and self.samples.count:
            raw = lora_weights(self.model.transformer)
            self.model.transformer.eval()
            runner, self.model.runner = self.model.runner, self.model.transformer
            set_weights(self.model.transformer, self.ema or raw)
            self.samples.make(self.model, files, self.step)
            set_weights(self.model.transformer, raw)
            self.model.runner = runner
        self.accelerator.wait_for_everyone()

    def _validate(self, validation: list[Path]) -> None:
        if not validation:
            return
        self.model.transformer.eval()
        runner, self.model.runner = self.model.runner, self.model.transformer
        batch = load_batch(validation[:VALIDATION_EXAMPLES]).to(self.accelerator.device)
        losses = validation_losses(self.model, batch)
        self.model.runner = runner
        total, used = sum(losses.values()), len(validation[:VALIDATION_EXAMPLES])
        self.validation = [*self.validation[:1], total]
        named = {f"loss_{name}": loss for name, loss in losses.items()}
        self.log.write("validated", step=self.step, loss=total, **named, examples=used)
