"""Paths through key frames: they pass through each, stand outside, and are told as what they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.record import RecordRefused
from curation.record.cameras import COURSES, EASINGS, KeyFrame, looking_at, path_through
from curation.record.captions.movements import tell_path

NORTH = looking_at((0, 0, 0), (0, 0, -1))


def key(time_s: float, x: float, *, easing: str = "linear") -> KeyFrame:
    return KeyFrame(time_s, (x, 1.0, 0.0), NORTH, 1.0, easing)  # type: ignore[arg-type]


@given(
    xs=st.lists(st.floats(-50, 50), min_size=1, max_size=6),
    course=st.sampled_from(COURSES),
    easing=st.sampled_from(EASINGS),
)
def test_a_path_passes_through_its_key_frames(xs: list[float], course: str, easing: str) -> None:
    keys = [key(i / 2, x, easing=easing) for i, x in enumerate(xs)]
    path = path_through(keys, fps=24, num_frames=12 * len(xs), aspect=16 / 9, course=course)  # type: ignore[arg-type]
    assert np.allclose([path.positions[12 * i, 0] for i in range(len(xs))], xs, atol=1e-6)
    assert np.allclose(np.linalg.det(path.rotations), 1)
    assert np.allclose(path.intrinsics[:, 1], path.intrinsics[:, 0] * 16 / 9)


def test_the_camera_stands_before_the_first_key_frame_and_after_the_last() -> None:
    path = path_through([key(1, 0), key(2, 5)], fps=10, num_frames=40, aspect=1)
    assert np.ptp(path.positions[:11, 0]) == np.ptp(path.positions[20:, 0]) == 0
    assert path.positions[-1, 0] == 5


def test_easing_changes_when_not_where() -> None:
    placed = {
        easing: path_through([key(0, 0, easing=easing), key(1, 1)], fps=100, num_frames=101, aspect=1).positions[25, 0]
        for easing in EASINGS
    }
    assert placed["ease_in"] < placed["ease_in_out"] < placed["linear"] < placed["ease_out"]


@pytest.mark.parametrize(("roll", "down"), [(0.0, (0, -1, 0)), (90.0, (-1, 0, 0))])
def test_a_camera_that_looks_at_a_point_is_level_but_for_its_roll(roll: float, down: tuple[float, ...]) -> None:
    one = KeyFrame(0, (0, 0, 0), looking_at((0, 0, 0), (0, 0, -4), roll_deg=roll), 1.0)
    turn = path_through([one], fps=24, num_frames=1, aspect=1).rotations[0]
    assert np.allclose(turn[:, 2], (0, 0, -1))
    assert np.allclose(turn[:, 1], down, atol=1e-12)


def test_a_pan_and_a_slide_are_told_as_such() -> None:
    slide = path_through([key(0, 0), key(3, 4)], fps=24, num_frames=72, aspect=16 / 9)
    told = tell_path(slide)
    assert [one.name for one in told.primitives] == ["truck_right"]
    assert told.length_m == pytest.approx(4 * 71 / 72)
    assert told.words["en"].startswith("The camera ")
    assert told.words["ar"]
    turned = [KeyFrame(0, (0, 1, 0), NORTH, 1.0), KeyFrame(3, (0, 1, 0), looking_at((0, 1, 0), (1, 1, -1)), 1.0)]
    pan = tell_path(path_through(turned, fps=24, num_frames=73, aspect=16 / 9))
    assert [one.name for one in pan.primitives] == ["pan_right"]
    assert pan.turned_deg == pytest.approx(45, abs=0.1)


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ([], "no_key_frames"),
        ([key(1, 0), key(1, 2)], "times_not_increasing"),
        ([KeyFrame(0, (0, 0, 0), (0.0, 0.0, 0.0, 0.0), 1.0)], "not_a_rotation"),
    ],
)
def test_what_is_no_path_is_refused(keys: list[KeyFrame], code: str) -> None:
    with pytest.raises(RecordRefused) as refusal:
        path_through(keys, fps=24, num_frames=10, aspect=1)
    assert refusal.value.code == code


def test_a_camera_cannot_look_at_itself() -> None:
    with pytest.raises(RecordRefused, match="looks at where it stands"):
        looking_at((1, 2, 3), (1, 2, 3))
