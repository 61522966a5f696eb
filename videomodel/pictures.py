"""Pictures brought to the size a model works at, and back to the size people look at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def cover_crop(width: int, height: int, to_width: int, to_height: int) -> tuple[int, int, int, int]:
    """The largest centred box (left, top, right, bottom) of a picture that has the aspect of the target."""
    scale = min(width / to_width, height / to_height)
    box_width, box_height = round(to_width * scale), round(to_height * scale)
    left, top = (width - box_width) // 2, (height - box_height) // 2
    return left, top, left + box_width, top + box_height


def fit_picture(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """`pixels` `[H, W, 3]` uint8 centre-cropped to the target's aspect and resized, averaging where it shrinks."""
    box = cover_crop(pixels.shape[1], pixels.shape[0], width, height)
    shrinks = box[2] - box[0] >= width
    resample = Image.Resampling.BOX if shrinks else Image.Resampling.LANCZOS
    return np.asarray(Image.fromarray(pixels).crop(box).resize((width, height), resample))


def cropped_intrinsics(
    intrinsics: NDArray[np.float64], *, width: int, height: int, to_width: int, to_height: int
) -> NDArray[np.float64]:
    """Normalised intrinsics `[F, 4]` after `fit_picture`: a crop changes the focal length per width and the centre."""
    left, top, right, bottom = cover_crop(width, height, to_width, to_height)
    size = np.array([width, height, width, height]) / np.array([right - left, bottom - top] * 2)
    shift = np.array([0, 0, left / (right - left), top / (bottom - top)])
    return intrinsics * size - shift


def enlarge(frames: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Frames `[F, H, W, 3]` at another size by Lanczos: larger, not more detailed."""
    if frames.shape[1:3] == (height, width):
        return frames
    sized = [Image.fromarray(frame).resize((width, height), Image.Resampling.LANCZOS) for frame in frames]
    return np.stack([np.asarray(frame) for frame in sized])
