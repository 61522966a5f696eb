"""Where tokens sit in time and in the picture, and how latents fold into tokens.

The codec keeps frame 0 alone and folds each following group of 4 frames into one latent frame, so a clip has
`4 n + 1` frames and `n + 1` latent frames.
"""

from __future__ import annotations

import torch
from torch import Tensor

FRAMES_PER_LATENT = 4
CELL_PX = 4


def latent_frames(frames: int) -> int:
    """Latent frames of a clip of `4 n + 1` frames."""
    return (frames - 1) // FRAMES_PER_LATENT + 1


def frame_groups(frames: int) -> Tensor:
    """`[T, 4]` long: the frames that each latent frame spans; the first spans frame 0 four times."""
    following = torch.arange(1, frames).view(-1, FRAMES_PER_LATENT)
    return torch.cat([torch.zeros(1, FRAMES_PER_LATENT, dtype=torch.long), following])


def video_places(latents: int, height: int, width: int, *, fps: float) -> Tensor:
    """`[latents * height * width, 3]`: seconds, then vertical and horizontal place in [-1, 1], token by token."""
    groups = frame_groups((latents - 1) * FRAMES_PER_LATENT + 1).float()
    seconds = groups.mean(dim=1) / fps
    rows = (torch.arange(height) + 0.5) / height * 2 - 1
    columns = (torch.arange(width) + 0.5) / width * 2 - 1
    return torch.stack(torch.meshgrid(seconds, rows, columns, indexing="ij"), dim=-1).reshape(-1, 3)


def audio_places(latents: int, *, audio_fps: float) -> Tensor:
    """`[latents, 3]`: seconds at the middle of each audio token, and the centre of the picture."""
    seconds = (torch.arange(latents) + 0.5) / audio_fps
    return torch.stack([seconds, torch.zeros(latents), torch.zeros(latents)], dim=-1)


def patchify(latents: Tensor, patch: int) -> Tensor:
    """`[B, C, T, H, W]` to tokens `[B, T * H/p * W/p, C * p * p]`."""
    batch, channels, frames, height, width = latents.shape
    cut = latents.view(batch, channels, frames, height // patch, patch, width // patch, patch)
    return cut.permute(0, 2, 3, 5, 1, 4, 6).reshape(batch, -1, channels * patch * patch)


def unpatchify(tokens: Tensor, patch: int, size: tuple[int, int, int]) -> Tensor:
    """The inverse of `patchify` for latents of `size` (T, H, W)."""
    frames, height, width = size
    cut = tokens.view(tokens.shape[0], frames, height // patch, width // patch, -1, patch, patch)
    return cut.permute(0, 4, 1, 2, 5, 3, 6).reshape(tokens.shape[0], -1, frames, height, width)
