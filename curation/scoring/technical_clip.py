"""What a clip is technically: length, size, timing, light, stillness, cuts. No model; one decoding pass serves all."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from curation.scoring.seam import Clip, Embedding, Measurement, Needs, Sample, Source

DURATION, SHORT_SIDE, CONSTANT = "clip.duration_s", "clip.short_side_px", "clip.constant_frame_rate"
SYNC, TIMELINE = "clip.av_offset_s", "clip.timeline_error_s"
LUMINANCE, FROZEN, CUTS = "clip.luminance_mean", "clip.frozen_share", "clip.shot_cuts"

FROZEN_BELOW = 0.4  # mean difference of two frames, in 0..255: the noise of a codec on a still picture
CUT_HISTOGRAM, CUT_CONTENT = 0.35, 0.08  # shares of pixels that changed their bin, of the range that they changed by
CUT_OVER_NEIGHBOURS = 3.0
MIN_SHOT_FRAMES = 15
BINS = 32


class TechnicalClipScorer:
    """Measures clips from the probe's facts and from small gray frames."""

    name = "technical_clip"
    metrics = (DURATION, SHORT_SIDE, CONSTANT, SYNC, TIMELINE, LUMINANCE, FROZEN, CUTS)
    needs = Needs(clip_gray=True)
    source = Source("technical-clip-1", preprocessing_id="gray-area-160")

    def applies_to(self, sample: Sample) -> bool:
        return sample.clip is not None and sample.clip.gray is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[*_from_facts(sample), *_from_frames(sample)] for sample in batch]


def _from_facts(sample: Sample) -> list[Measurement]:
    assert sample.clip is not None
    facts = sample.clip.facts
    duration = float(facts["duration_s"])
    declared = float((sample.record.get("timeline") or {}).get("duration_s", duration))
    offset = facts.get("av_offset_s")
    return [
        Measurement(DURATION, duration, "video"),
        Measurement(SHORT_SIDE, float(min(facts["width"], facts["height"])), "video"),
        Measurement(CONSTANT, float(bool(facts["constant_frame_rate"])), "video"),
        Measurement(TIMELINE, abs(duration - declared), "video", {"declared_s": declared, "measured_s": duration}),
        Measurement(SYNC, abs(float(offset)), "video", {"sound_starts_after_picture_s": offset})
        if offset is not None
        else Measurement(SYNC, None, "video", not_applicable="the clip has no sound"),
    ]


def _from_frames(sample: Sample) -> list[Measurement]:
    assert sample.clip is not None
    assert sample.clip.gray is not None
    gray = sample.clip.gray
    differences = content_differences(gray)
    cuts = shot_cuts(gray, differences)
    frozen = float((differences < FROZEN_BELOW).mean()) if differences.size else 1.0
    return [
        Measurement(LUMINANCE, float(gray.mean()), "video"),
        Measurement(FROZEN, frozen, "video"),
        Measurement(CUTS, float(len(cuts)), "video", {"at_s": _times(sample.clip, cuts)}),
    ]


def _times(clip: Clip, frames: Sequence[int]) -> list[float]:
    return [round(frame * clip.gray_step_s, 3) for frame in frames]


def content_differences(gray: np.ndarray) -> np.ndarray:
    """Mean absolute difference, 0..255, of each frame of `[n, h, w]` uint8 to the one before: `[n - 1]`."""
    return np.array([np.abs(after.astype(np.int16) - before).mean() for before, after in pairwise(gray)])


def shot_cuts(gray: np.ndarray, differences: np.ndarray) -> list[int]:
    """Frames that begin a new shot: histogram and content change at once, and far more than around them.

    Args:
        gray: `[n, h, w]` uint8.
        differences: `[n - 1]`, from `content_differences`.
    """
    histograms = np.stack([np.bincount(frame.ravel() // (256 // BINS), minlength=BINS) for frame in gray])
    jumps = np.abs(np.diff(histograms, axis=0)).sum(axis=1) / (2 * gray[0].size)
    cuts: list[int] = []
    for place in np.flatnonzero((jumps > CUT_HISTOGRAM) & (differences > CUT_CONTENT * 255)):
        around = np.r_[differences[max(0, place - 3) : place], differences[place + 1 : place + 4]]
        stands_out = around.size == 0 or differences[place] > CUT_OVER_NEIGHBOURS * np.median(around)
        if stands_out and (not cuts or place + 1 - cuts[-1] >= MIN_SHOT_FRAMES):
            cuts.append(int(place) + 1)
    return cuts
