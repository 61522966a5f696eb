"""The time column of text formats: its unit, its order, and what to say where it says nothing."""

from dataclasses import dataclass

import numpy as np

from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import Loss, Reading, TimeUnit
from curation.record.problems import refuse

_UNIT_S: dict[TimeUnit, float] = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
_NAMES: dict[TimeUnit, str] = {"ns": "nanoseconds", "us": "microseconds", "ms": "milliseconds", "s": "seconds"}
WRITTEN_FPS = 24.0


@dataclass(frozen=True)
class Times:
    """`[F]` seconds or None, and what has to be said about them."""

    seconds: Floats | None
    losses: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()


def in_order(stamps: Floats, line_numbers: list[int]) -> np.ndarray:
    """`[F]` indices that sort frames by timestamp; as they stand where all stamps are the same.

    Raises:
        RecordRefused: Two frames share a timestamp while others do not.
    """
    if np.all(stamps == stamps[0]):
        return np.arange(len(stamps))
    order = np.argsort(stamps, kind="stable")
    same = np.diff(stamps[order]) == 0
    if same.any():
        second = int(order[1:][same][0])
        raise refuse(
            f"line {line_numbers[second]}",
            "repeated_timestamp",
            f"The timestamp {stamps[second]:.15g} has been used before.",
            "Give every frame its own timestamp, or the same one (0) to all.",
        )
    return order


def times_of(stamps: Floats, reading: Reading, *, said: TimeUnit | None = None) -> Times:
    """Seconds of a sorted time column.

    Args:
        stamps: `[F]` as in the file.
        reading: Its `time_unit` comes first.
        said: The unit that the file itself names.
    """
    if len(stamps) > 1 and np.all(stamps == stamps[0]) and reading.time_unit is None:
        why = "All timestamps are the same"
        if reading.fps:
            return Times(numbered(len(stamps), reading), (), (f"{why}; the given frame rate was used.",))
        return Times(None, (Loss("times_s", f"{why}: the times of the frames were not in the file."),))
    unit = reading.time_unit or said or _likeliest_unit(stamps)
    if unit == "frames":
        if reading.fps:
            return Times((stamps - stamps[0]) / reading.fps, (), ("Timestamps were read as frame numbers.",))
        return Times(None, (Loss("times_s", "Timestamps are frame numbers; the frame rate was not in the file."),))
    notes = () if reading.time_unit or said else (f"Timestamps were read as {_NAMES[unit]}.",)
    return Times(stamps * _UNIT_S[unit], (), notes)


def numbered(count: int, reading: Reading) -> Floats | None:
    """Frame i at i / fps where the uploader gave the rate."""
    return np.arange(count) / reading.fps if reading.fps else None


def unit_named_in(text: str) -> TimeUnit | None:
    """The unit of its timestamps that a header or comment names."""
    if "timestamp" not in text:
        return None
    if "frame numbers" in text:
        return "frames"
    return next((unit for unit, name in _NAMES.items() if name in text), None)


def _likeliest_unit(stamps: Floats) -> TimeUnit:
    """By the usual step: RealEstate10K itself has microseconds, programs after it write seconds or frame numbers."""
    step = float(np.median(np.diff(stamps))) if len(stamps) > 1 else 0.0
    if step >= 1_000:
        return "ns" if step >= 4e6 else "us"
    if np.all(stamps == np.round(stamps)):
        return "frames"
    return "ms" if step > 1 else "s"


def or_24_fps(path: CameraPath) -> Floats:
    """`[F]` seconds to write where a format cannot be without: 24 frames per second where the path has no times."""
    return path.times_s if path.times_s is not None else np.arange(len(path)) / WRITTEN_FPS
