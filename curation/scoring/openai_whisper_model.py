"""Whisper through OpenAI's own package, for who wants the reference implementation: the same windows and segments."""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.clip_weights import file_sha256
from curation.scoring.devices import torch_device
from curation.scoring.seam import Source
from curation.scoring.transcripts import (
    Heard,
    Language,
    Segment,
    Spans,
    Spoken,
    Transcript,
    Window,
    segments_of,
    transcribe_windows,
)
from curation.scoring.whisper_weights import WhisperNotFound, WhisperWeights

ENGINE = "openai-whisper"


class OpenAIWhisperModel:
    """Float32 on CPU and GPU alike; loaded on first use, one per process, safe to call from several threads."""

    def __init__(
        self, configured: str, *, cache: Path, device: str = "auto", batch_size: int = 4, beam: int = 5
    ) -> None:
        self._configured, self._cache, self._device = configured, cache, device
        self.batch_size, self.beam = batch_size, beam
        self._lock = threading.Lock()
        self._model: Any = None

    @cached_property
    def weights(self) -> WhisperWeights:
        return find_checkpoint(self._configured, cache=self._cache)

    @property
    def source(self) -> Source:
        preprocessing = f"mono-16k-silero-vad-beam{self.beam}-float32"
        return Source(self.weights.model_id, self.weights.sha256, preprocessing)

    def transcribe(self, recordings: Sequence[np.ndarray], speech: Sequence[Spans]) -> list[Transcript]:
        """One transcript per recording; as `transcripts.Transcriber` says."""
        return transcribe_windows(recordings, speech, batch_size=self.batch_size, hear=self._hear)

    def _hear(self, windows: Sequence[Window]) -> list[Heard]:
        import torch
        import whisper

        model = self._load()
        sounds = np.stack([whisper.pad_or_trim(np.asarray(window.samples)) for window in windows])
        spectra = whisper.log_mel_spectrogram(torch.from_numpy(sounds), model.dims.n_mels, device=model.device)
        with self._lock, torch.inference_mode():  # the package hooks its cache of keys and values into the model
            encoded = model.encoder(spectra)
            languages = _languages(model, encoded)
            # Encoded together but decoded one by one: its beam search is right for a single window only.
            results = [
                whisper.decode(model, one, whisper.DecodingOptions(language=code, beam_size=self.beam, fp16=False))
                for one, (code, _) in zip(encoded, languages, strict=True)
            ]
        return [
            (_segments(model, result, window), language)
            for result, window, language in zip(results, windows, languages, strict=True)
        ]

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                import whisper

                self._model = whisper.load_model(str(self.weights.file), device=torch_device(self._device)).eval()
            return self._model


def find_checkpoint(configured: str, *, cache: Path) -> WhisperWeights:
    """The `.pt` file of a name such as `base`, of a file, or of a folder with one such file.

    Args:
        configured: File or folder, which go first, or a name, which is fetched once.
        cache: Where fetched checkpoints are kept between runs.

    Raises:
        WhisperNotFound: The package or the checkpoint is not there, and none can be fetched.
    """
    path = Path(configured)
    if path.is_dir():
        files = sorted(path.glob("*.pt"))
        if len(files) != 1:
            raise WhisperNotFound(f"WHISPER_MODEL={configured} holds {len(files)} .pt files; it has to hold one.")
        return _weights(path.name, files[0])
    if path.is_file():
        return _weights(path.stem, path)
    return _weights(configured, _fetched(configured, cache / ENGINE))


def _weights(name: str, file: Path) -> WhisperWeights:
    return WhisperWeights(f"whisper-{name}-openai", file, file_sha256(file))


def _fetched(name: str, folder: Path) -> Path:
    try:
        import whisper
    except ImportError as error:
        raise WhisperNotFound(
            f"WHISPER_ENGINE={ENGINE} needs the package {ENGINE}. Install the extra {ENGINE}, or use faster-whisper."
        ) from error
    if name not in whisper.available_models():
        raise WhisperNotFound(f"WHISPER_MODEL={name!r} is no .pt file, no folder with one, and no name {ENGINE} knows.")
    try:
        # There is no public way to fetch a checkpoint, checked against its hash, without loading it.
        return Path(whisper._download(whisper._MODELS[name], str(folder), in_memory=False))
    except (OSError, RuntimeError) as error:
        raise WhisperNotFound(
            f"The checkpoint {name!r} of {ENGINE} cannot be fetched: {error}. Set WHISPER_MODEL to a .pt file, or "
            "WHISPER_ENGINE to faster-whisper."
        ) from error


def _languages(model: Any, encoded: Any) -> list[Language]:
    if not model.is_multilingual:
        return [("en", 1.0)] * len(encoded)
    _, probabilities = model.detect_language(encoded)
    return [max(each.items(), key=lambda item: item[1]) for each in probabilities]


def _segments(model: Any, result: Any, window: Window) -> list[Segment]:
    from whisper.tokenizer import get_tokenizer
    from whisper.utils import compression_ratio

    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language=result.language, task="transcribe"
    )
    return segments_of(
        window,
        Spoken(result.tokens, float(result.avg_logprob), float(result.no_speech_prob)),
        first_stamp=tokenizer.timestamp_begin,
        decode=tokenizer.decode,
        compression=compression_ratio,
    )
