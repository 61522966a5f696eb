"""Camera files are read in a process that may die of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curation.probing import Facts, Refusal, probe
from curation.probing.camera_conversion import LIMITS, POSES, convert_camera
from curation.record.cameras import export_camera, load_poses
from tests.unit.curation.record.camera_fuzzing import crate_of, package_of
from tests.unit.curation.record.camera_paths import random_path

PATH = random_path(41, 4)


def converted(tmp_path: Path, content: bytes, name: str, **options: Any) -> dict[str, Any] | Refusal:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "made").mkdir()
    limits = options.pop("limits", LIMITS)
    return convert_camera(tmp_path / name, tmp_path / "made", name=name, options=options, limits=limits)


@pytest.mark.parametrize("pack", [lambda text: text, crate_of, lambda text: package_of(crate_of(text))])
def test_usd_of_every_kind_is_read_within_the_limits(tmp_path: Path, pack: Any) -> None:
    facts = converted(tmp_path, pack(export_camera(PATH, "usd").files["camera.usda"]), "shot.usd")
    assert not isinstance(facts, Refusal)
    assert np.abs(load_poses((tmp_path / "made" / POSES).read_bytes()) - PATH.c2w).max() < 1e-9
    assert facts["lens"]["sensor_width_mm"] == pytest.approx(36)


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    content = export_camera(PATH, "usd").files["camera.usda"]
    found = converted(tmp_path, content, "shot.usda", limits=replace(LIMITS, cpu_s=0))
    assert isinstance(found, Refusal)
    assert found.code == "probe_timeout"


def test_a_file_that_kills_its_reader_is_refused(tmp_path: Path) -> None:
    """Found by fuzzing: USD 26.11 aborts over this layer ("Dereferenced an invalid SdfPrimSpec")."""
    reports = set(Path("/var/tmp").glob("st_python*"))
    content = (Path(__file__).parent / "data" / "crashes_usd_26.usd").read_bytes()
    found = converted(tmp_path, content, "shot.usd")
    assert isinstance(found, Refusal)
    assert found.code == "decoder_crashed"
    assert set(Path("/var/tmp").glob("st_python*")) == reports


def test_a_crate_that_asks_for_all_memory_is_refused(tmp_path: Path) -> None:
    """Where the table of contents of a crate is damaged, USD asks for as much memory as there is."""
    crate = bytearray(crate_of(export_camera(PATH, "usd").files["camera.usda"]))
    crate[-200:-8] = b"\xff" * 192
    found = converted(tmp_path, bytes(crate), "shot.usdc")
    assert isinstance(found, Refusal)
    assert found.code in {"not_usd", "probe_memory", "decoder_crashed"}


@pytest.mark.parametrize(
    ("format_", "name"),
    [("glb", "a.glb"), ("gltf", "a.gltf"), ("usd", "a.usda"), ("colmap_binary", "a.bin"), ("pluecker", "a.npy")]
    + [(name, "a.txt") for name in ("realestate10k", "colmap", "tum", "kitti", "nerfstudio", "blender", "multicam")],
)
def test_uploads_are_told_to_be_camera_files_of_their_format(tmp_path: Path, format_: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(next(iter(export_camera(PATH, format_).files.values())))
    found = probe(path, name=name, declared_type="")
    assert isinstance(found, Facts), found
    assert (found.kind, found.details["camera_format"]) == ("camera_file", format_)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("points3D.bin", b"\x07" + b"\0" * 99, "camera_unknown_format"),
        ("shot.zip", b"PK\x03\x04" + b"\0" * 99, "archive_not_accepted"),
        ("shot.glb", b"PXR-USDC" + b"\0" * 99, "type_mismatch"),
    ],
)
def test_what_only_looks_like_a_camera_file_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = probe(tmp_path / name, name=name, declared_type="")
    assert isinstance(found, Refusal)
    assert found.code == code
