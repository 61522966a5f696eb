"""The one way out: from the canonical path to the files of any format, and what does not pass."""

import numpy as np

from curation.record.cameras.conventions import from_canon
from curation.record.cameras.formats import FORMATS, CameraFormat
from curation.record.cameras.path import CameraPath
from curation.record.cameras.reading import ExportedPath, Loss, LossField
from curation.record.cameras.timestamps import WRITTEN_FPS
from curation.record.problems import refuse

_WORDS: dict[LossField, str] = {
    "intrinsics": "intrinsics",
    "centre": "a principal point outside the middle of the frame",
    "times_s": "these times",
    "size": "the frame size",
    "distortion": "this lens distortion",
    "lens": "the sensor's width and the f-number",
    "up": "which way is up",
    "scale": "that its unit is the metre",
    "placement": "where the path stands in the world: it starts at the origin there",
}


def export_camera(path: CameraPath, format: str) -> ExportedPath:
    """The files of a path in a format, and the fields that do not pass.

    Raises:
        RecordRefused: There is no such format, or the path lacks what it cannot be written without, or holds values
            that are not finite.
    """
    if format not in FORMATS:
        raise refuse(
            "", "unknown_format", f"There is no camera format {format[:40]!r}.", f"Use one of {', '.join(FORMATS)}."
        )
    target = FORMATS[format]
    for values in (path.c2w, path.intrinsics, path.times_s):
        if values is not None and not np.isfinite(values).all():
            raise refuse("", "not_finite", "The path holds values that are not finite.", "Repair the path first.")
    files = target.write(from_canon(path.c2w, target.convention, target.world), path)
    return ExportedPath(files, losses_of(path, target))


def losses_of(path: CameraPath, target: CameraFormat) -> tuple[Loss, ...]:
    """The fields of the path that do not pass through the format."""
    lost = [name for name, held in _held(path).items() if held and name not in target.carries]
    lost += sorted(target.unfit(path) & {name for name, held in _held(path).items() if held})
    losses = [Loss(name, f"{target.title} does not carry {_WORDS[name]}.") for name in lost]
    if path.times_s is None and target.always_timed:
        message = f"{target.title} cannot be without times: frames were written at {WRITTEN_FPS:g} per second."
        losses.append(Loss("times_s", message))
    if path.up != "declared" and "up" in target.carries:
        losses.append(Loss("up", f"{target.title} says which way is up, and of this path it is {path.up}."))
    return tuple(losses)


def _held(path: CameraPath) -> dict[LossField, bool]:
    """Whether the path holds each field that a format may not carry."""
    return {
        "intrinsics": path.intrinsics is not None,
        "centre": path.intrinsics is not None and bool(np.any(path.intrinsics[:, 2:] != 0.5)),
        "times_s": path.times_s is not None,
        "size": path.width is not None and path.height is not None,
        "distortion": path.distortion is not None,
        "lens": path.lens is not None,
        "up": path.up != "unknown",
        "scale": True,
        "placement": not np.allclose(path.c2w[0], np.eye(4), rtol=0, atol=1e-12),
    }
