"""Decoding for the scorers, and the technical measures of clips, on real files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from curation.probing.child import inspect
from curation.probing.facts import Limits
from curation.scoring import decoding
from curation.scoring.loading import LoadFailed, SampleSpec, load, load_all, needs_of
from curation.scoring.measuring import measure
from curation.scoring.registry import MODEL_FREE, Settings, build_scorers
from curation.scoring.seam import Needs, Sample
from curation.scoring.technical_clip import TechnicalClipScorer
from curation.scoring.watching import Glimpse, Watcher
from tests.factories import media
from tests.factories.records import asset_id, valid_record

ALL = Needs(picture_px=64, clip_frames=4, picture_gray=True, speech=True, poses=True, environment=True)


def facts_of(path: Path) -> dict[str, Any]:
    return inspect(path, name=path.name, declared_type="", limits=Limits()).details


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> SampleSpec:
    """A revision with all modalities, its media as real files."""
    folder = tmp_path_factory.mktemp("media")
    files = {
        asset_id("clip"): media.write_clip(folder / "clip.mp4", seconds=2, fps=12, size=(128, 96)),
        asset_id("image"): media.write_picture(folder / "image.jpg", size=(1600, 1200)),
        asset_id("audio"): media.write_sound(folder / "audio.flac"),
        asset_id("poses"): media.write_poses(folder / "poses.npy", media.poses(24)),
        asset_id("env_map"): media.write_map(folder / "sky.exr", size=(2048, 1024)),
    }
    record = valid_record(duration_s=2.0, fps=12)
    return SampleSpec("r1", record, files, {asset: facts_of(path) for asset, path in files.items()})


def test_everything_is_decoded_small(spec: SampleSpec) -> None:
    sample = load(spec, ALL)
    [picture] = sample.pictures
    assert (picture.width, picture.height) == (1600, 1200)
    assert picture.rgb is not None
    assert picture.rgb.shape == (64, 85, 3)
    assert picture.gray is not None
    assert min(picture.gray.shape) == 512
    assert sample.clip is not None
    assert [frame.shape for frame in sample.clip.frames] == [(64, 85, 3)] * 4
    assert sample.sound is not None
    assert sample.sound.speech_16k is not None
    assert len(sample.sound.speech_16k) == pytest.approx(16_000, abs=50)
    assert sample.poses is not None
    assert sample.poses.shape == (24, 4, 4)
    assert sample.environment is not None
    assert sample.environment.pixels.shape == (256, 512, 3)
    assert sample.environment.peak == pytest.approx(500, rel=0.01)


class Shapes(Watcher[list[tuple[int, ...]]]):
    """Writes down what it was shown."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self.shapes: list[tuple[int, ...]] = []

    def see(self, glimpse: Glimpse) -> None:
        assert glimpse.index == len(self.shapes)
        self.shapes.append((*glimpse.gray.shape, *glimpse.bgr.shape, *glimpse.rgb(32).shape))

    def found(self) -> list[tuple[int, ...]]:
        return self.shapes


def test_watchers_see_every_frame_once_in_order_and_upright(spec: SampleSpec) -> None:
    needs = Needs(watchers=frozenset({Shapes})) | Needs(watchers=frozenset({Shapes}), picture_sizes=frozenset({48, 64}))
    sample = load(spec, needs)
    assert sample.clip is not None
    assert sample.clip.seen_by(Shapes) == [(96, 128, 96, 128, 3, 32, 43, 3)] * 24
    assert [image.shape for image in sample.pictures[0].sized.values()] == [(48, 64, 3), (64, 85, 3)]
    clip = asset_id("clip")
    turned = {**spec.facts, clip: {**spec.facts[clip], "rotation": 90}}
    portrait = load(SampleSpec("turned", spec.record, spec.paths, turned), needs).clip
    assert portrait is not None
    assert portrait.seen_by(Shapes) == [(128, 96, 128, 96, 3, 43, 32, 3)] * 24


def test_only_what_is_needed_is_decoded(spec: SampleSpec) -> None:
    sample = load(spec, Needs())
    assert sample.clip is not None
    assert (sample.clip.frames, sample.clip.watched) == ((), {})
    assert sample.sound is not None
    assert sample.sound.speech_16k is None
    assert (sample.poses, sample.environment, sample.pictures[0].rgb) == (None, None, None)


