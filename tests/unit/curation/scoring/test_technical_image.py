"""Each measure of a picture moves one way as the picture gets worse."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageFilter

from curation.scoring.measuring import measure
from curation.scoring.seam import Picture, Sample
from curation.scoring.technical_image import TechnicalImageScorer, entropy_bits, noise_sigma, sharpness
from tests.factories import media


@pytest.fixture(scope="module")
def photograph() -> Image.Image:
    """A soft texture with edges, 512 on the short side."""
    rng = np.random.default_rng(3)
    texture = Image.fromarray(rng.integers(0, 255, (128, 160), np.uint8)).resize((640, 512), Image.Resampling.BICUBIC)
    scene = Image.fromarray(media.picture(640, 512)).convert("L")
    return Image.blend(scene, texture, 0.3)


def falls(values: list[float]) -> bool:
    return all(after < before for before, after in pairwise(values))


def test_sharpness_falls_with_every_step_of_blur(photograph: Image.Image) -> None:
    blurred = [photograph.filter(ImageFilter.GaussianBlur(radius)) for radius in (0, 0.5, 1, 2, 3, 5, 8)]
    assert falls([sharpness(np.asarray(image, np.float32)) for image in blurred])


def test_noise_rises_with_every_step_of_noise_and_meets_its_sigma(photograph: Image.Image) -> None:
    still = np.asarray(photograph.filter(ImageFilter.GaussianBlur(2)), np.float32)
    grain = np.random.default_rng(0).normal(size=still.shape).astype(np.float32)
    measured = [noise_sigma(still + sigma * grain) for sigma in (0, 2, 5, 10, 20)]
    assert falls(measured[::-1])
    assert measured[3] == pytest.approx(10, rel=0.15)


def test_entropy_falls_as_tones_are_lost(photograph: Image.Image) -> None:
    gray = np.asarray(photograph)
    assert falls([entropy_bits(gray // step) for step in (1, 4, 16, 64, 255)])
    assert entropy_bits(np.zeros((8, 8), np.uint8)) == 0


def test_every_picture_is_measured_at_its_own_place(photograph: Image.Image) -> None:
    gray = np.asarray(photograph)
    pictures = (
        Picture("reference_images.0", 3000, 1000, gray=gray),
        Picture("reference_images.1", 640, 512, gray=gray // 4),
    )
    [measured] = measure([Sample("a", {}, pictures=pictures)], [TechnicalImageScorer()])
    values = {(item.metric, item.part): item.value for item in measured.measurements}
    assert values["image.short_side_px", "reference_images.0"] == 1000
    assert values["image.aspect_ratio", "reference_images.0"] == 3
    first, second = (values["image.luminance_mean", f"reference_images.{n}"] for n in (0, 1))
    assert first is not None
    assert second == pytest.approx(first / 4, rel=0.05)
    assert values["image.contrast_rms", "reference_images.1"] < values["image.contrast_rms", "reference_images.0"]
