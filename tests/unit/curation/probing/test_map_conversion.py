"""Maps of other tools become canonical ones: colours, orientation and light survive, and what does not is said."""

from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
import pytest

from curation.probing import Facts, Limits, Refusal
from curation.probing.child import inspect
from curation.probing.map_child import convert
from curation.probing.map_conversion import convert_map
from curation.record import lighting
from tests.factories import media

AP1 = (0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767)
SUN = lighting.sun_direction(220, 35)


def sunny(height: int = 64) -> np.ndarray:
    """A map in canonical axes with the sun in the south-west, `[64, 128, 3]` float32."""
    toward = lighting.map_directions(height) @ SUN
    return (0.1 + 900.0 * (toward > 0.997))[..., None].astype(np.float32) * np.array([1, 0.9, 0.7], np.float32)


def converted(source: Path, **options: Any) -> tuple[dict[str, Any], np.ndarray, Facts]:
    """The conversion in this process: what it says, its pixels, and what the probe says of it."""
    target = source.with_name("canonical.exr")
    made = convert(source, target, format=source.suffix[1:], options=options, limits=Limits())
    pixels = OpenEXR.File(str(target)).channels()["RGB"].pixels
    return made, pixels, inspect(target, name="canonical.exr", declared_type="", limits=Limits())


def lost(made: dict[str, Any]) -> set[str]:
    return {loss["field"] for loss in made["losses"]}


def test_radiance_map_becomes_a_canonical_one_by_the_real_child(tmp_path: Path) -> None:
    source = media.write_radiance(tmp_path / "sky.hdr", sunny())
    made = convert_map(source, tmp_path / "made.exr", format="hdr", options={"orientation": "openexr"})
    assert isinstance(made, dict)
    assert made["source_format"] == "hdr"
    assert lost(made) == {"colorspace"}
    found = inspect(tmp_path / "made.exr", name="made.exr", declared_type="image/x-exr", limits=Limits())
    assert (found.kind, found.details["colorspace"]) == ("environment_map", "lin_rec709")
    light = lighting.MapLight.from_facts(found.details["light"])
    assert light.dominant is not None
    assert lighting.angle_between_deg(light.dominant.direction, SUN) < 1


def test_truncated_map_is_refused_by_the_child_and_leaves_nothing_of_worth(tmp_path: Path) -> None:
    source = media.write_radiance(tmp_path / "sky.hdr", sunny())
    source.write_bytes(source.read_bytes()[:-50])
    found = convert_map(source, tmp_path / "made.exr", format="hdr", options={})
    assert isinstance(found, Refusal)
    assert found.code == "environment_map_undecodable"
    assert not (tmp_path / "made.exr").exists()


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(cpu_s=0), "probe_timeout"), (Limits(memory_bytes=400 * 2**20), "probe_memory")],
)
def test_child_that_asks_for_too_much_is_refused_for_it(tmp_path: Path, limits: Limits, code: str) -> None:
    source = media.write_radiance(tmp_path / "sky.hdr", np.ones((2048, 4096, 3), np.float32))
    found = convert_map(source, tmp_path / "a.exr", format="hdr", options={}, limits=limits)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_map_that_fills_more_than_it_may_is_refused(tmp_path: Path) -> None:
    source = media.write_map(tmp_path / "a.exr", np.random.default_rng(0).random((64, 128, 3), np.float32))
    found = convert_map(source, tmp_path / "b.exr", format="exr", options={}, written_bytes=4_096)
    assert isinstance(found, Refusal)
    assert found.code == "map_unwritable"


@pytest.mark.parametrize("orientation", lighting.ORIENTATIONS)
def test_world_from_env_brings_a_turned_map_back_into_the_world(tmp_path: Path, orientation: str) -> None:
    # What another tool saves: the same sky with another azimuth in the middle.
    turn = (lighting.ORIENTATIONS["openexr"] - lighting.ORIENTATIONS[orientation]) / 360
    turned = np.roll(sunny(), round(turn * 128), axis=1)
    made, pixels, _ = converted(media.write_map(tmp_path / "a.exr", turned), orientation=orientation)
    assert "orientation" not in lost(made)
    found = lighting.dominant_light(pixels, world_from_env=made["world_from_env"])
    assert lighting.angle_between_deg(found.direction, SUN) < 0.5


def test_unknown_orientation_is_taken_as_openexrs_and_said(tmp_path: Path) -> None:
    made, _, _ = converted(media.write_map(tmp_path / "a.exr", sunny()))
    assert made["world_from_env"] == np.eye(3).ravel().tolist()
    assert lost(made) == {"orientation", "colorspace"}


def test_colours_named_by_the_file_are_brought_into_rec709(tmp_path: Path) -> None:
    grey_and_red = np.ones((8, 16, 3), np.float32)
    grey_and_red[:, 8:] = (0.6131, 0.0702, 0.0206)  # Rec.709's red in ACEScg
    made, pixels, _ = converted(media.write_map(tmp_path / "a.exr", grey_and_red, chromaticities=AP1))
    assert made["source_colorspace"] == "acescg"
    assert np.allclose(pixels[0, 0], 1, atol=1e-3)
    assert np.allclose(pixels[0, 12], [1, 0, 0], atol=2e-3)


def test_colours_named_by_the_uploader_go_before_those_of_the_file(tmp_path: Path) -> None:
    source = media.write_map(tmp_path / "a.exr", np.full((8, 16, 3), 0.5, np.float32), chromaticities=AP1)
    made, pixels, _ = converted(source, colorspace="srgb")
    assert (made["source_colorspace"], lost(made)) == ("srgb", {"orientation"})
    assert np.allclose(pixels, 0.21404, atol=1e-4)


def test_colours_outside_rec709_are_clipped_and_counted(tmp_path: Path) -> None:
    pixels = np.ones((8, 16, 3), np.float32)
    pixels[:, :4] = (0, 1, 0)
    made, kept, _ = converted(media.write_map(tmp_path / "a.exr", pixels), colorspace="lin_rec2020")
    assert kept.min() >= 0
    assert next(loss["message"] for loss in made["losses"] if loss["field"] == "gamut").startswith("25.00%")


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_pixels_that_are_canonical_keep_their_bits(tmp_path: Path, dtype: type[np.floating]) -> None:
    pixels = np.random.default_rng(1).random((16, 32, 3)).astype(dtype)
    _, kept, _ = converted(media.write_map(tmp_path / "a.exr", pixels))
    assert kept.dtype == dtype
    assert np.array_equal(kept, pixels)
