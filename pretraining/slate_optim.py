"""The optimizers of pretraining: Muon for the matrices of the blocks, AdamW for everything else."""

from __future__ import annotations

import torch

WARM_UP = 0.03
DECAY_FROM = 0.4


def make_optimizers(transformer: torch.nn.Module, *, lr: float) -> list[torch.optim.Optimizer]:
    """Muon (Jordan et al. 2024), scaled to AdamW's step size, on block matrices; AdamW on the rest."""
    matrices: list[torch.nn.Parameter] = []
    others: list[torch.nn.Parameter] = []
    for name, weight in transformer.named_parameters():
        inside = name.startswith("blocks.") and weight.ndim == 2 and "table" not in name
        (matrices if inside else others).append(weight)
    return [
        torch.optim.Muon(matrices, lr=lr, weight_decay=0.01, momentum=0.95, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(others, lr=lr, betas=(0.9, 0.98), weight_decay=0.01),
    ]


def lr_share(done: float) -> float:
    """Share of the full rate when `done` (0 to 1) of the training is over: up, level, then straight down to zero."""
    return min(1.0, max(done, 1e-3) / WARM_UP, (1 - done) / (1 - DECAY_FROM))
