"""How people would rate a picture's looks: LAION's head over the image vectors of the CLIP that it was trained with.

github.com/christophschuhmann/improved-aesthetic-predictor: a chain of linear layers (768 wide at first, for ViT-L/14)
without activations between them, learned from ratings of 1 to 10.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.clip_weights import file_sha256
from curation.scoring.seam import Source

Layer = tuple[np.ndarray, np.ndarray]
FIX = "Set it to the file of LAION's head, or leave it out."


class AestheticUnusable(RuntimeError):
    """The configured head cannot be read, or was made for another CLIP."""


class AestheticHead:
    """The head of a local file, safetensors or a PyTorch state dict; read on first use."""

    def __init__(self, path: Path, *, clip_model_id: str) -> None:
        self.path = path
        self._clip_model_id = clip_model_id

    @cached_property
    def source(self) -> Source:
        if not self.path.is_file():
            raise AestheticUnusable(f"AESTHETIC_WEIGHTS={self.path} is no file. {FIX}")
        return Source(f"laion-aesthetic:{self.path.stem}", file_sha256(self.path), f"unit-{self._clip_model_id}")

    @cached_property
    def layers(self) -> list[Layer]:
        """`[out, in]` weights and `[out]` biases, float32, in order.

        Raises:
            AestheticUnusable: The file is no chain of linear layers that ends in one number.
        """
        tensors = self._read()
        names = sorted((name for name, value in tensors.items() if value.ndim == 2), key=_place)
        layers = [(tensors[name], tensors.get(name.removesuffix("weight") + "bias")) for name in names]
        chained = all(after.shape[1] == before.shape[0] for (before, _), (after, _) in pairwise(layers))
        if not layers or not chained or layers[-1][0].shape[0] != 1:
            raise AestheticUnusable(f"{self.path} holds no chain of linear layers that ends in one number. {FIX}")
        return [(weight, np.zeros(len(weight), np.float32) if bias is None else bias) for weight, bias in layers]

    def rate(self, vectors: np.ndarray) -> np.ndarray:
        """`[N]` float32, about 1 to 10, of `[N, D]` unit image vectors.

        Raises:
            AestheticUnusable: The vectors' width is not the head's.
        """
        wanted = self.layers[0][0].shape[1]
        if vectors.shape[1] != wanted:
            raise AestheticUnusable(
                f"{self.path} reads vectors of {wanted} numbers, but {self._clip_model_id} gives {vectors.shape[1]}. "
                "LAION's heads belong to ViT-L-14 (openai): set CLIP_MODEL to it, or leave AESTHETIC_WEIGHTS out."
            )
        for weight, bias in self.layers:
            vectors = vectors @ weight.T + bias
        return np.asarray(vectors[:, 0], np.float32)

    def _read(self) -> Mapping[str, np.ndarray]:
        try:
            return _safetensors(self.path) if self.path.suffix == ".safetensors" else _state_dict(self.path)
        except Exception as error:  # both libraries raise many kinds; all mean that the file is not what it should be
            raise AestheticUnusable(f"AESTHETIC_WEIGHTS={self.path} cannot be read: {error}. {FIX}") from error


def _safetensors(path: Path) -> Mapping[str, np.ndarray]:
    from safetensors.numpy import load_file

    return {name: value.astype(np.float32) for name, value in load_file(path).items()}


def _state_dict(path: Path) -> Mapping[str, np.ndarray]:
    import torch

    loaded: Any = torch.load(path, map_location="cpu", weights_only=True)
    return {name: value.float().numpy() for name, value in loaded.items()}


def _place(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", name))
