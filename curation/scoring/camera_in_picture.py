"""Does the picture move as the camera is said to: the path, and the movements in words, against the clip. No model.

A subject that fills the picture can lead the estimate astray, so nothing here ever rejects.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from curation.record.vocabulary import SUBJECT_RELATIVE
from curation.scoring.camera_checks import camera_path
from curation.scoring.global_motion import FAR_M, REFERENCE_DEPTH_M, GlobalMotionWatcher, PictureMotion, expected_motion
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

PATH, WORDS = "camera.path_picture_error", "camera.opposed_share"

LEAST_SUPPORT = 0.4  # fewer of the points follow: it is not the whole picture that moves
LEAST_PAIRS = 4
STILL = 0.02  # widths per second: smaller motions count for little, and smaller opposite ones for nothing
NOTHING_MOVES = 0.003
NOT_STATIC = 0.03
DEPTHS_M = np.geomspace(1.0, 60.0, 13)
USUAL_FX = 1.0  # where the lens is not known: 53 degrees across

# Which channel of the picture's motion a movement shows in, and with which sign: right, down, growing, clockwise.
SHOWS: dict[str, tuple[int, int]] = {
    "pan_right": (0, -1),
    "pan_left": (0, 1),
    "truck_right": (0, -1),
    "truck_left": (0, 1),
    "tilt_up": (1, 1),
    "tilt_down": (1, -1),
    "pedestal_up": (1, 1),
    "pedestal_down": (1, -1),
    "dolly_in": (2, 1),
    "dolly_out": (2, -1),
    "zoom_in": (2, 1),
    "zoom_out": (2, -1),
    "roll_cw": (3, -1),
    "roll_ccw": (3, 1),
}


class CameraInPictureScorer:
    """The path and the declared movements, held against how the clip's picture moves."""

    name = "camera_in_picture"
    metrics = (PATH, WORDS)
    needs = Needs(poses=True, watchers=frozenset({GlobalMotionWatcher}))
    source = Source("camera-in-picture-1", preprocessing_id="gray-area-160-lk")

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.record.get("camera")) and sample.clip is not None and _seen(sample) is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[_path(sample, *_steady(sample)), _words(sample.record, *_steady(sample))] for sample in batch]


def _seen(sample: Sample) -> PictureMotion | None:
    assert sample.clip is not None
    return sample.clip.seen_by(GlobalMotionWatcher)


def _steady(sample: Sample) -> tuple[PictureMotion, np.ndarray]:
    """The motion, and which pairs of it the whole picture follows."""
    motion = _seen(sample)
    assert motion is not None
    return motion, np.isfinite(motion.rates).all(axis=1) & (motion.support >= LEAST_SUPPORT)


def _path(sample: Sample, motion: PictureMotion, steady: np.ndarray) -> Measurement:
    if sample.poses is None or not np.isfinite(sample.poses).all():
        return _not_applicable(PATH, "there is no path that can be followed")
    used = steady & (motion.frames[:, 1] < len(sample.poses))
    if used.sum() < max(LEAST_PAIRS, len(steady) / 2):
        return _not_applicable(PATH, "too little of the picture can be followed")
    value, depth_m = path_error(sample.record, sample.poses, motion, used)
    detail = {"pairs": int(used.sum()), "depth_m": depth_m, "fx_assumed": not _fx_known(sample.record)}
    return Measurement(PATH, value, "camera", detail)


def path_error(
    record: Mapping[str, Any], poses: np.ndarray, motion: PictureMotion, used: np.ndarray
) -> tuple[float, float | None]:
    """How far the picture's motion is from what the path makes expect, in [0, 1], and the depth that explains it best.

    0 is as expected, 1 is the opposite, or one moves and the other does not; the median over pairs of frames of
    |seen - expected| / (|seen| + |expected|), where small motions count for little. How far things are is not known:
    the one depth that agrees best is taken for the whole clip, None for infinitely far.

    Args:
        used: `[n]` which pairs count.
    """
    path = camera_path(record, poses)
    row = np.array([USUAL_FX, USUAL_FX * motion.aspect, 0.5, 0.5])
    lens = np.tile(row, (len(poses), 1)) if path.intrinsics is None else path.intrinsics
    fps = record["timeline"]["fps"]
    per_s = fps[0] / fps[1] / np.diff(motion.frames[used], axis=1)
    far, near = (
        per_s * expected_motion(poses, lens, motion.frames[used], aspect=motion.aspect, depth_m=depth)
        for depth in (FAR_M, REFERENCE_DEPTH_M)
    )
    # To first order, what a shift of the camera does is inverse to the depth.
    found: list[tuple[float, float | None]] = [(_distance(motion.rates[used], far), None)]
    found += [
        (_distance(motion.rates[used], far + (near - far) * REFERENCE_DEPTH_M / depth), round(float(depth), 1))
        for depth in DEPTHS_M
    ]
    return min(found, key=lambda item: item[0])


def _distance(seen: np.ndarray, expected: np.ndarray) -> float:
    sizes = np.linalg.norm(seen, axis=1) + np.linalg.norm(expected, axis=1)
    return float(np.median(np.linalg.norm(seen - expected, axis=1) / (sizes + STILL)))


def _fx_known(record: Mapping[str, Any]) -> bool:
    return bool(record["camera"].get("intrinsics"))


def _words(record: Mapping[str, Any], motion: PictureMotion, steady: np.ndarray) -> Measurement:
    """Of the time that movements were declared for, what the picture contradicts."""
    moves = (record["camera"].get("declared") or {}).get("primitives") or ()
    fps = record["timeline"]["fps"]
    starts_s = motion.frames[:, 0] * (fps[1] / fps[0])
    told = list(_judged(moves, starts_s, motion, steady))
    total_s = sum(span for _, span, _ in told)
    if not total_s:
        return _not_applicable(WORDS, "no declared movement shows in a picture that can be followed")
    opposed = [(name, span) for name, span, against in told if against]
    detail = {"opposed": [name for name, _ in opposed], "compared_s": round(total_s, 3)}
    return Measurement(WORDS, sum(span for _, span in opposed) / total_s, "camera", detail)


def _judged(
    moves: Sequence[Mapping[str, Any]], starts_s: np.ndarray, motion: PictureMotion, steady: np.ndarray
) -> Iterator[tuple[str, float, bool]]:
    for move in moves:
        inside = steady & (starts_s >= move["start_s"]) & (starts_s < move["end_s"])
        if move["name"] not in SUBJECT_RELATIVE and inside.sum() >= LEAST_PAIRS:
            span = float(move["end_s"] - move["start_s"])
            yield move["name"], span, _is_opposed(move["name"], motion.rates[inside])


def _is_opposed(name: str, rates: np.ndarray) -> bool:
    """Whether the picture moves against the word, or (for a static camera) at all, or (for a moving one) not."""
    if name == "static":
        return bool(np.linalg.norm(np.median(rates, axis=0)) > NOT_STATIC)
    if np.median(np.linalg.norm(rates, axis=1)) < NOTHING_MOVES:
        return True
    channel, sign = SHOWS.get(name, (0, 0))
    return bool(sign * np.median(rates[:, channel]) < -STILL)


def _not_applicable(metric: str, why: str) -> Measurement:
    return Measurement(metric, None, "camera", not_applicable=why)
