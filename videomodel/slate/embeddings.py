"""What turns conditions into tokens: words, places, references, light, sound events, the noise level."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

ROLES = 5  # first_frame, last_frame, subject, background, style


class TimestepEmbedder(nn.Module):
    """Noise level in [0, 1] to a vector."""

    def __init__(self, dim: int, frequencies: int = 64) -> None:
        super().__init__()
        self.frequencies = frequencies
        self.net = nn.Sequential(nn.Linear(2 * frequencies, dim), nn.SiLU(), nn.Linear(dim, dim))

    def forward(self, timestep: Tensor) -> Tensor:
        """`[B]` to `[B, dim]`."""
        ladder = torch.exp(torch.linspace(0, math.log(1000), self.frequencies, device=timestep.device))
        angles = timestep[:, None].float() * ladder
        return self.net(torch.cat([angles.cos(), angles.sin()], dim=-1).to(next(self.parameters()).dtype))


class PlaceEmbedder(nn.Module):
    """Continuous places (seconds, row, column) to vectors, so that any size and length can be asked for."""

    def __init__(self, dim: int, octaves: int = 5) -> None:
        super().__init__()
        self.octaves = octaves
        self.net = nn.Linear(3 * (2 * octaves + 1), dim)

    def forward(self, places: Tensor) -> Tensor:
        """`[N, 3]` to `[N, dim]`."""
        scaled = places * places.new_tensor([0.5, 1.0, 1.0])
        angles = (
            scaled[..., None] * (math.pi * 2.0 ** torch.arange(-1, self.octaves - 1, device=places.device))
        ).flatten(1)
        return self.net(torch.cat([scaled, angles.cos(), angles.sin()], dim=-1).to(self.net.weight.dtype))


class TextEmbedder(nn.Module):
    """Hashed words to a few tokens: neighbours mixed by a short convolution, then pooled by learned queries."""

    def __init__(self, dim: int, *, buckets: int, word_dim: int, tokens: int) -> None:
        super().__init__()
        self.tokens = tokens
        self.word = nn.Embedding(buckets, word_dim, padding_idx=0)
        self.mix = nn.Conv1d(word_dim, word_dim, 5, padding=2)
        self.to_key = nn.Linear(word_dim, word_dim)
        self.queries = nn.Parameter(torch.randn(tokens, word_dim) * word_dim**-0.5)
        self.to_token = nn.Linear(word_dim, dim)
        self.place = nn.Parameter(torch.randn(tokens, dim) * 0.02)
        self.absent = nn.Parameter(torch.zeros(tokens, dim))
        self.to_spoken = nn.Linear(word_dim, dim)

    def forward(self, words: Tensor, given: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens `[B, tokens, dim]` and one vector `[B, dim]` of the caption.

        Args:
            words: `[B, L]` long, 0 pads.
            given: `[B]` 1 where a caption is given.
        """
        embedded = self.word(words)
        mixed = embedded + nn.functional.gelu(self.mix(embedded.transpose(1, 2)).transpose(1, 2))
        weights = self.queries @ self.to_key(mixed).transpose(1, 2)
        silent = (words == 0).all(dim=1, keepdim=True)
        weights = weights.masked_fill(((words == 0) & ~silent)[:, None], float("-inf")).softmax(dim=-1)
        tokens = self.to_token(weights @ mixed)
        on = given[:, None, None]
        return on * tokens + (1 - on) * self.absent + self.place, given[:, None] * self.to_spoken(self.pooled(words))

    def pooled(self, words: Tensor) -> Tensor:
        """Mean of the words `[B, L]` as `[B, word_dim]`; zero when there are none."""
        count = (words != 0).sum(dim=1, keepdim=True).clamp(min=1)
        return self.word(words).sum(dim=1) / count


class ReferenceEmbedder(nn.Module):
    """One still as tokens of its own, marked with what it is for."""

    def __init__(self, dim: int, *, channels: int) -> None:
        super().__init__()
        self.net = nn.Linear(channels, dim)
        self.role = nn.Embedding(ROLES, dim)
        self.absent = nn.Parameter(torch.zeros(dim))

    def forward(self, cells: Tensor, role: Tensor, given: Tensor) -> Tensor:
        """`[B, N, channels]`, roles `[B]` and flags `[B]` to `[B, N, dim]`."""
        on = given[:, None, None]
        return on * (self.net(cells) + self.role(role)[:, None]) + (1 - on) * self.absent


class LightEmbedder(nn.Module):
    """Light of the whole shot to a vector."""

    def __init__(self, dim: int, *, features: int) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(features, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.absent = nn.Parameter(torch.zeros(dim))

    def forward(self, light: Tensor, given: Tensor) -> Tensor:
        """`[B, features]` and flags `[B]` to `[B, dim]`."""
        on = given[:, None]
        return on * self.net(light) + (1 - on) * self.absent


class AudioConditioner(nn.Module):
    """Style and timed events, added to the audio tokens that they govern."""

    def __init__(self, dim: int, *, text_dim: int) -> None:
        super().__init__()
        self.style = nn.Linear(text_dim, dim)
        self.events = nn.Linear(3, dim)
        self.name = nn.Linear(text_dim, dim, bias=False)
        self.no_style = nn.Parameter(torch.zeros(dim))
        self.no_events = nn.Parameter(torch.zeros(dim))

    def forward(self, style: Tensor, style_on: Tensor, events: Tensor, names: Tensor, events_on: Tensor) -> Tensor:
        """`[B, Ta, dim]` to add to the audio tokens.

        Args:
            style: `[B, text_dim]` pooled words of the audio style.
            style_on: `[B]` flags.
            events: `[B, 3, Ta]`.
            names: `[B, Ta, text_dim]` word of the event that sounds on each token.
            events_on: `[B]` flags.
        """
        style_on, events_on = style_on[:, None, None], events_on[:, None, None]
        whole = style_on * self.style(style)[:, None] + (1 - style_on) * self.no_style
        timed = events_on * (self.events(events.transpose(1, 2)) + self.name(names)) + (1 - events_on) * self.no_events
        return whole + timed
