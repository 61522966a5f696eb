"""What a clip looks like over time: a PDQ hash four times a second, and whole views of a few of its frames.

Two clips are one where many frames match and their times lie on one line, whose slope is the speed (as TMK and vPDQ,
Facebook 2019, do at one speed).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.scoring.fingerprints.laying import MIN_QUALITY, SAME_HASH_BITS, compare_views
from curation.scoring.fingerprints.match import Match, said
from curation.scoring.fingerprints.views import View, pdq, view_of
from curation.scoring.fingerprints.words import WORD_BYTES, distances
from curation.scoring.watching import Glimpse, Watcher

STEP_S = 0.25
MAX_HASHES = 240
VIEWS = 4
INDEXED_EVERY = 4  # hashes: one a second of an ordinary clip
UPRIGHT, MIRRORED = 0, 5  # of `views.DIHEDRAL`

SPEEDS = np.array([0.5, 0.6, 2 / 3, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.25, 4 / 3, 1.5, 5 / 3, 2])
MIN_COMMON_S, MIN_HITS = 1.0, 3
MIN_SHARE = 0.6  # of the frames of the common span, that have to match
STILL_SHARE = 0.3  # of the common span in the shorter clip


@dataclass(frozen=True, eq=False)
class Reel:
    """A clip as remembered.

    Attributes:
        hashes: `[N, 2, 32]` uint8, upright and mirrored.
        times_s: `[N]` float32, only of frames whose hash says something.
        duration_s: Of the clip.
        views: Evenly spaced.
    """

    hashes: np.ndarray
    times_s: np.ndarray
    duration_s: float
    views: tuple[View, ...]

    def as_arrays(self) -> dict[str, Any]:
        """For `words.packed`."""
        arrays: dict[str, Any] = {"hashes": self.hashes, "times_s": self.times_s, "duration_s": self.duration_s}
        for place, view in enumerate(self.views):
            arrays |= view.as_arrays(f"{place}.")
        return arrays

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> "Reel":
        """Of unpacked arrays."""
        count = sum(name.endswith(".thumb") for name in arrays)
        views = tuple(View.from_arrays(arrays, f"{place}.") for place in range(count))
        return cls(arrays["hashes"], arrays["times_s"], float(arrays["duration_s"]), views)


class ReelWatcher(Watcher[Reel]):
    """Hashes frames of a clip as they pass by."""

    def __init__(self, facts: Any) -> None:
        super().__init__(facts)
        self._duration_s = self.num_frames / self.fps
        self._step_s = max(STEP_S, self._duration_s / MAX_HASHES)
        self._looked_at = {int((place + 0.5) * self.num_frames / VIEWS) for place in range(VIEWS)}
        self._next_s = 0.0
        self._times: list[float] = []
        self._hashes: list[np.ndarray] = []
        self._views: list[View] = []

    def see(self, glimpse: Glimpse) -> None:
        at_s = glimpse.index / self.fps
        if glimpse.index in self._looked_at:
            import cv2

            self._views.append(view_of(cv2.cvtColor(glimpse.bgr, cv2.COLOR_BGR2GRAY)))
        if at_s < self._next_s or len(self._times) >= MAX_HASHES:
            return
        self._next_s += self._step_s
        hashes, quality = pdq(glimpse.gray)
        if quality >= MIN_QUALITY:
            self._times.append(at_s)
            self._hashes.append(hashes[[UPRIGHT, MIRRORED]])

    def found(self) -> Reel:
        hashes = np.stack(self._hashes) if self._hashes else np.zeros((0, 2, WORD_BYTES), np.uint8)
        return Reel(hashes, np.array(self._times, np.float32), self._duration_s, tuple(self._views))


def compare_reels(one: Reel, other: Reel) -> Match | None:
    """Whether one is the other, encoded anew, trimmed, mirrored, at half to double speed, or cropped at its own."""
    for mirrored, change in enumerate(("", "mirrored")):
        if match := _along_a_line(one, other, mirrored, change):
            return match
    return _crop(one, other)


def compare_reel_and_view(reel: Reel, view: View) -> Match | None:
    """Whether the picture is a frame of the clip, or a part of one of its few views."""
    if view.quality >= MIN_QUALITY and len(reel.hashes):
        bits = distances(reel.hashes[:, UPRIGHT], view.hashes)
        if bits.min() <= SAME_HASH_BITS:
            return Match(1 - float(bits.min()) / 256, "a frame")
    matches = [match for mine in reel.views if (match := compare_views(mine, view))]
    best = max(matches, key=lambda match: match.similarity, default=None)
    return Match(best.similarity, said("a frame", best.changes)) if best else None


@dataclass(frozen=True)
class _Line:
    """How the frames of one clip fall on those of another: a frame at t is at t / speed + an offset there.

    Attributes:
        share: Of the frames that both have time for, those that match.
        common_s: How long both run side by side, seconds of the other.
        bits: Mean distance of the matching hashes.
    """

    share: float
    speed: float
    common_s: float
    bits: float


def _along_a_line(one: Reel, other: Reel, mirrored: int, change: str) -> Match | None:
    if not (len(one.hashes) and len(other.hashes)):
        return None
    bits = distances(one.hashes[:, mirrored], other.hashes[:, UPRIGHT])
    lines = [line for speed in SPEEDS if (line := _line(bits, one, other, float(speed)))]
    best = max(lines, key=lambda line: (round(line.share, 1), -line.bits), default=None)
    if best is None or best.share < MIN_SHARE:
        return None
    faster = f"speed x {best.speed:.2f}" if abs(best.speed - 1) > 0.05 else ""
    cut = "cut" if best.common_s < 0.9 * max(one.duration_s / best.speed, other.duration_s) else ""
    return Match(1 - best.bits / 256, said(change, faster, cut))


def _line(bits: np.ndarray, one: Reel, other: Reel, speed: float) -> _Line | None:
    """At the offset that the most frames agree on; None where they are too few, or run side by side too shortly."""
    rows, columns = np.nonzero(bits <= SAME_HASH_BITS)
    if len(rows) < MIN_HITS:
        return None
    here, there = one.times_s[rows], other.times_s[columns]
    offsets, reach = there - here / speed, 0.75 * STEP_S * max(1.0, 1 / speed)
    bins, counts = np.unique(np.round(offsets / reach), return_counts=True)
    offset = float(np.median(offsets[np.abs(offsets / reach - bins[counts.argmax()]) <= 1]))
    begin, end = max(0.0, offset), min(other.duration_s, offset + one.duration_s / speed)
    shorter_s = min(other.duration_s, one.duration_s / speed)
    on_it = np.abs(offsets - offset) <= reach
    hits = len(np.unique(rows[on_it]))
    if hits < MIN_HITS or end - begin < max(min(MIN_COMMON_S, shorter_s), STILL_SHARE * shorter_s):
        return None
    at = one.times_s / speed + offset
    inside = int(((at >= begin - 1e-3) & (at <= end + 1e-3)).sum())
    slope = float(np.polyfit(here[on_it], there[on_it], 1)[0]) if hits > MIN_HITS else 1 / speed
    measured = 1 / slope if abs(slope * speed - 1) < 0.2 else speed
    return _Line(hits / max(inside, 1), measured, end - begin, float(bits[rows[on_it], columns[on_it]].mean()))


def _crop(one: Reel, other: Reel) -> Match | None:
    """Two of the few views laid upon each other in order."""
    matches = [
        match for mine, theirs in zip(one.views, other.views, strict=False) if (match := compare_views(mine, theirs))
    ]
    if len(matches) < 2:
        return None
    return min(matches, key=lambda match: match.similarity)
