"""Camera paths and environment maps: a changed copy is recognised, an honest look-alike is not."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.transform import Rotation

from benchmarks import changes
from curation.scoring.fingerprints import kinds, maps, paths
from curation.scoring.fingerprints.words import distances
from studio import compose
from studio.camera_moves import path
from studio.film import environment_map

DURATION_S = 5.0


@cache
def poses(seed: int, **wishes: Any) -> np.ndarray:
    scene = compose(seed, duration_s=DURATION_S, fps=24, **wishes)
    return path(scene, scene.frame_times())[0]


def course(values: np.ndarray, duration_s: float = DURATION_S) -> paths.Course:
    found = paths.course_of(values, duration_s)
    assert found is not None
    return found


@pytest.mark.parametrize("change", changes.PATHS)
@pytest.mark.parametrize("wishes", [{"move": "truck_left"}, {"move": "arc_right", "steadiness": "handheld"}])
def test_a_changed_path_is_recognised(change: str, wishes: dict[str, Any]) -> None:
    original = course(poses(5, **wishes))
    move, of_character = changes.PATHS[change]
    copy = course(*move(poses(5, **wishes), DURATION_S))
    if of_character and not original.has_character:
        assert paths.compare_courses(original, copy) is None
        return
    assert paths.compare_courses(original, copy) is not None
    probes = kinds.camera("camera", copy).probes["camera"]
    assert distances(paths.movement_word(original), probes).min() <= kinds.RADII["camera"]


def test_a_handheld_path_has_a_character_and_a_dolly_has_none() -> None:
    assert course(poses(5, move="arc_right", steadiness="handheld")).has_character
    assert not course(poses(5, move="dolly_in", steadiness="smooth")).has_character


@pytest.mark.parametrize("move", ["dolly_in", "pan_left", "arc_left"])
@pytest.mark.parametrize("steadiness", ["smooth", "handheld"])
def test_the_same_move_by_two_people_is_no_copy(move: str, steadiness: str) -> None:
    takes = [course(poses(seed, move=move, steadiness=steadiness)) for seed in range(30, 36)]
    assert not [pair for pair in combinations(takes, 2) if paths.compare_courses(*pair)]


def test_cameras_that_stand_still_are_never_copies() -> None:
    assert paths.course_of(np.tile(np.eye(4), (48, 1, 1)), 2.0) is None
    assert paths.course_of(poses(7, move="static", steadiness="static"), DURATION_S) is None


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 3), arrays(np.float64, (6,), elements=st.floats(-1e6, 1e6)), st.floats(0.1, 30))
def test_any_world_will_do(seed: int, numbers: np.ndarray, scale: float) -> None:
    values = poses(seed, move="arc_right", steadiness="handheld")
    turn = Rotation.from_rotvec(numbers[:3] % 3).as_matrix()
    moved = values.copy()
    moved[:, :3, :3] = turn @ values[:, :3, :3]
    moved[:, :3, 3] = scale * values[:, :3, 3] @ turn.T + numbers[3:] / 1e3
    found = paths.compare_courses(course(values), course(moved))
    assert found is not None
    assert found.similarity > 0.9


@pytest.mark.parametrize("broken", [np.full((9, 4, 4), np.nan), np.zeros((9, 4, 4)), np.eye(4)[None]])
def test_a_broken_path_has_no_course(broken: np.ndarray) -> None:
    assert paths.course_of(broken, 1.0) is None


def sky(pixels: np.ndarray) -> np.ndarray:
    found = maps.sky_of(pixels)
    assert found is not None
    return found


@pytest.mark.parametrize("place", ["street", "living room", "town square"])
@pytest.mark.parametrize("change", changes.MAPS)
def test_a_changed_map_is_recognised(place: str, change: str) -> None:
    pixels = environment_map(compose(3, place=place), height=64)
    original, copy = sky(pixels), sky(changes.MAPS[change](pixels))
    assert maps.compare_skies(original, copy) is not None
    assert distances(maps.turns_word(original), maps.turns_word(copy))[0, 0] <= kinds.RADII["environment"]


def test_the_turn_of_a_map_is_named() -> None:
    pixels = environment_map(compose(3, place="street"), height=64)
    found = maps.compare_skies(sky(pixels), sky(np.roll(pixels, 32, axis=1)))
    assert found is not None
    assert found.changes == "turned 90"


def test_skies_over_the_same_kind_of_place_are_no_copies() -> None:
    skies = [sky(environment_map(compose(seed, place="gallery", time_of_day="noon"), height=64)) for seed in range(8)]
    assert not [pair for pair in combinations(skies, 2) if maps.compare_skies(*pair)]


@pytest.mark.parametrize(
    "pixels",
    [
        np.ones((64, 128, 3), np.float32),
        np.zeros((64, 128, 3), np.float32),
        np.full((64, 128, 3), np.inf, np.float32),
        np.ones((16, 32, 3), np.float32),
        np.ones((64, 64, 3), np.float32),
        np.repeat(np.linspace(0, 5, 64, dtype=np.float32)[:, None, None], 128, axis=1).repeat(3, axis=2),
    ],
)
def test_a_map_that_is_broken_or_the_same_all_around_is_not_remembered(pixels: np.ndarray) -> None:
    assert maps.sky_of(pixels) is None
