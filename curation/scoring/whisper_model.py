"""Whisper through faster-whisper: CTranslate2's model, in batches over many recordings."""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.devices import ctranslate2_device
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
from curation.scoring.whisper_weights import WhisperWeights, find_weights


class WhisperModel:
    """Loaded on first use; one per process, safe to call from several threads.

    Its weights are rounded to `precision`: int8 on the CPU and float32 on the GPU unless told otherwise.
    """

    def __init__(
        self,
        configured: str,
        *,
        cache: Path,
        device: str = "auto",
        precision: str = "",
        threads: int = 2,
        batch_size: int = 8,
        beam: int = 5,
    ) -> None:
        self._configured, self._cache, self._device, self._precision = configured, cache, device, precision
        self._threads, self.batch_size, self.beam = threads, batch_size, beam
        self._lock = threading.Lock()
        self._model: Any = None

    @cached_property
    def weights(self) -> WhisperWeights:
        return find_weights(self._configured, cache=self._cache)

    @property
    def source(self) -> Source:
        preprocessing = f"mono-16k-silero-vad-beam{self.beam}-{self.precision}"
        return Source(self.weights.model_id, self.weights.sha256, preprocessing)

    @property
    def precision(self) -> str:
        """CTranslate2's name of the numbers it computes with."""
        return self._precision or ("int8" if ctranslate2_device(self._device) == "cpu" else "float32")

    def transcribe(self, recordings: Sequence[np.ndarray], speech: Sequence[Spans]) -> list[Transcript]:
        """One transcript per recording; as `transcripts.Transcriber` says."""
        return transcribe_windows(recordings, speech, batch_size=self.batch_size, hear=self._hear)

    def _hear(self, windows: Sequence[Window]) -> list[Heard]:
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        model = self._load()
        encoded = model.encode(np.stack([pad_or_trim(model.feature_extractor(w.samples)) for w in windows]))
        multilingual = model.model.is_multilingual
        languages = self._languages(model, encoded, len(windows))
        speakers = [
            Tokenizer(model.hf_tokenizer, multilingual, task="transcribe", language=code) for code, _ in languages
        ]
        results = model.model.generate(
            encoded,
            [model.get_prompt(tokenizer, []) for tokenizer in speakers],
            beam_size=self.beam,
            max_length=model.max_length,
            suppress_blank=True,
            suppress_tokens=get_suppressed_tokens(speakers[0], [-1]),
            return_scores=True,
            return_no_speech_prob=True,
        )
        return [
            (_segments(tokenizer, result, window), language)
            for tokenizer, result, window, language in zip(speakers, results, windows, languages, strict=True)
        ]

    @staticmethod
    def _languages(model: Any, encoded: Any, count: int) -> list[Language]:
        if not model.model.is_multilingual:
            return [("en", 1.0)] * count
        return [(best[0][0].strip("<|>"), float(best[0][1])) for best in model.model.detect_language(encoded)]

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                from faster_whisper import WhisperModel as FasterWhisper

                self._model = FasterWhisper(
                    str(self.weights.file.parent),
                    device=ctranslate2_device(self._device),
                    compute_type=self.precision,
                    cpu_threads=self._threads,
                )
            return self._model


def _segments(tokenizer: Any, result: Any, window: Window) -> list[Segment]:
    from faster_whisper.transcribe import get_compression_ratio

    tokens = list(result.sequences_ids[0])
    logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)  # CTranslate2 gives the mean without end of text
    return segments_of(
        window,
        Spoken(tokens, logprob, result.no_speech_prob),
        first_stamp=tokenizer.timestamp_begin,
        decode=tokenizer.decode,
        compression=get_compression_ratio,
    )
