"""The tagger on the film set's own paths, whose movements and hold are known."""

import numpy as np
import pytest

from benchmarks.quality_primitives import Take, film, measure, table, takes
from curation.record.cameras import CameraPath, derive_primitives, derive_steadiness, primitive_f1
from studio.camera_moves import path
from studio.compose import compose


def test_every_movement_is_told_by_its_name_alone_at_once_in_turn_and_by_hand():
    figures = measure(takes()[::6])
    assert len(figures) == 17
    assert min(figures.values()) >= 0.9, figures


@pytest.mark.deep
def test_every_movement_is_told_over_all_takes():
    figures = measure()
    assert len(figures) == 17
    assert min(figures.values()) >= 0.9, figures


def test_figures_are_shown_worst_first():
    shown = table({"pan_left": 0.99, "static": 0.93})
    assert list(shown.columns[0].cells) == ["static", "pan_left"]


@pytest.mark.parametrize(
    ("hold", "name"),
    [("static", "static"), ("smooth", "static"), ("handheld", "unsteady"), ("shaky", "very_unsteady")],
)
def test_a_standing_camera_is_as_steady_as_it_is_held(hold: str, name: str):
    for seed in range(4):
        filmed = film(Take(("static",), hold, seed))
        assert derive_steadiness(filmed.path, scene_depth_m=filmed.scene_depth_m).steadiness == name
        assert [p.name for p in derive_primitives(filmed.path, scene_depth_m=filmed.scene_depth_m)] == ["static"]


@pytest.mark.parametrize("in_turn", [False, True])
@pytest.mark.parametrize(("hold", "name"), [("smooth", "no_shaking"), ("handheld", "unsteady")])
def test_movements_do_not_pass_for_shake_nor_hide_it(hold: str, name: str, in_turn: bool):
    for moves in (("pan_left", "dolly_in"), ("arc_right", "zoom_out")):
        filmed = film(Take(moves, hold, 3, in_turn))
        assert derive_steadiness(filmed.path, scene_depth_m=filmed.scene_depth_m).steadiness == name


@pytest.mark.parametrize("times_s", [np.linspace(0, 2, 20_000), np.append(np.linspace(0, 2, 200), 1e9)])
def test_clocks_that_are_very_fine_or_have_a_very_long_gap_are_followed(times_s: np.ndarray):
    still = CameraPath(np.tile(np.eye(4), (len(times_s), 1, 1)), times_s=times_s)
    assert derive_steadiness(still).steadiness == "static"


def test_tracking_is_not_judged_by_the_path_alone():
    scene = compose(0, duration_s=4.0, fps=24, move="tracking", steadiness="smooth")
    assert np.ptp(path(scene, scene.frame_times())[0][:, :3, 3], axis=0).max() >= 0
    assert primitive_f1([*scene.camera.moves], [], 4.0) is None
