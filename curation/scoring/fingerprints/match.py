"""What a comparison of two fingerprints answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """Two media that are one and the same, as far as can be measured.

    Attributes:
        similarity: In (0, 1], on the scale of the kind: 1 for no measurable difference.
        changes: What was done to the one to make it the other, such as `mirrored, crop`; empty where nothing was.
    """

    similarity: float
    changes: str = ""


def said(*changes: str) -> str:
    """Changes as one phrase; empty ones are left out."""
    return ", ".join(change for change in changes if change)
