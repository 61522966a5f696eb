"""The declared light against how pictures look, on balls lit from a known side."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curation.gating import default_policy, judge
from curation.record import lighting as light
from curation.scoring.decoding import clip as decoded_clip
from curation.scoring.light_in_picture import PICTURE_PX, LightInPictureScorer, LightWatcher, light_of, together
from curation.scoring.measuring import measure
from curation.scoring.seam import Clip, Measurement, Picture, Sample
from tests.factories import media
from tests.factories.records import valid_record

SIZE = (256, 144)


def balls(toward: tuple[float, float, float], colour: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    """Matt balls `[144, 256, 3]` uint8 sRGB; `toward` is right, up, to the viewer."""
    width, height = SIZE
    y, x = np.mgrid[0:height, 0:width].astype(float)
    shade = np.full((height, width), 0.15)
    direction = np.asarray(toward) / np.linalg.norm(toward)
    for centre_x, centre_y, radius in ((60, 70, 45), (150, 60, 50), (220, 100, 30)):
        right, up = (x - centre_x) / radius, (centre_y - y) / radius
        inside = right**2 + up**2 < 1
        depth = np.sqrt(np.clip(1 - right**2 - up**2, 0, 1))
        lit = 0.06 + 0.8 * np.clip(right * direction[0] + up * direction[1] + depth * direction[2], 0, 1)
        shade[inside] = lit[inside]
    linear = np.clip(shade[..., None] * np.array(colour), 0, 1)
    return (255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)).astype(np.uint8)


def white(cct_k: float) -> tuple[float, ...]:
    u, v = light.planckian_uv(cct_k)
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    rgb = np.linalg.solve(light.XYZ_FROM_REC709, [x / y, 1, (1 - x - y) / y])
    return tuple(rgb / rgb.max())


def record_with(setting: dict[str, Any] | None = None, **lighting: Any) -> dict[str, Any]:
    record = valid_record()
    record["lighting"] = {"static": True, "source": "authored", **lighting}
    record["scene"]["setting"] |= setting or {}
    return record


def measured(image: np.ndarray, record: dict[str, Any], poses: np.ndarray | None = None) -> dict[str, Measurement]:
    clip = Clip({"duration_s": 5.0}, watched={LightWatcher: light_of(image)})
    [found] = measure([Sample("a", record, clip=clip, poses=poses)], [LightInPictureScorer()])
    return {item.metric: item for item in found.measurements}


def codes(image: np.ndarray, record: dict[str, Any]) -> set[str]:
    found = judge(default_policy(), list(measured(image, record).values()), record).findings
    return {item.code for item in found if item.code.startswith("lighting_")}


@pytest.mark.parametrize(("word", "side"), [("left", -1), ("front_right", 1), ("back_left", -1), ("right", 1)])
def test_shading_tells_the_side_and_the_other_side_is_caught(word: str, side: int) -> None:
    record = record_with(tags={"key_direction": word})
    assert codes(balls((side, 0.4, 0.5)), record) == set()
    assert codes(balls((-side, 0.4, 0.5)), record) == {"lighting_side_not_in_picture"}


def test_light_from_the_front_or_on_no_declared_side_is_not_judged() -> None:
    value = measured(balls((1, 0, 0.5)), record_with(tags={"key_direction": "front"}))["lighting.picture_side_conflict"]
    assert value.not_applicable == "no key light from one side is declared"
    assert codes(balls((0, 0.2, 1)), record_with(tags={"key_direction": "left"})) == set()


def test_key_in_numbers_is_seen_by_the_camera_of_the_middle_frame() -> None:
    poses = np.tile(np.diag([1.0, -1.0, -1.0, 1.0]), (3, 1, 1))  # north
    east = record_with(sun={"azimuth_deg": 90.0, "elevation_deg": 20.0})
    assert measured(balls((1, 0, 0.5)), east, poses)["lighting.picture_side_conflict"].value == 0
    assert measured(balls((-1, 0, 0.5)), east, poses)["lighting.picture_side_conflict"].value > 0.05


def test_conflict_rises_as_the_light_wanders_to_the_other_side() -> None:
    record = record_with(tags={"key_direction": "left"})
    images = [balls((side, 0.3, 1.0)) for side in (-1.0, 0.0, 0.25, 0.5, 1.0)]
    values = [measured(image, record)["lighting.picture_side_conflict"].value for image in images]
    assert values == sorted(values)
    assert values[0] == 0 < values[-1]


@pytest.mark.parametrize(
    ("declared_k", "picture_k", "caught"), [(2700, 2900, False), (2700, 6500, False), (2700, 20_000, True)]
)
def test_tint_is_caught_only_on_the_other_side_of_neutral(declared_k: int, picture_k: int, caught: bool) -> None:
    found = codes(balls((0, 0, 1), white(picture_k)), record_with(cct_k=float(declared_k)))
    assert (found == {"lighting_tint_not_in_picture"}) == caught


def test_grey_world_temperature_is_that_of_the_picture() -> None:
    found = measured(balls((0, 0, 1), white(4000)), record_with(cct_k=4000.0))["lighting.picture_tint_conflict_mired"]
    assert found.detail["picture_k"] == pytest.approx(4000, rel=0.03)


@pytest.mark.parametrize(
    ("hour", "interior", "level", "code"),
    [
        ("night", False, 200, "lighting_night_is_bright"),
        ("night", False, 40, None),
        ("night", True, 200, None),
        ("noon", False, 10, "lighting_day_is_dark"),
        ("noon", False, 120, None),
        ("dusk", False, 10, None),
    ],
)
def test_brightness_is_held_against_the_hour_outdoors(hour: str, interior: bool, level: int, code: str | None) -> None:
    image = np.full((144, 256, 3), level, np.uint8)
    record = record_with({"time_of_day": hour, "interior": interior}, tags={"quality": "soft"})
    assert codes(image, record) == ({code} if code else set())


def test_pictures_of_the_set_serve_where_there_is_no_clip_and_those_of_a_style_do_not() -> None:
    record = record_with(tags={"key_direction": "left"})
    image = balls((1, 0.4, 0.5))
    picture = Picture("reference_images.0", 256, 144, sized={PICTURE_PX: image})
    for role, counts in (("first_frame", True), ("background", True), ("style", False)):
        record["reference_images"] = [{"asset": "x", "role": role}]
        [found] = measure([Sample("a", record, pictures=(picture,))], [LightInPictureScorer()])
        assert bool(found.measurements) == counts


def test_the_watcher_sees_in_a_real_clip_what_one_picture_shows(tmp_path: Path) -> None:
    image = balls((1, 0.4, 0.5), white(3500))
    path = media.write_clip(tmp_path / "a.mp4", seconds=2, fps=12, size=SIZE, frames=[image] * 24)
    facts = {"fps_num": 12, "fps_den": 1, "num_frames": 24, "duration_s": 2.0}
    seen = decoded_clip(path, facts, frames=0, short_side=0, watchers=[LightWatcher]).seen_by(LightWatcher)
    direct = together([light_of(image)])
    assert seen is not None
    assert seen.lean == pytest.approx(direct.lean, abs=0.05)
    assert seen.rgb == pytest.approx(direct.rgb, rel=0.1)


def test_black_and_even_pictures_are_no_evidence() -> None:
    record = record_with(tags={"key_direction": "left"}, cct_k=3000.0)
    black = measured(np.zeros((144, 256, 3), np.uint8), record)
    assert black["lighting.picture_side_conflict"].value == 0
    assert black["lighting.picture_tint_conflict_mired"].value is None
