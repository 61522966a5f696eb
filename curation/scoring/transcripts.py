"""What any Whisper answers, and how recordings are cut for it: the same for every engine."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np

from curation.scoring.seam import Source

RATE_HZ = 16_000
WINDOW_S = 30.0  # what Whisper reads at once
TIME_STEP_S = 0.02  # between two of its timestamp tokens
MIN_LOGPROB, MAX_COMPRESSION, NO_SPEECH = -1.0, 2.4, 0.6

Language = tuple[str, float]
Spans = Sequence[tuple[int, int]]


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
class Window:
    """At most 30 s of a recording: which one, from which sample on, and the samples `[n]` themselves."""

    recording: int
    start: int
    samples: np.ndarray


@dataclass(frozen=True)
class Spoken:
    """What an engine answers for one window: tokens with time stamps among them, and how sure it is of them."""

    tokens: Sequence[int]
    avg_logprob: float
    no_speech_prob: float


class Transcriber(Protocol):
    """A Whisper engine: finds its weights by name, loads them on first use, is safe to call from several threads."""

    @property
    def source(self) -> Source: ...

    def transcribe(self, recordings: Sequence[np.ndarray], speech: Sequence[Spans]) -> list[Transcript]:
        """One transcript per recording.

        Args:
            recordings: Each `[N]` float32 mono at 16 kHz.
            speech: Sample ranges with speech in each recording, in order; at least one each.
        """
        ...


Heard = tuple[list[Segment], Language]


def transcribe_windows(
    recordings: Sequence[np.ndarray],
    speech: Sequence[Spans],
    *,
    batch_size: int,
    hear: Callable[[Sequence[Window]], Sequence[Heard]],
) -> list[Transcript]:
    """Cut recordings into windows, let the engine hear batches of them, and join what it heard of each recording."""
    windows = [
        Window(place, start, audio[start:end])
        for place, (audio, spans) in enumerate(zip(recordings, speech, strict=True))
        for start, end in windows_of(len(audio), spans)
    ]
    heard: list[list[Segment]] = [[] for _ in recordings]
    languages: dict[int, Language] = {}
    for first in range(0, len(windows), batch_size):
        batch = windows[first : first + batch_size]
        for window, (segments, language) in zip(batch, hear(batch), strict=True):
            heard[window.recording] += segments
            languages.setdefault(window.recording, language)
    return [Transcript(tuple(segments), *languages[place]) for place, segments in enumerate(heard)]


def windows_of(length: int, speech: Spans) -> list[tuple[int, int]]:
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


def segments_of(
    window: Window,
    spoken: Spoken,
    *,
    first_stamp: int,
    decode: Callable[[list[int]], str],
    compression: Callable[[str], float],
) -> list[Segment]:
    """Segments of one window: Whisper writes each between two timestamp tokens.

    Args:
        first_stamp: The token that stands for 0.00 s; those above it follow in steps of 20 ms.
        decode: Tokens of text to text.
        compression: Of a text, the ratio by which zlib shrinks it.
    """
    offset_s, length_s = window.start / RATE_HZ, len(window.samples) / RATE_HZ
    sure = (round(spoken.avg_logprob, 4), round(spoken.no_speech_prob, 4))
    found = []
    for start_s, end_s, words in spans_between(spoken.tokens, first_stamp, length_s):
        text = decode(words)
        if text.strip():
            times = (round(offset_s + start_s, 2), round(offset_s + end_s, 2))
            found.append(Segment(*times, text, sure[0], round(compression(text), 4), sure[1]))
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
