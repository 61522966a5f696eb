"""Do the declared sounds begin when something is heard to begin: onsets against onsets. No model."""

from collections.abc import Mapping, Sequence
from typing import Any

from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source
from curation.scoring.sounds.onsets import RATE_HZ, flux, matches, onsets
from curation.scoring.sounds.tempo import tempo

HEARD, F1 = "audio.events_heard_share", "audio.events_f1"
ONSETS_PER_S, TEMPO = "audio.onsets_per_s", "audio.tempo_bpm"

WITHIN_S = 0.15
FROM_THE_START_S = 0.1  # what sounds from the first instant on has no onset to be heard
ONE_EVENT_S = 0.1  # onsets closer than this are heard as one
MOST_LISTED = 50
NOTHING_DECLARED = "no event that begins after the start is declared"
NO_RHYTHM = "there is no rhythm, or too little sound"


class SoundEventsScorer:
    """How many of the declared onsets are heard within 0.15 s, and how the two lists agree; the tempo as a fact.

    Labels are rarely complete, so the share of declared events that are heard is what can be asked of them; F1 falls
    with every sound that nobody declared, too.
    """

    name = "sound_events"
    metrics = (HEARD, F1, ONSETS_PER_S, TEMPO)
    needs = Needs(speech=True)
    source = Source("spectral-flux-1", preprocessing_id="mono-16k-hop-10ms-36-bands")

    def applies_to(self, sample: Sample) -> bool:
        return sample.sound is not None and sample.sound.speech_16k is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [_measure(sample) for sample in batch]


def _measure(sample: Sample) -> list[Measurement | Embedding]:
    assert sample.sound is not None
    assert sample.sound.speech_16k is not None
    samples, audio = sample.sound.speech_16k, sample.record.get("audio") or {}
    rising = flux(samples)
    heard = onsets(rising)
    duration_s = len(samples) / RATE_HZ
    per_s = len(heard) / duration_s if duration_s else 0.0
    return [
        *_agreement(_declared(audio, duration_s), [time_s for time_s in heard if time_s > FROM_THE_START_S]),
        Measurement(ONSETS_PER_S, per_s, "audio", {"at_s": [round(time_s, 2) for time_s in heard[:MOST_LISTED]]}),
        _tempo(tempo(rising), audio.get("music") or {}),
    ]


def _declared(audio: Mapping[str, Any], duration_s: float) -> list[tuple[float, str]]:
    """Onset and name of the declared events, in order; those that begin together count once, by the first's name."""
    together: list[tuple[float, str]] = []
    for event in sorted(audio.get("events") or (), key=lambda event: float(event["onset_s"])):
        onset_s = float(event["onset_s"])
        apart = not together or onset_s - together[-1][0] > ONE_EVENT_S
        if FROM_THE_START_S < onset_s < duration_s + WITHIN_S and apart:
            together.append((onset_s, str(event["name"])))
    return together


def _agreement(declared: Sequence[tuple[float, str]], heard: Sequence[float]) -> list[Measurement]:
    if not declared:
        return [Measurement(metric, None, "audio", not_applicable=NOTHING_DECLARED) for metric in (HEARD, F1)]
    pairs = matches([onset_s for onset_s, _ in declared], heard, within_s=WITHIN_S)
    met = {place for place, _ in pairs}
    missed = [{"onset_s": at, "name": name} for place, (at, name) in enumerate(declared) if place not in met]
    detail = {"declared": len(declared), "heard": len(heard), "matched": len(pairs), "missed": missed[:MOST_LISTED]}
    return [
        Measurement(HEARD, len(pairs) / len(declared), "audio", detail),
        Measurement(F1, 2 * len(pairs) / (len(declared) + len(heard)), "audio", detail),
    ]


def _tempo(found: tuple[float, float] | None, music: Mapping[str, Any]) -> Measurement:
    if found is None:
        return Measurement(TEMPO, None, "audio", not_applicable=NO_RHYTHM)
    bpm, strength = found
    detail = {"strength": round(strength, 3), "music_declared": music.get("present"), "bpm_declared": music.get("bpm")}
    return Measurement(TEMPO, bpm, "audio", detail)
