"""From shard members to what the model sees: time, crop, sound, camera and light all cut alike."""

import io
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import OpenEXR
import pytest
from PIL import Image

from tests.factories.shards import RATE_HZ, make_members, mp4_of, write_shard
from training.engine.clips import UnusableClip, cut_windows, read_sound
from training.engine.lighting import light_of
from training.engine.reading import windows_of
from training.engine.shards import Sample, read_samples
from videomodel.conditions import Shape
from videomodel.light import IRRADIANCE_BANDS, sun_direction
from videomodel.rays import UnusableCamera

SHAPE = Shape(16, 16, 5, 8.0)


def sample_of(members: dict[str, bytes]) -> Sample:
    return Sample("take", json.loads(members["json"]), members)


def test_samples_come_in_the_order_of_the_shards_with_all_members(tmp_path: Path) -> None:
    first = write_shard(tmp_path / "0.tar", {"b": make_members(0), "a": make_members(1)})
    second = write_shard(tmp_path / "1.tar", {"c": make_members(2)})
    samples = list(read_samples([str(first), str(second)]))
    assert [sample.key for sample in samples] == ["b", "a", "c"]
    assert set(samples[0].members) == {"mp4", "txt", "json", "flac", "camera.npy"}
    assert samples[0].split == "train"


def test_the_content_hash_follows_the_bytes_and_not_the_key(tmp_path: Path) -> None:
    members = make_members(0)
    one, other = Sample("a", {}, members), Sample("b", {}, members)
    assert one.content_hash() == other.content_hash()
    assert one.content_hash() != Sample("a", {}, members | {"txt": b"else"}).content_hash()


def test_windows_lie_back_to_back_and_the_rest_is_told() -> None:
    frames = np.repeat(np.arange(0, 240, 8, dtype=np.uint8), 2)[:48, None, None, None] * np.ones(
        (1, 32, 32, 3), np.uint8
    )
    footage = cut_windows(mp4_of(frames, 24), SHAPE)
    assert footage.starts_s == [0.0, 0.625, 1.25]
    assert footage.duration_s == pytest.approx(2.0, abs=0.01)
    assert footage.lost_s == pytest.approx(0.125, abs=0.01)
    seen = [int(window[2].mean()) for window in footage.windows]
    wanted = [int(frames[round((start + 2 / 8) * 24)].mean()) for start in footage.starts_s]
    assert np.abs(np.subtract(seen, wanted)).max() <= 10


def test_a_wide_clip_is_cropped_in_the_middle() -> None:
    frames = np.zeros((16, 32, 64, 3), np.uint8)
    frames[:, :, 16:48] = 200
    footage = cut_windows(mp4_of(frames, 16), SHAPE)
    assert (footage.source_width, footage.source_height) == (64, 32)
    assert footage.windows[0].min() > 180


@pytest.mark.parametrize("data", [b"", b"not a clip", b"\x00" * 5000])
def test_bytes_that_are_no_clip_are_refused(data: bytes) -> None:
    with pytest.raises(UnusableClip, match="does not decode"):
        cut_windows(data, SHAPE)


def test_a_clip_without_sound_has_none() -> None:
    assert read_sound(mp4_of(np.zeros((8, 32, 32, 3), np.uint8), 8), 16_000) is None


def test_sound_is_resampled_in_place() -> None:
    sound = read_sound(make_members(0)["flac"], 16_000)
    assert sound is not None
    assert abs(len(sound) - 19_200) < 40
    loud = np.flatnonzero(np.abs(sound) > 0.05) / 16_000
    assert loud.min() == pytest.approx(8000 / RATE_HZ, abs=0.01)
    assert loud.max() == pytest.approx(9000 / RATE_HZ, abs=0.01)


