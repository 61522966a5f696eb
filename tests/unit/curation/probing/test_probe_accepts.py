"""What honest files turn out to be, through the real child process."""

import struct
from pathlib import Path

import pytest

from curation.probing import Facts, Refusal, probe
from curation.probing.credentials import MANIFEST_STORE
from tests.factories import media


def facts_of(path: Path, declared: str = "", name: str = "") -> Facts:
    found = probe(path, name=name or path.name, declared_type=declared)
    assert isinstance(found, Facts), found
    return found


def test_mp4_clip_is_measured_to_its_last_frame(tmp_path: Path) -> None:
    found = facts_of(media.write_clip(tmp_path / "take 1.mp4", seconds=2.0, fps=12), "video/mp4")
    assert (found.kind, found.content_type) == ("clip", "video/mp4")
    details = found.details
    assert (details["width"], details["height"], details["num_frames"]) == (96, 64, 24)
    assert (details["fps_num"], details["fps_den"]) == (12, 1)
    assert details["duration_s"] == pytest.approx(2.0, abs=0.01)
    assert details["codec"] == "h264"
    assert details["constant_frame_rate"]
    assert details["has_audio"]
    assert details["audio_sample_rate_hz"] == 48_000
    assert abs(details["av_offset_s"]) < 0.1


def test_rotation_asked_of_the_player_is_told_clockwise(tmp_path: Path) -> None:
    path = media.write_clip(tmp_path / "phone.mp4", seconds=1, with_sound=False)
    data = path.read_bytes()
    upright = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    quarter_turn = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 64 << 16, 0, 1 << 30)
    track = data.index(b"tkhd")
    assert data.index(upright, track) < track + 100
    path.write_bytes(data[:track] + data[track:].replace(upright, quarter_turn, 1))
    assert facts_of(path).details["rotation"] == 90


def test_variable_frame_rate_is_noticed(tmp_path: Path) -> None:
    times = [0, 1, 2, 3, 6, 7, 8, 12, 13, 14, 15, 16]
    path = media.write_clip(tmp_path / "phone.mp4", seconds=1, times=times, with_sound=False)
    details = facts_of(path).details
    assert not details["constant_frame_rate"]
    assert details["has_audio"] is False


def test_webm_with_millisecond_times_counts_as_constant(tmp_path: Path) -> None:
    path = media.write_clip(tmp_path / "take.webm", seconds=1, fps=24, codec="libvpx-vp9")
    found = facts_of(path, "video/webm")
    assert (found.kind, found.content_type) == ("clip", "video/webm")
    assert found.details["constant_frame_rate"]


@pytest.mark.parametrize(("name", "mime"), [("a.jpg", "image/jpeg"), ("a.png", "image/png"), ("a.webp", "image/webp")])
def test_pictures_are_decoded(tmp_path: Path, name: str, mime: str) -> None:
    found = facts_of(media.write_picture(tmp_path / name), mime)
    assert (found.kind, found.content_type) == ("image", mime)
    assert (found.details["width"], found.details["height"]) == (96, 64)


def test_content_credentials_are_noticed_wherever_a_format_keeps_them(tmp_path: Path) -> None:
    picture = media.write_picture(tmp_path / "signed.jpg")
    assert facts_of(picture).details["content_credentials"] is False
    box = b"JP\0\1\0\0\0\1" + struct.pack(">I", 64) + b"jumb" + struct.pack(">I", 38) + MANIFEST_STORE + b"\3c2pa\0"
    data = picture.read_bytes()
    picture.write_bytes(data[:2] + b"\xff\xeb" + struct.pack(">H", len(box) + 2) + box + data[2:])
    assert facts_of(picture).details["content_credentials"] is True


def test_picture_size_is_given_as_shown_when_turned_by_its_tag(tmp_path: Path) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    details = facts_of(media.write_picture(tmp_path / "turned.jpg", exif=exif)).details
    assert (details["width"], details["height"], details["orientation"]) == (64, 96, 6)


@pytest.mark.parametrize(
    ("name", "mime", "options"),
    [
        ("a.wav", "audio/wav", {}),
        ("a.flac", "audio/flac", {}),
        ("a.mp3", "audio/mpeg", {}),
        ("a.ogg", "audio/ogg", {"format": "OGG", "subtype": "VORBIS"}),
    ],
)
def test_sounds_are_decoded(tmp_path: Path, name: str, mime: str, options: dict[str, str]) -> None:
    found = facts_of(media.write_sound(tmp_path / name, **options))
    assert (found.kind, found.content_type) == ("audio", mime)
    assert found.details["sample_rate_hz"] == 48_000
    assert found.details["duration_s"] == pytest.approx(1.0, abs=0.1)


def test_m4a_is_sound(tmp_path: Path) -> None:
    import av

    path = tmp_path / "voice.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        media._mux_tone(container, container.add_stream("aac", rate=48_000), 1.0)
    found = facts_of(path, "audio/x-m4a")
    assert (found.kind, found.content_type, found.details["codec"]) == ("audio", "audio/mp4", "aac")


def test_camera_path_environment_map_and_text_are_told_apart(tmp_path: Path) -> None:
    assert facts_of(media.write_poses(tmp_path / "path.npy")).details["count"] == 24
    environment = facts_of(media.write_map(tmp_path / "sky.exr"))
    assert (environment.kind, environment.details["width"]) == ("environment_map", 64)
    note = tmp_path / "scene.md"
    note.write_text("# Scene\nA red ball rolls over a wooden floor.")
    assert facts_of(note, "text/markdown").kind == "text"


def test_camera_text_files_are_recognised_by_their_numbers(tmp_path: Path) -> None:
    realestate = tmp_path / "path.txt"
    realestate.write_text("https://example.org/v\n" + " ".join(["0"] + ["0.5"] * 18) + "\n")
    assert facts_of(realestate, "text/plain").kind == "camera_file"
    transforms = tmp_path / "transforms.json"
    transforms.write_text('{"fl_x": 1000, "frames": [{"transform_matrix": []}]}')
    found = facts_of(transforms, "application/json")
    assert (found.kind, found.content_type) == ("camera_file", "application/json")


def test_refusal_can_be_stored_as_json(tmp_path: Path) -> None:
    empty = tmp_path / "a.png"
    empty.touch()
    found = probe(empty, name="a.png", declared_type="")
    assert isinstance(found, Refusal)
    assert set(found.as_dict()) == {"code", "message", "fix"}
