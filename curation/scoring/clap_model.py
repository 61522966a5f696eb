"""A CLAP model behind two functions: sounds to unit vectors, texts to unit vectors, through transformers."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.clip_weights import file_sha256
from curation.scoring.devices import torch_device
from curation.scoring.seam import Source

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_COMPANIONS = ("*.json", "*.txt")


class ClapNotFound(RuntimeError):
    """No sound-text model can be had under the configured name."""


class ClapModel:
    """Loaded on first use, float32, on CPU or GPU; one per process, safe to call from several threads."""

    def __init__(self, configured: str, *, cache: Path, device: str = "auto", batch_size: int = 8) -> None:
        self._configured, self._cache, self._device = configured, cache, device
        self.batch_size = batch_size
        self._lock = threading.Lock()
        self._model: Any = None

    @cached_property
    def folder(self) -> Path:
        """Of the model on this machine.

        Raises:
            ClapNotFound: There is none; the message says what to set.
        """
        return find_folder(self._configured, cache=self._cache)

    @cached_property
    def source(self) -> Source:
        name = Path(self._configured).name if Path(self._configured).is_dir() else self._configured
        seconds, rate = self.window_s, self.rate_hz
        return Source(f"clap:{name}", file_sha256(_weights_of(self.folder)), f"mono-{rate}-{seconds}s-windows-fp32")

    @cached_property
    def _processor(self) -> Any:
        """What makes spectra and tokens; it has no weights."""
        from transformers import ClapProcessor

        with _named(self.folder):
            return ClapProcessor.from_pretrained(self.folder, local_files_only=True)

    @property
    def rate_hz(self) -> int:
        """Of the sound that the model reads."""
        return int(self._processor.feature_extractor.sampling_rate)

    @property
    def window_s(self) -> int:
        """How much sound the model reads at once."""
        return int(self._processor.feature_extractor.max_length_s)

    def embed_sounds(self, sounds: Sequence[np.ndarray]) -> np.ndarray:
        """Unit vectors of sounds, `[N, D]` float32.

        Args:
            sounds: Each `[n]` float32 mono at `rate_hz`, at least one sample and at most `window_s` long: of a longer
                one the model's own code would take random pieces.
        """
        import torch

        model = self._load()
        vectors = []
        for start in range(0, len(sounds), self.batch_size):
            batch = list(sounds[start : start + self.batch_size])
            spectra = self._processor.feature_extractor(batch, sampling_rate=self.rate_hz, return_tensors="pt")
            features = spectra["input_features"].to(model.device, torch.float32)
            # Where none is longer, the model's own code would call one of them so at random.
            longer = torch.zeros(len(batch), 1, dtype=torch.bool, device=model.device)
            with torch.inference_mode():
                found = model.get_audio_features(input_features=features, is_longer=longer)
            vectors.append(_unit(found.pooler_output))
        return np.concatenate(vectors) if vectors else np.zeros((0, 0), np.float32)

    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of texts, `[N, D]` float32; each is cut at the model's context length."""
        import torch

        model = self._load()
        longest = model.config.text_config.max_position_embeddings - 2  # its positions begin at 2
        vectors = []
        for start in range(0, len(texts), self.batch_size):
            batch = list(texts[start : start + self.batch_size])
            tokens = self._processor.tokenizer(
                batch, padding=True, truncation=True, max_length=longest, return_tensors="pt"
            ).to(model.device)
            with torch.inference_mode():
                found = model.get_text_features(tokens["input_ids"], attention_mask=tokens["attention_mask"])
            vectors.append(_unit(found.pooler_output))
        return np.concatenate(vectors) if vectors else np.zeros((0, 0), np.float32)

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                import torch
                from transformers import ClapModel as Transformer

                with _named(self.folder):
                    model: Any = Transformer.from_pretrained(self.folder, dtype=torch.float32, local_files_only=True)
                self._model = model.to(torch_device(self._device)).eval()
            return self._model


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Says which setting is behind it when transformers cannot read the folder."""
    try:
        yield
    except Exception as error:  # the readers of weights underneath raise errors of their own
        raise ClapNotFound(f"CLAP_MODEL: {folder} holds no CLAP model that transformers can read: {error}") from error


def find_folder(configured: str, *, cache: Path) -> Path:
    """The model's folder: the configured one, or that of a hub id such as `laion/clap-htsat-unfused`, fetched once.

    Raises:
        ClapNotFound: Neither serves.
    """
    if Path(configured).is_dir():
        _weights_of(Path(configured))
        return Path(configured)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        for weights in _WEIGHTS:  # one file of weights, not both
            folder = Path(
                snapshot_download(configured, cache_dir=cache / "hub", allow_patterns=[weights, *_COMPANIONS])
            )
            if (folder / weights).is_file():
                return folder
    except (OSError, RuntimeError, HFValidationError) as error:
        raise ClapNotFound(
            f"CLAP_MODEL={configured!r} is no folder, and the hub gave none: {error}. Set CLAP_MODEL to a folder that "
            "ClapModel.save_pretrained wrote, or to nothing."
        ) from error
    return _weights_of(folder).parent


def _weights_of(folder: Path) -> Path:
    for name in _WEIGHTS:
        if (folder / name).is_file():
            return folder / name
    raise ClapNotFound(f"CLAP_MODEL: {folder} holds no weights ({' or '.join(_WEIGHTS)}).")


def _unit(vectors: Any) -> np.ndarray:
    found = vectors.float().cpu().numpy()
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)
