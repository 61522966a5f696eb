"""How the picture moves as a whole: seen in a clip while it is decoded, and expected of a camera path."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from curation.scoring.watching import Glimpse, Watcher

PAIRS_PER_S = 8.0
MAX_PAIRS = 240
POINTS, FEWEST_POINTS = 160, 12
RETURN_PX, FOLLOW_PX = 0.7, 0.7  # how closely a point comes back when tracked backwards, and follows the whole picture
LEVER = 0.3  # growth and turn as what they do this many picture widths from the middle
REFERENCE_DEPTH_M, FAR_M = 4.0, 1e9
GRID = np.stack(np.meshgrid(np.linspace(-0.4, 0.4, 9), np.linspace(-0.4, 0.4, 7)), axis=-1).reshape(-1, 2)


@dataclass(frozen=True, eq=False)
class PictureMotion:
    """Motion of the whole picture between pairs of frames.

    Attributes:
        frames: `[n, 2]` their indices.
        rates: `[n, 4]` picture widths per second: to the right, down, growing, turning clockwise (the last two as
            seen `LEVER` widths from the middle); NaN where nothing could be followed.
        support: `[n]` share of the points found that follow it.
        aspect: Width over height.
    """

    frames: np.ndarray
    rates: np.ndarray
    support: np.ndarray
    aspect: float


class GlobalMotionWatcher(Watcher[PictureMotion]):
    """Follows points over an eighth of a second, at most 240 times in a clip."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self._step = max(1, round(self.fps / PAIRS_PER_S))
        self._hop = max(self._step, ceil(self.num_frames / MAX_PAIRS))
        self._first: np.ndarray | None = None
        self._found: list[tuple[int, np.ndarray, float]] = []
        self._aspect = 1.0

    def see(self, glimpse: Glimpse) -> None:
        place = glimpse.index % self._hop
        if self._first is not None and place == self._step % self._hop:
            self._aspect = self._first.shape[1] / self._first.shape[0]
            motion, support = motion_between(self._first, glimpse.gray)
            self._found.append((glimpse.index - self._step, motion * self.fps / self._step, support))
        if place == 0:
            self._first = glimpse.gray

    def found(self) -> PictureMotion:
        starts = np.array([start for start, _, _ in self._found], dtype=np.int64)
        return PictureMotion(
            frames=np.stack([starts, starts + self._step], axis=1),
            rates=np.array([rates for _, rates, _ in self._found]).reshape(-1, 4),
            support=np.array([support for _, _, support in self._found]),
            aspect=self._aspect,
        )


def motion_between(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, float]:
    """`[4]` motion of most tracked points, in picture widths, and the share of points that follow it.

    A similarity fitted by RANSAC to points that a pyramidal Lucas-Kanade tracker finds in both directions; NaN and 0
    where there are too few.

    Args:
        first, second: `[h, w]` uint8.
    """
    import cv2

    nothing = np.full(4, np.nan), 0.0
    start = cv2.goodFeaturesToTrack(first, POINTS, qualityLevel=0.01, minDistance=5, blockSize=5)
    if start is None or len(start) < FEWEST_POINTS:
        return nothing
    end, seen, _ = cv2.calcOpticalFlowPyrLK(first, second, start, start.copy(), winSize=(15, 15), maxLevel=3)
    back, seen_back, _ = cv2.calcOpticalFlowPyrLK(second, first, end, start.copy(), winSize=(15, 15), maxLevel=3)
    kept = (seen.ravel() == 1) & (seen_back.ravel() == 1)
    kept &= np.abs(back - start).reshape(-1, 2).max(axis=1) < RETURN_PX
    if kept.sum() < FEWEST_POINTS:
        return nothing
    height, width = first.shape
    middle = np.array([width / 2, height / 2], np.float32)
    matrix, following = cv2.estimateAffinePartial2D(
        start.reshape(-1, 2)[kept] - middle,
        end.reshape(-1, 2)[kept] - middle,
        method=cv2.RANSAC,
        ransacReprojThreshold=FOLLOW_PX,
    )
    if matrix is None:
        return nothing
    growth, turn = np.log(np.hypot(matrix[0, 0], matrix[1, 0])), np.arctan2(matrix[1, 0], matrix[0, 0])
    motion = np.array([matrix[0, 2] / width, matrix[1, 2] / width, LEVER * growth, LEVER * turn])
    return motion, float(following.mean())


def expected_motion(
    c2w: np.ndarray, intrinsics: np.ndarray, pairs: np.ndarray, *, aspect: float, depth_m: float
) -> np.ndarray:
    """`[n, 4]` motion of a picture whose every point lies at one depth, in the units of `motion_between`.

    Args:
        c2w: `[F, 4, 4]` OpenCV axes.
        intrinsics: `[F, 4]` fx, cx over width and fy, cy over height.
        pairs: `[n, 2]` frame indices.
        aspect: Width over height.
    """
    before, after = c2w[pairs[:, 0]], c2w[pairs[:, 1]]
    focal, centre = intrinsics[pairs[:, 0], None, :2], intrinsics[pairs[:, 0], None, 2:]
    rays = (GRID + 0.5 - centre) / focal
    points = depth_m * np.concatenate([rays, np.ones((*rays.shape[:2], 1))], axis=-1)
    world = points @ np.swapaxes(before[:, :3, :3], 1, 2) + before[:, None, :3, 3]
    seen = (world - after[:, None, :3, 3]) @ after[:, :3, :3]
    focal, centre = intrinsics[pairs[:, 1], None, :2], intrinsics[pairs[:, 1], None, 2:]
    moved = seen[..., :2] / np.maximum(seen[..., 2:], 1e-6 * depth_m) * focal + centre - 0.5
    return _similarity(GRID * [1, 1 / aspect], moved * [1, 1 / aspect])


def _similarity(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """`[n, 4]` least-squares shift, growth and turn of `[p, 2]` points that go to `[n, p, 2]`."""
    middle = end.mean(axis=1)
    around = end - middle[:, None]
    size = np.sum(start * start)
    along = np.einsum("px,npx->n", start, around) / size
    across = np.einsum("p,np->n", start[:, 0], around[..., 1]) - np.einsum("p,np->n", start[:, 1], around[..., 0])
    across = across / size
    growth, turn = np.log(np.maximum(np.hypot(along, across), 1e-9)), np.arctan2(across, along)
    return np.concatenate([middle - start.mean(axis=0), LEVER * growth[:, None], LEVER * turn[:, None]], axis=1)
