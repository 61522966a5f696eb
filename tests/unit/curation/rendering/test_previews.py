"""Previews of pictures, sounds and maps: upright, small, and nothing but what is seen and heard."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import OpenEXR
import pytest
from PIL import Image, ImageCms

from curation.rendering import environments, pictures, sounds
from tests.factories import media
from tests.factories.numbered import number_of, numbered

GPS, ORIENTATION = 0x8825, 0x0112


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[ORIENTATION] = orientation
    made[0x010F] = "SecretCameraMaker"
    made.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return made


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_preview_shows_the_picture_upright_and_tells_nothing_else(tmp_path: Path, ending: str) -> None:
    turned = Image.fromarray(numbered(321, 1200, 800)).transpose(Image.Transpose.ROTATE_90)
    original = tmp_path / f"a.{ending}"
    turned.save(original, exif=exif(6), xmp=b"<x:xmpmeta>SecretPlace</x:xmpmeta>", quality=95)
    made = pictures.render(original, tmp_path)
    assert [(file.role, file.details) for file in made.files] == [
        ("preview", {"width": 1200, "height": 800}),
        ("thumbnail", {"width": 320, "height": 213}),
    ]
    for file in made.files:
        with Image.open(tmp_path / file.name) as image:
            assert number_of(np.asarray(image.convert("RGB"))) == 321
            assert not image.getexif()
            assert set(image.info) <= {"loop", "background", "timestamp", "duration"}
        data = (tmp_path / file.name).read_bytes()
        assert not [word for word in (b"Secret", b"EXIF", b"XMP", b"ICCP") if word in data]


def red_is_blue() -> bytes:
    """A colour profile like sRGB's whose red and blue primaries have changed places."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = srgb.index(b"rXYZ") + 4, srgb.index(b"bXYZ") + 4  # in the table of tags: offset and length follow
    srgb[red : red + 8], srgb[blue : blue + 8] = srgb[blue : blue + 8], srgb[red : red + 8]
    return bytes(srgb)


@pytest.mark.parametrize(
    ("profile", "shown_as"), [(None, (200, 10, 10)), (b"no profile at all", (200, 10, 10)), ("swap", (10, 10, 200))]
)
def test_an_embedded_profile_is_applied_and_left_out(
    tmp_path: Path, profile: bytes | str | None, shown_as: tuple[int, int, int]
) -> None:
    given = red_is_blue() if profile == "swap" else profile
    Image.new("RGB", (64, 48), (200, 10, 10)).save(tmp_path / "a.png", icc_profile=given)
    pictures.render(tmp_path / "a.png", tmp_path)
    with Image.open(tmp_path / "preview.webp") as image:
        assert "icc_profile" not in image.info
        assert np.asarray(image)[24, 32] == pytest.approx(shown_as, abs=12)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_every_mode_of_a_picture_becomes_one_that_screens_show(tmp_path: Path, mode: str) -> None:
    plain = Image.fromarray(numbered(77, 240, 160))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(plain.convert("L")).astype(np.uint16) * 257)
    else:
        image = plain.convert(mode)
    if mode in {"LA", "RGBA"}:
        image.putalpha(Image.linear_gradient("L").resize(image.size).point(lambda value: value // 4 + 190))
    path = tmp_path / ("a.jpg" if mode in {"CMYK", "YCbCr"} else "a.png")
    image.save(path)
    pictures.render(path, tmp_path)
    with Image.open(tmp_path / "preview.webp") as shown:
        assert shown.mode == ("RGBA" if mode in {"LA", "RGBA"} else "RGB")
        assert number_of(np.asarray(shown.convert("RGB"))) == 77


def test_a_large_picture_is_reduced(tmp_path: Path) -> None:
    Image.fromarray(numbered(9, 5000, 200)).save(tmp_path / "a.png")
    made = pictures.render(tmp_path / "a.png", tmp_path)
    assert [(file.details["width"], file.details["height"]) for file in made.files] == [(2048, 82), (320, 13)]


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.ogg"])
def test_a_recording_becomes_one_that_browsers_play_with_its_waveform(tmp_path: Path, name: str) -> None:
    tone = np.concatenate([np.zeros(22_050, np.float32), media.tone(1.0, 44_100, amplitude=0.5)])
    media.write_sound(tmp_path / name, tone, 44_100)
    preview, waveform = sounds.render(tmp_path / name, tmp_path).files
    assert preview.details["duration_s"] == pytest.approx(1.5, abs=0.06)
    drawn = json.loads((tmp_path / waveform.name).read_text())
    assert drawn["length"] * 2 == len(drawn["data"]) == 2 * waveform.details["peaks"]
    peaks = np.array(drawn["data"]).reshape(-1, 2) / 127
    half = round(0.5 * drawn["sample_rate"] / drawn["samples_per_pixel"])
    assert np.abs(peaks[: half - 6]).max() < 0.05
    assert np.abs(peaks[half + 10 : -10]).max(axis=1).min() == pytest.approx(0.5, abs=0.06)


def test_a_long_recording_has_no_more_peaks_than_a_screen_shows(tmp_path: Path) -> None:
    media.write_sound(tmp_path / "a.wav", np.zeros(8000 * 90, np.float32), 8000)
    _, waveform = sounds.render(tmp_path / "a.wav", tmp_path).files
    assert 2000 < waveform.details["peaks"] <= 4000


def test_a_map_is_shown_with_its_middle_visible_and_its_sun_bright(tmp_path: Path) -> None:
    path = media.write_map(tmp_path / "a.exr", size=(2048, 1024))
    preview, thumbnail = environments.render(path, tmp_path).files
    assert (preview.details, thumbnail.details["width"]) == ({"width": 1024, "height": 512}, 320)
    with Image.open(tmp_path / preview.name) as image:
        shown = np.asarray(image)
    assert 60 < shown[400, 500].mean() < 160
    assert shown.max() > 230


def test_a_black_map_is_shown_black(tmp_path: Path) -> None:
    path = media.write_map(tmp_path / "a.exr", np.zeros((32, 64, 3), np.float16))
    assert OpenEXR.File(str(path)).parts
    environments.render(path, tmp_path)
    with Image.open(tmp_path / "preview.webp") as image:
        assert np.asarray(image).max() == 0
