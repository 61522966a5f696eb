"""The denoiser of slate-nano: text, reference, video and audio tokens in one sequence.

Conditions that vary in time sit on the tokens they govern: camera rays on video tokens, timed sound events on
audio tokens. Light and the noise level, which hold for the whole shot, modulate every block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.loaders import PeftAdapterMixin
from diffusers.models.cache_utils import CacheMixin
from diffusers.models.modeling_utils import ModelMixin
from diffusers.utils import BaseOutput
from torch import Tensor, nn

from videomodel.slate.attention import SlateBlock, modulated, rotary_angles
from videomodel.slate.embeddings import (
    AudioConditioner,
    LightEmbedder,
    PlaceEmbedder,
    ReferenceEmbedder,
    TextEmbedder,
    TimestepEmbedder,
)
from videomodel.slate.grid import audio_places, patchify, unpatchify, video_places

GIVEN = ("text", "reference", "camera", "light", "audio_style", "events")


@dataclass
class SlateOutput(BaseOutput):
    """Predicted velocities (noise - clean): `sample` `[B, C, T, H, W]`, `audio_sample` `[B, Ca, Ta]`."""

    sample: Tensor
    audio_sample: Tensor


class SlateConditions(TypedDict):
    """The conditions of a batch.

    words: `[B, L]` hashed words of the caption, 0 pads.
    reference: `[B, C, H, W]` latents of one still.
    reference_role: `[B]` index into `conditions.ROLES`.
    rays: `[B, ray_features, T, H/p, W/p]` Pluecker rays at the centre of each token.
    light: `[B, light_features]`.
    style_words: `[B, Ls]` hashed words of the audio style.
    events: `[B, 3, Ta]`: onset bump, sounding or not, decay since onset.
    event_words: `[B, Ta]` hashed name of the event that sounds, 0 none.
    given: `[B, 6]` 1 where the condition of `GIVEN` is given, else 0.
    """

    words: Tensor
    reference: Tensor
    reference_role: Tensor
    rays: Tensor
    light: Tensor
    style_words: Tensor
    events: Tensor
    event_words: Tensor
    given: Tensor


class SlateTransformer(ModelMixin, ConfigMixin, PeftAdapterMixin, CacheMixin):  # type: ignore[misc]  # untyped bases
    """Joint audio and video flow-matching transformer.

    Args:
        dim: Width of the stream; `heads` must divide it, and the head size must be even.
        patch: Latent cells along each side of one video token.
        ray_features: Numbers of camera rays on one latent cell (6 for each of the frames it spans).
    """

    _supports_gradient_checkpointing = False
    _no_split_modules = ["SlateBlock"]  # type: ignore[assignment]  # declared as None there

    @register_to_config
    def __init__(
        self,
        dim: int = 160,
        layers: int = 5,
        heads: int = 4,
        mlp_ratio: float = 4.0,
        video_channels: int = 16,
        audio_channels: int = 24,
        patch: int = 2,
        ray_features: int = 24,
        light_features: int = 32,
        text_buckets: int = 2048,
        text_dim: int = 96,
        text_tokens: int = 8,
        trained_shape: tuple[float, ...] = (32, 32, 17, 8),
    ) -> None:
        super().__init__()
        self.patch, self.head_dim = patch, dim // heads
        cells = patch * patch
        self.video_in = nn.Linear(video_channels * cells, dim)
        self.rays_in = nn.Linear(ray_features, dim)
        self.first_frame_in = nn.Linear(video_channels * cells, dim, bias=False)
        self.audio_in = nn.Linear(audio_channels, dim)
        self.text = TextEmbedder(dim, buckets=text_buckets, word_dim=text_dim, tokens=text_tokens)
        self.reference = ReferenceEmbedder(dim, channels=video_channels * cells)
        self.audio_conditions = AudioConditioner(dim, text_dim=text_dim)
        self.light = LightEmbedder(dim, features=light_features)
        self.time = TimestepEmbedder(dim)
        self.video_place = PlaceEmbedder(dim)
        self.audio_place = PlaceEmbedder(dim)
        self.no_camera = nn.Parameter(torch.zeros(dim))
        self.modulation = nn.Linear(dim, 6 * dim)
        self.blocks = nn.ModuleList([SlateBlock(dim, heads, mlp_ratio=mlp_ratio) for _ in range(layers)])
        self.final_table = nn.Parameter(torch.zeros(2, dim))
        self.video_out = nn.Linear(dim, video_channels * cells)
        self.audio_out = nn.Linear(dim, audio_channels)
        self._start_as_identity()

    def _start_as_identity(self) -> None:
        """Zero the gates and the outputs, so that the first step changes nothing (DiT, Peebles & Xie 2023)."""
        for layer in (self.modulation, self.video_out, self.audio_out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(
        self,
        hidden_states: Tensor,
        audio_hidden_states: Tensor,
        timestep: Tensor,
        *,
        conditions: SlateConditions,
        fps: float,
        audio_fps: float,
        return_dict: bool = True,
    ) -> SlateOutput | tuple[Tensor, Tensor]:
        """Velocities of both modalities.

        Args:
            hidden_states: `[B, C, T, H, W]` noisy video latents.
            audio_hidden_states: `[B, Ca, Ta]` noisy audio latents.
            timestep: `[B]` noise level in [0, 1]; 1 is pure noise.
            conditions: Of the same batch.
            fps: Frames per second of the decoded clip.
            audio_fps: Audio latents per second.
        """
        patch = self.patch
        _, _, frames, height, width = hidden_states.shape
        on = dict(zip(GIVEN, conditions["given"].to(hidden_states.dtype).unbind(1), strict=True))
        places = video_places(frames, height // patch, width // patch, fps=fps).to(hidden_states.device)
        beats = audio_places(audio_hidden_states.shape[-1], audio_fps=audio_fps).to(hidden_states.device)

        text, spoken = self.text(conditions["words"], on["text"])
        still, first_frame, still_places = self._still_tokens(conditions, on["reference"], places)
        video = self._video_tokens(hidden_states, conditions["rays"], on["camera"], first_frame)
        audio = self._audio_tokens(audio_hidden_states, conditions, on)
        parts = [text, still, video + self.video_place(places), audio + self.audio_place(beats)]

        lengths = [part.shape[1] for part in parts]
        coords = torch.cat([places.new_zeros(lengths[0], 3), still_places, places, beats])
        condition = nn.functional.silu(self.time(timestep) + self.light(conditions["light"], on["light"]) + spoken)
        x = self._denoise(torch.cat(parts, dim=1), condition, coords)
        _, _, video, audio = x.split(lengths, dim=1)
        sample = unpatchify(self.video_out(video), patch, (frames, height, width))
        output = SlateOutput(sample=sample, audio_sample=self.audio_out(audio).transpose(1, 2))
        return output if return_dict else (output.sample, output.audio_sample)

    def _still_tokens(
        self, conditions: SlateConditions, reference_on: Tensor, places: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Tokens of the still, what it adds to the video tokens where it is the first frame, and its places."""
        cells, role = patchify(conditions["reference"][:, :, None], self.patch), conditions["reference_role"]
        still_places = places[: cells.shape[1]]
        still = self.reference(cells, role, reference_on) + self.video_place(still_places)
        leads = (reference_on * (role == 0))[:, None, None]
        return still, leads * self.first_frame_in(cells), still_places

    def _audio_tokens(self, latents: Tensor, conditions: SlateConditions, on: dict[str, Tensor]) -> Tensor:
        style, names = self.text.pooled(conditions["style_words"]), self.text.word(conditions["event_words"])
        timed = self.audio_conditions(style, on["audio_style"], conditions["events"], names, on["events"])
        return self.audio_in(latents.transpose(1, 2)) + timed

    def _video_tokens(self, latents: Tensor, rays: Tensor, camera_on: Tensor, first_frame: Tensor) -> Tensor:
        """Noisy cells plus the camera's rays, plus the same place of the first frame where that is given."""
        on = camera_on[:, None, None]
        camera = on * self.rays_in(rays.flatten(2).transpose(1, 2)) + (1 - on) * self.no_camera
        tokens = self.video_in(patchify(latents, self.patch)) + camera
        return tokens + first_frame.repeat(1, latents.shape[2], 1)

    def _denoise(self, x: Tensor, condition: Tensor, coords: Tensor) -> Tensor:
        cosines, sines = rotary_angles(coords, self.head_dim)
        temb = self.modulation(condition).unflatten(1, (6, -1))
        for block in self.blocks:
            x = block(x, temb, cosines, sines)
        shift, scale = (self.final_table + condition[:, None]).unsqueeze(2).unbind(1)
        return modulated(x, scale, shift)
