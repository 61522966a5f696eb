"""Hostile and broken files: each refused by its own name, whatever its decoder would have done."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import OpenEXR
import pytest
from PIL import Image

from curation.probing import Limits, Refusal, check_name, probe
from curation.probing.child import inspect
from curation.probing.facts import Refused
from tests.factories import media


def refusal_here(path: Path, declared: str = "", name: str = "", limits: Limits | None = None) -> Refusal:
    """The refusal, found in this process: fast, and the decoders are the same."""
    with pytest.raises(Refused) as caught:
        inspect(path, name=name or path.name, declared_type=declared, limits=limits or Limits())
    refusal = caught.value.refusal
    assert refusal.message
    assert refusal.fix
    return refusal


def cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def test_truncated_mp4_is_refused_by_the_real_child(tmp_path: Path) -> None:
    found = probe(cut(media.write_clip(tmp_path / "a.mp4"), 0.7), name="a.mp4", declared_type="video/mp4")
    assert isinstance(found, Refusal)
    assert found.code == "clip_undecodable"
    assert "cut short" in found.message


def test_clip_with_index_first_and_its_end_missing_is_refused(tmp_path: Path) -> None:
    whole = media.write_clip(tmp_path / "whole.mp4", seconds=4)
    fast = tmp_path / "fast.mp4"
    with av.open(str(whole)) as source, av.open(str(fast), "w", options={"movflags": "faststart"}) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    assert refusal_here(cut(fast, 0.6)).code == "clip_undecodable"


@pytest.mark.parametrize("with_sound", [False, True])
def test_truncated_webm_is_refused(tmp_path: Path, with_sound: bool) -> None:
    path = media.write_clip(tmp_path / "a.webm", seconds=4, with_sound=with_sound, codec="libvpx-vp9")
    assert refusal_here(cut(path, 0.5)).code == "clip_undecodable"


def test_noise_inside_a_clip_is_refused(tmp_path: Path) -> None:
    path = media.write_clip(tmp_path / "a.mp4", with_sound=False)
    data = bytearray(path.read_bytes())
    middle = data.index(b"mdat") + len(data) // 2
    data[middle : middle + 400] = np.random.default_rng(0).bytes(400)
    path.write_bytes(data)
    assert refusal_here(path).code == "clip_undecodable"


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_truncated_pictures_are_refused(tmp_path: Path, name: str) -> None:
    assert refusal_here(cut(media.write_picture(tmp_path / name), 0.6)).code == "image_undecodable"


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_truncated_sounds_are_refused(tmp_path: Path, name: str) -> None:
    assert refusal_here(cut(media.write_sound(tmp_path / name), 0.5)).code == "audio_undecodable"


def png_bomb(path: Path) -> Path:
    """Claims 50,000 x 50,000 pixels in a few hundred bytes."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    pixels = zlib.compress(bytes(100_000))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    return path


def exr_bomb(path: Path) -> Path:
    """A small map whose header is rewritten to claim 2,000,000 x 1,000,000 pixels."""
    data = media.write_map(path).read_bytes()
    honest, huge = struct.pack("<4i", 0, 0, 63, 31), struct.pack("<4i", 0, 0, 1_999_999, 999_999)
    assert data.count(honest) >= 2
    path.write_bytes(data.replace(honest, huge))
    return path


def zip_file(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(2**20))
    return path


