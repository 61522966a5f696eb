"""What a picture is technically: size, light, contrast, sharpness, noise, information. No model."""

from collections.abc import Sequence

import numpy as np

from curation.scoring.seam import Embedding, Measurement, Needs, Picture, Sample, Source

SHORT_SIDE, ASPECT, LUMINANCE = "image.short_side_px", "image.aspect_ratio", "image.luminance_mean"
CONTRAST, SHARPNESS, NOISE = "image.contrast_rms", "image.sharpness", "image.noise_sigma"
ENTROPY = "image.entropy_bits"


class TechnicalImageScorer:
    """Measures reference images on gray pictures whose short side is 512 (smaller originals as they are)."""

    name = "technical_image"
    metrics = (SHORT_SIDE, ASPECT, LUMINANCE, CONTRAST, SHARPNESS, NOISE, ENTROPY)
    needs = Needs(picture_gray=True)
    source = Source("technical-image-1", preprocessing_id="gray-bicubic-512")

    def applies_to(self, sample: Sample) -> bool:
        return any(picture.gray is not None for picture in sample.pictures)

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[found for picture in sample.pictures for found in _measure(picture)] for sample in batch]


def _measure(picture: Picture) -> list[Measurement]:
    assert picture.gray is not None
    gray = picture.gray.astype(np.float32)
    values = {
        SHORT_SIDE: float(min(picture.width, picture.height)),
        ASPECT: max(picture.width, picture.height) / min(picture.width, picture.height),
        LUMINANCE: float(gray.mean()),
        CONTRAST: float(gray.std()) / 255,
        SHARPNESS: sharpness(gray),
        NOISE: noise_sigma(gray),
        ENTROPY: entropy_bits(picture.gray),
    }
    size = {"width": picture.width, "height": picture.height}
    return [Measurement(metric, value, picture.part, size) for metric, value in values.items()]


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
