"""How fast a camera moves along and about its axes, and how much of that is shake.

Seven channels: truck, pedestal and dolly in metres; tilt, pan and roll in radians; zoom in the logarithm of the focal
length. Speeds are told in thresholds: 1 is where a movement starts to count.
"""

from dataclasses import dataclass

import numpy as np

from curation.record.cameras.checks import heading_pitch_roll
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.rotations import rotation_vectors

# Each channel's name for positive and for negative rates.
CHANNELS: tuple[tuple[str, str], ...] = (
    ("truck_right", "truck_left"),
    ("pedestal_down", "pedestal_up"),
    ("dolly_in", "dolly_out"),
    ("tilt_up", "tilt_down"),
    ("pan_right", "pan_left"),
    ("roll_cw", "roll_ccw"),
    ("zoom_in", "zoom_out"),
)
TRUCK, PAN, ZOOM = 0, 4, 6
TRANSLATIONS, ROTATIONS = slice(0, 3), slice(3, 6)

ROTATION_START = np.radians(2.0)  # rad/s
TRANSLATION_START_DEPTHS = 0.02  # scene depths per second
ZOOM_START = 0.02  # of the focal length per second
UNKNOWN_DEPTH_M = 2.5  # so that an unknown depth starts at 0.05 m/s

# Told along the ground, a movement has to need this share of the words at most.
PLAINER = 0.97
STEEPEST_PITCH = np.radians(60.0)
# The window over which a speed is measured grows with the shake that has to be averaged away.
SHORTEST_WINDOW_S, LONGEST_WINDOW_S = 0.25, 1.2
WINDOW_PER_SHAKE = 3.0
ROUNDING = 1_000 * np.finfo(np.float64).eps
# Shake is what a parabola through this much of the path leaves over: slower than about 1.3 Hz is intended.
SHAKE_WINDOW_S = 0.8
# No hand shakes faster than 30 Hz; and a clock with one long gap must not make the grid endless.
FINEST_STEP_S = 1 / 60
SAMPLES_PER_FRAME = 10
# A quarter of the instants are calmer than this share of a bell curve's deviation. A low quantile, since every start
# and stop of a movement leaves something over too.
CALM_QUARTER = 0.3186


@dataclass(frozen=True)
class Rates:
    """Rates of the seven channels over the frames.

    Attributes:
        per_second: `[F, 7]` in metres, radians and logarithms of the focal length.
        thresholds: `[7]` in the same units.
        shake: `[7]` deviation of what is not intended, in thresholds times seconds.
        window_s: Over how long the rates were measured.
    """

    per_second: Floats
    thresholds: Floats
    shake: Floats
    window_s: float

    @property
    def ratios(self) -> Floats:
        """`[F, 7]` rates in thresholds."""
        return self.per_second / self.thresholds


def measure_rates(path: CameraPath, times_s: Floats, *, scene_depth_m: float | None) -> Rates:
    """The rates of a finite path of two frames at least, at its increasing times."""
    translation = TRANSLATION_START_DEPTHS * (scene_depth_m or UNKNOWN_DEPTH_M)
    thresholds = np.array([translation] * 3 + [ROTATION_START] * 3 + [ZOOM_START])
    travelled = _travelled(path)
    shake = _shake_of(travelled, times_s) / thresholds
    for group in (TRANSLATIONS, ROTATIONS):  # a hand shakes every way alike, if not at every instant
        shake[group] = np.sqrt(np.mean(shake[group] ** 2))
    window_s = float(np.clip(WINDOW_PER_SHAKE * shake.max(), SHORTEST_WINDOW_S, LONGEST_WINDOW_S))
    return Rates(_slopes(times_s, travelled, window_s), thresholds, shake, window_s)


def _travelled(path: CameraPath) -> Floats:
    """`[F, 7]` summed movement of each channel since the first frame."""
    steps = np.zeros((len(path), len(CHANNELS)))
    steps[1:, TRANSLATIONS] = _slides(path)
    steps[1:, ROTATIONS] = _turns(path)
    if path.intrinsics is not None and np.all(path.intrinsics[:, 0] > 0):
        steps[1:, ZOOM] = np.diff(np.log(path.intrinsics[:, 0]))
    return np.cumsum(steps, axis=0)


