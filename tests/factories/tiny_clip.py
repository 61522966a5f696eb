"""A CLIP small enough for tests: 32 px, 16 dimensions, random weights, its own merges."""

import gzip
import json
from pathlib import Path

MERGES = ["#version: tiny", "b a", "ba l", "r e", "re d</w>"]
MODEL = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16},
    "text_cfg": {"context_length": 16, "vocab_size": 1024, "width": 32, "heads": 2, "layers": 1},
}
PREPROCESS = {"size": 32, "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]}


def save_tiny_clip(folder: Path) -> Path:
    """Write the model into the folder, the same weights always."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bpe.txt.gz").write_bytes(gzip.compress("\n".join(MERGES).encode()))
    (folder / "open_clip_config.json").write_text(json.dumps({"model_cfg": MODEL, "preprocess_cfg": PREPROCESS}))
    torch.manual_seed(0)
    save_file(dict(open_clip.model.CLIP(**MODEL).state_dict()), folder / "open_clip_model.safetensors")
    return folder
