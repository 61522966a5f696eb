"""Pictures and sound as few well-scaled numbers, by projection on principal components.

Linear, so it is exact to invert on what it keeps, costs nothing to run, and needs no training of its own.
"""

from __future__ import annotations

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn

from videomodel import spectrum
from videomodel.slate.grid import CELL_PX, FRAMES_PER_LATENT, frame_groups

MEL_FRAMES_PER_LATENT = 4
SAMPLES_PER_LATENT = spectrum.HOP * MEL_FRAMES_PER_LATENT
AUDIO_FPS = spectrum.SAMPLE_RATE_HZ / SAMPLES_PER_LATENT
VIDEO_NUMBERS = 3 * FRAMES_PER_LATENT * CELL_PX * CELL_PX
AUDIO_NUMBERS = spectrum.MELS * MEL_FRAMES_PER_LATENT


class Projection(nn.Module):
    """`numbers` to `channels` of zero mean, and back.

    Variance is half evened out and 1 on average: a channel that carries little of the picture weighs less in the loss
    than one that carries much, but is not lost in the noise either.
    """

    def __init__(self, numbers: int, channels: int) -> None:
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(numbers), requires_grad=False)
        self.axes = nn.Parameter(torch.eye(numbers, channels), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(channels), requires_grad=False)

    def fit(self, samples: Tensor) -> float:
        """Take the leading components of `[N, numbers]`; gives the share of variance kept."""
        self.mean.copy_(samples.mean(dim=0))
        covariance = torch.cov(samples.double().T)
        values, vectors = torch.linalg.eigh(covariance)
        values, vectors = values.flip(0), vectors.flip(1)
        kept = self.scale.shape[0]
        signs = torch.sign(vectors.sum(dim=0))  # an eigenvector's sign is arbitrary: settle it
        self.axes.copy_((vectors * torch.where(signs == 0, 1.0, signs))[:, :kept])
        spread = values[:kept].clamp(min=1e-8).sqrt()
        self.scale.copy_((spread * spread.mean()).sqrt())
        return float(values[:kept].sum() / values.sum())

    def encode(self, numbers: Tensor) -> Tensor:
        """`[..., numbers]` to `[..., channels]`."""
        return (numbers - self.mean) @ self.axes / self.scale

    def decode(self, channels: Tensor) -> Tensor:
        """`[..., channels]` to `[..., numbers]`."""
        return (channels * self.scale) @ self.axes.T + self.mean


class SlateCodec(ModelMixin, ConfigMixin):  # type: ignore[misc]  # untyped bases
    """Video blocks of 4 x 4 pixels x 4 frames and audio blocks of 4 mel frames, each projected."""

    @register_to_config
    def __init__(self, video_channels: int = 16, audio_channels: int = 24) -> None:
        super().__init__()
        self.video = Projection(VIDEO_NUMBERS, video_channels)
        self.audio = Projection(AUDIO_NUMBERS, audio_channels)

    def encode_video(self, frames: Tensor) -> Tensor:
        """`[B, C, T, H / 4, W / 4]` of uint8 frames `[B, 4 T - 3, H, W, 3]`."""
        return self.video.encode(video_blocks(frames)).permute(0, 4, 1, 2, 3)

    def decode_video(self, latents: Tensor) -> Tensor:
        """uint8 frames `[B, 4 T - 3, H, W, 3]` of latents `[B, C, T, H / 4, W / 4]`."""
        blocks = self.video.decode(latents.permute(0, 2, 3, 4, 1)).unflatten(
            -1, (FRAMES_PER_LATENT, CELL_PX, CELL_PX, 3)
        )
        batch, groups, rows, columns = blocks.shape[:4]
        pixels = blocks.permute(0, 1, 4, 2, 5, 3, 6, 7)
        pixels = pixels.reshape(batch, groups * FRAMES_PER_LATENT, rows * CELL_PX, columns * CELL_PX, 3)
        first = pixels[:, :FRAMES_PER_LATENT].mean(dim=1, keepdim=True)
        frames = torch.cat([first, pixels[:, FRAMES_PER_LATENT:]], dim=1)
        return ((frames * 0.5 + 0.5) * 255).round().clamp(0, 255).to(torch.uint8)

    def encode_audio(self, sound: Tensor) -> Tensor:
        """`[B, Ca, Ta]` of mono sound `[B, Ta * 640]` at 16 kHz."""
        return self.audio.encode(audio_blocks(sound)).transpose(1, 2)

    def decode_audio(self, latents: Tensor) -> Tensor:
        """Mono sound `[B, Ta * 640]` in [-1, 1] of latents `[B, Ca, Ta]`."""
        mel = self.audio.decode(latents.transpose(1, 2)).unflatten(-1, (MEL_FRAMES_PER_LATENT, spectrum.MELS))
        return spectrum.sound_from_log_mel(mel.flatten(1, 2).clamp(max=12.0)).clamp(-1, 1)


def video_blocks(frames: Tensor) -> Tensor:
    """`[B, T, H / 4, W / 4, 192]` float in [-1, 1]; frame 0 stands four times in the first block."""
    pixels = frames[:, frame_groups(frames.shape[1]).flatten()].float() / 127.5 - 1
    batch, _, height, width, _ = pixels.shape
    cut = pixels.view(batch, -1, FRAMES_PER_LATENT, height // CELL_PX, CELL_PX, width // CELL_PX, CELL_PX, 3)
    return cut.permute(0, 1, 3, 5, 2, 4, 6, 7).flatten(4)


def audio_blocks(sound: Tensor) -> Tensor:
    """`[B, Ta, 256]` log-mel numbers of mono sound `[B, Ta * 640]`."""
    return spectrum.log_mel(sound).unflatten(1, (-1, MEL_FRAMES_PER_LATENT)).flatten(2)
