"""Cuts, movement and stillness of real clips, held against what is declared of the camera."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import studio
from curation.probing.child import inspect
from curation.probing.facts import Limits
from curation.scoring.clip_watchers import LuminanceWatcher, ShotWatcher
from curation.scoring.loading import SampleSpec, load, needs_of
from curation.scoring.measuring import measure
from curation.scoring.motion import MotionWatcher, dominant_move, flow_between
from curation.scoring.seam import Measurement
from curation.scoring.technical_clip import TechnicalClipScorer
from tests.factories import media
from tests.factories.records import asset_id

SCORER = TechnicalClipScorer()


def measured(path: Path, *primitives: dict[str, Any]) -> dict[str, Measurement]:
    """Every technical measure of a clip whose camera is declared to do this."""
    asset = asset_id("clip")
    facts = inspect(path, name=path.name, declared_type="", limits=Limits()).details
    record = {"video": {"asset": asset}, "camera": {"declared": {"primitives": list(primitives)}}, "scene": {}}
    sample = load(SampleSpec("c", record, {asset: path}, {asset: facts}), needs_of([SCORER]))
    [found] = measure([sample], [SCORER])
    return {item.metric: item for item in found.measurements}


def told(name: str, start_s: float = 0.0, end_s: float = 2.0) -> dict[str, Any]:
    return {"name": name, "start_s": start_s, "end_s": end_s}


def filmed(path: Path, move: str, seed: int = 10_000_300) -> Path:
    """A studio scene at 8 fps whose camera moves as asked."""
    scene = studio.compose(seed, move=move, steadiness="smooth")
    frames = list(studio.film_batch([scene], width=160, height=96, samples=1)[0].numpy())
    return media.write_clip(path, seconds=2, fps=8, size=(160, 96), frames=frames, with_sound=False)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filmed(tmp_path_factory.mktemp("clips") / "standing.mp4", "static")


@pytest.fixture(scope="module")
def panning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filmed(tmp_path_factory.mktemp("clips") / "panning.mp4", "pan_left")


def test_what_is_declared_static_must_stand(standing: Path, panning: Path) -> None:
    right, wrong = measured(standing, told("static")), measured(panning, told("static"))
    assert right["clip.static_drift"].value < 0.01
    assert wrong["clip.static_drift"].value > 0.03
    assert right["clip.declared_move_speed"].value is None


def test_what_is_declared_moving_must_move(standing: Path, panning: Path) -> None:
    right, wrong = measured(panning, told("pan_left")), measured(standing, told("pan_left"))
    assert right["clip.declared_move_speed"].value > 0.02
    assert wrong["clip.declared_move_speed"].value < 0.002  # what the gate asks for
    assert right["clip.global_motion"].detail["right"] > 0.01


def test_a_large_subject_before_a_standing_camera_is_no_camera_movement(tmp_path: Path) -> None:
    path = filmed(tmp_path / "box.mp4", "static", seed=10_000_302)  # a box that fills most of the frame slides by
    found = measured(path, told("static"))
    assert found["clip.motion"].value > 0.01
    assert found["clip.static_drift"].value < 0.02  # the gate asks from 0.03 on


def test_undeclared_following_and_too_short_movements_are_held_against_nothing(panning: Path) -> None:
    for primitives in ((), (told("tracking"),), (told("static", 0.3, 0.35),)):
        found = measured(panning, *primitives)
        assert (found["clip.static_drift"].value, found["clip.declared_move_speed"].value) == (None, None)


def test_where_nothing_can_be_followed_nothing_is_held_against_the_declaration(tmp_path: Path) -> None:
    fog = [np.full((64, 96, 3), 150, np.uint8)] * 24
    path = media.write_clip(tmp_path / "fog.mp4", seconds=2, fps=12, size=(96, 64), frames=fog, with_sound=False)
    assert measured(path, told("pan_left"))["clip.declared_move_speed"].value is None


@pytest.mark.parametrize(("dx", "dy", "zoom", "roll"), [(3, 0, 0, 0), (0, -2, 0, 0), (0, 0, 0.05, 0), (1, 1, 0, 0.04)])
def test_the_dominant_move_is_the_similarity_that_was_applied(dx: float, dy: float, zoom: float, roll: float) -> None:
    y, x = np.mgrid[0:90, 0:160].astype(np.float64)
    across, along = x - 79.5, y - 44.5
    field = np.stack([dx + zoom * across - roll * along, dy + zoom * along + roll * across], -1)
    field[20:50, 30:80] = (9, 9)  # a subject of its own mind, a tenth of the frame
    move = dominant_move(field.astype(np.float32), np.full((90, 160), 20, np.float32), 2 / 160)
    assert (move.right, move.down) == pytest.approx((dx / 80, dy / 80), abs=0.002)
    assert (move.zoom, move.roll) == pytest.approx((2 * zoom, 2 * roll), abs=0.01)


def test_motion_is_a_share_of_the_width_per_second() -> None:
    blotches = np.random.default_rng(2).integers(0, 255, (23, 40)).repeat(4, 0).repeat(4, 1).astype(np.uint8)[:90]
    flow = flow_between(blotches, np.roll(blotches, 4, axis=1), 1.0, 1.5)
    assert flow.speed == pytest.approx(4 / 160 / 0.5, rel=0.15)
    assert flow.move.right == pytest.approx(4 / 160 / 0.5, rel=0.1)
    flat = flow_between(np.zeros((90, 160), np.uint8), np.zeros((90, 160), np.uint8), 0.0, 0.5)
    assert (flat.speed, flat.background_speed, flat.move.speed) == (0, None, 0)


def test_every_cut_is_found_at_its_frame(tmp_path: Path) -> None:
    shots = [255 - media.picture(96, 64, seed=5) // 2, media.picture(96, 64) // 3, media.picture(96, 64, seed=8)]
    frames = [np.roll(shots[index // 24], index, axis=1) for index in range(72)]
    path = media.write_clip(tmp_path / "c.mp4", seconds=3, fps=24, size=(96, 64), frames=frames, with_sound=False)
    found = measured(path)["clip.shots"]
    assert (found.value, found.detail["cuts_at_s"]) == (3, [1.0, 2.0])


def test_a_clip_of_one_frame_has_one_shot_and_no_motion(tmp_path: Path) -> None:
    path = media.write_clip(tmp_path / "c.mp4", seconds=0.1, fps=10, size=(96, 64), with_sound=False)
    found = measured(path)
    assert found["clip.shots"].value == 1
    assert found["clip.frozen_share"].value == 1
    assert found["clip.motion"].not_applicable == "too short"


def test_the_same_bytes_give_the_same_numbers(panning: Path) -> None:
    first, second = measured(panning, told("pan_left")), measured(panning, told("pan_left"))
    assert {name: item.value for name, item in first.items()} == {name: item.value for name, item in second.items()}
    assert {LuminanceWatcher, ShotWatcher, MotionWatcher} == SCORER.needs.watchers
