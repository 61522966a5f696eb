"""Importers under mutated files: only the named refusal, in bounded time."""

import random
import time

import pytest

from curation.record import RecordRefused
from curation.record.cameras import FORMATS, export_camera, import_camera
from curation.record.cameras.checks import check_path
from tests.unit.curation.record.camera_paths import random_path

SPLICES = [
    b"nan", b"1e999", b"-", b"\n", b"\r\n", b" ", b",", b"\x00", b"\xff", b"[", b"{", b'"', b"]" * 9, b"9" * 400,
]  # fmt: skip
DEFAULT_CASES, DEEP_CASES = 200, 20_000
LONGEST_S = 10.0


def mutated(content: bytes, rng: random.Random) -> bytes:
    """The file with a few bytes, lines or stretches damaged."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[at:at] = rng.choice(SPLICES)
            case 1:
                del data[at : at + rng.randint(1, 40)]
            case 2:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 3:
                data[at:at] = data[: rng.randint(0, 200)]
            case 4:
                lines = bytes(data).split(b"\n")
                rng.shuffle(lines)
                data = bytearray(b"\n".join(lines))
            case _:
                del data[at:]
    return bytes(data)


def fuzz(name: str, cases: int) -> int:
    """How many mutants were read; every other one was refused by name."""
    seeds = [b"\n".join(export_camera(random_path(seed, 6), name).files.values()) for seed in range(4)]
    read, refused = 0, []
    for case in range(cases):
        rng = random.Random(f"{name}-{case}")
        content = mutated(rng.choice(seeds), rng)
        started = time.perf_counter()
        try:
            path = import_camera(content, format=rng.choice([name, None])).path
        except RecordRefused as refusal:
            refused.append(refusal)
        else:
            read += 1
            assert check_path(path)
        assert time.perf_counter() - started < LONGEST_S
    assert all(problem.code and problem.fix for refusal in refused for problem in refusal.problems)
    return read


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_mutated_files_are_read_or_refused_by_name(name: str):
    assert 0 <= fuzz(name, DEFAULT_CASES) < DEFAULT_CASES


@pytest.mark.deep
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_mutated_files_are_read_or_refused_by_name_at_length(name: str):
    assert 0 <= fuzz(name, DEEP_CASES) < DEEP_CASES


@pytest.mark.parametrize(
    "content", [b"1 " * 500_000, b"\n" * 300_000, b"[" * 1_000_000, b"9" * 4_000_000, b"0," * 300_000]
)
def test_large_nonsense_is_refused_quickly(content: bytes):
    started = time.perf_counter()
    for name in (None, *FORMATS):
        with pytest.raises(RecordRefused):
            import_camera(content, format=name)
    assert time.perf_counter() - started < 60
