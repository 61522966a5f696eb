"""A clip for measuring: a studio scene in 720p at 24 fps, H.264, with grain and sound, another one for each number."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np

import studio
from tests.factories import media

SIZE, FPS = (1280, 720), 24
RENDERED = (320, 180)
GRAIN = 6


@cache
def _scene() -> np.ndarray:
    scene = studio.compose(10_000_123, move="truck_left", steadiness="smooth")
    width, height = RENDERED
    return studio.film_batch([scene], width=width, height=height, samples=1)[0].numpy()


def clip(path: Path, *, number: int, seconds: float = 5.0) -> Path:
    """The scene, enlarged and stretched to this length; the grain tells numbers apart."""
    grain = np.random.default_rng(number)
    count, stills = round(seconds * FPS), _scene()
    frames = []
    for index in range(count):
        frame = cv2.resize(stills[index * len(stills) // count], SIZE, interpolation=cv2.INTER_CUBIC).astype(np.int16)
        noise = grain.integers(-GRAIN, GRAIN + 1, (SIZE[1], SIZE[0], 1))
        frames.append((frame + noise).clip(0, 255).astype(np.uint8))
    return media.write_clip(path, seconds=seconds, fps=FPS, size=SIZE, frames=frames)
