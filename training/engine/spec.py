"""The job a run is started with. Strict: an unknown or misspelt key is refused, not ignored."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class JobRefused(Exception):
    """The job cannot be done, for the reason given."""


class Strict(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class ClipShape(Strict):
    """What the clips are cut to: pixels, frames, frames per second."""

    width: int = Field(gt=0, le=4096)
    height: int = Field(gt=0, le=4096)
    frames: int = Field(gt=0, le=1000)
    fps: float = Field(gt=0, le=120)


class TrainingConfig(Strict):
    """Everything that changes what is learnt, and how often it is saved."""

    steps: int = Field(default=200, ge=1, le=10_000_000)
    batch: int = Field(default=4, ge=1, le=4096)
    lr: float = Field(default=1e-4, gt=0, le=1)
    rank: int = Field(default=32, ge=1, le=1024)
    seed: int = Field(default=0, ge=0, lt=2**31)
    save_every: int = Field(default=100, ge=1)
    keep_checkpoints: int = Field(default=2, ge=1)
    max_seconds: float | None = Field(default=None, gt=0)
    ema: float | None = Field(default=None, gt=0, lt=1)
    split: str = "train"
    validation_split: str = "validation"
    shape: ClipShape | None = None

    def fingerprint(self, *, base_fingerprint: str) -> str:
        """sha256 (hex) over all that decides the course of the losses; when to stop and what to keep do not."""
        course = self.model_dump(mode="json", exclude={"steps", "save_every", "keep_checkpoints", "max_seconds"})
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