def _slides(path: CameraPath) -> Floats:
    """`[F - 1, 3]` steps to the right, down and ahead in metres.

    In the camera's own axes, or, where up is known and this tells the movement with fewer words, level with the ground:
    a crane that rises straight up with a camera that looks down is a pedestal, not a pedestal and a dolly.
    """
    moved = np.diff(path.positions, axis=0)
    own = np.einsum("fji,fj->fi", 0.5 * (path.rotations[:-1] + path.rotations[1:]), moved)
    if path.up == "unknown":
        return own
    heading = np.unwrap(heading_pitch_roll(path)[0])
    heading = 0.5 * (heading[:-1] + heading[1:])
    right = moved[:, 0] * np.cos(heading) + moved[:, 2] * np.sin(heading)
    ahead = moved[:, 0] * np.sin(heading) - moved[:, 2] * np.cos(heading)
    level = np.stack([right, -moved[:, 1], ahead], axis=1)
    return level if np.abs(level).sum() < PLAINER * np.abs(own).sum() else own


def _turns(path: CameraPath) -> Floats:
    """`[F - 1, 3]` steps of tilt, pan and roll in radians: against the horizon where up is known."""
    if path.up != "unknown":
        heading, pitch, roll = heading_pitch_roll(path)
        if np.all(np.abs(pitch) < STEEPEST_PITCH):
            return np.stack([np.diff(pitch), np.diff(np.unwrap(heading)), np.diff(np.unwrap(roll))], axis=1)
    # About x right: tilt up; about y down: pan right; about z forward: roll clockwise.
    return rotation_vectors(np.swapaxes(path.rotations[:-1], 1, 2) @ path.rotations[1:])


def _slopes(times_s: Floats, values: Floats, window_s: float) -> Floats:
    """Least-squares slope of `values` `[F, C]` in the window around each instant, by running sums."""
    times = times_s - times_s.mean()
    low = np.searchsorted(times, times - window_s / 2, side="left")
    high = np.searchsorted(times, times + window_s / 2, side="right")
    # A window holds two frames at least, however slow the clock.
    low, high = np.minimum(low, np.arange(len(times)) - 1).clip(0), np.maximum(high, low + 2).clip(max=len(times))
    low = np.minimum(low, high - 2)

    def total(series: Floats) -> Floats:
        sums = np.concatenate([np.zeros((1, series.shape[1])), np.cumsum(series, axis=0)])
        return sums[high] - sums[low]

    column = times[:, None]
    count = (high - low)[:, None]
    t, y, ty, tt = total(column), total(values), total(column * values), total(column * column)
    spread = tt - t * t / count
    # Where the clock's length swallows a window's digits, the slope from its first frame to its last has to do.
    ends = (values[high - 1] - values[low]) / (times_s[high - 1] - times_s[low])[:, None]
    lost = spread <= ROUNDING * np.sum(times * times)
    return np.where(lost, ends, (ty - t * y / count) / np.where(lost, 1.0, spread))


def _shake_of(travelled: Floats, times_s: Floats) -> Floats:
    """`[C]` deviation of `[F, C]` values from smooth movement, in their own units."""
    length_s = float(times_s[-1] - times_s[0])
    step_s = max(float(np.median(np.diff(times_s))), FINEST_STEP_S)
    samples = int(np.clip(length_s / step_s, 2, SAMPLES_PER_FRAME * len(times_s))) + 1
    grid, step_s = np.linspace(times_s[0], times_s[-1], samples, retstep=True)
    even = np.stack([np.interp(grid, times_s, channel) for channel in travelled.T], axis=1)
    half = min(int(SHAKE_WINDOW_S / step_s), samples - 1) // 2
    if half < 2:
        return np.zeros(travelled.shape[1])
    left_over = np.abs(_left_over(even, half))
    return np.quantile(left_over, 0.25, axis=0) / CALM_QUARTER


def _left_over(values: Floats, half: int) -> Floats:
    """`[S - 2 half, C]` distance of each value from the parabola through its neighbours, `half` on each side."""
    offsets = np.arange(-half, half + 1)
    # Savitzky and Golay 1964: the parabola's middle is a fixed weighting of the neighbours.
    centre = np.linalg.pinv(np.vander(offsets, 3, increasing=True))[0]
    smooth = [np.convolve(channel, centre[::-1], mode="valid") for channel in values.T]
    return values[half : len(values) - half] - np.stack(smooth, axis=1)
