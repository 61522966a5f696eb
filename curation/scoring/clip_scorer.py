"""Does what is seen fit what is said, and do the pictures belong together: cosine similarities of a CLIP model.

A stock CLIP is below chance on camera and lighting words, so only the short caption is held against pictures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.scoring.clip_model import ClipModel
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

CLIP_FRAMES = 4
CLIP_TEXT, IMAGE_TEXT, SAME_SCENE = "clip.text_alignment", "image.text_alignment", "image.same_scene"


@dataclass(frozen=True)
class _Seen:
    """One part's vectors, `[frames, D]`, and their unit mean `[D]`."""

    part: str
    vectors: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        mean = self.vectors.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)


class ClipScorer:
    """Text-image and image-image similarity, and the vectors behind them, for clips and reference images."""

    name = "clip"
    metrics = (CLIP_TEXT, IMAGE_TEXT, SAME_SCENE)

    def __init__(self, model: ClipModel) -> None:
        self.model = model

    @property
    def source(self) -> Source:
        return self.model.source

    @property
    def needs(self) -> Needs:
        return Needs(picture_px=self.model.image_px, clip_frames=CLIP_FRAMES)

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.pictures) or sample.clip is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        known = [sample for sample in batch if self._knows(sample.record)]
        seen = self._see(known)
        texts = self.model.embed_texts([str(sample.record["scene"]["caption_short"]) for sample in known])
        answers = {id(sample): _compare(parts, text) for sample, parts, text in zip(known, seen, texts, strict=True)}
        return [answers.get(id(sample)) or self._not_applicable(sample) for sample in batch]

    def _see(self, samples: Sequence[Sample]) -> list[list[_Seen]]:
        """Every picture of every sample through the model in one call."""
        parts = [(place, part, images) for place, sample in enumerate(samples) for part, images in _parts(sample)]
        vectors = self.model.embed_images([image for _, _, images in parts for image in images])
        seen: list[list[_Seen]] = [[] for _ in samples]
        start = 0
        for place, part, images in parts:
            seen[place].append(_Seen(part, vectors[start : start + len(images)]))
            start += len(images)
        return seen

    def _knows(self, record: Mapping[str, Any]) -> bool:
        world = self.model.choice.world
        generator = (record.get("provenance") or {}).get("generator") or ""
        return world is None or str(generator).startswith(world)

    def _not_applicable(self, sample: Sample) -> list[Measurement | Embedding]:
        reason = f"{self.model.choice.model_id} knows only scenes made by {self.model.choice.world}"
        return [
            Measurement(CLIP_TEXT if part == "video" else IMAGE_TEXT, None, part, not_applicable=reason)
            for part, _ in _parts(sample)
        ]


def _parts(sample: Sample) -> list[tuple[str, list[np.ndarray]]]:
    clip = [("video", list(sample.clip.frames))] if sample.clip and sample.clip.frames else []
    return clip + [(picture.part, [picture.rgb]) for picture in sample.pictures if picture.rgb is not None]


def _compare(parts: Sequence[_Seen], text: np.ndarray) -> list[Measurement | Embedding]:
    answer: list[Measurement | Embedding] = [Embedding("text", "scene", text)]
    for seen in parts:
        answer.append(Embedding("image", seen.part, seen.mean))
        each = seen.vectors @ text
        metric = CLIP_TEXT if seen.part == "video" else IMAGE_TEXT
        answer.append(Measurement(metric, float(each.mean()), seen.part, {"each": [round(float(x), 4) for x in each]}))
    return answer + list(_same_scene(parts))


def _same_scene(parts: Sequence[_Seen]) -> list[Measurement]:
    """Each reference image against the clip, or against the other references where there is no clip."""
    found = []
    clip = [seen for seen in parts if seen.part == "video"]
    for seen in (seen for seen in parts if seen.part != "video"):
        others = clip or [other for other in parts if other is not seen]
        if others:
            each = {other.part: round(float(seen.mean @ other.mean), 4) for other in others}
            found.append(Measurement(SAME_SCENE, sum(each.values()) / len(each), seen.part, {"against": each}))
    return found
