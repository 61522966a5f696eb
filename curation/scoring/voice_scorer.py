"""How much of a recording is speech, and whether it is where lines were declared."""

from collections.abc import Sequence

import numpy as np

from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source
from curation.scoring.voice import RATE_HZ, Spans, VoiceActivity, speech_of

SPEECH_SHARE, LINES_HEARD = "audio.speech_share", "audio.declared_lines_heard_share"
NOTHING_DECLARED = "no dialogue is declared"
STEP = RATE_HZ // 100


class VoiceScorer:
    """Share of speech, which routes to the speech scorers, and the share of the declared lines' time that is speech."""

    name = "voice"
    metrics = (SPEECH_SHARE, LINES_HEARD)
    needs = Needs(speech=True)

    def __init__(self, voice: VoiceActivity) -> None:
        self.voice = voice

    @property
    def source(self) -> Source:
        return self.voice.source

    def applies_to(self, sample: Sample) -> bool:
        return sample.sound is not None and sample.sound.speech_16k is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        sounds = [sample.sound for sample in batch if sample.sound is not None]
        return [
            _measure(sample, spans, len(speech_of(sound)))
            for sample, sound, spans in zip(batch, sounds, self.voice.spans(sounds), strict=True)
        ]


def _measure(sample: Sample, spans: Spans, length: int) -> list[Measurement | Embedding]:
    spoken = sum(end - start for start, end in spans)
    seconds = [[round(start / RATE_HZ, 3), round(end / RATE_HZ, 3)] for start, end in spans]
    return [
        Measurement(SPEECH_SHARE, spoken / max(length, 1), "audio", {"spans_s": seconds}),
        _lines_heard(sample, spans, length),
    ]


def _lines_heard(sample: Sample, spans: Spans, length: int) -> Measurement:
    lines = (sample.record.get("audio") or {}).get("speech") or ()
    declared, speech = np.zeros(length // STEP, bool), np.zeros(length // STEP, bool)
    for line in lines:
        declared[int(line["start"] * RATE_HZ) // STEP : int(line["end"] * RATE_HZ) // STEP] = True
    for start, end in spans:
        speech[start // STEP : end // STEP] = True
    if not declared.any():
        return Measurement(LINES_HEARD, None, "audio", not_applicable=NOTHING_DECLARED)
    return Measurement(LINES_HEARD, float(speech[declared].mean()), "audio")
