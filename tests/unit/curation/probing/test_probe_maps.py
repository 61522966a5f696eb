"""Environment maps as they circulate: OpenEXR and Radiance, with and without primaries, whole, odd and hostile."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from curation.probing import Facts, Limits, probe
from curation.probing.child import inspect
from curation.probing.facts import Refused
from curation.probing.map_files import read_map
from curation.record import lighting
from tests.factories import media

REC709 = (0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329)
AP1 = (0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767)
HEAD = b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n"
XYZ = HEAD.replace(b"rgbe", b"xyze")
FLAT = b"\x80\x40\x20\x81" * 8  # eight pixels of (1, 0.5, 0.25)


def facts_here(path: Path) -> Facts:
    return inspect(path, name=path.name, declared_type="", limits=Limits())


def refusal_here(path: Path) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        facts_here(path)
    return caught.value.refusal.code, caught.value.refusal.message


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_light_of_a_canonical_map_is_kept_in_numbers_by_the_real_child(tmp_path: Path) -> None:
    found = probe(media.write_map(tmp_path / "sky.exr", size=(512, 256)), name="sky.exr", declared_type="")
    assert isinstance(found, Facts)
    kept = lighting.MapLight.from_facts(found.details["light"])
    assert kept.dominant is not None
    assert lighting.angle_between_deg(kept.dominant.direction, lighting.map_directions(256)[64, 128]) < 0.5
    assert kept.range_stops == pytest.approx(np.log2(500 / 0.2), abs=0.01)


def test_radiance_map_is_a_light_file_with_its_pixels_to_eight_bits(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).uniform(0.5, 3.0, (16, 32, 3)).astype(np.float32)
    path = media.write_radiance(tmp_path / "sky.hdr", pixels)
    found = facts_here(path)
    assert (found.kind, found.content_type, found.details["format"]) == ("light_file", "image/vnd.radiance", "hdr")
    read = np.stack(read_map(path, format="hdr", limits=Limits()).bands, axis=-1)
    assert np.abs(read - pixels).max() < 3.0 / 128


def test_exposure_and_correction_of_a_radiance_header_are_undone(tmp_path: Path) -> None:
    pixels = np.full((8, 16, 3), 2.0, np.float32)
    path = media.write_radiance(tmp_path / "a.hdr", pixels, lines=("EXPOSURE=4", "EXPOSURE=0.5", "COLORCORR=1 2 1"))
    red, green, _ = read_map(path, format="hdr", limits=Limits()).bands
    assert float(red[0, 0]) == pytest.approx(1.0)
    assert float(green[0, 0]) == pytest.approx(0.5)


def test_flat_radiance_pixels_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.hdr", HEAD + b"-Y 2 +X 4\n" + FLAT)
    assert float(read_map(path, format="hdr", limits=Limits()).bands[0][0, 0]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("primaries", "kind", "space"),
    [(REC709, "environment_map", "lin_rec709"), (AP1, "light_file", "acescg"), (None, "environment_map", None)],
)
def test_primaries_decide_whether_an_openexr_map_is_canonical(
    tmp_path: Path, primaries: tuple[float, ...] | None, kind: str, space: str | None
) -> None:
    attributes = {"chromaticities": primaries} if primaries else {}
    found = facts_here(media.write_map(tmp_path / "a.exr", **attributes))
    assert (found.kind, found.details["colorspace"]) == (kind, space)


def test_primaries_of_a_radiance_map_are_known_by_name(tmp_path: Path) -> None:
    line = "PRIMARIES=" + " ".join(map(str, AP1))
    assert facts_here(media.write_radiance(tmp_path / "a.hdr", lines=(line,))).details["colorspace"] == "acescg"


@pytest.mark.parametrize(
    ("size", "layout"),
    [((64, 48), "cube cross"), ((48, 64), "cube cross"), ((96, 16), "cube strip"), ((32, 32), "ball")],
)
def test_other_layouts_are_refused_by_their_name(tmp_path: Path, size: tuple[int, int], layout: str) -> None:
    code, message = refusal_here(media.write_map(tmp_path / "a.exr", size=size))
    assert code == "environment_map_not_2_1"
    assert layout in message


def cut(path: Path) -> Path:
    media.write_radiance(path, media.sky((256, 128)) + np.random.default_rng(0).random((128, 256, 3), np.float32))
    return written(path, path.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (lambda p: written(p, HEAD + b"-Y 50000 +X 100000\n" + FLAT), "environment_map_too_large", "50000"),
        (lambda p: written(p, HEAD + b"-Y 999999999999 +X 4\n" + FLAT), "environment_map_undecodable", "order"),
        (lambda p: written(p, HEAD + b"+Y 2 +X 4\n" + FLAT), "environment_map_undecodable", "order"),
        (lambda p: written(p, HEAD + b"-Y 4 +X 8\n" + FLAT), "environment_map_undecodable", "before 1991"),
        (lambda p: written(p, HEAD[:20]), "environment_map_undecodable", "does not end"),
        (lambda p: written(p, XYZ + b"-Y 2 +X 4\n" + FLAT), "environment_map_undecodable", "xyze"),
        (lambda p: media.write_radiance(p, lines=("EXPOSURE=0",)), "environment_map_undecodable", "EXPOSURE"),
        (lambda p: media.write_radiance(p, lines=("EXPOSURE=nan",)), "environment_map_undecodable", "EXPOSURE"),
        (lambda p: media.write_radiance(p, lines=("PRIMARIES=1 2 3",)), "environment_map_undecodable", "PRIMARIES"),
        (lambda p: media.write_radiance(p, lines=("PRIMARIES=" + ".3 " * 8,)), "environment_map_undecodable", "line"),
        (cut, "environment_map_undecodable", "cut short"),
    ],
)  # fmt: skip
def test_hostile_and_odd_radiance_files_are_refused(
    tmp_path: Path, make: Callable[[Path], Path], code: str, words: str
) -> None:
    found = refusal_here(make(tmp_path / "a.hdr"))
    assert found[0] == code
    assert words in found[1]


def test_damaged_radiance_bytes_never_do_more_than_be_refused(tmp_path: Path) -> None:
    whole = media.write_radiance(tmp_path / "a.hdr").read_bytes()
    rng = np.random.default_rng(5)
    outcomes = set()
    for place in range(60):
        data = bytearray(whole)
        for spot in rng.integers(0, len(data), 3):
            data[spot] = rng.integers(0, 256)
        path = written(tmp_path / f"{place}.hdr", bytes(data))
        try:
            outcomes.add(facts_here(path).kind)
        except Refused as refused:
            outcomes.add(refused.refusal.code)
    assert "light_file" in outcomes
    assert outcomes - {"light_file"}
