"""Flow matching: the path from data to noise, its velocity, and how noise levels are drawn.

At level t the noisy latent is (1 - t) clean + t noise, and the velocity to predict is noise - clean.
"""

from __future__ import annotations

import torch
from torch import Tensor

UNIFORM_SHARE = 0.1


def mix(clean: Tensor, noise: Tensor, level: Tensor) -> Tensor:
    """The noisy latent `[B, ...]` at levels `[B]`."""
    t = level.view(-1, *[1] * (clean.ndim - 1))
    return (1 - t) * clean + t * noise


def velocity_target(clean: Tensor, noise: Tensor) -> Tensor:
    """What the model should predict, the same at every level."""
    return noise - clean


def level_shift(cells: int) -> float:
    """Mean of the noise level's logit: 0.95 at 1,024 latent cells, 2.05 from 4,096 on, linear below, never negative."""
    return min(2.05, max(0.0, 0.95 + (cells - 1024) * 1.1 / 3072))


def draw_levels(count: int, *, shift: float, generator: torch.Generator) -> Tensor:
    """`[count]` float32 noise levels: logit-normal around `shift`, one in ten uniform so that the ends are learnt."""
    normal = torch.randn(count, generator=generator) + shift
    uniform = torch.rand(count, generator=generator)
    chosen = torch.rand(count, generator=generator) < UNIFORM_SHARE
    return torch.where(chosen, uniform, normal.sigmoid())


def masked_velocity_loss(predicted: Tensor, target: Tensor, present: Tensor) -> Tensor:
    """Mean squared error over the samples of `[B, ...]` whose `present` `[B]` is 1; 0 when none is."""
    each = (predicted - target).float().square().flatten(1).mean(dim=1)
    return (each * present).sum() / present.sum().clamp(min=1.0)
