"""An open_clip model behind two functions: pictures to unit vectors, texts to unit vectors."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from curation.scoring.clip_weights import ClipChoice, file_sha256, weights_file
from curation.scoring.devices import torch_device
from curation.scoring.picture_domain import Domain
from curation.scoring.seam import Source

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class _Loaded:
    model: Any
    tokenize: Any
    mean: "torch.Tensor"
    std: "torch.Tensor"


class ClipModel:
    """Loaded on first use, float32, on CPU or GPU; one per process, safe to call from several threads."""

    def __init__(self, choice: ClipChoice, *, device: str = "auto", batch_size: int = 64) -> None:
        self.choice = choice
        self.batch_size = batch_size
        self._device = device
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    @cached_property
    def image_px(self) -> int:
        """Side of the square picture that the model reads, from its configuration alone."""
        size = _model_config(self.choice)["vision_cfg"].get("image_size", 224)
        return int(size if isinstance(size, int) else min(size))

    @cached_property
    def source(self) -> Source:
        sha256 = file_sha256(weights_file(self.choice))
        return Source(self.choice.model_id, sha256, f"rgb-bicubic-{self.image_px}-centre-crop-fp32")

    @cached_property
    def domain(self) -> Domain | None:
        """What pictures of the model's own world look like, where its folder says so."""
        path = self.choice.folder / "domain.safetensors" if self.choice.folder else None
        return Domain.load(path) if path and path.is_file() else None

    def strangeness(self, image: np.ndarray) -> float:
        """How far `[h, w, 3]` uint8 is from the model's own world: above 1 it is none of its pictures; 0 if untold."""
        return self.domain.distance(_square(image, self.image_px)) if self.domain else 0.0

    def embed_images(self, images: Sequence[np.ndarray]) -> np.ndarray:
        """Unit vectors of pictures, `[N, D]` float32.

        Args:
            images: Each `[h, w, 3]` uint8 sRGB of any size; the short side is brought to `image_px`, the centre is cut.
        """
        import torch

        loaded = self._load()
        squares = [_square(image, self.image_px) for image in images]
        vectors = []
        for start in range(0, len(squares), self.batch_size):
            stack = torch.from_numpy(np.stack(squares[start : start + self.batch_size])).to(loaded.mean.device)
            batch = stack.permute(0, 3, 1, 2).float().div_(255).sub_(loaded.mean).div_(loaded.std)
            with torch.inference_mode():
                vectors.append(loaded.model.encode_image(batch, normalize=True).float().cpu().numpy())
        return np.concatenate(vectors) if vectors else np.zeros((0, 0), np.float32)

    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of texts, `[N, D]` float32; each is cut at the model's context length."""
        import torch

        loaded = self._load()
        vectors = []
        for start in range(0, len(texts), self.batch_size):
            tokens = loaded.tokenize(list(texts[start : start + self.batch_size])).to(loaded.mean.device)
            with torch.inference_mode():
                vectors.append(loaded.model.encode_text(tokens, normalize=True).float().cpu().numpy())
        return np.concatenate(vectors) if vectors else np.zeros((0, 0), np.float32)

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self.choice, self._device)
            return self._loaded


def _load(choice: ClipChoice, device: str) -> _Loaded:
    import open_clip
    import torch

    target = torch_device(device)
    # Weights come from the very file that `source` hashes.
    weights = {"pretrained": str(weights_file(choice))} if not choice.folder else {}
    model = open_clip.create_model(choice.open_clip_name, precision="fp32", device=target, **weights)
    merges = choice.folder / "bpe.txt.gz" if choice.folder else None
    own = {"bpe_path": str(merges)} if merges and merges.is_file() else {}
    preprocess = open_clip.get_model_preprocess_cfg(model)
    mean, std = (
        torch.tensor(preprocess[key], dtype=torch.float32, device=target).view(1, 3, 1, 1) for key in ("mean", "std")
    )
    return _Loaded(model.eval(), open_clip.get_tokenizer(choice.open_clip_name, **own), mean, std)


def _model_config(choice: ClipChoice) -> dict[str, Any]:
    if choice.folder:
        config = json.loads((choice.folder / "open_clip_config.json").read_text())
        return dict(config.get("model_cfg", config))
    from open_clip.factory import get_model_config

    return dict(get_model_config(choice.open_clip_name))


def _square(image: np.ndarray, side: int) -> np.ndarray:
    """The centre of the picture, `[side, side, 3]`, after its short side is brought to `side`."""
    from PIL import Image

    from curation.scoring.decoding import reduce_to

    if min(image.shape[:2]) != side:
        image = np.asarray(reduce_to(Image.fromarray(image), side))
    top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
    return np.ascontiguousarray(image[top : top + side, left : left + side])
