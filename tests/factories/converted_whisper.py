"""Whisper base for the reference implementation, from the very weights that faster-whisper reads.

CTranslate2 stores each tensor by name (its `model_spec.py`); attention's projections that read the same input are
joined in one. The checkpoint made here is what OpenAI's package would have fetched, in half precision.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

BASE = {
    "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 512, "n_audio_head": 8, "n_audio_layer": 6,
    "n_vocab": 51865, "n_text_ctx": 448, "n_text_state": 512, "n_text_head": 8, "n_text_layer": 6,
}  # fmt: skip
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
_NORM = {"gamma": "weight", "beta": "bias"}


def save_as_openai_whisper(model_bin: Path, path: Path) -> Path:
    """Write the weights of a CTranslate2 Whisper base as a checkpoint of openai-whisper."""
    import torch

    tensors = dict(_tensors(model_bin))
    weights = {name: torch.from_numpy(value.astype(np.float32)) for name, value in _renamed(tensors)}
    torch.save({"dims": BASE, "model_state_dict": weights}, path)
    return path


def _tensors(path: Path) -> Iterator[tuple[str, np.ndarray]]:
    with path.open("rb") as file:
        _read(file, "I")
        _name(file)
        _, count = _read(file, "II")
        for _ in range(count):
            name = _name(file)
            (rank,) = _read(file, "B")
            shape = _read(file, "I" * rank)
            kind, size = _read(file, "<BI")
            yield name, np.frombuffer(file.read(size), _TYPES[kind]).reshape(shape)


def _read(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _name(file: BinaryIO) -> str:
    (length,) = _read(file, "H")
    return file.read(length)[:-1].decode()


def _renamed(tensors: dict[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    yield "decoder.token_embedding.weight", tensors["decoder/embeddings/weight"]
    yield "decoder.positional_embedding", tensors["decoder/position_encodings/encodings"]
    yield "encoder.positional_embedding", tensors["encoder/position_encodings/encodings"]
    for name in ("conv1", "conv2"):
        for part in ("weight", "bias"):
            yield f"encoder.{name}.{part}", tensors[f"encoder/{name}/{part}"]
    for part, called in _NORM.items():
        yield f"encoder.ln_post.{called}", tensors[f"encoder/layer_norm/{part}"]
        yield f"decoder.ln.{called}", tensors[f"decoder/layer_norm/{part}"]
    for side in ("encoder", "decoder"):
        for layer in range(6):
            yield from _layer(tensors, f"{side}/layer_{layer}", f"{side}.blocks.{layer}", crossed=side == "decoder")


def _layer(tensors: dict[str, np.ndarray], source: str, target: str, *, crossed: bool) -> Iterator[tuple[str, Any]]:
    parts = {f"{source}/self_attention": "attn", f"{source}/ffn": "mlp"}
    parts |= {f"{source}/attention": "cross_attn"} if crossed else {}
    for part, called in parts.items():
        for norm, norm_called in _NORM.items():
            yield f"{target}.{called}_ln.{norm_called}", tensors[f"{part}/layer_norm/{norm}"]
        for kind in ("weight", "bias"):
            joined = [
                tensors[f"{part}/linear_{place}/{kind}"]
                for place in range(3)
                if f"{part}/linear_{place}/{kind}" in tensors
            ]
            if called == "mlp":
                yield f"{target}.mlp.0.{kind}", joined[0]
                yield f"{target}.mlp.2.{kind}", joined[1]
                continue
            query, key, value, out = np.split(np.concatenate(joined), 4)
            yield from (
                (f"{target}.{called}.{name}.{kind}", one)
                for name, one in (("query", query), ("value", value), ("out", out))
            )
            if kind == "weight":  # Whisper's keys have no bias
                yield f"{target}.{called}.key.weight", key
