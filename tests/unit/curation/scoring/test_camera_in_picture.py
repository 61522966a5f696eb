"""The camera against the picture, on pictures of a wall infinitely far away, whose motion is known exactly."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from curation.gating import default_policy, judge
from curation.scoring.camera_in_picture import CameraInPictureScorer
from curation.scoring.decoding import clip as decoded_clip
from curation.scoring.global_motion import (
    FAR_M,
    LEVER,
    GlobalMotionWatcher,
    PictureMotion,
    expected_motion,
    motion_between,
)
from curation.scoring.measuring import measure
from curation.scoring.seam import Clip, Measurement, Sample
from tests.factories import media
from tests.factories.records import valid_record

FRAMES, FPS = 17, 8
WIDTH, HEIGHT = 160, 90
ASPECT = WIDTH / HEIGHT
LENS = np.array([0.9, 0.9 * ASPECT, 0.5, 0.5])
MIRROR = np.diag([-1.0, 1.0, 1.0, 1.0])


def wall() -> np.ndarray:
    """A texture with detail at several scales, `[1024, 1024]` uint8."""
    rng = np.random.default_rng(4)
    layers = [
        cv2.resize(rng.random((1024 // k, 1024 // k)), (1024, 1024), interpolation=cv2.INTER_CUBIC) for k in (8, 24, 64)
    ]
    return (255 * np.clip(np.mean(layers, axis=0), 0, 1)).astype(np.uint8)


def turning(axis: int, deg_per_s: float) -> np.ndarray:
    """`[F, 4, 4]` a camera that turns about one of its axes."""
    path = np.tile(np.eye(4), (FRAMES, 1, 1))
    for place in range(FRAMES):
        turn = np.zeros(3)
        turn[axis] = np.radians(deg_per_s) * place / FPS
        path[place, :3, :3] = cv2.Rodrigues(turn)[0]
    return path


def zooming(per_s: float) -> np.ndarray:
    """`[F, 4]` intrinsics of a zoom."""
    rows = np.tile(LENS, (FRAMES, 1))
    rows[:, :2] *= np.exp(per_s * np.arange(FRAMES) / FPS)[:, None]
    return rows


def filmed(poses: np.ndarray, lens: np.ndarray | None = None) -> list[np.ndarray]:
    """What a camera sees of the wall: `[90, 160]` frames."""
    texture = wall()
    on_wall = np.array([[400.0, 0, 512], [0, 400.0, 512], [0, 0, 1]])
    frames = []
    for pose, (fx, fy, cx, cy) in zip(poses, np.tile(LENS, (len(poses), 1)) if lens is None else lens, strict=True):
        pixels = np.array([[fx * WIDTH, 0, cx * WIDTH], [0, fy * HEIGHT, cy * HEIGHT], [0, 0, 1]])
        homography = pixels @ pose[:3, :3].T @ np.linalg.inv(on_wall)
        frames.append(cv2.warpPerspective(texture, homography, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT))
    return frames


def watched(frames: list[np.ndarray]) -> PictureMotion:
    starts = np.arange(len(frames) - 1)
    pairs = [motion_between(frames[k], frames[k + 1]) for k in starts]
    rates = np.array([motion for motion, _ in pairs]) * FPS
    return PictureMotion(np.stack([starts, starts + 1], axis=1), rates, np.array([share for _, share in pairs]), ASPECT)


def record_of(moves: list[str], lens: np.ndarray | None = None) -> dict[str, Any]:
    record = valid_record(duration_s=FRAMES / FPS, fps=FPS)
    intrinsics = {"fx": LENS[0], "fy": LENS[1]} | ({} if lens is None else {"per_frame": lens.tolist()})
    spans = [{"name": name, "start_s": 0.0, "end_s": FRAMES / FPS} for name in moves]
    record["camera"] |= {"intrinsics": intrinsics, "declared": {"primitives": spans}}
    return record


def measured(
    frames: list[np.ndarray], poses: np.ndarray | None, moves: list[str], lens: np.ndarray | None = None
) -> dict[str, Measurement]:
    clip = Clip({"duration_s": FRAMES / FPS}, watched={GlobalMotionWatcher: watched(frames)})
    sample = Sample("a", record_of(moves, lens), clip=clip, poses=poses)
    [found] = measure([sample], [CameraInPictureScorer()])
    return {item.metric: item for item in found.measurements}


def codes(values: dict[str, Measurement], record: dict[str, Any]) -> set[str]:
    return {item.code for item in judge(default_policy(), list(values.values()), record).findings} - {"not_measured"}


MOVES = [
    ("pan_right", turning(1, 8), None),
    ("pan_left", turning(1, -8), None),
    ("tilt_up", turning(0, 6), None),
    ("tilt_down", turning(0, -6), None),
    ("roll_cw", turning(2, 10), None),
    ("roll_ccw", turning(2, -10), None),
    ("zoom_in", np.tile(np.eye(4), (FRAMES, 1, 1)), zooming(0.2)),
    ("zoom_out", np.tile(np.eye(4), (FRAMES, 1, 1)), zooming(-0.2)),
]


@pytest.mark.parametrize(("name", "poses", "lens"), MOVES, ids=[name for name, *_ in MOVES])
def test_path_words_and_picture_of_one_movement_agree_and_its_opposite_is_caught(
    name: str, poses: np.ndarray, lens: np.ndarray | None
) -> None:
    frames = filmed(poses, lens)
    right = measured(frames, poses, [name], lens)
    assert right["camera.path_picture_error"].value < 0.15
    assert right["camera.opposed_share"].value == 0
    assert codes(right, record_of([name], lens)) == set()
    opposite = [("left", "right"), ("up", "down"), ("_cw", "_ccw"), ("in", "out")]
    swap = dict(opposite) | {after: before for before, after in opposite}
    other = next(name.removesuffix(end) + to for end, to in swap.items() if name.endswith(end))
    wrong = measured(frames, poses[::-1], [other], None if lens is None else lens[::-1])
    assert {"camera_path_not_in_picture", "camera_words_not_in_picture"} <= codes(wrong, record_of([other], lens))


def test_mirrored_pan_is_caught() -> None:
    poses = turning(1, 8)
    found = measured(filmed(poses), MIRROR @ poses @ MIRROR, ["pan_right"])
    assert found["camera.path_picture_error"].value > 0.6


def test_static_camera_in_words_over_a_moving_picture_is_caught_and_so_is_the_reverse() -> None:
    still = np.tile(np.eye(4), (FRAMES, 1, 1))
    assert measured(filmed(turning(1, 8)), still, ["static"])["camera.opposed_share"].value == 1
    assert measured(filmed(turning(1, 8)), still, ["static"])["camera.path_picture_error"].value > 0.6
    assert measured(filmed(still), still, ["pan_left"])["camera.opposed_share"].value == 1
    agreed = measured(filmed(still), still, ["static"])
    assert (agreed["camera.opposed_share"].value, agreed["camera.path_picture_error"].value) == (
        0,
        pytest.approx(0, abs=0.1),
    )


def test_jitter_of_the_path_raises_its_disagreement_with_every_level() -> None:
    poses = turning(1, 8)
    motion = filmed(poses)
    shake = np.random.default_rng(2).normal(size=(FRAMES, 3))
    values = []
    for level in (0, 0.003, 0.01, 0.03, 0.1):
        shaken = poses.copy()
        for place in range(FRAMES):
            shaken[place, :3, :3] = poses[place, :3, :3] @ cv2.Rodrigues(level * shake[place])[0]
        values.append(measured(motion, shaken, ["pan_right"])["camera.path_picture_error"].value)
    assert values == sorted(values)
    assert values[0] < 0.3 < values[-1]


def test_sideways_movement_is_explained_by_some_depth() -> None:
    # What a truck to the right shows of a wall at 5 m is a shift to the left: as a pan would.
    poses = np.tile(np.eye(4), (FRAMES, 1, 1))
    poses[:, 0, 3] = 0.5 * np.arange(FRAMES) / FPS
    starts = np.arange(FRAMES - 1)
    pairs = np.stack([starts, starts + 1], axis=1)
    seen = FPS * expected_motion(poses, np.tile(LENS, (FRAMES, 1)), pairs, aspect=ASPECT, depth_m=5.0)
    motion = PictureMotion(pairs, seen, np.ones(len(pairs)), ASPECT)
    clip = Clip({"duration_s": FRAMES / FPS}, watched={GlobalMotionWatcher: motion})
    [found] = measure([Sample("a", record_of(["truck_right"]), clip=clip, poses=poses)], [CameraInPictureScorer()])
    error, words = found.measurements
    assert error.value < 0.1
    assert error.detail["depth_m"] == pytest.approx(5, rel=0.25)
    assert words.value == 0


def test_expected_motion_of_a_roll_and_a_zoom_is_the_turn_and_the_growth() -> None:
    lens = np.tile(LENS, (FRAMES, 1))
    roll = expected_motion(turning(2, 10), lens, np.array([[0, 8]]), aspect=ASPECT, depth_m=FAR_M)[0]
    assert roll == pytest.approx([0, 0, 0, -LEVER * np.radians(10)], abs=1e-6)
    grown = expected_motion(turning(2, 0), zooming(0.2), np.array([[0, 8]]), aspect=ASPECT, depth_m=FAR_M)[0]
    assert grown == pytest.approx([0, 0, LEVER * 0.2, 0], abs=1e-6)


def test_picture_without_anything_to_follow_is_not_judged() -> None:
    blank = [np.full((HEIGHT, WIDTH), 90, np.uint8)] * FRAMES
    found = measured(blank, turning(1, 8), ["pan_right"])
    assert found["camera.path_picture_error"].not_applicable == "too little of the picture can be followed"
    assert found["camera.opposed_share"].value is None


def test_broken_and_short_paths_are_not_judged() -> None:
    frames = filmed(turning(1, 8))
    broken = turning(1, 8)
    broken[3, 0, 0] = np.nan
    assert measured(frames, broken, ["pan_right"])["camera.path_picture_error"].value is None
    assert measured(frames, turning(1, 8)[:3], ["pan_right"])["camera.path_picture_error"].value is None
    assert measured(frames, None, ["pan_right"])["camera.opposed_share"].value == 0


def test_the_watcher_finds_the_same_in_a_real_clip(tmp_path: Path) -> None:
    frames = [np.repeat(frame[..., None], 3, axis=2) for frame in filmed(turning(1, 8))]
    path = media.write_clip(tmp_path / "a.mp4", seconds=FRAMES / FPS, fps=FPS, size=(WIDTH, HEIGHT), frames=frames)
    facts = {"fps_num": FPS, "fps_den": 1, "num_frames": FRAMES, "duration_s": FRAMES / FPS}
    clip = decoded_clip(path, facts, frames=0, short_side=0, watchers=[GlobalMotionWatcher])
    seen = clip.seen_by(GlobalMotionWatcher)
    assert seen is not None
    assert len(seen.frames) == FRAMES - 1
    expected = FPS * expected_motion(
        turning(1, 8), np.tile(LENS, (FRAMES, 1)), seen.frames, aspect=ASPECT, depth_m=FAR_M
    )
    assert np.median(np.abs(seen.rates - expected)) < 0.01


def test_long_clips_are_looked_at_only_now_and_then() -> None:
    class Seen:
        def __init__(self, index: int) -> None:
            self.index, self.gray = index, np.zeros((9, 16), np.uint8)

    watcher = GlobalMotionWatcher({"fps_num": 24, "fps_den": 1, "num_frames": 24_000})
    for index in range(24_000):
        watcher.see(Seen(index))  # type: ignore[arg-type]  # what a glimpse has that is asked for
    found = watcher.found()
    assert len(found.frames) <= 240
    assert set(np.diff(found.frames, axis=1).ravel()) == {3}
