"""Pictures keep every pixel and lose everything else."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from curation.rendering.stripping import NotStrippable, minimal_exif, orientation_of, strip
from tests.factories.media import picture
from tests.unit.curation.rendering.test_previews import exif

SECRET = b"Secret"
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
XMP = b"<x:xmpmeta><rdf>SecretPlace</rdf></x:xmpmeta>"


def stripped_to(path: Path) -> Path:
    made = strip(path, TYPES[path.suffix[1:]])
    target = path.with_name("stripped" + path.suffix)
    target.write_bytes(b"".join(made.read()))
    assert target.stat().st_size == made.size
    return target


def save(path: Path, *, orientation: int, image: Image.Image | None = None, **options: object) -> Path:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, object] = {"quality": 90}
    if path.suffix == ".png":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", "SecretComment")
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        info.add(b"prVt", b"SecretVendor")
        more = {"pnginfo": info}
    if path.suffix == ".jpg":
        more |= {"comment": b"SecretComment"}
    if path.suffix != ".png":
        more |= {"xmp": XMP}
    made = image or Image.fromarray(picture(120, 80))
    made.save(path, exif=exif(orientation), icc_profile=profile, **more | options)
    assert SECRET in path.read_bytes()
    return path


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_pixels_profile_and_orientation_stay_and_nothing_else(tmp_path: Path, ending: str, orientation: int) -> None:
    path = save(tmp_path / f"a.{ending}", orientation=orientation)
    path.write_bytes(path.read_bytes() + b"SecretTrailer" * 10)
    target = stripped_to(path)
    with Image.open(path) as before, Image.open(target) as after:
        assert np.array_equal(np.asarray(before), np.asarray(after))
        assert before.info["icc_profile"] == after.info["icc_profile"]
        assert dict(after.getexif()) == ({0x0112: 6} if orientation == 6 else {})
        assert not after.getexif().get_ifd(0x8825)
    assert SECRET not in target.read_bytes()
    assert stripped_to(target).read_bytes() == target.read_bytes()


@pytest.mark.parametrize(
    ("ending", "mode", "options"),
    [
        ("jpg", "RGB", {"progressive": True, "optimize": True}),
        ("jpg", "RGB", {"restart_marker_blocks": 1}),
        ("jpg", "L", {}),
        ("jpg", "CMYK", {}),
        ("png", "P", {}),
        ("png", "RGBA", {}),
        ("webp", "RGBA", {}),
        ("webp", "RGB", {"lossless": True}),
    ],
)
def test_every_way_of_coding_pixels_survives(
    tmp_path: Path, ending: str, mode: str, options: dict[str, object]
) -> None:
    image = Image.fromarray(picture(160, 90)).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    path = save(tmp_path / f"a.{ending}", orientation=3, image=image, **options)
    target = stripped_to(path)
    with Image.open(path) as before, Image.open(target) as after:
        assert (before.mode, before.size) == (after.mode, after.size)
        assert np.array_equal(np.asarray(before), np.asarray(after))
    assert SECRET not in target.read_bytes()


def test_a_second_picture_behind_the_first_and_a_thumbnail_within_it_go(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", orientation=1)
    with Image.open(path) as image:
        image.save(tmp_path / "two.mpo", save_all=True, append_images=[Image.new("RGB", (8, 8))])
    data = (tmp_path / "two.mpo").read_bytes()
    thumbnail = b"\xff\xe0" + struct.pack(">H", 16 + 12) + b"JFIF\0\1\1\0\0\1\0\1\2\2" + SECRET * 2
    (tmp_path / "b.jpg").write_bytes(data[:2] + thumbnail + data[2:])
    target = stripped_to(tmp_path / "b.jpg")
    assert SECRET not in target.read_bytes()
    with Image.open(target) as after:
        assert (after.format, getattr(after, "n_frames", 1)) == ("JPEG", 1)
        after.load()


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_hostile_files_are_stripped_or_refused_by_name(tmp_path: Path, ending: str) -> None:
    original = save(tmp_path / f"a.{ending}", orientation=6).read_bytes()
    draw = random.Random(7)
    path = tmp_path / f"b.{ending}"
    refused = 0
    for _ in range(400):
        data = bytearray(original[: draw.randrange(1, len(original))] if draw.random() < 0.4 else original)
        for _ in range(draw.randrange(6)):
            data[draw.randrange(len(data))] = draw.choice([0, 255, 0xE1, 0xDA, draw.randrange(256)])
        path.write_bytes(data)
        try:
            made = strip(path, TYPES[ending])
        except NotStrippable:
            refused += 1
            continue
        assert sum(map(len, made.read())) == made.size <= len(data) + 64
    assert 0 < refused < 400


def test_a_chunk_that_nobody_knows_is_refused_where_pixels_depend_on_it(tmp_path: Path) -> None:
    data = save(tmp_path / "a.png", orientation=1).read_bytes()
    body = b"CgBI" + b"1234"
    (tmp_path / "a.png").write_bytes(data[:8] + struct.pack(">I", 4) + body + struct.pack(">I", crc32(body)) + data[8:])
    with pytest.raises(NotStrippable, match="CgBI"):
        strip(tmp_path / "a.png", "image/png")
    with pytest.raises(NotStrippable, match="image/gif"):
        strip(tmp_path / "a.png", "image/gif")


@given(st.binary(max_size=200))
def test_any_bytes_state_an_orientation(data: bytes) -> None:
    assert 1 <= orientation_of(data) <= 8
    assert 1 <= orientation_of(b"II*\0" + data) <= 8


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_smallest_block_is_read_back(orientation: int) -> None:
    assert orientation_of(minimal_exif(orientation)) == orientation
