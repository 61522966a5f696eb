"""What is said, and whether it is what was meant: Silero VAD decides where there is speech, Whisper what it says."""

from collections.abc import Sequence

from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source
from curation.scoring.transcripts import Transcriber, Transcript
from curation.scoring.voice import VoiceActivity, speech_of
from curation.scoring.voice_scorer import NOTHING_DECLARED
from curation.scoring.word_errors import character_error_rate, is_spaced, word_error_rate, words_of

TRANSCRIPT_WORDS = "audio.transcript_words"
WORD_ERRORS, CHARACTER_ERRORS = "audio.word_error_rate", "audio.character_error_rate"
NO_SPEECH_HEARD = "no speech is heard (Silero VAD), so nothing was transcribed"
SPACED, UNSPACED = "the words are spaced, so words are counted", "the words are not spaced, so characters are counted"
MOST_COMPARED = 20_000  # characters: a comparison takes time by the product of both lengths


class WhisperScorer:
    """Transcript and its errors against the declared dialogue (`audio.speech`)."""

    name = "whisper"
    metrics = (TRANSCRIPT_WORDS, WORD_ERRORS, CHARACTER_ERRORS)
    needs = Needs(speech=True)

    def __init__(self, model: Transcriber, voice: VoiceActivity) -> None:
        self.model, self.voice = model, voice

    @property
    def source(self) -> Source:
        return self.model.source

    def applies_to(self, sample: Sample) -> bool:
        return sample.sound is not None and sample.sound.speech_16k is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        sounds = [sample.sound for sample in batch if sample.sound is not None]
        spans = self.voice.spans(sounds)
        spoken = [place for place, found in enumerate(spans) if found]
        transcripts = self.model.transcribe(
            [speech_of(sounds[place]) for place in spoken], [spans[place] for place in spoken]
        )
        heard = dict(zip(spoken, transcripts, strict=True))
        return [_answer(sample, heard.get(place)) for place, sample in enumerate(batch)]


def declared_dialogue(sample: Sample) -> str:
    """The words meant to be heard; empty where none are declared."""
    speech = (sample.record.get("audio") or {}).get("speech") or ()
    return " ".join(str(segment["text"]).strip() for segment in speech)


def _answer(sample: Sample, transcript: Transcript | None) -> list[Measurement | Embedding]:
    return [_transcript(transcript), *_errors(transcript, declared_dialogue(sample))]


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


def _errors(transcript: Transcript | None, declared: str) -> list[Measurement]:
    """One of the two rates, and why the other does not apply."""
    declared = declared[:MOST_COMPARED]
    if not words_of(declared):
        both = (WORD_ERRORS, CHARACTER_ERRORS)
        return [Measurement(metric, None, "audio", not_applicable=NOTHING_DECLARED) for metric in both]
    heard = (transcript.trusted_text if transcript else "")[:MOST_COMPARED]
    detail = {"declared": declared, "heard": heard}
    if is_spaced(declared):
        return [
            Measurement(WORD_ERRORS, word_error_rate(heard, declared), "audio", detail),
            Measurement(CHARACTER_ERRORS, None, "audio", not_applicable=SPACED),
        ]
    return [
        Measurement(WORD_ERRORS, None, "audio", not_applicable=UNSPACED),
        Measurement(CHARACTER_ERRORS, character_error_rate(heard, declared), "audio", detail),
    ]