def test_a_window_carries_every_modality_on_its_own_clock() -> None:
    windows, _ = windows_of(sample_of(make_members(0)), SHAPE)
    asked = windows[0].conditions
    assert asked.caption == "a block slides right, take 0"
    assert asked.audio_style == "dry clicks"
    assert asked.events is not None
    assert asdict(asked.events[0]) == {"name": "click", "onset_s": 0.17, "offset_s": 0.2}
    assert asked.stills[0].role == "first_frame"
    assert asked.camera is not None
    assert np.allclose(asked.camera.camera_to_world[:, 0, 3], np.arange(5) / 8 * 0.5 / (18 / 16), atol=1e-9)
    assert np.allclose(asked.camera.intrinsics[0], [0.9 * 64 / 48, 1.2, 0.5, 0.5])
    assert asked.light is not None
    assert np.allclose(asked.light.sun, sun_direction(90, 30))


def test_later_windows_move_events_and_poses_to_their_start() -> None:
    events = [{"name": "thump", "onset_s": 0.7, "offset_s": 0.8}]
    windows, _ = windows_of(sample_of(make_members(0, seconds=1.3, audio={"events": events})), SHAPE)
    assert len(windows) == 2
    first, second = (window.conditions for window in windows)
    assert first.events == ()
    assert second.events is not None
    assert second.events[0].onset_s == pytest.approx(0.075)
    assert second.camera is not None
    assert second.camera.camera_to_world[0, 0, 3] > 0.2


def test_every_second_window_is_led_by_the_reference_image() -> None:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), (10, 200, 30)).save(file, "JPEG")
    members = make_members(0, seconds=1.3, reference_images=[{"role": "background"}])
    windows, _ = windows_of(sample_of(members | {"ref0.jpg": file.getvalue()}), SHAPE)
    assert [window.conditions.stills[0].role for window in windows] == ["first_frame", "background"]


def test_a_path_with_a_broken_pose_is_refused() -> None:
    file = io.BytesIO()
    np.save(file, np.zeros((4, 4, 4)))
    with pytest.raises(UnusableCamera, match="not a rotation"):
        windows_of(sample_of(make_members(0) | {"camera.npy": file.getvalue()}), SHAPE)


def test_a_path_that_holds_code_is_not_run() -> None:
    file = io.BytesIO()
    np.save(file, np.array([print], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        windows_of(sample_of(make_members(0) | {"camera.npy": file.getvalue()}), SHAPE)


def test_irradiance_harmonics_become_radiance() -> None:
    coeffs = np.random.default_rng(0).random((9, 3))
    stated = {
        kind: {"sh": {"order": 2, "kind": kind, "coeffs": coeffs.tolist()}} for kind in ("radiance", "irradiance")
    }
    lights = {kind: light_of(Sample("a", {"lighting": lighting}, {})) for kind, lighting in stated.items()}
    assert lights["radiance"] is not None
    assert lights["irradiance"] is not None
    assert np.allclose(lights["irradiance"].sh * IRRADIANCE_BANDS[:, None], lights["radiance"].sh)


def test_light_is_read_from_the_environment_map_when_no_harmonics_are_stated(tmp_path: Path) -> None:
    pixels = np.zeros((16, 32, 3), np.float32)
    pixels[:4] = [3.0, 2.0, 1.0]  # a bright upper sky
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    OpenEXR.File(header, {"RGB": pixels}).write(str(tmp_path / "env.exr"))
    record = {"lighting": {"env_map": {"world_from_env": [1, 0, 0, 0, 1, 0, 0, 0, 1], "exposure_ev": 1.0}}}
    light = light_of(Sample("a", record, {"env.exr": (tmp_path / "env.exr").read_bytes()}))
    assert light is not None
    assert light.sh[1, 0] > 0  # from above
    assert np.allclose(light.sh[:, 0], 3 * light.sh[:, 2])
    assert light.sun is None


def test_a_record_without_numbers_for_its_light_gives_none() -> None:
    assert light_of(Sample("a", {"lighting": {"tags": {"mood": "warm"}}}, {})) is None
    assert light_of(Sample("a", {}, {})) is None
