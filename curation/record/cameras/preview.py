"""A path small enough to be drawn: where the camera stands and looks, at a few instants."""

from typing import Any

import numpy as np

from curation.record.cameras.path import CameraPath, Floats

MAX_SAMPLES = 256
_DIGITS = 6


def preview(path: CameraPath, *, samples: int = MAX_SAMPLES) -> dict[str, Any]:
    """At most `samples` frames of a finite path, the first and the last among them, as JSON.

    Returns:
        `frames` their indices of `count`; `positions` in metres, `forward` and `up` as unit vectors, all `[S][3]` in
        the canonical world; `field_of_view_deg` `[S][2]`, horizontal and vertical, or None; `up_is` declared,
        estimated or unknown.
    """
    chosen = np.unique(np.linspace(0, len(path) - 1, min(samples, len(path))).round().astype(int))
    rotations = path.rotations[chosen]
    angles = None
    if path.intrinsics is not None:
        angles = _rounded(np.degrees(2 * np.arctan(0.5 / path.intrinsics[chosen, :2])))
    return {
        "count": len(path),
        "frames": chosen.tolist(),
        "positions": _rounded(path.positions[chosen]),
        "forward": _rounded(rotations[:, :, 2]),
        "up": _rounded(-rotations[:, :, 1]),
        "field_of_view_deg": angles,
        "up_is": path.up,
    }


def _rounded(values: Floats) -> list[list[float]]:
    """Six significant digits of the largest value: what a screen can show."""
    largest = float(np.abs(values).max())
    decimals = _DIGITS - 1 - int(np.floor(np.log10(largest))) if largest > 0 else _DIGITS
    return np.round(values, decimals).tolist()
