"""Camera paths against the gates: a good one passes, each fault is told by its own name and weight."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from curation.gating import Outcome, default_policy, judge
from curation.scoring.camera_checks import CameraScorer
from curation.scoring.measuring import measure
from curation.scoring.seam import Sample
from tests.factories.records import valid_record

FRAMES = 48


def dolly() -> np.ndarray:
    """Two seconds straight ahead, level, looking north: `[48, 4, 4]`."""
    path = np.tile(np.diag([1.0, -1.0, -1.0, 1.0]), (FRAMES, 1, 1))
    path[:, 2, 3] = -0.05 * np.arange(FRAMES)
    return path


def changed(change: Callable[[np.ndarray], None]) -> np.ndarray:
    path = dolly()
    change(path)
    return path


def turned(path: np.ndarray, first: int, axis: str, degrees: float) -> None:
    path[first:, :3, :3] = path[first:, :3, :3] @ Rotation.from_euler(axis, degrees, degrees=True).as_matrix()


def findings(path: np.ndarray, **camera: object) -> dict[str, tuple[Outcome, str]]:
    record = valid_record(duration_s=2.0)
    record["camera"] |= camera
    [found] = measure([Sample("a", record, poses=path)], [CameraScorer()])
    verdict = judge(default_policy(), found.measurements, record)
    return {one.code: (one.outcome, one.message) for one in verdict.findings if one.modality == "camera"}


def test_a_level_dolly_that_is_declared_passes() -> None:
    assert findings(dolly()) == {}


@pytest.mark.parametrize(
    ("path", "code", "outcome", "words"),
    [
        (changed(lambda p: p.__setitem__((5, 0, 0), np.nan)), "camera_not_finite", Outcome.REJECT, "not numbers"),
        (changed(lambda p: p.__setitem__((5, slice(0, 3), slice(0, 3)), 1.01 * p[5, :3, :3])),
         "camera_not_rigid", Outcome.REJECT, "no rotations"),
        (changed(lambda p: p.__setitem__((slice(None), slice(0, 3), 0), -p[:, :3, 0])),
         "camera_mirrored", Outcome.REJECT, "mirror"),
        (dolly()[:-1], "camera_pose_count", Outcome.REJECT, "-1 poses"),
        (changed(lambda p: turned(p, 24, "y", 20)), "camera_turns_fast", Outcome.REVIEW, "20 degrees"),
        (changed(lambda p: p.__setitem__((slice(24, None), 0, 3), 2.0)), "camera_jumps", Outcome.REVIEW, "jumps"),
        (changed(lambda p: turned(p, 0, "z", 90)), "camera_rolls", Outcome.REVIEW, "rolled by 90"),
        (dolly()[::-1], "camera_movement_differs", Outcome.REVIEW, "declared movements"),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_its_own_name(path: np.ndarray, code: str, outcome: Outcome, words: str) -> None:
    found = findings(path)
    assert found[code][0] == outcome
    assert words in found[code][1]


@pytest.mark.parametrize(
    ("fx", "code"), [(0.1, "camera_lens_too_wide"), (0.2, None), (5.0, None), (6.0, "camera_lens_too_long")]
)
def test_focal_lengths_beyond_almost_any_lens_are_reviewed(fx: float, code: str | None) -> None:
    assert set(findings(dolly(), intrinsics={"fx": fx, "fy": fx}, lens=None)) == ({code} if code else set())


def test_roll_is_not_judged_where_up_is_unknown_or_the_camera_looks_down() -> None:
    rolled = changed(lambda p: turned(p, 0, "z", 90))
    assert "camera_rolls" not in findings(rolled, up="unknown")
    down = changed(lambda p: (turned(p, 0, "x", -80), turned(p, 0, "z", 90)))
    assert "camera_rolls" not in findings(down)


def test_a_pan_of_fourteen_degrees_per_frame_still_passes_and_sixteen_does_not() -> None:
    for degrees, questioned in ((14, False), (16, True)):
        found = findings(changed(lambda p, by=degrees: turned(p, 24, "y", by)))
        assert ("camera_turns_fast" in found) == questioned
