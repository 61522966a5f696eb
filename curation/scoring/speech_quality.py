"""How good speech sounds: DNSMOS P.835 (Reddy et al., ICASSP 2022), whose weights ship in the speechmos wheel.

The model for general use, not the personalised one. It was trained on mean opinions of listeners, 1 to 5: of the speech
itself (SIG), of how little the background disturbs (BAK), and overall (OVRL).
"""

from collections.abc import Sequence

import numpy as np

from curation.scoring.onnx_model import OnnxModel
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source
from curation.scoring.voice import RATE_HZ, Spans, VoiceActivity, speech_of
from curation.scoring.wheels import wheel_file

SIGNAL, BACKGROUND, OVERALL = "audio.dnsmos_sig", "audio.dnsmos_bak", "audio.dnsmos_ovrl"
WINDOW = 144_160  # samples that the network reads at once: 9.01 s
HOP = RATE_HZ
MOST_WINDOWS = 8
NO_SPEECH = "no speech is heard (Silero VAD)"
# From the network's outputs to opinions, highest power first: the polynomials published with the model.
_TO_OPINION = {
    SIGNAL: (-0.08397278, 1.22083953, 0.0052439),
    BACKGROUND: (-0.13166888, 1.60915514, -0.39604546),
    OVERALL: (-0.06766283, 1.11546468, 0.04602535),
}


class DnsmosMissing(RuntimeError):
    """The model's file is not where speechmos keeps it."""


class SpeechQualityScorer:
    """Mean opinion over windows with speech: all of them up to eight, else eight spread evenly over the recording."""

    name = "speech_quality"
    metrics = (SIGNAL, BACKGROUND, OVERALL)
    needs = Needs(speech=True)

    def __init__(self, voice: VoiceActivity, *, device: str = "auto", threads: int = 2, batch_size: int = 2) -> None:
        path = wheel_file("speechmos", "dnsmos_models/sig_bak_ovr.onnx")
        if path is None:
            raise DnsmosMissing("speechmos holds no dnsmos_models/sig_bak_ovr.onnx. Install its locked version.")
        self.voice, self.batch_size = voice, batch_size
        self._model = OnnxModel(path, device=device, threads=threads)

    @property
    def source(self) -> Source:
        return Source("dnsmos-p835", self._model.sha256, f"mono-16k-9.01s-hop-1s-speech-at-most-{MOST_WINDOWS}")

    def applies_to(self, sample: Sample) -> bool:
        return sample.sound is not None and sample.sound.speech_16k is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        sounds = [sample.sound for sample in batch if sample.sound is not None]
        starts = [
            window_starts(len(speech_of(sound)), spans)
            for sound, spans in zip(sounds, self.voice.spans(sounds), strict=True)
        ]
        asked = [(sound, start) for sound, each in zip(sounds, starts, strict=True) for start in each]
        opinions = np.zeros((len(asked), 3))
        for first in range(0, len(asked), self.batch_size):
            chosen = asked[first : first + self.batch_size]
            opinions[first : first + len(chosen)] = self.opinions(
                np.stack([window(speech_of(sound), start) for sound, start in chosen])
            )
        ends = np.cumsum([len(each) for each in starts])
        return [_answer(part) for part in np.split(opinions, ends[:-1])]

    def opinions(self, windows: np.ndarray) -> np.ndarray:
        """SIG, BAK and OVRL, `[B, 3]` in about 1 to 5, of `[B, 144160]` float32 windows at 16 kHz in [-1, 1]."""
        [raw] = self._model.run({"input_1": windows})
        return np.stack(
            [np.polyval(_TO_OPINION[metric], raw[:, place]) for place, metric in enumerate(self.metrics)], 1
        )


def window_starts(length: int, speech: Spans) -> list[int]:
    """Where windows begin, every second as the model's authors take them, in which somebody speaks."""
    if not speech:
        return []
    starts = np.arange(0, max(length // HOP * HOP - WINDOW, 0) + 1, HOP)
    begins, ends = np.array(speech).T
    begun, over = np.searchsorted(begins, starts + WINDOW), np.searchsorted(ends, starts, side="right")
    spoken = starts[begun > over].tolist()
    places = np.linspace(0, len(spoken) - 1, min(MOST_WINDOWS, len(spoken))).round().astype(int)
    return [spoken[place] for place in places]


def window(samples: np.ndarray, start: int) -> np.ndarray:
    """`[144160]` from `start` on; a shorter recording is repeated, as the model's authors do."""
    return np.clip(np.resize(samples[start : start + WINDOW], WINDOW), -1, 1)


def _answer(opinions: np.ndarray) -> list[Measurement | Embedding]:
    metrics = SpeechQualityScorer.metrics
    if not len(opinions):
        return [Measurement(metric, None, "audio", not_applicable=NO_SPEECH) for metric in metrics]
    each = zip(metrics, opinions.mean(axis=0), strict=True)
    return [Measurement(metric, float(value), "audio", {"windows": len(opinions)}) for metric, value in each]
