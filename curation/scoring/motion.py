"""How a clip moves: dense optical flow twice a second, and the camera's part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from curation.scoring.watching import Glimpse, Watcher

FLOWS_PER_S = 2.0
GAP_S = 0.125  # between the two frames of a flow: over half a second a swift pan would leave what can be followed
PYRAMID_SCALE, PYRAMID_LEVELS, WINDOW_PX, FLOW_ROUNDS, NEIGHBOURHOOD_PX, SIGMA = 0.5, 4, 21, 3, 7, 1.5
LEAST_PX = 16
LEAST_POINTS, MOST_POINTS = 8, 1000
TEXTURE = 8.0  # least gradient, in 0..255 per pixel, at which flow can be told
STILLEST_PERCENT = 20
ROUNDS = 8
OUTLIER_PX = 1.0


@dataclass(frozen=True)
class Move:
    """The one shift, zoom and roll that most of a frame follows, per second.

    Attributes:
        right, down: Of the picture, in widths: a camera that pans left moves its picture right.
        zoom: Growth of the picture, as a share.
        roll: Clockwise turn of the picture, radians.
        speed: Root mean square over the frame of what these move, widths per second.
    """

    right: float
    down: float
    zoom: float
    roll: float
    speed: float


STILL = Move(0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Flow:
    """Movement between two frames.

    Attributes:
        start_s, end_s: Times of the two frames.
        speed: Mean length of the flow, in widths per second.
        background_speed: What at least four fifths of all that can be followed exceed: near zero where the camera
            stands, however large the subject that passes before it; None where nothing can be followed.
        move: The dominant part of it; all zero where the picture shows nothing that could be followed.
    """

    start_s: float
    end_s: float
    speed: float
    background_speed: float | None
    move: Move


class MotionWatcher(Watcher[tuple[Flow, ...]]):
    """Farneback flow at 2 fps (Farneback, SCIA 2003); holds one small gray frame."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self._step = max(1, round(self.fps / FLOWS_PER_S))
        self._gap = min(max(1, round(self.fps * GAP_S)), self._step)
        self._start = 0
        self._before: np.ndarray | None = None
        self._flows: list[Flow] = []

    def see(self, glimpse: Glimpse) -> None:
        if self._before is not None and glimpse.index == self._start + self._gap:
            times = self._start / self.fps, glimpse.index / self.fps
            self._flows.append(flow_between(self._before, glimpse.gray, *times))
        if glimpse.index % self._step == 0:
            self._start, self._before = glimpse.index, glimpse.gray

    def found(self) -> tuple[Flow, ...]:
        return tuple(self._flows)


def flow_between(before: np.ndarray, after: np.ndarray, start_s: float, end_s: float) -> Flow:
    """Movement from one `[h, w]` uint8 frame to another; none where they are too small to tell."""
    import cv2

    if min(before.shape) < LEAST_PX:
        return Flow(start_s, end_s, 0.0, None, STILL)
    field = np.asarray(
        cv2.calcOpticalFlowFarneback(
            before,
            after,
            np.zeros((*before.shape, 2), np.float32),
            PYRAMID_SCALE,
            PYRAMID_LEVELS,
            WINDOW_PX,
            FLOW_ROUNDS,
            NEIGHBOURHOOD_PX,
            SIGMA,
            flags=0,
        )
    )
    scale = 1 / (before.shape[1] * (end_s - start_s))
    lengths = np.hypot(field[..., 0], field[..., 1])
    gradient = np.hypot(*np.gradient(before.astype(np.float32)))
    followed = lengths[gradient > TEXTURE]
    enough = followed.size >= LEAST_POINTS
    background = float(np.percentile(followed, STILLEST_PERCENT)) * scale if enough else None
    return Flow(start_s, end_s, float(lengths.mean()) * scale, background, dominant_move(field, gradient, scale))


def dominant_move(field: np.ndarray, gradient: np.ndarray, scale: float) -> Move:
    """The similarity that most of a flow field follows, by reweighted least squares (Cauchy weights).

    Args:
        field: `[h, w, 2]` float32, pixels, x first.
        gradient: `[h, w]` float32, of the frame the flow starts from; flat places have no say.
        scale: Widths per second of one pixel.
    """
    height, width = gradient.shape
    y, x = np.nonzero(gradient > TEXTURE)
    if len(y) < LEAST_POINTS:
        return STILL
    step = ceil(len(y) / MOST_POINTS)
    y, x = y[::step], x[::step]
    weights = np.minimum(gradient[y, x], 4 * TEXTURE)
    flow = field[y, x].astype(np.float64)
    across, along = x - (width - 1) / 2, y - (height - 1) / 2
    one, nil = np.ones_like(across), np.zeros_like(across)
    design = np.concatenate([np.stack([one, nil, across, -along], 1), np.stack([nil, one, along, across], 1)])
    measured = np.concatenate([flow[:, 0], flow[:, 1]])
    trust = one
    for _ in range(ROUNDS):
        root = np.sqrt(np.tile(weights * trust, 2))
        fit = np.linalg.lstsq(design * root[:, None], measured * root, rcond=None)[0]
        left = np.hypot(*(measured - design @ fit).reshape(2, -1))
        trust = 1 / (1 + (left / OUTLIER_PX) ** 2)
    moved = np.hypot(*(design @ fit).reshape(2, -1))
    right, down, zoom, roll = (float(value) for value in fit)
    per_s = scale * width
    speed = float(np.sqrt((moved**2).mean())) * scale
    return Move(right * scale, down * scale, zoom * per_s, roll * per_s, speed)
