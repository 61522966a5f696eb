"""Latents and conditions of every window, computed once and kept by content, so that the codec can leave memory."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.engine.clips import UnusableClip
from training.engine.reading import windows_of
from training.engine.shards import Sample
from training.engine.spec import JobRefused
from videomodel.conditions import Shape
from videomodel.interface import VideoModel
from videomodel.rays import UnusableCamera

LAYOUT = "2"  # changes when what is stored changes, so that old caches are not read


@dataclass
class BucketReport:
    """What became of the samples of one split: nothing is dropped or cut in silence."""

    shape: dict[str, Any]
    samples: int = 0
    windows: int = 0
    with_sound: int = 0
    used_s: float = 0.0
    lost_s: float = 0.0
    unusable: dict[str, int] = field(default_factory=dict)


class LatentStore:
    """Windows on disk, one safetensors file each, named by their content; a list of them is an example set."""

    def __init__(self, folder: Path, model: VideoModel, shape: Shape) -> None:
        self.folder = folder
        self.model = model
        self.shape = shape
        text = json.dumps([LAYOUT, model.name, model.fingerprint, asdict(shape)], sort_keys=True)
        self._prefix = hashlib.sha256(text.encode()).hexdigest()
        folder.mkdir(parents=True, exist_ok=True)

    def add_all(
        self, samples: Iterable[Sample], splits: Sequence[str]
    ) -> tuple[dict[str, list[Path]], dict[str, BucketReport]]:
        """Files of the windows by split, in the order of the shards, and what became of each split."""
        files: dict[str, list[Path]] = {split: [] for split in splits}
        reports = {split: BucketReport(asdict(self.shape)) for split in splits}
        for sample in samples:
            split = sample.split or splits[0]
            if split in files:
                files[split] += self.add(sample, reports[split])
        return files, reports

    def add(self, sample: Sample, report: BucketReport) -> list[Path]:
        """Files of the windows of one sample; the report gains what was used, lost or refused."""
        report.samples += 1
        index = self.folder / f"{self._name(sample)}.json"
        if not index.exists():
            try:
                facts = self._encode(sample, index)
            except (UnusableClip, UnusableCamera, ValueError, KeyError) as error:
                reason = _reason(error)
                report.unusable[reason] = report.unusable.get(reason, 0) + 1
                return []
        else:
            facts = json.loads(index.read_text())
        report.windows += len(facts["files"])
        report.with_sound += facts["with_sound"]
        report.used_s += len(facts["files"]) * self.shape.duration_s
        report.lost_s += facts["lost_s"]
        return [self.folder / name for name in facts["files"]]

    def _name(self, sample: Sample) -> str:
        return hashlib.sha256((self._prefix + sample.content_hash()).encode()).hexdigest()

    def _encode(self, sample: Sample, index: Path) -> dict[str, Any]:
        windows, footage = windows_of(sample, self.shape)
        names = []
        for number, window in enumerate(windows):
            latents = self.model.encode(window.clip)
            tensors = example_tensors(self.model, latents, self.model.embed(window.conditions), self.shape)
            names.append(f"{index.stem}-{number}.safetensors")
            save_file(tensors, self.folder / names[-1])
        sounding = sum(window.clip.sound is not None for window in windows)
        caption = sample.members.get("txt", b"").decode().strip()
        facts = {"files": names, "lost_s": footage.lost_s, "with_sound": sounding, "caption": caption}
        draft = index.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(facts))
        draft.replace(index)
        return facts


def example_tensors(
    model: VideoModel, latents: dict[str, Tensor], embedded: dict[str, Tensor], shape: Shape
) -> dict[str, Tensor]:
    """Flat tensors of one example: `latents.*`, `embedded.*`, and `has.*` (0 where a modality is missing)."""
    tensors = {f"embedded.{name}": value.contiguous() for name, value in embedded.items()}
    for modality, size in model.latent_shapes(shape).items():
        present = modality in latents
        tensors[f"latents.{modality}"] = latents[modality].contiguous() if present else torch.zeros(size)
        tensors[f"has.{modality}"] = torch.tensor(float(present))
    return tensors


def load_examples(files: Sequence[Path]) -> list[dict[str, Tensor]]:
    """The flat tensors of each file."""
    return [load_file(path) for path in files]


def check_usable(reports: dict[str, BucketReport], split: str) -> None:
    """Raise `JobRefused` when the split to train on gave no window, saying what was wrong with its samples."""
    report = reports[split]
    if report.windows:
        return
    if not report.samples:
        raise JobRefused(f"No sample of the split {split!r} is in the shards.")
    worst = sorted(report.unusable.items(), key=lambda cause: -cause[1])[:5]
    causes = "; ".join(f"{count} x {reason}" for reason, count in worst)
    raise JobRefused(f"None of {report.samples} samples of the split {split!r} is usable: {causes}.")


def _reason(error: Exception) -> str:
    return f"{error.args[0]!r} is missing from the record" if isinstance(error, KeyError) else str(error)
