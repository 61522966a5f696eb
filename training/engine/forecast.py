"""What a run will need, told before it starts: running out of memory hours in costs more than a refusal now."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable

import torch

from training.engine.spec import JobRefused
from videomodel.conditions import Shape
from videomodel.interface import VideoModel

ACTIVATION_NUMBERS_PER_TOKEN_AND_WIDTH = 34  # of a transformer block (Korthikanti et al. 2022), 4 bytes each here


def forecast_bytes(
    model: VideoModel, trainable: Iterable[torch.nn.Parameter], *, shape: Shape, batch: int
) -> dict[str, int]:
    """Bytes for weights, optimizer (gradient and two moments) and activations."""
    blocks, dim = model.depth_and_width
    sizes = model.latent_shapes(shape)
    cells = [math.prod(size[1:]) for size in sizes.values()]
    per_block = sum(cells) * dim * ACTIVATION_NUMBERS_PER_TOKEN_AND_WIDTH * 4
    return {
        "weights": sum(weight.numel() * weight.element_size() for weight in model.transformer.parameters()),
        "optimizer": sum(weight.numel() * 12 for weight in trainable),
        "activations": batch * blocks * per_block,
    }


def available_bytes(device: torch.device) -> int:
    """Free memory of the accelerator, or of the machine."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def check_memory(forecast: dict[str, int], device: torch.device) -> None:
    """Raise `JobRefused` when the forecast does not fit, naming the largest part."""
    needed, free = sum(forecast.values()), available_bytes(device)
    if needed > free:
        largest = max(forecast, key=lambda part: forecast[part])
        raise JobRefused(
            f"The run needs about {needed / 2**20:.0f} MiB and {free / 2**20:.0f} MiB are free; most is for {largest}."
            " Use a smaller batch or shape."
        )
