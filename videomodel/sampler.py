"""From noise to latents: Euler steps along the predicted velocity, all modalities at the same noise level."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from torch import Tensor

from videomodel.interface import Embedded, Latents, VideoModel


def draw_noise(sizes: dict[str, tuple[int, ...]], seeds: list[int]) -> Latents:
    """Standard normal latents `[B, ...]`, each sample from its own seed on the CPU, the same on every device."""
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]
    return {
        name: torch.stack([torch.randn(size, generator=generator) for generator in generators])
        for name, size in sizes.items()
    }


@torch.no_grad()
def sample(
    model: VideoModel,
    noise: Latents,
    embedded: Embedded,
    *,
    steps: int,
    guidance: float,
    avoided: Embedded | None = None,
    shift: float = 1.0,
    on_step: Callable[[int], None] = lambda done: None,
) -> Latents:
    """Clean latents of a batch.

    Args:
        model: The model, already on the device of `noise` and `embedded`.
        noise: What `draw_noise` gives, on the device.
        embedded: A batch of conditions.
        steps: Euler steps.
        guidance: 1 follows the conditions as learnt; more exaggerates them, at twice the cost (Ho & Salimans 2022).
        avoided: What guidance leads away from, as a batch like `embedded`; nothing in particular where left out.
        shift: More than 1 spends more steps at high noise.
        on_step: Called with the number of steps done.
    """
    scheduler: Any = FlowMatchEulerDiscreteScheduler(shift=shift)
    scheduler.set_timesteps(steps)
    sizes = {name: tuple(value.shape[1:]) for name, value in noise.items()}
    state = _join(noise)
    for done, timestep in enumerate(scheduler.timesteps, start=1):
        level = torch.full((len(state),), float(timestep) / 1000, device=state.device)
        velocity = guided_velocity(model, _split(state, sizes), level, embedded, guidance, avoided)
        state = scheduler.step(_join(velocity), timestep, state).prev_sample
        on_step(done)
    return _split(state, sizes)


def guided_velocity(
    model: VideoModel,
    noisy: Latents,
    level: Tensor,
    embedded: Embedded,
    guidance: float,
    avoided: Embedded | None = None,
) -> Latents:
    """Velocity with the conditions, pushed away from the avoided ones, else from none, where `guidance` is not 1."""
    if guidance == 1.0:
        return model.velocity(noisy, level, embedded)
    free = model.drop_conditions(embedded, None) if avoided is None else avoided
    both = {name: torch.cat([value, free[name]]) for name, value in embedded.items()}
    twice = {name: torch.cat([value, value]) for name, value in noisy.items()}
    velocity = model.velocity(twice, torch.cat([level, level]), both)
    halves = {name: value.chunk(2) for name, value in velocity.items()}
    return {name: without + guidance * (given - without) for name, (given, without) in halves.items()}


def _join(latents: Latents) -> Tensor:
    return torch.cat([value.flatten(1) for value in latents.values()], dim=1)


def _split(state: Tensor, sizes: dict[str, tuple[int, ...]]) -> Latents:
    parts = state.split([math.prod(size) for size in sizes.values()], dim=1)
    return {name: part.view(-1, *size) for (name, size), part in zip(sizes.items(), parts, strict=True)}
