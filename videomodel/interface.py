"""The one interface every video model is driven through, by the trainer and by the generator."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import torch
from torch import Tensor

from videomodel.conditions import Capabilities, Clip, Conditions, Shape, needs

Latents = dict[str, Tensor]  # modality ("video", "audio") -> [C, ...] of one clip, or [B, C, ...] of a batch
Embedded = dict[str, Tensor]  # condition name -> numbers of one shot, or of a batch


class RequestRefused(ValueError):
    """The adapter cannot serve this request, for the reason given."""


class VideoModel(ABC):
    """A joint picture-and-sound flow-matching model: velocity is noise - clean at noise level t in [0, 1]."""

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    lora_targets: ClassVar[tuple[str, ...]]
    modalities: ClassVar[tuple[str, ...]]

    transformer: torch.nn.Module
    runner: torch.nn.Module  # what `velocity` calls: the transformer, or a wrapper of it that a launcher prepared
    folder: Path | None
    fingerprint: str

    @property
    @abstractmethod
    def trained_shape(self) -> Shape:
        """The shape of the clips that the weights were made with."""

    @property
    @abstractmethod
    def depth_and_width(self) -> tuple[int, int]:
        """Blocks of the transformer and numbers per token, from which memory is forecast."""

    @abstractmethod
    def fit(self, wanted: Shape) -> Shape:
        """The nearest shape that the model works at natively. Raises `RequestRefused` when there is none."""

    @abstractmethod
    def latent_shapes(self, shape: Shape) -> dict[str, tuple[int, ...]]:
        """Modality -> shape of the latents of one clip of a native `shape`."""

    @abstractmethod
    def encode(self, clip: Clip) -> Latents:
        """Latents of one clip of a native shape; a clip without sound gives no "audio"."""

    @abstractmethod
    def embed(self, conditions: Conditions) -> Embedded:
        """Numbers of one shot's conditions, of fixed sizes for a shape, with no learned weights applied."""

    @abstractmethod
    def velocity(self, noisy: Latents, timestep: Tensor, embedded: Embedded) -> Latents:
        """Predicted velocities of a batch.

        Args:
            noisy: Modality -> `[B, C, ...]`.
            timestep: `[B]` in [0, 1]; 1 is pure noise.
            embedded: A batch of `embed`.
        """

    @abstractmethod
    def decode(self, latents: Latents, shape: Shape) -> Clip:
        """The clip of one shot's latents."""

    @abstractmethod
    def drop_conditions(self, embedded: Embedded, generator: torch.Generator | None) -> Embedded:
        """A batch with conditions forgotten: at random, as training asks, or all of them when no generator is given."""

    @abstractmethod
    def release_codec(self) -> None:
        """Let go of everything that only `encode` and `decode` need."""

    @abstractmethod
    def to(self, device: torch.device) -> VideoModel:
        """This model on `device`."""

    @abstractmethod
    def save(self, folder: Path) -> None:
        """Write the checkpoint folder that `load` of the adapter reads."""

    def check(self, conditions: Conditions) -> None:
        """Raises `RequestRefused` naming every condition that this adapter does not take."""
        able = set(self.capabilities.names())
        missing = [f"{words} ({flag})" for flag, words in needs(conditions).items() if flag not in able]
        if missing:
            raise RequestRefused(
                f"{self.name} does not take {'; '.join(missing)}. It offers {', '.join(sorted(able))}."
            )


def collate(samples: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """A batch `[B, ...]` of equally shaped samples."""
    return {name: torch.stack([sample[name] for sample in samples]) for name in samples[0]}
