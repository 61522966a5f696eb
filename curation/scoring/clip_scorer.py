"""Does what is seen fit what is said, and do the pictures belong together: cosine similarities of a CLIP model.

A stock CLIP is below chance on camera and lighting words, so only the short caption is held against pictures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.scoring.aesthetic import AestheticHead
from curation.scoring.clip_model import ClipModel
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

CLIP_FRAMES = 4
CLIP_TEXT, IMAGE_TEXT = "clip.text_alignment", "image.text_alignment"
SAME_SCENE, SAME_REFERENCES = "image.same_scene", "image.same_references"
AESTHETIC = "image.aesthetic"


@dataclass(frozen=True, eq=False)
class _Part:
    """A clip's frames or a reference image, before the model sees it."""

    name: str
    images: tuple[np.ndarray, ...]


@dataclass(frozen=True, eq=False)
class _Seen:
    """One part's vectors, `[frames, D]`, and their unit mean `[D]`."""

    part: str
    vectors: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        mean = self.vectors.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)


class ClipScorer:
    """Text-image and image-image similarity, and the vectors behind them, for clips and reference images.

    With an aesthetic head it also rates the images' looks, from the same vectors.
    """

    name = "clip"
    metrics = (CLIP_TEXT, IMAGE_TEXT, SAME_SCENE, SAME_REFERENCES, AESTHETIC)

    def __init__(self, model: ClipModel, *, aesthetic: AestheticHead | None = None) -> None:
        self.model = model
        self.aesthetic = aesthetic

    @property
    def source(self) -> Source:
        return self.model.source

    @property
    def needs(self) -> Needs:
        return Needs(picture_px=self.model.image_px, clip_frames=CLIP_FRAMES)

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.pictures) or sample.clip is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        sorted_out = [self._sort_out(sample) for sample in batch]
        known = [(sample, parts) for sample, (parts, _) in zip(batch, sorted_out, strict=True) if parts]
        seen = iter(self._see([parts for _, parts in known]))
        texts = iter(self.model.embed_texts([str(sample.record["scene"]["caption_short"]) for sample, _ in known]))
        answers: list[list[Measurement | Embedding]] = []
        for sample, (parts, strangers) in zip(batch, sorted_out, strict=True):
            found = self._compare(sample, next(seen), next(texts)) if parts else []
            answers.append([*found, *strangers])
        return answers

    def _sort_out(self, sample: Sample) -> tuple[list[_Part], list[Measurement]]:
        """The parts that the model can judge, and what is said of the others."""
        world, model_id = self.model.choice.world, self.model.choice.model_id
        generator = str((sample.record.get("provenance") or {}).get("generator") or "")
        if world is not None and not generator.startswith(world):
            reason = f"{model_id} knows only scenes made by {world}"
            return [], [_not_applicable(part, reason) for part in _parts(sample)]
        known, strangers = [], []
        for part in _parts(sample):
            strangeness = sum(map(self.model.strangeness, part.images)) / len(part.images)
            if strangeness <= 1:
                known.append(part)
            else:
                reason = f"it does not look like a scene made by {world}, all that {model_id} knows"
                strangers.append(_not_applicable(part, reason, {"strangeness": round(strangeness, 3)}))
        return known, strangers

    def _see(self, samples: Sequence[Sequence[_Part]]) -> list[list[_Seen]]:
        """Every picture of every sample through the model in one call."""
        vectors = self.model.embed_images([image for parts in samples for part in parts for image in part.images])
        rows = iter(vectors)
        return [[_Seen(part.name, np.stack([next(rows) for _ in part.images])) for part in parts] for parts in samples]

    def _compare(self, sample: Sample, parts: Sequence[_Seen], text: np.ndarray) -> list[Measurement | Embedding]:
        answer: list[Measurement | Embedding] = [Embedding("text", "scene", text)]
        for seen in parts:
            answer.append(Embedding("image", seen.part, seen.mean))
            answer.append(_alignment(seen, text))
        return [*answer, *_same_scene(parts, _style_parts(sample.record)), *self._looks(parts)]

    def _looks(self, parts: Sequence[_Seen]) -> list[Measurement]:
        pictures = [seen for seen in parts if seen.part != "video"]
        if self.aesthetic is None or not pictures:
            return []
        ratings = self.aesthetic.rate(np.stack([seen.mean for seen in pictures]))
        return [
            Measurement(AESTHETIC, float(rating), seen.part, source=self.aesthetic.source)
            for seen, rating in zip(pictures, ratings, strict=True)
        ]


def _parts(sample: Sample) -> list[_Part]:
    clip = [_Part("video", tuple(sample.clip.frames))] if sample.clip and sample.clip.frames else []
    return clip + [_Part(picture.part, (picture.rgb,)) for picture in sample.pictures if picture.rgb is not None]


def _style_parts(record: Mapping[str, Any]) -> frozenset[str]:
    """References that lend their look alone and may well show another scene."""
    images = record.get("reference_images") or ()
    return frozenset(f"reference_images.{n}" for n, image in enumerate(images) if image.get("role") == "style")


def _not_applicable(part: _Part, reason: str, detail: dict[str, Any] | None = None) -> Measurement:
    metric = CLIP_TEXT if part.name == "video" else IMAGE_TEXT
    return Measurement(metric, None, part.name, detail or {}, not_applicable=reason)


def _alignment(seen: _Seen, text: np.ndarray) -> Measurement:
    each = seen.vectors @ text
    metric = CLIP_TEXT if seen.part == "video" else IMAGE_TEXT
    return Measurement(metric, float(each.mean()), seen.part, {"each": [round(float(x), 4) for x in each]})


def _same_scene(parts: Sequence[_Seen], styles: frozenset[str]) -> list[Measurement]:
    """Each reference image against the clip and against the other references; these alone where there is no clip."""
    clip = [seen for seen in parts if seen.part == "video"]
    references = [seen for seen in parts if seen.part != "video"]
    found: list[Measurement] = []
    for seen in references:
        if seen.part in styles:
            reason = "a reference for style may show another scene"
            found.append(Measurement(SAME_SCENE, None, seen.part, not_applicable=reason))
            continue
        others = [other for other in references if other is not seen and other.part not in styles]
        if clip or others:
            found.append(_similarity(SAME_SCENE, seen, clip or others))
        if clip and others:
            found.append(_similarity(SAME_REFERENCES, seen, others))
    return found


def _similarity(metric: str, seen: _Seen, others: Sequence[_Seen]) -> Measurement:
    each = {other.part: float(seen.mean @ other.mean) for other in others}
    against = {part: round(value, 4) for part, value in each.items()}
    return Measurement(metric, sum(each.values()) / len(each), seen.part, {"against": against})
