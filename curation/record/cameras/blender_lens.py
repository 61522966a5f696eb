"""Blender's lens: millimetres, a sensor that is fitted to one side of the frame, and shifts as shares of that side."""

from typing import Any

import numpy as np

from curation.record.cameras.json_values import Object, first_of, optional
from curation.record.cameras.path import CameraPath, PhysicalLens
from curation.record.problems import refuse

DEFAULT_SENSOR_WIDTH_MM, DEFAULT_SENSOR_HEIGHT_MM = 36.0, 24.0
_LENS = ("lens", "focal_length_mm", "focal_length", "focal_mm")
_SENSOR_WIDTH, _SENSOR_HEIGHT = ("sensor_width", "sensor_width_mm"), ("sensor_height", "sensor_height_mm")
_F_NUMBER = ("aperture_fstop", "f_number")

Intrinsics = tuple[float, float, float, float]


def intrinsics_of(shared: Object, frame: Object, size: tuple[int, int] | None, where: str) -> Intrinsics | None:
    """Normalised intrinsics of a frame; None where the lens or the frame's proportions are not known.

    `sensor_fit` AUTO fits the sensor's width to the longer side of the frame, as Blender does.

    Raises:
        RecordRefused: The lens is none.
    """

    def value(names: tuple[str, ...], default: float | None = None) -> float | None:
        found = optional(first_of(names, frame, shared), f"{where}.{names[0]}")
        return default if found is None else found

    focal_mm = value(_LENS)
    if focal_mm is None or size is None:
        return None
    width, height = size
    aspect = (value(("pixel_aspect_y",), 1.0) or 1.0) / (value(("pixel_aspect_x",), 1.0) or 1.0)
    fit = first_of(("sensor_fit",), frame, shared) or "AUTO"
    vertical = fit == "VERTICAL" or (fit == "AUTO" and aspect * height > width)
    if fit == "VERTICAL":
        sensor_mm = value(_SENSOR_HEIGHT, DEFAULT_SENSOR_HEIGHT_MM)
    else:
        sensor_mm = value(_SENSOR_WIDTH, DEFAULT_SENSOR_WIDTH_MM)
    if not sensor_mm or sensor_mm < 0 or focal_mm <= 0 or aspect <= 0:
        raise refuse(where, "out_of_range", "The lens or its sensor has no size.", "Write lens and sensor_width in mm.")
    side_px = aspect * height if vertical else float(width)
    focal_px = focal_mm / sensor_mm * side_px
    shift_x, shift_y = value(("shift_x",), 0.0) or 0.0, value(("shift_y",), 0.0) or 0.0
    cx, cy = 0.5 - shift_x * side_px / width, 0.5 + shift_y * side_px / aspect / height
    return focal_px / width, focal_px / aspect / height, cx, cy


def has_lens(shared: Object, frame: Object) -> bool:
    """Whether the file states a focal length."""
    return first_of(_LENS, frame, shared) is not None


def shown_lens(shared: Object, frame: Object) -> PhysicalLens | None:
    """The sensor's width and the f-number, as the file names them."""
    sensor_mm = optional(first_of(_SENSOR_WIDTH, frame, shared), _SENSOR_WIDTH[0])
    f_number = optional(first_of(_F_NUMBER, frame, shared), _F_NUMBER[0])
    return PhysicalLens(sensor_mm, f_number) if sensor_mm or f_number else None


def lens_keys(path: CameraPath) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What to write outside the frames and in each of them; the sensor is fitted to the width.

    Raises:
        RecordRefused: The path has intrinsics but no frame size.
    """
    lens = path.lens or PhysicalLens()
    shared: dict[str, Any] = {}
    if lens.f_number is not None:
        shared["aperture_fstop"] = lens.f_number
    if lens.sensor_width_mm is not None:
        shared["sensor_width"] = lens.sensor_width_mm
    if path.intrinsics is None:
        return shared, [{}] * len(path)
    if path.width is None or path.height is None:
        raise refuse(
            "",
            "size_required",
            "Blender's lens needs the proportions of the frame, and the path has no frame size.",
            "Add width and height.",
        )
    sensor_mm = lens.sensor_width_mm or DEFAULT_SENSOR_WIDTH_MM
    fx, fy, cx, cy = path.intrinsics.T
    aspect = (fx * path.width) / (fy * path.height)
    keys = {
        "lens": fx * sensor_mm,
        "shift_x": 0.5 - cx,
        "shift_y": (cy - 0.5) * path.height * aspect / path.width,
        "pixel_aspect_y": aspect,
    }
    shared["sensor_fit"] = "HORIZONTAL"
    rows = np.stack(list(keys.values()), axis=1).tolist()
    return shared, [dict(zip(keys, row, strict=True)) for row in rows]
