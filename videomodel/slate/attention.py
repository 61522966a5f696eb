"""Attention and feed-forward of the packed stream: every modality is a stretch of one sequence."""

from __future__ import annotations

import torch
from torch import Tensor, nn

FASTEST_RAD = (25.0, 6.0, 6.0)  # per second, and per half picture


def rotary_angles(coords: Tensor, head_dim: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines that rotate queries and keys by continuous positions.

    Args:
        coords: `[N, 3]` float: seconds, then vertical and horizontal place in [-1, 1].
        head_dim: Even; a third of the pairs turns with each axis, the rest stays.

    Returns:
        Two `[N, head_dim / 2]` float32 tensors.
    """
    pairs = head_dim // 6
    ladder = torch.logspace(-1.2, 0.0, pairs, dtype=torch.float32, device=coords.device)
    turned = [coords[:, axis : axis + 1] * speed * ladder for axis, speed in enumerate(FASTEST_RAD)]
    still = coords.new_zeros(coords.shape[0], head_dim // 2 - 3 * pairs)
    angles = torch.cat([*turned, still], dim=-1).float()
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """`x` `[B, heads, N, head_dim]` with the pairs (i, i + head_dim / 2) turned by the angles of each position."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cosines - second * sines, first * sines + second * cosines], dim=-1)


class PackedAttention(nn.Module):
    """Self-attention over the whole packed sequence, queries and keys normalised per head."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(dim, dim)
        self.to_k = nn.Linear(dim, dim)
        self.to_v = nn.Linear(dim, dim)
        self.to_out = nn.ModuleList([nn.Linear(dim, dim)])  # a list, so that LoRA finds the usual name `to_out.0`
        self.norm_q = nn.RMSNorm(dim // heads, eps=1e-6)
        self.norm_k = nn.RMSNorm(dim // heads, eps=1e-6)

    def forward(self, x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
        """`[B, N, dim]` in and out."""
        batch, tokens, dim = x.shape
        q, k, v = (
            to(x).view(batch, tokens, self.heads, -1).transpose(1, 2) for to in (self.to_q, self.to_k, self.to_v)
        )
        q = rotate(self.norm_q(q), cosines, sines).to(v.dtype)
        k = rotate(self.norm_k(k), cosines, sines).to(v.dtype)
        mixed = nn.functional.scaled_dot_product_attention(q, k, v)
        return self.to_out[0](mixed.transpose(1, 2).reshape(batch, tokens, dim))


class SlateBlock(nn.Module):
    """One block: attention and feed-forward, each scaled, shifted and gated by the noise level."""

    def __init__(self, dim: int, heads: int, *, mlp_ratio: float) -> None:
        super().__init__()
        hidden = int(dim * mlp_ratio)
        self.attn = PackedAttention(dim, heads)
        self.ff = nn.Sequential(nn.Linear(dim, hidden), nn.GELU(approximate="tanh"), nn.Linear(hidden, dim))
        self.scale_shift_table = nn.Parameter(torch.zeros(6, dim))

    def forward(self, hidden_states: Tensor, temb: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
        """The sequence `[B, N, dim]`, changed by this block.

        Args:
            hidden_states: `[B, N, dim]`.
            temb: `[B, 6, dim]` modulation shared by all blocks.
            cosines: `[N, head_dim / 2]`.
            sines: The same shape.
        """
        shift, scale, gate, shift_ff, scale_ff, gate_ff = (temb + self.scale_shift_table).unsqueeze(2).unbind(1)
        x = hidden_states + gate * self.attn(modulated(hidden_states, scale, shift), cosines, sines)
        return x + gate_ff * self.ff(modulated(x, scale_ff, shift_ff))


def modulated(x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    """`x` `[B, N, dim]` normalised, then scaled and shifted by `[B, 1, dim]`."""
    return nn.functional.layer_norm(x, x.shape[-1:], eps=1e-6) * (1 + scale) + shift
