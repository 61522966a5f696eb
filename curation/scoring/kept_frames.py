"""Frames of a clip that models look at, each kept at the one size that its model reads."""

from collections.abc import Mapping
from math import ceil
from typing import Any, ClassVar

import numpy as np

from curation.scoring.watching import Glimpse, Watcher, spread


class FrameKeeper(Watcher[tuple[np.ndarray, ...]]):
    """Keeps RGB frames, `[h, w, 3]` uint8, evenly spread: one per `EVERY_S`, between `LEAST` and `MOST`."""

    SHORT_SIDE_PX: ClassVar[int]
    EVERY_S: ClassVar[float] = 1.0
    LEAST: ClassVar[int] = 4
    MOST: ClassVar[int] = 16

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        seconds = self.num_frames / self.fps
        count = min(max(ceil(seconds / self.EVERY_S), self.LEAST), self.MOST)
        self._wanted = frozenset(spread(self.num_frames, count))
        self._frames: list[np.ndarray] = []

    def see(self, glimpse: Glimpse) -> None:
        if glimpse.index in self._wanted:
            self._frames.append(glimpse.rgb(self.SHORT_SIDE_PX))

    def found(self) -> tuple[np.ndarray, ...]:
        return tuple(self._frames)
