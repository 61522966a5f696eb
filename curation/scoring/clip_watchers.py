"""Light, stillness and cuts of a clip, frame by frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.scoring.watching import Glimpse, Watcher

FROZEN_BELOW = 0.4  # mean difference of two frames, in 0..255: the noise of a codec on a still picture
CUT_THRESHOLD = 27.0
MIN_SHOT_FRAMES = 15


@dataclass(frozen=True, eq=False)
class Luminance:
    """Per frame of a clip.

    Attributes:
        means: `[n]` float64, mean luma, 0..255.
        differences: `[n - 1]` float64, mean absolute difference of each frame to the one before, 0..255.
        fps: Frames per second.
    """

    means: np.ndarray
    differences: np.ndarray
    fps: float

    def frozen_share(self) -> float:
        """Share of frames like the one before; 1 for a single frame."""
        return float((self.differences < FROZEN_BELOW).mean()) if self.differences.size else 1.0


class LuminanceWatcher(Watcher[Luminance]):
    """Two numbers a frame; holds one small gray frame."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self._before: np.ndarray | None = None
        self._means: list[float] = []
        self._differences: list[float] = []

    def see(self, glimpse: Glimpse) -> None:
        import cv2

        gray = glimpse.gray
        self._means.append(float(gray.mean()))
        if self._before is not None:
            self._differences.append(float(cv2.norm(gray, self._before, cv2.NORM_L1)) / gray.size)
        self._before = gray

    def found(self) -> Luminance:
        return Luminance(np.array(self._means), np.array(self._differences), self.fps)


class ShotWatcher(Watcher[tuple[float, ...]]):
    """Times at which a new shot begins, seconds: PySceneDetect's content detector at its usual settings."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        from scenedetect.detectors import ContentDetector

        super().__init__(facts)
        self._detector = ContentDetector(threshold=CUT_THRESHOLD, min_scene_len=MIN_SHOT_FRAMES)
        self._cuts: list[Any] = []
        self._last = 0

    def see(self, glimpse: Glimpse) -> None:
        self._last = glimpse.index
        self._cuts += self._detector.process_frame(self._time(glimpse.index), glimpse.bgr)

    def found(self) -> tuple[float, ...]:
        cuts = [*self._cuts, *self._detector.post_process(self._time(self._last))]
        return tuple(round(cut.frame_num / self.fps, 3) for cut in cuts)

    def _time(self, index: int) -> Any:
        from scenedetect import FrameTimecode

        return FrameTimecode(index, fps=self.fps)
