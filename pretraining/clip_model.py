"""The nano CLIP's shape, and its folder in open_clip's `local-dir:` layout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import open_clip
import torch
from open_clip.model import CLIP
from open_clip.tokenizer import SimpleTokenizer
from safetensors.torch import save_file

from pretraining.clip_data import SIZE

CONTEXT = 32
MEAN, STD = (0.48, 0.46, 0.44), (0.26, 0.25, 0.26)
CONFIG, WEIGHTS, MERGES = "open_clip_config.json", "open_clip_model.safetensors", "bpe.txt.gz"


def configuration(vocabulary: int) -> dict[str, Any]:
    """What open_clip reads: a small ResNet with attention pooling, and a three-layer text transformer."""
    return {
        "model_cfg": {
            "embed_dim": 256,
            "vision_cfg": {"image_size": SIZE, "layers": [1, 2, 2, 1], "width": 24, "head_width": 64},
            "text_cfg": {
                "context_length": CONTEXT,
                "vocab_size": vocabulary,
                "width": 128,
                "heads": 4,
                "layers": 3,
                "tokenizer_kwargs": {"bpe_path": f"weights/nano-clip/{MERGES}"},
            },
        },
        "preprocess_cfg": {
            "mean": list(MEAN),
            "std": list(STD),
            "interpolation": "bicubic",
            "resize_mode": "shortest",
        },
        "openslate": {"world": "openslate-studio"},
    }


def save(model: CLIP, folder: Path, vocabulary: int) -> None:
    """Configuration and float16 weights; the merges are already there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).write_text(json.dumps(configuration(vocabulary), indent=2) + "\n")
    weights = {
        name: value.detach().half().contiguous() if value.is_floating_point() else value.clone()
        for name, value in model.state_dict().items()
    }
    save_file(weights, folder / WEIGHTS)


def load(folder: Path) -> tuple[CLIP, SimpleTokenizer]:
    """The model, float32, in evaluation, and its tokenizer, by open_clip alone."""
    model = open_clip.create_model(f"local-dir:{folder}", precision="fp32")
    return model.eval(), open_clip.get_tokenizer(f"local-dir:{folder}", bpe_path=str(folder / MERGES))


def normalised(stills: torch.Tensor) -> torch.Tensor:
    """uint8 `[B, 64, 64, 3]` to what the model reads, float32 `[B, 3, 64, 64]`."""
    mean, std = (torch.tensor(numbers).view(1, 3, 1, 1) for numbers in (MEAN, STD))
    return (stills.permute(0, 3, 1, 2).float() / 255 - mean) / std
