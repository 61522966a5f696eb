"""How the shot sounds: style in words, labelled events at their instants, speech, music."""

from typing import Annotated

from pydantic import Field

from curation.record import vocabulary as words
from curation.record.models.fields import (
    AssetId,
    AudioSetId,
    Flag,
    Paragraph,
    Part,
    Real,
    Seconds,
    Share,
    SubjectId,
    Verbatim,
    Whole,
    Word,
)


class SoundLabel(Part):
    mid: AudioSetId
    name: Word


class SoundEvent(Part):
    onset_s: Seconds
    offset_s: Seconds
    mid: AudioSetId | None = None
    name: Word
    source: words.SoundSource | None = None
    subject: SubjectId | None = None


class SpokenWord(Part):
    start: Seconds
    end: Seconds
    word: Verbatim
    probability: Share | None = None


class SpeechSegment(Part):
    """A Whisper segment word for word; a line declared by hand is `start`, `end` and `text` alone."""

    start: Seconds
    end: Seconds
    text: Verbatim
    id: Whole | None = None
    seek: Whole | None = None
    tokens: Annotated[tuple[Whole, ...], Field(max_length=1_024)] | None = None
    temperature: Share | None = None
    avg_logprob: Real | None = None
    compression_ratio: Real | None = None
    no_speech_prob: Share | None = None
    words: Annotated[tuple[SpokenWord, ...], Field(max_length=1_024)] | None = None


class Music(Part):
    present: Flag
    bpm: Annotated[float, Field(strict=True, ge=20, le=400, allow_inf_nan=False)] | None = None
    key: Word | None = None
    mood: Word | None = None


class Audio(Part):
    """Sound of its own (`asset`), in the clip (`in_video`), or only described: at least one of the three."""

    asset: AssetId | None = None
    in_video: Flag = False
    sample_rate: Annotated[int, Field(strict=True, ge=1_000, le=768_000)] | None = None
    channels: Annotated[int, Field(strict=True, ge=1, le=64)] | None = None
    lufs: Annotated[float, Field(strict=True, ge=-120, le=20, allow_inf_nan=False)] | None = None
    style_caption: Paragraph | None = None
    aspects: Annotated[tuple[Word, ...], Field(max_length=32)] = ()
    labels: Annotated[tuple[SoundLabel, ...], Field(max_length=64)] = ()
    events: Annotated[tuple[SoundEvent, ...], Field(max_length=2_000)] = ()
    speech: Annotated[tuple[SpeechSegment, ...], Field(max_length=1_000)] = ()
    music: Music | None = None
