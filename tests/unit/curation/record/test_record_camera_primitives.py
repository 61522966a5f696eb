"""Paths told in words, against paths whose words are known."""

import numpy as np
import pytest

from curation.record import RecordRefused
from curation.record.cameras import CameraPath, Primitive, derive_primitives, primitive_f1
from curation.record.cameras.rotations import matrix_from_quaternion
from tests.unit.curation.record.camera_paths import AHEAD, EAST, MOVES, START, UP, looking, moving


def names(path: CameraPath, **options: float) -> list[str]:
    return [primitive.name for primitive in derive_primitives(path, **options)]


@pytest.mark.parametrize("name", MOVES)
def test_each_movement_is_told_by_its_name_over_its_whole_length(name: str):
    path = moving(MOVES[name])
    derived = derive_primitives(path)
    assert [primitive.name for primitive in derived] == [name]
    assert primitive_f1([Primitive(name, 0.0, 5.0, 1.0)], derived, 5.0) > 0.95


@pytest.mark.parametrize("name", sorted(set(MOVES) - {"arc_cw", "arc_ccw"}))
def test_movements_are_told_without_knowing_up(name: str):
    assert names(moving(MOVES[name], up="unknown")) == [name]


@pytest.mark.parametrize(("zoom", "name"), [(0.5, "zoom_in"), (-0.4, "zoom_out")])
def test_change_of_focal_length_is_a_zoom(zoom: float, name: str):
    assert names(moving(MOVES["static"], zoom=zoom)) == [name]


def shaken(move, degrees: float):
    phases = np.random.default_rng(1).uniform(0, 6, 3)

    def pose(share: float) -> np.ndarray:
        angles = np.radians(degrees) * np.sin(2 * np.pi * np.array([4, 5, 6]) * share * 5 + phases)
        result = move(share)
        result[:3, :3] = result[:3, :3] @ matrix_from_quaternion(np.array([1.0, *(angles / 2)]))
        return result

    return pose


@pytest.mark.parametrize("name", MOVES)
def test_handheld_shake_does_not_hide_the_movement(name: str):
    assert names(moving(shaken(MOVES[name], 0.5))) == [name]


def test_movements_one_after_the_other_are_told_in_order_at_their_times():
    def move(share: float) -> np.ndarray:
        slid, turned = min(share, 0.5) * 2, max(share - 0.5, 0)
        at = START + EAST * slid
        return looking(at, at + np.array([np.sin(turned), -0.1, -np.cos(turned)]))

    derived = derive_primitives(moving(move, seconds=8.0))
    assert [primitive.name for primitive in derived] == ["truck_right", "pan_right"]
    assert derived[0].end_s == pytest.approx(4.0, abs=0.35)
    assert derived[1].start_s == pytest.approx(4.0, abs=0.35)


def test_movements_at_once_are_told_together():
    def move(share: float) -> np.ndarray:
        at = START + AHEAD * share
        return looking(at, at + np.array([0, np.tan(0.4 * share - 0.2), -1]))

    assert set(names(moving(move))) == {"dolly_in", "tilt_up"}


def test_slow_drift_below_the_threshold_is_static():
    assert names(moving(lambda share: looking(START + EAST * 0.1 * share, START + EAST * 0.1 * share + AHEAD))) == [
        "static"
    ]


def test_translation_threshold_follows_the_depth_of_the_scene():
    far = moving(lambda share: looking(START + EAST * share, START + EAST * share + AHEAD))
    assert names(far) == ["truck_right"]
    assert names(far, scene_depth_m=100.0) == ["static"]


def test_faster_movement_is_told_with_more_confidence():
    slow, fast = (
        derive_primitives(
            moving(lambda share, k=k: looking(START + EAST * k * share, START + EAST * k * share + AHEAD))
        )[0]
        for k in (0.5, 5.0)
    )
    assert 0.5 < slow.confidence < fast.confidence < 1


@pytest.mark.parametrize(("metres", "speed", "rate"), [(0.5, "slow", 0.1), (3.0, "regular", 0.6), (10.0, "fast", 2.0)])
def test_speed_of_a_slide_is_told_in_metres_a_second(metres: float, speed: str, rate: float):
    (told,) = derive_primitives(
        moving(lambda share: looking(START + EAST * metres * share, START + EAST * metres * share + AHEAD))
    )
    assert (told.name, told.speed) == ("truck_right", speed)
    assert told.rate == pytest.approx(rate, rel=1e-6)


def test_speed_of_a_turn_is_told_in_degrees_a_second():
    (told,) = derive_primitives(moving(MOVES["pan_right"]))
    assert told.rate == pytest.approx(np.degrees(0.5) / 5, rel=1e-3)
    assert told.speed == "slow"


def test_movement_that_starts_and_stops_gently_is_told_over_most_of_its_length():
    def eased(share: float) -> np.ndarray:
        return MOVES["pan_right"](float(np.clip(2 * share - 0.5, 0, 1) ** 2 * (3 - 2 * np.clip(2 * share - 0.5, 0, 1))))

    told = derive_primitives(moving(eased, seconds=6.0))
    assert [primitive.name for primitive in told] == ["static", "pan_right", "static"]
    assert told[1].start_s == pytest.approx(1.5, abs=0.25)
    assert told[1].end_s == pytest.approx(4.5, abs=0.25)


def test_crane_that_rises_with_a_camera_that_looks_down_is_a_pedestal():
    down = AHEAD + np.array([0.0, -0.6, 0.0])
    rising = moving(lambda share: looking(START + UP * 2 * share, START + UP * 2 * share + down))
    assert names(rising) == ["pedestal_up"]


def test_slide_against_a_turn_is_an_arc_only_around_something_at_the_distance_of_the_scene():
    path = moving(MOVES["arc_ccw"])  # a radius of 4 m
    assert names(path, scene_depth_m=4.0) == ["arc_ccw"]
    assert set(names(path, scene_depth_m=40.0)) == {"pan_left", "truck_right"}


def test_dolly_zoom_is_told_as_its_two_movements():
    assert set(names(moving(MOVES["dolly_out"], zoom=0.4))) == {"dolly_out", "zoom_in"}


def test_arc_agrees_with_its_parts():
    parts = [Primitive("truck_right", 0, 5, 1), Primitive("pan_left", 0, 5, 1)]
    assert primitive_f1([Primitive("arc_ccw", 0, 5, 1)], parts, 5.0) == 1.0


def test_agreement_falls_with_wrong_names_and_with_missing_time():
    declared = [Primitive("dolly_in", 0, 4, 1)]
    assert primitive_f1(declared, [Primitive("dolly_out", 0, 4, 1)], 4.0) == 0
    assert primitive_f1(declared, [Primitive("dolly_in", 0, 2, 1)], 4.0) == pytest.approx(2 / 3)


def test_movements_named_by_the_subject_are_not_compared():
    assert primitive_f1([Primitive("side_tracking", 0, 5, 1)], [Primitive("truck_left", 0, 5, 1)], 5.0) is None


def test_paths_without_increasing_times_or_with_nan_are_refused():
    path = moving(MOVES["static"])
    with pytest.raises(RecordRefused):
        derive_primitives(CameraPath(path.c2w))
    broken = np.array(path.c2w)
    broken[0, 0, 0] = np.nan
    with pytest.raises(RecordRefused):
        derive_primitives(CameraPath(broken, times_s=path.times_s))


def test_one_pose_is_static():
    assert names(CameraPath(np.eye(4)[None], times_s=np.zeros(1))) == ["static"]
