"""The child may die of a file in any way; the parent always has words for it."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from curation.probing import Limits, ProbeBroken, Refusal, confinement, probe
from curation.probing.process import _death
from tests.factories import media
from tests.services import REPO


def test_too_little_memory_is_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "big.png"
    Image.new("RGB", (8000, 8000)).save(path, compress_level=1)
    found = probe(path, name="big.png", declared_type="", limits=Limits(memory_bytes=96 * 2**20))
    assert isinstance(found, Refusal)
    assert found.code == "probe_memory"


def test_too_little_time_is_a_refusal(tmp_path: Path) -> None:
    path = media.write_clip(tmp_path / "a.mp4", with_sound=False)
    found = probe(path, name="a.mp4", declared_type="", limits=Limits(wall_s=0.01))
    assert isinstance(found, Refusal)
    assert found.code == "probe_timeout"


def test_too_much_processor_time_is_a_refusal(tmp_path: Path) -> None:
    path = media.write_clip(tmp_path / "a.mp4", with_sound=False)
    found = probe(path, name="a.mp4", declared_type="", limits=replace(Limits(), cpu_s=0))
    assert isinstance(found, Refusal)
    assert found.code == "probe_timeout"


@pytest.mark.parametrize(
    ("death", "stderr", "code"),
    [
        (signal.SIGSEGV, b"", "decoder_crashed"),
        (signal.SIGABRT, b"terminate called after throwing 'std::bad_alloc'", "probe_memory"),
        (signal.SIGKILL, b"", "probe_memory"),
        (signal.SIGXCPU, b"", "probe_timeout"),
    ],
)
def test_each_death_has_its_name(death: int, stderr: bytes, code: str) -> None:
    assert _death(-death, stderr, Limits()).code == code


def test_a_fault_of_the_probe_itself_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(ProbeBroken, match="missing"):
        probe(tmp_path / "missing.png", name="missing.png", declared_type="")


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3_SECRET_ACCESS_KEY", "hush")
    told = confinement.run("tests.factories.environment", {}, wall_s=30).stdout
    assert b"LANG=C.UTF-8" in told
    assert b"hush" not in told


def test_a_child_ends_with_its_parent() -> None:
    steps = ["import time", "from curation.probing.confinement import read_request", "read_request()"]
    waiting = "; ".join([*steps, "print(1, flush=True)", "time.sleep(60)"])
    reading, writing = os.pipe()
    command = [sys.executable, "-c", waiting]
    with subprocess.Popen(command, stdin=reading, stdout=subprocess.PIPE, cwd=REPO) as child:
        os.write(writing, b"{}\n")
        assert child.stdout is not None
        assert child.stdout.readline() == b"1\n"
        os.close(writing)  # as the kernel does for a parent that is killed
        assert child.wait(30) == -signal.SIGIO
    os.close(reading)
