"""Camera and description checks as scores."""

from typing import Any

import numpy as np
import pytest

from curation.scoring.camera_checks import CameraScorer
from curation.scoring.measuring import measure
from curation.scoring.scene_text import SceneTextScorer, contacts_in
from curation.scoring.seam import Clip, Measurement, Sample
from curation.scoring.word_errors import word_error_rate, words_of
from tests.factories import media
from tests.factories.records import valid_record


def camera_values(poses: np.ndarray | None, **camera: Any) -> dict[str, Measurement]:
    record = valid_record(duration_s=1.0)
    record["camera"] |= camera
    [measured] = measure([Sample("a", record, poses=poses)], [CameraScorer()])
    return {item.metric: item for item in measured.measurements}


def test_a_steady_dolly_agrees_with_its_declaration() -> None:
    path = np.tile(np.eye(4) @ np.diag([1.0, -1, -1, 1]), (24, 1, 1))
    path[:, 2, 3] = -0.05 * np.arange(24)
    found = camera_values(path)
    assert found["camera.declared_f1"].value == pytest.approx(1, abs=0.1)
    assert found["camera.finite_share"].value == 1
    assert found["camera.pose_count_error"].value == 0
    told = found["camera.declared_f1"].detail
    assert told["steadiness"] == "no_shaking"
    assert told["derived"][0]["rate"] == pytest.approx(0.05 * 24, rel=0.05)  # m/s
    wrong = camera_values(path, declared={"primitives": [{"name": "pan_left", "start_s": 0.0, "end_s": 1.0}]})
    assert wrong["camera.declared_f1"].value == 0
    assert wrong["camera.declared_f1"].detail["derived"][0]["name"] == "dolly_in"
    undeclared = camera_values(path, declared=None)["camera.declared_f1"]
    assert (undeclared.value, undeclared.detail["derived"][0]["name"]) == (None, "dolly_in")


def test_jitter_raises_the_jump_ratio_with_every_step() -> None:
    shake = np.random.default_rng(1).normal(size=(24, 3))
    ratios = []
    for size in (0.0, 0.02, 0.1, 0.5):
        path = media.poses(24, step_m=0.005)
        path[12, :3, 3] += size * shake[12]
        ratios.append(camera_values(path)["camera.jump_ratio_max"].value)
    assert ratios == sorted(ratios)
    assert ratios[-1] > 1 > ratios[0]


def test_nan_poses_are_measured_not_crashed_on() -> None:
    path = media.poses(24)
    path[3, 0, 0] = np.nan
    found = camera_values(path)
    assert found["camera.finite_share"].value < 1
    assert found["camera.declared_f1"].value is None


def test_camera_without_a_path_says_so() -> None:
    found = camera_values(None)
    assert found["camera.finite_share"].not_applicable == "no camera path was given"


def test_focal_length_over_sensor_width_has_to_be_fx() -> None:
    assert camera_values(None)["camera.focal_error_share"].value == pytest.approx(0)  # 32.4 / 36 is 0.9
    errors = [
        camera_values(None, lens={"focal_mm": 32.4 * f, "sensor_width_mm": 36.0})["camera.focal_error_share"].value
        for f in (1.0, 1.05, 1.2, 2.0)
    ]
    assert errors == sorted(errors)
    assert errors[1] < 0.1 < errors[2]
    zoom = [[0.5 + 0.1 * k, 0.9, 0.5, 0.5] for k in range(6)]
    assert (
        camera_values(None, intrinsics={"fx": 0.5, "fy": 0.9, "per_frame": zoom})["camera.focal_error_share"].value == 0
    )
    assert "camera.focal_error_share" not in camera_values(None, lens={"f_number": 2.8})


def test_path_and_clip_have_to_last_equally_long() -> None:
    record = valid_record(duration_s=1.0)
    for clip_s, error in ((1.0, 0.0), (1.04, 0.04), (3.0, 2.0)):
        sample = Sample("a", record, poses=media.poses(24), clip=Clip({"duration_s": clip_s}))
        [measured] = measure([sample], [CameraScorer()])
        found = {item.metric: item.value for item in measured.measurements}
        assert found["camera.clip_time_error_s"] == pytest.approx(error)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A red ball rolls over 12 boards in 1975 at 24 fps.", []),
        ("Write to me.now+x@mail.example.org or www.example.com/a?b", ["e-mail", "link"]),
        ("Call +49 (170) 123-45678, ask for @ballroller", ["phone number", "handle"]),
    ],
)
def test_addresses_in_text_are_counted_by_kind(text: str, kinds: list[str]) -> None:
    assert contacts_in(text) == kinds


def test_description_is_counted() -> None:
    record = valid_record()
    record["scene"] = {"caption_short": "A ball", "language": "en"}
    [measured] = measure([Sample("a", record)], [SceneTextScorer()])
    found = {item.metric: item for item in measured.measurements}
    assert found["scene.words"].value == 2
    assert found["scene.slots_missing"].detail["missing"] == ["subjects", "setting", "shot"]


def test_word_error_rate_counts_edits_and_forgives_case_and_marks() -> None:
    assert word_error_rate("the CAT sat.", "The cat sat") == 0
    assert word_error_rate("the cat", "the cat sat down") == 0.5
    assert word_error_rate("a dog sat in the sun", "the cat sat") == pytest.approx(5 / 3)
    assert words_of("Don\u2019t stop, 'now'!") == ["don't", "stop", "now"]
    with pytest.raises(ValueError, match="no words"):
        word_error_rate("anything", " ... ")
