"""Paths on other clocks and for other frames."""

import numpy as np
import pytest
from hypothesis import given, settings

from curation.record import RecordRefused
from curation.record.cameras import CameraPath, crop, resample, resize, with_times
from tests.unit.curation.record.camera_paths import MOVES, START, looking, moving, paths, random_path


@settings(max_examples=30, deadline=None)
@given(path=paths)
def test_resampling_at_its_own_times_gives_the_path_back(path: CameraPath):
    same = resample(path, path.times_s)
    assert np.abs(same.c2w - path.c2w).max() < 1e-9
    assert np.abs(same.intrinsics - path.intrinsics).max() < 1e-12


@settings(max_examples=30, deadline=None)
@given(path=paths)
def test_resampled_rotations_are_rotations(path: CameraPath):
    between = resample(path, np.linspace(path.times_s[0], path.times_s[-1], 17))
    products = np.swapaxes(between.rotations, 1, 2) @ between.rotations
    assert np.abs(products - np.eye(3)).max() < 1e-12
    assert np.allclose(np.linalg.det(between.rotations), 1)


def test_halfway_between_two_headings_is_the_middle_heading():
    poses = np.array([looking(START, START + np.array([np.sin(a), 0, -np.cos(a)])) for a in (0.0, 1.0)])
    middle = resample(CameraPath(poses, times_s=np.array([0.0, 1.0])), np.array([0.5]))
    assert np.allclose(middle.c2w[0], looking(START, START + np.array([np.sin(0.5), 0, -np.cos(0.5)])))


def test_a_frame_past_the_end_takes_the_last_pose_and_more_is_refused():
    path = moving(MOVES["dolly_in"])
    assert np.allclose(resample(path, np.array([5.0 + 1 / 24])).c2w[0], path.c2w[-1])
    with pytest.raises(RecordRefused) as refusal:
        resample(path, np.array([6.0]))
    assert refusal.value.code == "outside_path"


def test_paths_without_increasing_times_are_refused():
    path = random_path(1, 4)
    for times in (None, np.zeros(4)):
        with pytest.raises(RecordRefused):
            resample(CameraPath(path.c2w, times_s=times), np.array([0.0]))


def test_frame_rate_gives_times():
    assert with_times(CameraPath(np.tile(np.eye(4), (3, 1, 1))), 25).times_s.tolist() == [0, 0.04, 0.08]


def test_resize_leaves_normalised_intrinsics_alone():
    path = random_path(2, 3)
    assert np.array_equal(resize(path, 640, 360).intrinsics, path.intrinsics)
    assert resize(path, 640, 360).width == 640


def test_crop_keeps_the_ray_of_every_remaining_pixel():
    path = random_path(3, 2)
    window = crop(path, 100, 50, 600, 400)
    pixel = np.array([350.0, 200.0])
    fx, fy, cx, cy = path.intrinsics[0] * [1280, 720, 1280, 720]
    gx, gy, hx, hy = window.intrinsics[0] * [600, 400, 600, 400]
    before = ((pixel[0] - cx) / fx, (pixel[1] - cy) / fy)
    after = ((pixel[0] - 100 - hx) / gx, (pixel[1] - 50 - hy) / gy)
    assert np.allclose(before, after)


def test_crop_outside_the_frame_or_without_intrinsics_is_refused():
    path = random_path(4, 2)
    with pytest.raises(RecordRefused):
        crop(path, 1000, 0, 600, 400)
    with pytest.raises(RecordRefused):
        crop(CameraPath(path.c2w), 0, 0, 10, 10)


@pytest.mark.parametrize("shape", [(0, 4, 4), (2, 3, 4), (100_001, 4, 4)])
def test_paths_of_a_wrong_shape_cannot_be_made(shape: tuple[int, ...]):
    with pytest.raises(ValueError, match=r"frames|shape"):
        CameraPath(np.zeros(shape))
