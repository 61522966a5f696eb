"""Importers under damaged files and nonsense: only the named refusal, in bounded time and memory."""

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.probing.confinement import ENVIRONMENT
from curation.record import RecordRefused
from curation.record.cameras import FORMATS, import_camera
from tests.unit.curation.record.camera_bombs import BOMBS
from tests.unit.curation.record.camera_fuzzing import NATIVE, fuzz

REPO = Path(__file__).resolve().parents[4]
DEFAULT_CASES, DEEP_CASES = 2_000, 20_000
MAX_BYTES = 200 * 2**20
OURS = sorted(FORMATS.keys() - NATIVE)


@pytest.mark.parametrize("name", OURS)
def test_damaged_files_are_read_or_refused_by_name(name: str):
    found = fuzz(name, range(DEFAULT_CASES))
    assert 0 < found["read"] < DEFAULT_CASES
    assert len(found) > 3


def in_a_process(name: str, cases: int) -> tuple[int, int, int]:
    """How many cases were done and read in processes of their own, and how many of these died.

    A process that a case kills is followed by one that begins after that case.
    """
    first, read, died = 0, 0, 0
    while first < cases:
        program = [sys.executable, "-m", "tests.unit.curation.record.camera_fuzzing", name, str(first), str(cases)]
        with TemporaryDirectory() as folder:  # USD reports its crashes to a file
            environment = ENVIRONMENT | {"TMPDIR": folder}
            done = subprocess.run(program, cwd=REPO, capture_output=True, text=True, timeout=1_200, env=environment)
        assert done.returncode <= 0, done.stderr[-2_000:]
        last = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {"done": first, "read": 0, "grown_bytes": 0}
        assert last["grown_bytes"] < MAX_BYTES
        died += done.returncode < 0
        read += last["read"]
        first = last["done"] + (done.returncode < 0)
    return first, read, died


@pytest.mark.parametrize("name", sorted(NATIVE))
def test_damaged_files_of_native_readers_are_read_or_refused_or_kill_their_own_process_alone(name: str):
    done, read, died = in_a_process(name, DEFAULT_CASES)
    assert done >= DEFAULT_CASES
    assert 0 < read < DEFAULT_CASES
    assert died < DEFAULT_CASES // 100


@pytest.mark.deep
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_damaged_files_are_read_or_refused_by_name_within_200_megabytes_at_length(name: str):
    done, read, died = in_a_process(name, DEEP_CASES)
    assert done >= DEEP_CASES
    assert 0 < read < DEEP_CASES
    assert died == 0 or name in NATIVE


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["frames", "frame0", "cam01", "transform_matrix", "matrix_world", "w", "h", "fl_x", "lens", "asset",
                 "version", "nodes", "camera", "cameras", "children", "animations", "accessors", "buffers", "uri"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)  # fmt: skip
TOKENS = ["0", "1", "-1", "0.5", "nan", "x", "1e9", "#", "", "PINHOLE", "a.png"]
rows = st.lists(st.lists(st.sampled_from(TOKENS), max_size=24), max_size=5)
texts = rows.map(lambda lines: "\n".join(map(" ".join, lines)).encode())
jsons = json_values.map(lambda value: json.dumps(value).encode())


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400) | texts | jsons)
def test_nonsense_is_refused_or_read_whatever_it_is_taken_for(content: bytes):
    for name in (None, *OURS):
        try:
            found = len(import_camera(content, format=name).path) >= 1
        except RecordRefused as refusal:
            found = bool(refusal.code and refusal.problems[0].fix)
        assert found


LARGE_NONSENSE = {
    "one long line of numbers": b"1 " * 500_000,
    "blank lines": b"\n" * 300_000,
    "deep lists": b"[" * 1_000_000,
    "one long number": b"9" * 4_000_000,
    "commas": b"0," * 300_000,
    "a rows-long matrix": b"1 0 0 0 0 1 0 0 0 0 1 0\n" * 100_001,
    "short lines": b"12\n" * 500_000,
}


@pytest.mark.parametrize("content", LARGE_NONSENSE.values(), ids=LARGE_NONSENSE)
def test_large_nonsense_is_refused_quickly(content: bytes):
    started = time.perf_counter()
    for name in (None, *OURS):
        with pytest.raises(RecordRefused):
            import_camera(content, format=name)
    assert time.perf_counter() - started < 60


@pytest.mark.deep
@pytest.mark.parametrize("bomb", BOMBS)
def test_files_that_grow_as_they_are_read_stay_under_200_megabytes(bomb: str):
    program = [sys.executable, "-m", "tests.unit.curation.record.camera_bombs", bomb]
    done = subprocess.run(program, cwd=REPO, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert 0 < int(done.stdout) < MAX_BYTES
