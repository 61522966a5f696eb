"""Which frame stands for a clip, and a strip of small ones for looking along it."""

from pathlib import Path

import numpy as np
from av import VideoFrame
from PIL import Image

from curation.rendering.profiles import RenderedFile

LOOKED_AT = 12
STRIP_HEIGHT_PX = 90
STRIP_WIDTH_PX = 240  # of one picture at most
JPEG_QUALITY = 85


class Gallery:
    """Looks at twelve frames spread over the clip, keeps them small, and the most telling one whole."""

    def __init__(self, frames: int) -> None:
        # Not the very ends: shots often fade in and out there.
        self._wanted = sorted({int((place + 0.5) * frames / LOOKED_AT) for place in range(LOOKED_AT)})
        self._small: list[Image.Image] = []
        self._best: Image.Image | None = None
        self._best_worth = -1.0

    def look_at(self, frame: VideoFrame, begin: int, end: int) -> None:
        """The frame that is shown from proxy frame `begin` up to `end`."""
        if not self._wanted or self._wanted[0] >= end:
            return
        image = frame.to_image()
        worth = worth_of(np.asarray(image.convert("L")))
        if worth > self._best_worth:
            self._best, self._best_worth = image, worth
        while self._wanted and self._wanted[0] < end:
            self._wanted.pop(0)
            self._small.append(_small(image))

    def write(self, folder: Path) -> list[RenderedFile]:
        """`poster.jpg` and `strip.jpg`; at least one frame was looked at."""
        assert self._best is not None, "every clip has a frame"
        width = max(image.width for image in self._small)
        strip = Image.new("RGB", (width * len(self._small), STRIP_HEIGHT_PX))
        for place, image in enumerate(self._small):
            strip.paste(image, (place * width, 0))
        poster = _save(self._best, folder, "poster", {})
        return [poster, _save(strip, folder, "strip", {"pictures": len(self._small), "picture_width": width})]


def worth_of(gray: np.ndarray) -> float:
    """How much a picture `[h, w]` uint8 tells: its contrast, with next to nothing for one all dark or all bright."""
    mean, contrast = float(gray.mean()), float(gray.std())
    return contrast if 16 < mean < 240 else contrast / 100


def _small(image: Image.Image) -> Image.Image:
    width = min(STRIP_WIDTH_PX, max(1, round(image.width * STRIP_HEIGHT_PX / image.height)))
    return image.resize((width, STRIP_HEIGHT_PX), Image.Resampling.BILINEAR, reducing_gap=2.0)


def _save(image: Image.Image, folder: Path, role: str, details: dict[str, int]) -> RenderedFile:
    path = folder / f"{role}.jpg"
    image.save(path, quality=JPEG_QUALITY, optimize=True)
    size = {"width": image.width, "height": image.height}
    return RenderedFile(role, path.name, "image/jpeg", path.stat().st_size, size | details)
