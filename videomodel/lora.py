"""LoRA adapters: put on a model, written to one file that says which weights it belongs to, read back."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model_state_dict, inject_adapter_in_model, set_peft_model_state_dict
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from videomodel.interface import VideoModel

FACTS_KEY = "openslate_adapter"
_NAME = "default"


class AdapterMismatch(ValueError):
    """The adapter file does not belong to these weights, or its keys are not those of a whole adapter."""


def lora_config(model: VideoModel, rank: int) -> LoraConfig:
    """LoRA of `rank` with scale 1 on the layers that the model names."""
    return LoraConfig(r=rank, lora_alpha=rank, target_modules=list(model.lora_targets), init_lora_weights=True)


def add_lora(model: VideoModel, rank: int) -> list[torch.nn.Parameter]:
    """Freeze the model, put a fresh adapter on it, and give the adapter's parameters."""
    model.transformer.requires_grad_(False)
    inject_adapter_in_model(lora_config(model, rank), model.transformer, adapter_name=_NAME)
    return [weight for weight in model.transformer.parameters() if weight.requires_grad]


def lora_weights(transformer: torch.nn.Module) -> dict[str, Tensor]:
    """The adapter's tensors by name, on the CPU."""
    state = get_peft_model_state_dict(transformer, adapter_name=_NAME)
    return {name: tensor.detach().cpu().contiguous().clone() for name, tensor in state.items()}


def save_lora(path: Path, weights: dict[str, Tensor], *, model: VideoModel, rank: int, facts: dict[str, Any]) -> str:
    """Write the adapter and give its sha256; `facts` and the base's fingerprint go into the file's header."""
    stated = facts | {"model": model.name, "base_fingerprint": model.fingerprint, "rank": rank}
    save_file(weights, path, metadata={FACTS_KEY: json.dumps(stated, sort_keys=True)})
    audit_lora(path, model)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_facts(path: Path) -> dict[str, Any]:
    """What the header of an adapter file states. Raises `AdapterMismatch` when it is no adapter of ours."""
    with safe_open(path, framework="pt") as file:
        stated = (file.metadata() or {}).get(FACTS_KEY)
    if stated is None:
        raise AdapterMismatch(f"{path.name} is not an adapter that this trainer wrote: its header states no base.")
    facts: dict[str, Any] = json.loads(stated)
    return facts


def audit_lora(path: Path, model: VideoModel) -> None:
    """Raise `AdapterMismatch` unless the file holds a finite A and B for every target layer, and nothing else."""
    layers = [
        name.removesuffix(".base_layer")
        for name, _ in model.transformer.named_modules()
        if name.removesuffix(".base_layer").endswith(model.lora_targets) and ".lora_" not in name
    ]
    wanted = {f"{layer}.lora_{side}.weight" for layer in layers for side in "AB"}
    with safe_open(path, framework="pt") as file:
        held = set(file.keys())
        broken = [name for name in sorted(held) if not torch.isfinite(file.get_tensor(name)).all()]
    if held != wanted:
        raise AdapterMismatch(
            f"{path.name} lacks {sorted(wanted - held)[:3]} and has the strange {sorted(held - wanted)[:3]}."
        )
    if broken:
        raise AdapterMismatch(f"{path.name} holds values that are not finite in {broken[:3]}.")


def load_lora(model: VideoModel, path: Path) -> dict[str, Any]:
    """Put the adapter of a file on the model and give the file's facts.

    Raises:
        AdapterMismatch: It was made for another model or other weights, or is not whole.
    """
    facts = read_facts(path)
    if facts["model"] != model.name:
        raise AdapterMismatch(f"The adapter was made for {facts['model']}, not for {model.name}.")
    if facts["base_fingerprint"] != model.fingerprint:
        made, have = facts["base_fingerprint"][:12], model.fingerprint[:12]
        raise AdapterMismatch(f"The adapter was made on base weights {made}; these are {have}.")
    audit_lora(path, model)
    add_lora(model, facts["rank"])
    with safe_open(path, framework="pt") as file:
        set_weights(model.transformer, {name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118  # no mapping
    model.transformer.requires_grad_(False)
    return facts


def set_weights(transformer: torch.nn.Module, weights: dict[str, Tensor]) -> None:
    """Copy tensors named as `lora_weights` names them into the adapter on `transformer`."""
    set_peft_model_state_dict(transformer, weights, adapter_name=_NAME)
