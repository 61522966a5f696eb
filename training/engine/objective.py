"""The loss: masked velocity error of each modality, at a noise level drawn for each example."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from training.engine.batches import Batch
from videomodel.flow import draw_levels, level_shift, masked_velocity_loss, mix, velocity_target
from videomodel.interface import VideoModel

VALIDATION_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)


def training_losses(model: VideoModel, batch: Batch, generator: torch.Generator) -> dict[str, Tensor]:
    """Modality -> loss of one batch, with conditions dropped at random."""
    count = len(next(iter(batch.latents.values())))
    cells = sum(math.prod(latents.shape[2:]) for latents in batch.latents.values())
    levels = draw_levels(count, shift=level_shift(cells), generator=generator)
    embedded = model.drop_conditions(batch.embedded, generator)
    return losses_at(model, batch, levels, embedded, generator)


def losses_at(
    model: VideoModel, batch: Batch, levels: Tensor, embedded: dict[str, Tensor], generator: torch.Generator
) -> dict[str, Tensor]:
    """Modality -> loss at noise levels `[B]` with noise of `generator`, which lives on the CPU on every device."""
    noise = {
        name: torch.randn(clean.shape, generator=generator).to(clean.device) for name, clean in batch.latents.items()
    }
    device = next(iter(batch.latents.values())).device
    levels = levels.to(device)
    noisy = {name: mix(clean, noise[name], levels) for name, clean in batch.latents.items()}
    predicted = model.velocity(noisy, levels, embedded)
    return {
        name: masked_velocity_loss(predicted[name], velocity_target(clean, noise[name]), batch.present[name])
        for name, clean in batch.latents.items()
    }


@torch.no_grad()
def validation_losses(model: VideoModel, batch: Batch) -> dict[str, float]:
    """Modality -> mean loss over fixed levels with fixed noise and every condition: comparable between steps."""
    count = len(next(iter(batch.latents.values())))
    totals = dict.fromkeys(batch.latents, 0.0)
    for number, level in enumerate(VALIDATION_LEVELS):
        generator = torch.Generator().manual_seed(number)
        losses = losses_at(model, batch, torch.full((count,), level), batch.embedded, generator)
        totals = {name: totals[name] + float(losses[name]) / len(VALIDATION_LEVELS) for name in totals}
    return totals
