"""Samples and tiny models for the scoring tests."""

import gzip
import json
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """Where Whisper's halves are joined once for all runs, the same place as the running platform's."""
    return REPOSITORY / "var" / "models"


@pytest.fixture(scope="session")
def tiny_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLIP folder of the bundled layout with random weights: 32 px, 16 dimensions, own merges."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    folder = tmp_path_factory.mktemp("tiny-clip")
    merges = ["#version: tiny", "b a", "ba l", "r e", "re d</w>"]
    (folder / "bpe.txt.gz").write_bytes(gzip.compress("\n".join(merges).encode()))
    model_cfg = {
        "embed_dim": 16,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16},
        "text_cfg": {
            "context_length": 16,
            "vocab_size": 1024,
            "width": 32,
            "heads": 2,
            "layers": 1,
        },
    }
    preprocess = {"size": 32, "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]}
    config = {"model_cfg": model_cfg, "preprocess_cfg": preprocess}
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    torch.manual_seed(0)
    model = open_clip.model.CLIP(**model_cfg)
    save_file(dict(model.state_dict()), folder / "open_clip_model.safetensors")
    return folder
