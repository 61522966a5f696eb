"""The proxy's clock: which rate it runs at, and which of its frames shows what the original shows at a time.

Proxy frame n shows what the original shows in the middle of n's interval, so that timestamps which a container has
rounded never move a frame to its neighbour, and no frame is ever off by more than half an interval.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, chain, groupby, pairwise, repeat
from math import floor
from statistics import median
from typing import Any

import numpy as np

STANDARD_RATES = tuple(
    Fraction(*rate)
    for rate in ((24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (48, 1), (50, 1), (60000, 1001), (60, 1))
)
SLOWEST, FASTEST = Fraction(1), Fraction(240)  # a constant rate outside is brought to the nearest standard one
SAME_RATE = 4e-4  # 24 and 23.976 are 1e-3 apart; rates that containers rounded are much nearer to what they mean


@dataclass(frozen=True)
class TimeMap:
    """When the original shows its frames, and the constant rate at which the proxy does.

    Attributes:
        rate: Frames per second of the proxy.
        time_base: Seconds per tick of the original.
        start: Tick at which the original's first frame is shown; time 0 of record and proxy.
        ticks: For each frame of the original, in the order shown, ticks since `start`.
        frames: Number of frames of the proxy.
    """

    rate: Fraction
    time_base: Fraction
    start: int
    ticks: tuple[int, ...]
    frames: int

    def slot(self, ticks: int) -> int:
        """The first proxy frame that shows what begins so many ticks after the start."""
        return max(0, _nearest(ticks, self.time_base * self.rate))

    def frame_at(self, time_s: float) -> int:
        """The proxy frame that shows what the original shows `time_s` after its first frame."""
        source = max(0, bisect_right(self.ticks, Fraction(time_s) / self.time_base) - 1)
        begins = self.slot(self.ticks[source])
        ends = self.slot(self.ticks[source + 1]) if source + 1 < len(self.ticks) else self.frames
        now = floor(Fraction(time_s) * self.rate)
        return min(max(now, begins), max(begins, ends - 1), self.frames - 1)

    def source_of(self, frame: int) -> int:
        """The number of the original's frame that this proxy frame shows."""
        middle = (frame + Fraction(1, 2)) / self.rate / self.time_base
        place = bisect_right(self.ticks, middle)
        # What begins exactly in the middle is rounded up to the next frame, as `slot` does.
        while place > 1 and self.slot(self.ticks[place - 1]) > frame:
            place -= 1
        return max(0, place - 1)

    def as_json(self) -> dict[str, Any]:
        """JSON of a size that does not grow with the length of a steady clip: steps are runs of [ticks, count]."""
        steps = (after - before for before, after in pairwise(self.ticks))
        return {
            "fps": [self.rate.numerator, self.rate.denominator],
            "frames": self.frames,
            "time_base": [self.time_base.numerator, self.time_base.denominator],
            "start": self.start,
            "steps": [[step, len(list(run))] for step, run in groupby(steps)],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "TimeMap":
        steps = chain.from_iterable(repeat(step, count) for step, count in data["steps"])
        ticks = tuple(accumulate(steps, initial=0))
        return cls(Fraction(*data["fps"]), Fraction(*data["time_base"]), data["start"], ticks, data["frames"])


def map_of(pts: Sequence[int], *, time_base: Fraction, last_ticks: int, declared: Fraction | None) -> TimeMap:
    """The map of an original.

    Args:
        pts: Tick of each frame, ascending; at least one.
        last_ticks: How long the last frame is shown; 0 where nobody knows.
        declared: The rate that the container names.
    """
    start = pts[0]
    ticks = tuple(tick - start for tick in pts)
    rate = choose_rate(ticks, time_base=time_base, declared=declared)
    steps = [after - before for before, after in pairwise(ticks)]
    end = (ticks[-1] + (last_ticks or (median(steps) if steps else 0))) * time_base
    begun = TimeMap(rate, time_base, start, ticks, 0)
    return TimeMap(rate, time_base, start, ticks, max(begun.slot(ticks[-1]) + 1, round(end * rate)))


def choose_rate(ticks: Sequence[int], *, time_base: Fraction, declared: Fraction | None) -> Fraction:
    """The declared rate where every frame stands at its place in it, else the nearest standard one."""
    candidates = [declared] if declared else []
    if declared:
        candidates = [rate for rate in STANDARD_RATES if abs(rate / declared - 1) < SAME_RATE] + candidates
    if len(ticks) > 1 and ticks[-1] > 0:
        candidates.append((Fraction(len(ticks) - 1) / (ticks[-1] * time_base)).limit_denominator(1001))
    for rate in candidates:
        if SLOWEST <= rate <= FASTEST and _is_constant(ticks, time_base * rate):
            return rate
    return _standard_rate(ticks, time_base)


def _standard_rate(ticks: Sequence[int], time_base: Fraction) -> Fraction:
    """By the median step; of rates that its rounding cannot tell apart, the one on whose frames most times stand."""
    steps = [after - before for before, after in pairwise(ticks) if after > before]
    if not steps:
        return STANDARD_RATES[2]
    usual, tick_s = median(steps) * float(time_base), float(time_base)
    near = [rate for rate in STANDARD_RATES if abs(1 / float(rate) - usual) <= tick_s]
    if not near:
        return min(STANDARD_RATES, key=lambda rate: abs(float(rate) * usual - 1))
    times_s = np.array(ticks) * tick_s
    return min(near, key=lambda rate: float(np.abs(times_s * float(rate) - np.round(times_s * float(rate))).mean()))


def _is_constant(ticks: Sequence[int], frames_per_tick: Fraction) -> bool:
    return all(_nearest(tick, frames_per_tick) == place for place, tick in enumerate(ticks))


def _nearest(ticks: int, frames_per_tick: Fraction) -> int:
    """`ticks * frames_per_tick`, a half rounded up; in whole numbers, since it is asked for every frame."""
    twice = 2 * frames_per_tick.denominator
    return (2 * ticks * frames_per_tick.numerator + frames_per_tick.denominator) // twice
