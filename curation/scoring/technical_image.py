"""What a picture is technically: size, shape, light, contrast, sharpness, noise, information. No model.

The measures are cleanvision's (dark, light, blurry, low information, odd size and aspect, grayscale), each as a raw
value that moves one way as the picture gets worse.
"""

from collections.abc import Mapping, Sequence
from math import log2, sqrt
from typing import Any

import numpy as np

from curation.scoring.seam import Embedding, Measurement, Needs, Picture, Sample, Source

SHORT_SIDE, SIZE, ASPECT = "image.short_side_px", "image.size_px", "image.aspect_ratio"
TURNED, SHAPE_ERROR = "image.turned_deg", "image.clip_shape_error"
LUMINANCE, LIGHTEST, DARKEST = "image.luminance_mean", "image.brightness_p99", "image.brightness_p5"
CLIPPED, COLOUR = "image.clipped_share", "image.colour_spread"
CONTRAST, SHARPNESS, NOISE = "image.contrast_rms", "image.sharpness", "image.noise_sigma"
ENTROPY, JPEG_STEP = "image.entropy_bits", "image.jpeg_step"

COLOUR_PX = 256
PERCEIVED = np.sqrt(np.array([0.241, 0.691, 0.068], np.float32))  # cleanvision's weights of R, G, B, under a square
CLIPPED_FROM, CLIPPED_TO = 2, 253  # codes up to and from which detail is lost
CLOCKWISE_DEG = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}  # EXIF orientations; 2, 4, 5 and 7 mirror, too
FRAMES = ("first_frame", "last_frame")


class TechnicalImageScorer:
    """Measures gray pictures whose short side is 512, coloured ones of 256, and what the file says of itself."""

    name = "technical_image"
    metrics = (
        SHORT_SIDE, SIZE, ASPECT, TURNED, SHAPE_ERROR, LUMINANCE, LIGHTEST, DARKEST, CLIPPED, COLOUR, CONTRAST,
        SHARPNESS, NOISE, ENTROPY, JPEG_STEP,
    )  # fmt: skip
    needs = Needs(picture_gray=True, picture_sizes=frozenset({COLOUR_PX}))
    source = Source("technical-image-2", preprocessing_id="gray-bicubic-512-rgb-bicubic-256")

    def applies_to(self, sample: Sample) -> bool:
        return any(picture.gray is not None for picture in sample.pictures)

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[found for picture in sample.pictures for found in _measure(picture, sample)] for sample in batch]


def _measure(picture: Picture, sample: Sample) -> list[Measurement]:
    assert picture.gray is not None
    gray = picture.gray.astype(np.float32)
    sides = sorted((picture.width, picture.height))
    values = {
        SHORT_SIDE: float(sides[0]),
        SIZE: sqrt(sides[0] * sides[1]),
        ASPECT: sides[1] / sides[0],
        TURNED: float(CLOCKWISE_DEG.get(picture.orientation, 0)),
        LUMINANCE: float(gray.mean()),
        CLIPPED: clipped_share(picture.gray),
        CONTRAST: float(gray.std()) / 255,
        SHARPNESS: sharpness(gray),
        NOISE: noise_sigma(gray),
        ENTROPY: entropy_bits(picture.gray),
    }
    if picture.jpeg_step is not None:
        values[JPEG_STEP] = picture.jpeg_step
    if COLOUR_PX in picture.sized:
        values |= _colours(picture.sized[COLOUR_PX])
    if (error := _clip_shape_error(picture, sample)) is not None:
        values[SHAPE_ERROR] = error
    size = {"width": picture.width, "height": picture.height}
    return [Measurement(metric, value, picture.part, size) for metric, value in values.items()]


def _colours(rgb: np.ndarray) -> dict[str, float]:
    bright = brightness(rgb)
    return {
        LIGHTEST: float(np.percentile(bright, 99)),
        DARKEST: float(np.percentile(bright, 5)),
        COLOUR: colour_spread(rgb),
    }


def _clip_shape_error(picture: Picture, sample: Sample) -> float | None:
    """How far a first or last frame's shape is from the clip's, in doublings of the aspect ratio."""
    image = _described(picture.part, sample.record)
    if sample.clip is None or image.get("role") not in FRAMES:
        return None
    width, height = sample.clip.facts["width"], sample.clip.facts["height"]
    if int(sample.clip.facts.get("rotation", 0)) in (90, 270):
        width, height = height, width
    return abs(log2(picture.width * height / (picture.height * width)))


def _described(part: str, record: Mapping[str, Any]) -> Mapping[str, Any]:
    images, place = record.get("reference_images") or (), int(part.rpartition(".")[2])
    return images[place] if place < len(images) else {}


def brightness(rgb: np.ndarray) -> np.ndarray:
    """Perceived brightness, `[h, w]` float32 in [0, 1], of `[h, w, 3]` uint8 sRGB."""
    return np.asarray(np.sqrt(np.square(rgb.astype(np.float32) * (PERCEIVED / 255)).sum(axis=-1)))


def colour_spread(rgb: np.ndarray) -> float:
    """Mean difference, 0..255, of the largest and the smallest channel of `[h, w, 3]` uint8: 0 for a gray picture."""
    return float((rgb.max(axis=-1) - rgb.min(axis=-1)).mean())


def clipped_share(gray: np.ndarray) -> float:
    """Share of `[h, w]` uint8 that is black or white to the end of the scale."""
    return float(((gray <= CLIPPED_FROM) | (gray >= CLIPPED_TO)).mean())


def sharpness(gray: np.ndarray) -> float:
    """Variance of the Laplacian of `[h, w]` values in 0..255: the lower, the blurrier."""
    if min(gray.shape) < 3:
        return 0.0
    middle = gray[1:-1, 1:-1]
    laplacian = gray[:-2, 1:-1] + gray[2:, 1:-1] + gray[1:-1, :-2] + gray[1:-1, 2:] - 4 * middle
    return float(laplacian.var())


def noise_sigma(gray: np.ndarray) -> float:
    """Standard deviation of the noise in `[h, w]` values in 0..255 (Immerkaer 1996: a mask blind to edges)."""
    if min(gray.shape) < 3:
        return 0.0
    rows = gray[:-2] - 2 * gray[1:-1] + gray[2:]
    mask = rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:]
    # The median keeps texture, which is rarely everywhere, from counting as noise; 6 is the mask's own gain.
    return float(np.median(np.abs(mask)) / 0.6745 / 6)


def entropy_bits(gray: np.ndarray) -> float:
    """Shannon entropy of the histogram of `[h, w]` uint8: 0 for one flat colour, at most 8."""
    counts = np.bincount(gray.ravel(), minlength=256)
    shares = counts[counts > 0] / gray.size
    return float(-(shares * np.log2(shares)).sum()) + 0.0
