"""Is text laid over the clip: lines that stand in the same place ten frames later, and how much of the frame they take.

Text on a wall moves with the picture as soon as the camera does; subtitles, logos and watermarks do not.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import ceil
from typing import Any

import numpy as np

from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source
from curation.scoring.text_model import READS_PX, Text, TextModel
from curation.scoring.watching import Glimpse, Watcher, spread

OVERLAY_TEXT, OVERLAY_SHARE = "clip.overlay_text", "clip.overlay_text_share"

STABLE_FRAMES = 10
EVERY_S = 2.0
LEAST_LOOKS, MOST_LOOKS = 2, 4
SAME_PLACE = 0.5  # least share of two boxes that they have in common
SAME_WORDS = 0.6

Pair = tuple[np.ndarray, np.ndarray]


class TextFrames(Watcher[tuple[Pair, ...]]):
    """Pairs of RGB frames ten frames apart, one pair per two seconds, 4 at most: 5 MB a clip."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self._gap = min(STABLE_FRAMES, self.num_frames - 1)
        looks = min(max(ceil(self.num_frames / self.fps / EVERY_S), LEAST_LOOKS), MOST_LOOKS)
        self._starts = spread(self.num_frames - self._gap, looks)
        self._wanted = {start + later for start in self._starts for later in (0, self._gap)}
        self._frames: dict[int, np.ndarray] = {}

    def see(self, glimpse: Glimpse) -> None:
        if glimpse.index in self._wanted:
            self._frames[glimpse.index] = glimpse.rgb(READS_PX)

    def found(self) -> tuple[Pair, ...]:
        pairs = [(start, start + self._gap) for start in self._starts]
        return tuple((self._frames[a], self._frames[b]) for a, b in pairs if a in self._frames and b in self._frames)


@dataclass(frozen=True)
class _Look:
    """What stands in one pair of frames: the lines, and the share of the frame they cover."""

    words: tuple[str, ...]
    share: float


class OverlayTextScorer:
    """Counts undeclared lines of overlaid text and the largest share of the frame that they cover at once."""

    name = "overlay_text"
    metrics = (OVERLAY_TEXT, OVERLAY_SHARE)
    needs = Needs(watchers=frozenset({TextFrames}))

    def __init__(self, model: TextModel) -> None:
        self.model = model

    @property
    def source(self) -> Source:
        return self.model.source

    def applies_to(self, sample: Sample) -> bool:
        return bool(_pairs(sample))

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [self._measure(sample) for sample in batch]

    def _measure(self, sample: Sample) -> list[Measurement | Embedding]:
        declared = tuple((sample.record.get("scene") or {}).get("text_on_screen") or ())
        looks = [self._look(pair, declared) for pair in _pairs(sample)]
        words = sorted({line for look in looks for line in look.words})
        detail = {"words": words[:20], "declared": len(declared), "looks": len(looks)}
        return [
            Measurement(OVERLAY_TEXT, float(max(len(look.words) for look in looks)), "video", detail),
            Measurement(OVERLAY_SHARE, max(look.share for look in looks), "video", detail),
        ]

    def _look(self, pair: Pair, declared: Sequence[str]) -> _Look:
        first = self.model.read(pair[0])
        # Where the first frame has no text nothing can stand for ten frames: half of the work of most clips.
        later = self.model.read(pair[1]) if first else []
        stable = undeclared([text for text in first if _stands(text, later)], declared)
        height, width = pair[0].shape[:2]
        return _Look(tuple(text.words for text in stable), covered([text.corners for text in stable], width, height))


def _pairs(sample: Sample) -> tuple[Pair, ...]:
    found = sample.clip.seen_by(TextFrames) if sample.clip else None
    return found or ()


def undeclared(found: Sequence[Text], declared: Sequence[str]) -> list[Text]:
    """The lines that are no part of what is declared to be on screen.

    Where a declared text was not recognised (another script, a drawn title) any line may be it, so none is held
    against the clip.
    """
    phrases = [_plain(phrase) for phrase in declared]
    unmatched = [phrase for phrase in phrases if not any(_alike(_plain(text.words), phrase) for text in found)]
    if unmatched:
        return []
    return [text for text in found if not any(_alike(_plain(text.words), phrase) for phrase in phrases)]


def covered(boxes: Sequence[np.ndarray], width: int, height: int) -> float:
    """Share of a frame that four-cornered boxes cover together."""
    import cv2

    if not boxes:
        return 0.0
    mask = np.zeros((height, width), np.uint8)
    for corners in boxes:
        cv2.fillPoly(mask, [np.round(corners).astype(np.int32)], 1)
    return float(mask.mean())


def _stands(text: Text, later: Sequence[Text]) -> bool:
    return any(_overlap(text.corners, other.corners) >= SAME_PLACE for other in later)


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    """Intersection over union of the upright rectangles around two boxes."""
    low, high = np.maximum(one.min(0), other.min(0)), np.minimum(one.max(0), other.max(0))
    common = float(np.prod(np.maximum(high - low, 0)))
    both = float(np.prod(np.ptp(one, axis=0)) + np.prod(np.ptp(other, axis=0))) - common
    return common / both if both > 0 else 0.0


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _alike(read: str, phrase: str) -> bool:
    """Whether a line read is the phrase or a part of it, up to some misread letters."""
    if not read or not phrase:
        return False
    return read in phrase or phrase in read or SequenceMatcher(None, read, phrase).ratio() >= SAME_WORDS