def test_one_broken_file_does_not_stop_the_rest(spec: SampleSpec, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff nothing")
    bad = SampleSpec("bad", spec.record, {**spec.paths, asset_id("image"): broken}, spec.facts)
    first, second = load_all([bad, spec], ALL)
    assert isinstance(first, LoadFailed)
    assert (first.sample_id, "Unidentified" in first.reason) == ("bad", True)
    assert isinstance(second, Sample)


def test_sound_in_the_clip_serves_where_there_is_no_other(spec: SampleSpec) -> None:
    record = {**spec.record, "audio": {"in_video": True}}
    sample = load(SampleSpec("r", record, spec.paths, spec.facts), Needs(speech=True))
    assert sample.sound is not None
    assert sample.sound.facts["sample_rate_hz"] == 48_000
    assert sample.sound.speech_16k is not None
    assert np.abs(sample.sound.speech_16k).max() == pytest.approx(0.2, abs=0.05)


def test_all_model_free_scorers_measure_a_whole_revision(spec: SampleSpec) -> None:
    scorers = build_scorers(Settings(Path("weights"), Path("models")), MODEL_FREE)
    [measured] = measure([load(spec, needs_of(scorers))], scorers)
    values = {item.metric: item.value for item in measured.measurements}
    assert measured.failures == {}
    assert values["clip.duration_s"] == pytest.approx(2, abs=0.01)
    assert values["clip.constant_frame_rate"] == 1
    assert values["clip.timeline_error_s"] == pytest.approx(0, abs=0.01)
    assert values["camera.pose_count_error"] == 0
    assert values["camera.declared_f1"] is not None
    assert values["lighting.map_aspect_ratio"] == 2
    assert values["lighting.dynamic_range_stops"] == pytest.approx(np.log2(500 / 0.2), abs=0.1)
    assert values["scene.words"] == 14
    assert all(item.source is not None for item in measured.measurements)
    listed = {metric for scorer in scorers for metric in scorer.metrics}
    assert values.keys() <= listed


def clip_values(tmp_path: Path, frame: Callable[[int], np.ndarray], count: int = 48) -> dict[str, Any]:
    frames = [frame(index) for index in range(count)]
    path = media.write_clip(
        tmp_path / "clip.mp4", seconds=count / 24, fps=24, size=(96, 64), frames=frames, with_sound=False
    )
    asset = asset_id("clip")
    record = {"video": {"asset": asset}, "scene": {}}
    sample = load(SampleSpec("c", record, {asset: path}, {asset: facts_of(path)}), TechnicalClipScorer.needs)
    [measured] = measure([sample], [TechnicalClipScorer()])
    return {item.metric: item for item in measured.measurements}


def test_luminance_of_a_clip_is_that_of_its_pictures(tmp_path: Path) -> None:
    for level in (0, 128, 255):
        found = clip_values(tmp_path, lambda _, level=level: np.full((64, 96, 3), level, np.uint8), count=12)
        assert found["clip.luminance_mean"].value == pytest.approx(level, abs=3)


def test_a_cut_is_found_where_it_is_and_movement_is_none(tmp_path: Path) -> None:
    dark, bright = media.picture(96, 64) // 3, 255 - media.picture(96, 64, seed=5) // 2
    moving = clip_values(tmp_path, lambda i: np.roll(dark, 2 * i, axis=1))
    assert moving["clip.shots"].value == 1
    cut = clip_values(tmp_path, lambda i: np.roll(dark if i < 24 else bright, 2 * i, axis=1))
    assert cut["clip.shots"].value == 2
    assert cut["clip.shots"].detail["cuts_at_s"] == [1.0]


def test_a_still_picture_is_frozen_and_a_moving_one_is_not(tmp_path: Path) -> None:
    still, half = media.picture(96, 64), media.picture(96, 64, seed=2)
    assert clip_values(tmp_path, lambda _: still)["clip.frozen_share"].value > 0.95
    assert clip_values(tmp_path, lambda i: np.roll(half, 3 * i, axis=1))["clip.frozen_share"].value < 0.05


def test_sixteen_bit_gray_and_transparent_pictures_are_read(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    Image.fromarray(ramp).save(tmp_path / "deep.png")
    Image.fromarray(media.picture()).convert("RGBA").save(tmp_path / "clear.png")
    deep = decoding.picture(tmp_path / "deep.png", "p", short_side=32, with_gray=True)
    assert deep.gray is not None
    assert deep.gray.mean() == pytest.approx(127, abs=2)
    clear = decoding.picture(tmp_path / "clear.png", "p", short_side=32, with_gray=False)
    assert clear.rgb is not None
    assert clear.rgb.shape[2] == 3
