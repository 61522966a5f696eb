"""Each measure of a picture moves one way as the picture gets worse."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from curation.scoring.decoding import picture
from curation.scoring.measuring import measure
from curation.scoring.seam import Clip, Picture, Sample
from curation.scoring.technical_image import (
    COLOUR_PX,
    TechnicalImageScorer,
    brightness,
    clipped_share,
    colour_spread,
    entropy_bits,
    noise_sigma,
    sharpness,
)
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


def test_brightness_is_perceived_and_runs_from_black_to_white() -> None:
    colours = np.array([[[0, 0, 0], [255, 255, 255], [0, 255, 0], [0, 0, 255]]], np.uint8)
    black, white, green, blue = brightness(colours)[0]
    assert (black, white) == pytest.approx((0, 1), abs=1e-6)
    assert green > 3 * blue > 0


def test_colour_and_clipping_are_counted_per_pixel(photograph: Image.Image) -> None:
    gray = np.asarray(photograph.convert("RGB"))
    assert colour_spread(gray) == 0
    assert colour_spread(gray * np.array([1, 0, 0], np.uint8)) == pytest.approx(gray[..., 0].mean(), rel=1e-6)
    assert clipped_share(np.array([[0, 2, 3, 252, 253, 255]], np.uint8)) == pytest.approx(4 / 6)


def values_of(path: Path, **sample: object) -> dict[str, float | None]:
    needs = TechnicalImageScorer.needs
    seen = picture(path, "reference_images.0", short_side=0, with_gray=True, sizes=needs.picture_sizes)
    [measured] = measure([Sample("a", pictures=(seen,), **sample)], [TechnicalImageScorer()])
    return {item.metric: item.value for item in measured.measurements}


def test_what_the_file_says_of_itself_is_measured(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    steps = []
    for quality in (95, 75, 40):
        path = media.write_picture(tmp_path / "a.jpg", size=(320, 240), quality=quality, exif=exif)
        found = values_of(path, record={})
        assert (found["image.turned_deg"], found["image.aspect_ratio"]) == (90, pytest.approx(4 / 3))
        steps.append(found["image.jpeg_step"])
    assert steps == sorted(steps)
    assert steps[1] == pytest.approx(28.8, abs=1)
    assert "image.jpeg_step" not in values_of(media.write_picture(tmp_path / "a.png"), record={})


def test_a_first_frame_is_shaped_like_its_clip(tmp_path: Path) -> None:
    path = media.write_picture(tmp_path / "a.png", size=(320, 180))
    facts = {"width": 1280, "height": 720}
    errors = []
    for rotation, role in ((0, "first_frame"), (90, "last_frame"), (90, "subject")):
        record = {"reference_images": [{"role": role}]}
        errors.append(
            values_of(path, record=record, clip=Clip({**facts, "rotation": rotation})).get("image.clip_shape_error")
        )
    assert errors == [pytest.approx(0), pytest.approx(2 * np.log2(16 / 9)), None]


def test_the_same_bytes_give_the_same_numbers(tmp_path: Path) -> None:
    path = media.write_picture(tmp_path / "a.jpg", size=(800, 600), quality=80)
    assert values_of(path, record={}) == values_of(path, record={})
    assert TechnicalImageScorer.needs.picture_sizes == {COLOUR_PX}
