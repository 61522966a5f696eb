"""The canonical .npy is opened without trusting its header."""

from io import BytesIO

import numpy as np
import pytest

from curation.record import RecordRefused
from curation.record.cameras import MAX_FRAMES, load_poses, save_poses
from tests.unit.curation.record.camera_paths import random_path


def saved(array: np.ndarray, **options: bool) -> bytes:
    stream = BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def with_header(header: str) -> bytes:
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def test_saved_poses_load_to_the_last_bit():
    path = random_path(1, 7)
    assert np.array_equal(load_poses(save_poses(path)), path.c2w)


@pytest.mark.parametrize(
    "array", [np.eye(4)[None].astype(">f8"), np.asfortranarray(np.eye(4)[None]), np.eye(4, dtype="f4")[None]]
)
def test_other_byte_orders_and_single_precision_are_converted(array: np.ndarray):
    loaded = load_poses(saved(array))
    assert loaded.dtype == np.float64
    assert np.array_equal(loaded, np.eye(4)[None])


def test_nan_poses_load_so_that_the_checks_can_name_them():
    poses = np.tile(np.eye(4), (3, 1, 1))
    poses[1, 0, 3] = np.nan
    assert np.isnan(load_poses(saved(poses))[1, 0, 3])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (with_header(f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({10**9}, 4, 4), }}"), "too_many_frames"),
        (with_header(f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({MAX_FRAMES}, 4, 4), }}"), "truncated"),
        (with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 4, 4), }"), "not_npy"),
        (with_header("{'descr': '|O', 'fortran_order': False, 'shape': (1, 4, 4), }"), "wrong_dtype"),
        (with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (1 1, 4, 4), }"), "not_npy"),
        (with_header("{'descr': '\u00f2f8', 'fortran_order': False, 'shape': (1, 4, 4), }"), "not_npy"),
        (with_header("__import__('os').system('false')"), "not_npy"),
        (b"\x93NUMPY", "not_npy"),
        (b"\x93NUMPY\x09\x00", "not_npy"),
        (b"PK\x03\x04", "not_npy"),
        (b"", "not_npy"),
        (saved(np.eye(4)), "wrong_shape"),
        (saved(np.zeros((3, 3, 4))), "wrong_shape"),
        (saved(np.zeros((0, 4, 4))), "no_frames"),
        (saved(np.zeros((2, 4, 4), dtype=np.int64)), "wrong_dtype"),
        (saved(np.zeros((2, 4, 4)))[:-1], "truncated"),
        (saved(np.zeros((2, 4, 4))) + b"x", "trailing_bytes"),
        (saved(np.array([[[{}] * 4] * 4], dtype=object), allow_pickle=True), "wrong_dtype"),
    ],
)
def test_files_that_are_not_poses_are_refused_by_name(content: bytes, code: str):
    with pytest.raises(RecordRefused) as refusal:
        load_poses(content)
    assert refusal.value.code == code
