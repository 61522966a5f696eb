"""A measured fact, before any rule looks at it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """One number that a check found; gates decide what it means.

    Attributes:
        metric: Stable name, unit last where it has one, such as `camera_rotation_deg_per_frame_max`.
        value: The raw number; not finite only where the input was not.
        detail: Where or how, one sentence for a reviewer; may be empty.
    """

    metric: str
    value: float
    detail: str = ""
