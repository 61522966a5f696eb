"""What the adapter makes of held-out shots: at every save of the same ones, from the same noise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from training.engine.metrics import MetricsLog
from training.engine.spec import TrainingJob
from videomodel import registry
from videomodel.conditions import Shape
from videomodel.film import write_film, write_poster
from videomodel.interface import VideoModel, collate
from videomodel.sampler import draw_noise, sample

STEPS = 16
GUIDANCE = 2.0


class SampleMaker:
    """Makes and tells the clips of one run; makes none where its configuration asks for none."""

    def __init__(self, job: TrainingJob, base: Path, shape: Shape, log: MetricsLog) -> None:
        self.count, self.seed, self.output = job.config.samples, job.config.seed, job.output
        self.model, self.base, self.shape, self.log = job.model, base, shape, log

    def make(self, model: VideoModel, files: Sequence[Path], step: int) -> None:
        """Write `samples-<step>/<index>.mp4` and `.webp` with the model's weights as they are, and tell of them.

        Args:
            model: On its device, without its codec; a fresh one decodes, so that it is in memory no longer than that.
            files: Stored examples whose conditions are taken, evenly spread.
        """
        chosen = spread(files, self.count)
        if not chosen:
            return
        device = next(model.transformer.parameters()).device
        embedded = collate([_embedded(path) for path in chosen])
        noise = draw_noise(model.latent_shapes(self.shape), [self.seed + index for index in range(len(chosen))])
        latents = sample(
            model,
            {name: value.to(device) for name, value in noise.items()},
            {name: value.to(device) for name, value in embedded.items()},
            steps=STEPS,
            guidance=GUIDANCE,
        )
        decoder = registry.load(self.model, self.base)
        folder = self.output / f"samples-{step:08d}"
        folder.mkdir(exist_ok=True)
        told = []
        for index, path in enumerate(chosen):
            clip = decoder.decode({name: value[index].cpu() for name, value in latents.items()}, self.shape)
            write_film(folder / f"{index}.mp4", clip)
            write_poster(folder / f"{index}.webp", clip)
            told.append({"index": index, "caption": caption_of(path), "seed": self.seed + index})
        facts = {"width": self.shape.width, "height": self.shape.height, "duration_s": self.shape.duration_s}
        self.log.write("sampled", step=step, folder=folder.name, samples=told, **facts)


def spread(files: Sequence[Path], count: int) -> list[Path]:
    """At most `count` of the files, evenly taken."""
    count = min(count, len(files))
    return [files[index * len(files) // count] for index in range(count)]


def caption_of(example: Path) -> str:
    """The words that a stored example was cut with."""
    index = example.with_name(f"{example.stem.rpartition('-')[0]}.json")
    return str(json.loads(index.read_text())["caption"])


def _embedded(example: Path) -> dict[str, Any]:
    prefix = "embedded."
    return {name.removeprefix(prefix): value for name, value in load_file(example).items() if name.startswith(prefix)}
