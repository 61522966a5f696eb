"""One decoding pass for many measures: watchers see every frame pass by, small, and keep only what they need."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    import av

GRAY_WIDTH_PX = 160
COLOUR_WIDTH_PX = 256  # what PySceneDetect itself reduces to

Found = TypeVar("Found")


class Shrinker:
    """Makes the small versions of one clip's frames, the right way up; its scalers are set up once per size."""

    def __init__(self, *, clockwise_deg: int = 0) -> None:
        self._quarter_turns = clockwise_deg // 90
        self._scalers: dict[tuple[int, int, str], Any] = {}

    def shrink(self, frame: "av.VideoFrame", width: int, height: int, pixels: str, *, how: str) -> np.ndarray:
        """The frame at a size in FFmpeg's pixel format `pixels`, as uint8, turned as the player would."""
        from av.video.reformatter import VideoReformatter

        scaler = self._scalers.setdefault((width, height, pixels), VideoReformatter())
        image = scaler.reformat(frame, width, height, pixels, interpolation=how).to_ndarray()
        return np.ascontiguousarray(np.rot90(image, -self._quarter_turns)) if self._quarter_turns else image


class Glimpse:
    """One frame while it is decoded. Every small version is made on first use and shared by all who ask.

    Attributes:
        index: From 0, in order of presentation.
    """

    def __init__(self, frame: "av.VideoFrame", index: int, shrinker: Shrinker) -> None:
        self.index = index
        self._frame = frame
        self._shrinker = shrinker
        self._made: dict[str, np.ndarray] = {}

    @property
    def gray(self) -> np.ndarray:
        """`[h, w]` uint8, 160 wide before turning, areas averaged."""
        return self._at_width(GRAY_WIDTH_PX, "gray")

    @property
    def bgr(self) -> np.ndarray:
        """`[h, w, 3]` uint8, 256 wide before turning, blue first as OpenCV has it."""
        return self._at_width(COLOUR_WIDTH_PX, "bgr24")

    def rgb(self, short_side: int) -> np.ndarray:
        """`[h, w, 3]` uint8, the short side as asked, bicubic; made anew on each call."""
        width, height = self._frame.width, self._frame.height
        scale = short_side / min(width, height)
        size = max(short_side, round(width * scale)), max(short_side, round(height * scale))
        return self._shrinker.shrink(self._frame, *size, "rgb24", how="BICUBIC")

    def _at_width(self, most: int, pixels: str) -> np.ndarray:
        if pixels not in self._made:
            width = min(most, self._frame.width)
            height = max(1, round(self._frame.height * width / self._frame.width))
            self._made[pixels] = self._shrinker.shrink(self._frame, width, height, pixels, how="AREA")
        return self._made[pixels]


class Watcher(ABC, Generic[Found]):
    """Sees every frame of one clip in order, then says what it found. One per clip and pass; keeps no large frame."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.fps = float(facts["fps_num"]) / float(facts["fps_den"])
        self.num_frames = max(int(facts["num_frames"]), 1)

    @abstractmethod
    def see(self, glimpse: Glimpse) -> None:
        """The next frame."""

    @abstractmethod
    def found(self) -> Found:
        """What all frames came to, asked once after the last."""


def spread(total: int, count: int) -> list[int]:
    """`count` frames of `total`, each in the middle of an equal part; fewer where there are fewer."""
    count = min(count, total)
    return [int((place + 0.5) * total / count) for place in range(count)]
