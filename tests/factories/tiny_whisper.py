"""A checkpoint of openai-whisper small enough for tests: random weights, 16 tokens at most."""

from dataclasses import asdict
from pathlib import Path

DIMENSIONS = {
    "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 16, "n_audio_head": 2, "n_audio_layer": 1,
    "n_vocab": 51865, "n_text_ctx": 32, "n_text_state": 16, "n_text_head": 2, "n_text_layer": 1,
}  # fmt: skip


def save_tiny_whisper(path: Path, **changed: int) -> Path:
    """Write the checkpoint as the package does, the same weights always."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(0)
    dimensions = ModelDimensions(**{**DIMENSIONS, **changed})
    model = Whisper(dimensions)
    for weights in model.parameters():
        torch.nn.init.normal_(weights, std=0.3)
    torch.save({"dims": asdict(dimensions), "model_state_dict": model.state_dict()}, path)
    return path
