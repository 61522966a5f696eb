"""Which examples and which noise a step sees: a function of seed, step and rank, so that resuming changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from videomodel.interface import collate


@dataclass(frozen=True, slots=True)
class Batch:
    """Clean latents `[B, C, ...]` and presence `[B]` by modality, and the embedded conditions."""

    latents: dict[str, Tensor]
    present: dict[str, Tensor]
    embedded: dict[str, Tensor]

    def to(self, device: torch.device) -> Batch:
        """This batch on `device`."""
        moved = [
            {name: value.to(device) for name, value in part.items()}
            for part in (self.latents, self.present, self.embedded)
        ]
        return Batch(*moved)


def load_batch(files: Sequence[Path]) -> Batch:
    """The examples of `files` as one batch."""
    return batch_of([load_file(path) for path in files])


def batch_of(examples: Sequence[dict[str, Tensor]]) -> Batch:
    """A batch of the flat tensors that `store.example_tensors` makes."""
    whole = collate(examples)

    def part(prefix: str) -> dict[str, Tensor]:
        return {name.removeprefix(prefix): value for name, value in whole.items() if name.startswith(prefix)}

    return Batch(part("latents."), part("has."), part("embedded."))


def indices_of_step(step: int, *, examples: int, batch: int, seed: int, rank: int = 0, world: int = 1) -> list[int]:
    """Places of the examples that one rank sees at a step: every example once before any comes again."""
    first = (step * world + rank) * batch
    orders: dict[int, np.ndarray] = {}
    chosen = []
    for position in range(first, first + batch):
        epoch, place = divmod(position, examples)
        if epoch not in orders:
            orders[epoch] = np.random.default_rng([seed, 0, epoch]).permutation(examples)
        chosen.append(int(orders[epoch][place]))
    return chosen


def generator_of_step(step: int, *, seed: int, rank: int = 0) -> torch.Generator:
    """Randomness of one step on one rank."""
    state = np.random.SeedSequence([seed, 1, step, rank]).generate_state(1, np.uint64)[0]
    return torch.Generator().manual_seed(int(state >> np.uint64(1)))
