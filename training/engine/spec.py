"""The job a run is started with. Strict: an unknown or misspelt key is refused, not ignored."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class JobRefused(Exception):
    """The job cannot be done, for the reason given."""


class Strict(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _field(group: str, title: str, description: str, default: Any = None, **limits: Any) -> Any:
    """A field as forms show it: its group, name and help are in the published schema."""
    return Field(default=default, title=title, description=description, json_schema_extra={"group": group}, **limits)


class ClipShape(Strict):
    """What the clips are cut to: pixels, frames, frames per second."""

    width: int = Field(gt=0, le=4096)
    height: int = Field(gt=0, le=4096)
    frames: int = Field(gt=0, le=1000)
    fps: float = Field(gt=0, le=120)


class TrainingConfig(Strict):
    """Everything that changes what is learnt, and how often it is saved."""

    steps: int = _field("course", "Steps", "How many batches are learnt from.", 200, ge=1, le=10_000_000)
    batch: int = _field("course", "Batch", "Clips per step, on each device.", 4, ge=1, le=4096)
    lr: float = _field("course", "Learning rate", "After a warm-up of 10 steps.", 1e-4, gt=0, le=1)
    seed: int = _field("course", "Seed", "The same seed gives the same course.", 0, ge=0, lt=2**31)
    rank: int = _field("adapter", "Rank", "Of the LoRA matrices: how much the adapter can hold.", 32, ge=1, le=1024)
    ema: float | None = _field("adapter", "Averaging", "Decay of the averaged weights; none if null.", gt=0, lt=1)
    save_every: int = _field("saving", "Save every", "Steps between checkpoints and validations.", 100, ge=1)
    keep_checkpoints: int = _field("saving", "Keep", "Checkpoints kept on the node; all stay in storage.", 2, ge=1)
    samples: int = _field("saving", "Samples", "Clips made of held-out shots at every save; 0: none.", 2, ge=0, le=8)
    max_seconds: float | None = _field("saving", "Longest", "Seconds after which it saves and ends; null: none.", gt=0)
    split: str = _field("data", "Training split", "Of the version.", "train")
    validation_split: str = _field("data", "Validation split", "Of the version.", "validation")
    shape: ClipShape | None = _field("data", "Clip shape", "What clips are cut to; the base model's own if null.")

    def fingerprint(self, *, base_fingerprint: str) -> str:
        """sha256 (hex) over all that decides the course of the losses; when to stop, what to keep and show do not."""
        beside = {"steps", "save_every", "keep_checkpoints", "samples", "max_seconds"}
        course = self.model_dump(mode="json", exclude=beside)
        text = json.dumps(course | {"base": base_fingerprint}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class TrainingJob(Strict):
    """One run.

    `shards` are paths or http(s) addresses of WebDataset tar shards, `base` is a checkpoint folder or the
    http(s) address of a tar of one, `output` and `cache` are local folders.
    """

    model: str = "slate-nano"
    base: str
    shards: list[str] = Field(min_length=1)
    output: Path
    cache: Path | None = None
    config: TrainingConfig = TrainingConfig()


def read_job(path: Path) -> TrainingJob:
    """The job in a JSON file. Raises `JobRefused` naming every key that is wrong."""
    try:
        return TrainingJob.model_validate_json(path.read_bytes())
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise JobRefused(f"The job is not valid: {faults}") from error
