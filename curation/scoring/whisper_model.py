"""Whisper behind one function: many recordings to segments, in batches, through faster-whisper's model."""

import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.devices import ctranslate2_device
from curation.scoring.seam import Source
from curation.scoring.whisper_weights import WhisperWeights, find_weights

RATE_HZ = 16_000
WINDOW_S = 30.0  # what Whisper reads at once
TIME_STEP_S = 0.02  # between two of its timestamp tokens
MIN_LOGPROB, MAX_COMPRESSION, NO_SPEECH = -1.0, 2.4, 0.6


@dataclass(frozen=True)
class Segment:
    """A Whisper segment verbatim; times in seconds from the start of the recording."""

    start: float
    end: float
    text: str
    avg_logprob: float
    compression_ratio: float
    no_speech_prob: float

    @property
    def is_silence(self) -> bool:
        return self.no_speech_prob > NO_SPEECH and self.avg_logprob < MIN_LOGPROB

    @property
    def is_trusted(self) -> bool:
        return self.avg_logprob > MIN_LOGPROB and self.compression_ratio <= MAX_COMPRESSION

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"trusted": self.is_trusted, "silence": self.is_silence}


@dataclass(frozen=True)
class Transcript:
    """What was said: all segments, and the language heard in the first window with its probability."""

    segments: tuple[Segment, ...]
    language: str
    language_probability: float

    @property
    def trusted_text(self) -> str:
        return " ".join(s.text.strip() for s in self.segments if s.is_trusted and not s.is_silence)


@dataclass(frozen=True)
class _Window:
    recording: int
    start: int
    samples: np.ndarray


class WhisperModel:
    """Loaded on first use; one per process, safe to call from several threads."""

    def __init__(
        self,
        configured: str,
        *,
        cache: Path,
        device: str = "auto",
        threads: int = 2,
        batch_size: int = 8,
        beam: int = 5,
    ) -> None:
        self._configured, self._cache, self._device = configured, cache, device
        self._threads, self.batch_size, self.beam = threads, batch_size, beam
        self._lock = threading.Lock()
        self._model: Any = None

    @cached_property
    def weights(self) -> WhisperWeights:
        return find_weights(self._configured, cache=self._cache)

    @property
    def source(self) -> Source:
        precision = "int8" if ctranslate2_device(self._device) == "cpu" else "float32"
        return Source(self.weights.model_id, self.weights.sha256, f"mono-16k-silero-vad-beam{self.beam}-{precision}")

    def transcribe(
        self, recordings: Sequence[np.ndarray], speech: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Transcript]:
        """One transcript per recording.

        Args:
            recordings: Each `[N]` float32 mono at 16 kHz.
            speech: Sample ranges with speech in each recording, in order; at least one each.
        """
        windows = [
            _Window(place, start, audio[start:end])
            for place, (audio, spans) in enumerate(zip(recordings, speech, strict=True))
            for start, end in windows_of(len(audio), spans)
        ]
        heard: list[list[Segment]] = [[] for _ in recordings]
        languages: dict[int, tuple[str, float]] = {}
        for first in range(0, len(windows), self.batch_size):
            batch = windows[first : first + self.batch_size]
            for window, (segments, language) in zip(batch, self._hear(batch), strict=True):
                heard[window.recording] += segments
                languages.setdefault(window.recording, language)
        return [Transcript(tuple(segments), *languages[place]) for place, segments in enumerate(heard)]

    def _hear(self, windows: Sequence[_Window]) -> list[tuple[list[Segment], tuple[str, float]]]:
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
    def _languages(model: Any, encoded: Any, count: int) -> list[tuple[str, float]]:
        if not model.model.is_multilingual:
            return [("en", 1.0)] * count
        return [(best[0][0].strip("<|>"), float(best[0][1])) for best in model.model.detect_language(encoded)]

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                from faster_whisper import WhisperModel as FasterWhisper

                device = ctranslate2_device(self._device)
                self._model = FasterWhisper(
                    str(self.weights.folder),
                    device=device,
                    compute_type="int8" if device == "cpu" else "float32",
                    cpu_threads=self._threads,
                )
            return self._model


def windows_of(length: int, speech: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of at most 30 s that cover all speech: one for a short recording, else cut in the pauses."""
    longest = int(WINDOW_S * RATE_HZ)
    if length <= longest:
        return [(0, length)]
    windows: list[tuple[int, int]] = []
    for start, end in speech:
        if windows and end - windows[-1][0] <= longest:
            windows[-1] = (windows[-1][0], end)
        else:
            windows += [(cut, min(cut + longest, end)) for cut in range(start, end, longest)]
    return windows


def _segments(tokenizer: Any, result: Any, window: _Window) -> list[Segment]:
    """Segments of one window: Whisper writes each between two timestamp tokens."""
    from faster_whisper.transcribe import get_compression_ratio

    tokens = list(result.sequences_ids[0])
    logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)  # CTranslate2 gives the mean without end of text
    offset_s, length_s = window.start / RATE_HZ, len(window.samples) / RATE_HZ
    found = []
    for start_s, end_s, words in spans_between(tokens, tokenizer.timestamp_begin, length_s):
        text = tokenizer.decode(words)
        if text.strip():
            ratio = get_compression_ratio(text)
            times = (round(offset_s + start_s, 2), round(offset_s + end_s, 2))
            found.append(Segment(*times, text, round(logprob, 4), round(ratio, 4), round(result.no_speech_prob, 4)))
    return found


def spans_between(tokens: Sequence[int], first_stamp: int, length_s: float) -> list[tuple[float, float, list[int]]]:
    """Text tokens with the times of the stamps around them; what has no closing stamp ends with the window."""
    spans: list[tuple[float, float, list[int]]] = []
    start_s, words = 0.0, []  # type: float, list[int]
    for token in tokens:
        if token < first_stamp:
            words.append(token)
            continue
        time_s = min((token - first_stamp) * TIME_STEP_S, length_s)
        if words:
            spans.append((start_s, time_s, words))
        start_s, words = time_s, []
    if words:
        spans.append((start_s, length_s, words))
    return spans
