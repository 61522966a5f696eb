"""What is said, and whether it is what was meant: Silero VAD decides where there is speech, Whisper what it says."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source
from curation.scoring.whisper_model import RATE_HZ, Transcript, WhisperModel
from curation.scoring.word_errors import word_error_rate, words_of

SPEECH_SHARE, TRANSCRIPT_WORDS, WORD_ERRORS = "audio.speech_share", "audio.transcript_words", "audio.word_error_rate"
MIN_SPEECH_MS, MIN_PAUSE_MS, PAD_MS = 250, 500, 200
NO_SPEECH_HEARD = "no speech is heard (Silero VAD), so nothing was transcribed"
NOTHING_DECLARED = "no dialogue is declared"

Spans = list[tuple[int, int]]


class WhisperScorer:
    """Speech share, transcript and word error rate against the declared dialogue (`audio.speech`)."""

    name = "whisper"
    metrics = (SPEECH_SHARE, TRANSCRIPT_WORDS, WORD_ERRORS)
    needs = Needs(speech=True)

    def __init__(self, model: WhisperModel) -> None:
        self.model = model

    @property
    def source(self) -> Source:
        return self.model.source

    def applies_to(self, sample: Sample) -> bool:
        return sample.sound is not None and sample.sound.speech_16k is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        sounds = [_speech_of(sample) for sample in batch]
        with ThreadPoolExecutor(max_workers=2) as pool:
            spans = list(pool.map(speech_spans, sounds))
        spoken = [place for place, found in enumerate(spans) if found]
        transcripts = self.model.transcribe([sounds[place] for place in spoken], [spans[place] for place in spoken])
        heard = dict(zip(spoken, transcripts, strict=True))
        return [_answer(sample, sounds[place], spans[place], heard.get(place)) for place, sample in enumerate(batch)]


def speech_spans(sound: np.ndarray) -> Spans:
    """Sample ranges of `[N]` mono 16 kHz sound in which somebody speaks."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    if sound.size == 0 or not sound.any():
        return []
    options = VadOptions(
        threshold=0.5, min_speech_duration_ms=MIN_SPEECH_MS, min_silence_duration_ms=MIN_PAUSE_MS, speech_pad_ms=PAD_MS
    )
    return [(span["start"], span["end"]) for span in get_speech_timestamps(sound, options)]


def declared_dialogue(sample: Sample) -> str:
    """The words meant to be heard; empty where none are declared."""
    speech = (sample.record.get("audio") or {}).get("speech") or ()
    return " ".join(str(segment["text"]).strip() for segment in speech)


def _speech_of(sample: Sample) -> np.ndarray:
    assert sample.sound is not None
    assert sample.sound.speech_16k is not None
    return sample.sound.speech_16k


def _answer(
    sample: Sample, sound: np.ndarray, spans: Spans, transcript: Transcript | None
) -> list[Measurement | Embedding]:
    share = sum(end - start for start, end in spans) / max(len(sound), 1)
    seconds = [[round(start / RATE_HZ, 3), round(end / RATE_HZ, 3)] for start, end in spans]
    return [
        Measurement(SPEECH_SHARE, min(share, 1.0), "audio", {"spans_s": seconds}),
        _transcript(transcript),
        _word_errors(transcript, declared_dialogue(sample)),
    ]


def _transcript(transcript: Transcript | None) -> Measurement:
    if transcript is None:
        return Measurement(TRANSCRIPT_WORDS, None, "audio", not_applicable=NO_SPEECH_HEARD)
    detail = {
        "text": transcript.trusted_text,
        "language": transcript.language,
        "language_probability": round(transcript.language_probability, 4),
        "segments": [segment.as_dict() for segment in transcript.segments],
    }
    return Measurement(TRANSCRIPT_WORDS, float(len(words_of(transcript.trusted_text))), "audio", detail)


def _word_errors(transcript: Transcript | None, declared: str) -> Measurement:
    if not words_of(declared):
        return Measurement(WORD_ERRORS, None, "audio", not_applicable=NOTHING_DECLARED)
    heard = transcript.trusted_text if transcript else ""
    return Measurement(WORD_ERRORS, word_error_rate(heard, declared), "audio", {"declared": declared, "heard": heard})
