"""Saved states of a run: the adapter, and beside it all that the next step depends on."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from training.engine.spec import JobRefused
from videomodel.interface import VideoModel
from videomodel.lora import save_lora

ADAPTER = "adapter.safetensors"
STATE = "state.pt"
FACTS = "checkpoint.json"


@dataclass(frozen=True, slots=True)
class Course:
    """What a checkpoint belongs to: base weights, configuration fingerprint, adapter rank."""

    model: VideoModel
    config_fingerprint: str
    rank: int


def save_checkpoint(output: Path, step: int, *, course: Course, adapter: dict[str, Any], state: dict[str, Any]) -> Path:
    """Write `checkpoint-<step>/` whole or not at all, and give its folder."""
    final = output / f"checkpoint-{step:08d}"
    draft = output / f".draft-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    facts = {"step": step, "config_fingerprint": course.config_fingerprint}
    sha256 = save_lora(draft / ADAPTER, adapter, model=course.model, rank=course.rank, facts=facts)
    torch.save(state, draft / STATE)
    base = {"model": course.model.name, "base_fingerprint": course.model.fingerprint}
    (draft / FACTS).write_text(json.dumps(facts | base | {"rank": course.rank, "adapter_sha256": sha256}))
    shutil.rmtree(final, ignore_errors=True)
    draft.replace(final)
    return final


def latest_checkpoint(output: Path) -> Path | None:
    """The folder of the last whole checkpoint, or None at the start of a run."""
    return max(output.glob("checkpoint-*"), default=None)


def load_state(folder: Path, *, course: Course) -> dict[str, Any]:
    """The state to go on from.

    Raises:
        JobRefused: It was saved under another configuration or other base weights.
    """
    facts = json.loads((folder / FACTS).read_text())
    if facts["config_fingerprint"] != course.config_fingerprint:
        raise JobRefused(
            f"{folder.name} was made with another configuration or base"
            f" ({facts['config_fingerprint'][:12]}, this job is {course.config_fingerprint[:12]});"
            " use a new output folder, or the job it was made with."
        )
    state: dict[str, Any] = torch.load(folder / STATE, weights_only=True, map_location="cpu")
    return state


def prune_checkpoints(output: Path, *, keep: int) -> None:
    """Delete all but the last `keep` checkpoints."""
    for folder in sorted(output.glob("checkpoint-*"))[:-keep]:
        shutil.rmtree(folder)
