"""Decodes a picture stream to its end and keeps only the times."""

from dataclasses import dataclass, field
from statistics import median
from typing import Any

from av.container import InputContainer

from curation.probing.facts import Limits, Refused


@dataclass
class Timing:
    """When each frame is shown, in presentation order.

    Attributes:
        times_s: Presentation time of each decoded frame, seconds.
        last_s: How long the last frame is shown, seconds.
        rotation_deg: Clockwise quarter turns asked of the player, 0, 90, 180 or 270.
        damaged: A packet or a frame was marked corrupt.
    """

    times_s: list[float] = field(default_factory=list)
    last_s: float = 0.0
    rotation_deg: int = 0
    damaged: bool = False

    @property
    def step_s(self) -> float:
        """The usual time between two frames; the last frame's own where there is one frame."""
        steps = self.steps_s()
        return median(steps) if steps else self.last_s or 0.04

    @property
    def end_s(self) -> float:
        return self.times_s[-1] + (self.last_s or self.step_s)

    def steps_s(self) -> list[float]:
        return [after - before for before, after in zip(self.times_s, self.times_s[1:], strict=False)]

    def is_constant(self, tick_s: float) -> bool:
        """Whether all steps are equal, up to the rounding of a container that counts in `tick_s`."""
        usual = self.step_s
        return all(abs(step - usual) <= max(1.01 * tick_s, 0.02 * usual) for step in self.steps_s())


def decode_all(container: InputContainer, stream: Any, limits: Limits) -> Timing:
    """Times of every frame of the stream.

    Raises:
        Refused: Frames change size, carry no time, or go on past the longest clip.
    """
    timing = Timing()
    size = None
    for packet in container.demux(stream):
        timing.damaged |= packet.is_corrupt
        for frame in packet.decode():
            size = size or (frame.width, frame.height)
            _check(frame, size, limits)
            timing.times_s.append(frame.time)
            timing.last_s = float((frame.duration or 0) * frame.time_base)
            timing.rotation_deg = -frame.rotation % 360  # FFmpeg counts counter-clockwise
            timing.damaged |= frame.is_corrupt
    timing.times_s.sort()
    return timing


def _check(frame: Any, size: tuple[int, int], limits: Limits) -> None:
    if (frame.width, frame.height) != size:
        raise Refused("clip_changes_size", "The picture changes size within the clip.", "Export it at one size.")
    if frame.time is None:
        raise Refused("clip_undecodable", "A frame has no time.", "Export it again as mp4.")
    if frame.time > limits.max_clip_s + 1:
        raise Refused("clip_too_long", "The clip is too long.", f"Cut it to {limits.max_clip_s:.0f} s at most.")
