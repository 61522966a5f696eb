"""Sound as log-mel frames and back, with no learned vocoder: Griffin-Lim from a fixed starting phase."""

from __future__ import annotations

import math
from functools import lru_cache

import torch
from torch import Tensor

SAMPLE_RATE_HZ = 16_000
HOP = 160
WINDOW = 640
FFT = 1024
MELS = 64
FLOOR = 1e-6


@lru_cache(maxsize=1)
def mel_filters() -> Tensor:
    """Triangles `[FFT / 2 + 1, MELS]` on the HTK mel scale, 30 Hz to 8 kHz, each of unit area in bins."""
    hz = torch.linspace(0, SAMPLE_RATE_HZ / 2, FFT // 2 + 1, dtype=torch.float64)
    low, high = (2595 * math.log10(1 + edge / 700) for edge in (30.0, SAMPLE_RATE_HZ / 2))
    edges = 700 * (10 ** (torch.linspace(low, high, MELS + 2, dtype=torch.float64) / 2595) - 1)
    rising = (hz[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hz[:, None]) / (edges[2:] - edges[1:-1])
    filters = torch.minimum(rising, falling).clamp(min=0)
    return (filters / filters.sum(dim=0).clamp(min=1e-3)).float()


def _window(device: torch.device) -> Tensor:
    return torch.hann_window(WINDOW, device=device)


def _stft(sound: Tensor) -> Tensor:
    return torch.stft(sound, FFT, HOP, WINDOW, _window(sound.device), pad_mode="constant", return_complex=True)


def log_mel(sound: Tensor) -> Tensor:
    """Natural log of mel power `[B, N // HOP, MELS]` of mono sound `[B, N]` in [-1, 1] at 16 kHz, floored at 1e-6."""
    power = _stft(sound)[..., : sound.shape[-1] // HOP].abs().square()
    return (power.transpose(1, 2) @ mel_filters().to(sound.device)).clamp(min=FLOOR).log()


def sound_from_log_mel(mel: Tensor, *, rounds: int = 32) -> Tensor:
    """Mono sound `[B, frames * HOP]` whose spectrum fits `mel` `[B, frames, MELS]`.

    Griffin-Lim with momentum 0.9 (Perraudin et al. 2013) from a phase drawn by a fixed seed: the same bytes each time.
    """
    inverse = torch.linalg.pinv(mel_filters()).to(mel.device)
    power = (mel.exp() - FLOOR).clamp(min=0) @ inverse
    magnitude = power.clamp(min=0).sqrt().transpose(1, 2)
    magnitude = torch.cat([magnitude, magnitude[..., -1:]], dim=-1)
    turns = torch.rand(magnitude.shape, generator=torch.Generator().manual_seed(0)).to(mel.device)
    phase, previous = torch.polar(torch.ones_like(turns), 2 * torch.pi * turns), torch.zeros(1, device=mel.device)
    samples = mel.shape[1] * HOP
    for _ in range(rounds):
        rebuilt = _stft(_istft(magnitude * phase, samples))
        phase = rebuilt - previous * (0.9 / 1.9)
        phase, previous = phase / phase.abs().clamp(min=1e-8), rebuilt
    return _istft(magnitude * phase, samples)


def _istft(spectrum: Tensor, samples: int) -> Tensor:
    return torch.istft(spectrum, FFT, HOP, WINDOW, _window(spectrum.device), length=samples)
