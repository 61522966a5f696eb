"""One sample of all modalities is fingerprinted; what is missing or too plain is passed over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from curation.scoring.fingerprints.scorer import PDQ_QUALITY, FingerprintScorer
from curation.scoring.loading import SampleSpec, load, needs_of
from curation.scoring.measuring import measure
from curation.scoring.seam import Clip, Measurement, Picture, Sample
from tests.factories import media
from tests.factories.records import valid_record

SCORER = FingerprintScorer()


@pytest.fixture
def spec(tmp_path: Path) -> SampleSpec:
    rng = np.random.default_rng(0)
    poses = media.poses(24)
    poses[:, 0, 3] = np.cumsum(rng.standard_normal(24)) / 10
    files = {
        "image": media.write_picture(tmp_path / "ball.png", size=(320, 240)),
        "clip": media.write_clip(tmp_path / "shot.mp4", seconds=2, size=(320, 240)),
        "audio": media.write_sound(tmp_path / "noise.wav", rng.standard_normal(96_000).astype(np.float32) / 10),
        "poses": media.write_poses(tmp_path / "path.npy", poses),
        "env_map": media.write_map(tmp_path / "sky.exr", rng.random((32, 64, 3)).astype(np.float32) ** 4),
    }
    record = valid_record(
        image_assets=["image"], clip_asset="clip", audio_asset="audio", poses_asset="poses", env_map_asset="env_map"
    )
    facts = {
        "clip": {"num_frames": 24, "fps_num": 12, "fps_den": 1, "duration_s": 2.0},
        "audio": {"sample_rate_hz": 48_000, "channels": 1, "duration_s": 2.0},
    }
    return SampleSpec("one", record, files, facts)


def test_every_modality_leaves_a_fingerprint_under_its_part(spec: SampleSpec) -> None:
    [found] = measure([load(spec, needs_of([SCORER]))], [SCORER])
    assert found.failures == {}
    assert {(one.kind, one.part) for one in found.fingerprints} == {
        ("image", "reference_images.0"), ("clip", "video"), ("audio", "audio"), ("text", "scene"),
        ("camera", "camera"), ("environment", "lighting"),
    }  # fmt: skip
    assert all(one.points and one.data for one in found.fingerprints)


def test_the_same_sample_gives_the_same_fingerprints(spec: SampleSpec) -> None:
    sample = load(spec, needs_of([SCORER]))
    once, again = (measure([sample], [SCORER])[0].fingerprints for _ in range(2))
    for one, other in zip(once, again, strict=True):
        assert one.data == other.data
        assert {space: words.tobytes() for space, words in one.points.items()} == {
            space: words.tobytes() for space, words in other.points.items()
        }


def test_the_hash_of_a_picture_is_stored_as_the_record_writes_it() -> None:
    gray = media.picture(320, 240)[..., 1]
    answer = SCORER.score([Sample("one", {}, pictures=(Picture("reference_images.0", 320, 240, gray=gray),))])[0]
    [quality] = [one for one in answer if isinstance(one, Measurement)]
    assert (quality.metric, quality.part) == (PDQ_QUALITY, "reference_images.0")
    assert 0 <= (quality.value or 0) <= 100
    assert len(quality.detail["pdq"]) == 64
    assert int(quality.detail["pdq"], 16) >= 0


def test_a_sample_with_nothing_to_remember_is_no_failure() -> None:
    still = Sample("still", {"scene": {"caption_short": "Dark."}}, clip=Clip({}), poses=np.tile(np.eye(4), (9, 1, 1)))
    [found] = measure([still], [SCORER])
    assert (found.failures, found.fingerprints) == ({}, [])
