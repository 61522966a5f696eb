"""Does the sound fit what is said of it: cosine similarities of a CLAP model, where one is configured."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from curation.scoring.clap_model import ClapModel
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Sound, Source
from curation.scoring.sounds import reading

SOUND_TEXT = "audio.text_alignment"
MOST_WINDOWS = 3
NOTHING_SAID = "the sound's style is not described"
NO_SOUND = "there is no sound in the file"


class ClapScorer:
    """Similarity of the sound and its style caption, and the vectors behind it."""

    name = "clap"
    metrics = (SOUND_TEXT,)
    needs = Needs()

    def __init__(self, model: ClapModel, *, threads: int = 2) -> None:
        self.model = model
        self._threads = threads

    @property
    def source(self) -> Source:
        return self.model.source

    def applies_to(self, sample: Sample) -> bool:
        return sample.sound is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        with ThreadPoolExecutor(self._threads, thread_name_prefix="clap") as pool:
            windows = list(pool.map(self._windows, [sample.sound for sample in batch if sample.sound is not None]))
        vectors = self.model.embed_sounds([window for each in windows for window in each])
        heard = np.split(vectors, np.cumsum([len(each) for each in windows])[:-1])
        said = [_style(sample) for sample in batch]
        texts = iter(self.model.embed_texts([text for text in said if text]))
        return [_answer(sounds, next(texts) if text else None) for sounds, text in zip(heard, said, strict=True)]

    def _windows(self, sound: Sound) -> list[np.ndarray]:
        return reading.excerpts(
            Path(sound.path),
            rate=self.model.rate_hz,
            window_s=self.model.window_s,
            most=MOST_WINDOWS,
            duration_s=float(sound.facts["duration_s"]),
        )


def _style(sample: Sample) -> str:
    return str((sample.record.get("audio") or {}).get("style_caption") or "").strip()


def _answer(vectors: np.ndarray, text: np.ndarray | None) -> list[Measurement | Embedding]:
    if not len(vectors):
        return [Measurement(SOUND_TEXT, None, "audio", not_applicable=NO_SOUND)]
    mean = vectors.mean(axis=0)
    sound = Embedding("audio", "audio", np.asarray(mean / np.linalg.norm(mean), np.float32))
    if text is None:
        return [sound, Measurement(SOUND_TEXT, None, "audio", not_applicable=NOTHING_SAID)]
    each = vectors @ text
    detail = {"each": [round(float(value), 4) for value in each]}
    return [sound, Embedding("text", "audio", text), Measurement(SOUND_TEXT, float(each.mean()), "audio", detail)]