def animated(path: Path) -> Path:
    frames = [Image.fromarray(media.picture(seed=seed)) for seed in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return path


def written(text: str) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_text(text)
        return path

    return write


def nan_path(path: Path) -> Path:
    values = media.poses()
    values[7, 0, 3] = np.nan
    return media.write_poses(path, values)


def endless_path(path: Path) -> Path:
    """A header that claims 1e9 poses over the bytes of one."""
    with path.open("wb") as file:
        header = {"descr": "<f8", "fortran_order": False, "shape": (10**9, 4, 4)}
        np.lib.format.write_array_header_1_0(file, header)
        file.write(bytes(128))
    return path


def pickled_path(path: Path) -> Path:
    np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    return path


HOSTILE: list[tuple[str, Callable[[Path], Path], str]] = [
    ("bomb.png", png_bomb, "image_too_large"),
    ("bomb.exr", exr_bomb, "environment_map_too_large"),
    ("a.zip", zip_file, "archive_not_accepted"),
    ("a.png", zip_file, "archive_not_accepted"),
    ("moving.png", animated, "image_animated"),
    ("moving.webp", animated, "image_animated"),
    ("moving.gif", animated, "type_not_accepted"),
    ("a.svg", written("<svg onload='alert(1)'/>"), "active_content"),
    ("a.png", written("<svg onload='alert(1)'/>"), "active_content"),
    ("a.txt", written("\n <!DOCTYPE html><script>alert(1)</script>"), "active_content"),
    ("a.md", written("# Hello\n<script>alert(1)</script>"), "active_content"),
    ("a.txt", written("#!/bin/sh\nrm -rf x"), "type_not_accepted"),
    ("a.mp4", written("#EXTM3U\nfile:///etc/passwd"), "type_mismatch"),
    ("a.json", written('{"frames": ['), "json_undecodable"),
    ("a.json", written("[" * 200_000), "json_undecodable"),
    ("a.npy", nan_path, "camera_not_finite"),
    ("a.npy", endless_path, "camera_too_many_frames"),
    ("a.npy", pickled_path, "camera_wrong_dtype"),
    ("a.npy", lambda p: media.write_poses(p, np.zeros((5, 3, 4))), "camera_wrong_shape"),
    ("a.npy", lambda p: media.write_poses(p, np.zeros((5, 4, 4), int)), "camera_wrong_dtype"),
    ("a.npy", lambda p: cut(media.write_poses(p), 0.5), "camera_truncated"),
    ("sky.exr", lambda p: media.write_map(p, size=(64, 48)), "environment_map_not_2_1"),
    ("sky.exr", lambda p: media.write_map(p, np.full((32, 64, 3), np.nan, np.float32)), "environment_map_not_finite"),
    ("sky.exr", lambda p: media.write_map(p, np.full((32, 64, 3), -1.0, np.float32)), "environment_map_negative"),
    ("sky.exr", lambda p: cut(media.write_map(p), 0.5), "environment_map_undecodable"),
    ("photo.png", lambda p: media.write_picture(p, format="JPEG"), "type_mismatch"),
]


@pytest.mark.parametrize(("name", "make", "code"), HOSTILE, ids=[f"{name}-{code}" for name, _, code in HOSTILE])
def test_hostile_file_is_refused_by_name(tmp_path: Path, name: str, make: Callable[[Path], Path], code: str) -> None:
    assert refusal_here(make(tmp_path / name)).code == code


def test_declared_type_must_be_the_true_one(tmp_path: Path) -> None:
    path = media.write_picture(tmp_path / "a.png")
    assert refusal_here(path, declared="video/mp4").code == "type_mismatch"
    assert inspect(path, name="a.png", declared_type="application/octet-stream", limits=Limits()).kind == "image"


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    assert refusal_here(tmp_path / "a.mp4").code == "file_empty"


def test_sound_with_values_that_are_not_numbers_is_refused(tmp_path: Path) -> None:
    samples = media.tone()
    samples[100] = np.inf
    path = media.write_sound(tmp_path / "a.wav", samples, subtype="FLOAT")
    assert refusal_here(path).code == "audio_not_finite"


def test_media_longer_or_larger_than_the_limits_are_refused(tmp_path: Path) -> None:
    clip, sound = media.write_clip(tmp_path / "a.mp4"), media.write_sound(tmp_path / "a.flac")
    assert refusal_here(clip, limits=Limits(max_clip_s=1)).code == "clip_too_long"
    assert refusal_here(clip, limits=Limits(max_clip_pixels=1000)).code == "clip_too_large"
    assert refusal_here(sound, limits=Limits(max_audio_s=0.5)).code == "audio_too_long"
    text = tmp_path / "a.txt"
    text.write_text("long " * 10)
    assert refusal_here(text, limits=Limits(max_text_bytes=10)).code == "text_too_large"
    path = media.write_poses(tmp_path / "a.npy", media.poses(200))
    assert refusal_here(path, limits=Limits(max_poses=100)).code == "camera_too_many_frames"


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Fu\u00dfball".encode("latin-1"))
    assert refusal_here(path).code == "text_not_utf8"
    path.write_bytes(b"words " * 1000 + b"\0")
    assert refusal_here(path).code == "type_not_accepted"


def test_maps_of_several_parts_or_without_colour_are_refused(tmp_path: Path) -> None:
    plane = np.ones((32, 64), np.float32)
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    OpenEXR.File(header, {"Z": plane}).write(str(tmp_path / "depth.exr"))
    assert refusal_here(tmp_path / "depth.exr").code == "environment_map_wrong_layout"
    parts = [OpenEXR.Part({}, {"R": plane, "G": plane, "B": plane}, name) for name in ("left", "right")]
    OpenEXR.File(parts).write(str(tmp_path / "stereo.exr"))
    assert refusal_here(tmp_path / "stereo.exr").code == "environment_map_wrong_layout"


def test_container_without_a_picture_is_no_clip(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    with av.open(str(path), "w") as container:
        media._mux_tone(container, container.add_stream("libopus", rate=48_000), 1.0)
    assert refusal_here(path).code == "clip_without_picture"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\\b.mp4", "", "..", "a\0.png", "x" * 300 + ".mp4", "gpj\u202eexe.png", "-rf.png"]
)
def test_path_tricks_in_names_are_refused(name: str) -> None:
    refusal = check_name(name)
    assert refusal is not None
    assert refusal.code == "name_unsafe"


def test_ordinary_names_of_any_language_are_taken() -> None:
    assert [check_name(name) for name in ("take 1.mp4", "مشهد.mp4", "日本 (2).png")] == [None, None, None]
