"""Writes a path as OpenUSD text (`.usda`): one camera prim with time samples, +Y up, metres.

Written as text, so that a web process can do it without loading USD; every reader of USD takes it.
"""

from collections.abc import Iterable

import numpy as np

from curation.record.cameras.path import CameraPath, Floats, PhysicalLens
from curation.record.cameras.text import shortest
from curation.record.cameras.timestamps import WRITTEN_FPS, or_24_fps

DEFAULT_SENSOR_WIDTH_MM = 36.0
# With metres as the unit, a tenth of a scene unit is 100 mm.
MM_PER_TENTH_OF_METRE = 100.0
PLACEHOLDER = "placeholderLens"
_HEADER = """#usda 1.0
(
    defaultPrim = "Camera"
    endTimeCode = {end}
    framesPerSecond = {fps}
    metersPerUnit = 1
    startTimeCode = {start}
    timeCodesPerSecond = {fps}
    upAxis = "Y"
)

def Camera "Camera"{metadata}
{{
"""


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`camera.usda`."""
    codes = or_24_fps(path) * WRITTEN_FPS
    metadata = f" (\n    customData = {{\n        bool {PLACEHOLDER} = 1\n    }}\n)" if path.intrinsics is None else ""
    start, end, fps = shortest(codes[0]), shortest(codes[-1]), shortest(WRITTEN_FPS)
    lines = [_HEADER.format(start=start, end=end, fps=fps, metadata=metadata).rstrip("\n")]
    for name, values in _lens(path).items():
        lines += _floats(name, values, codes)
    lines.append("    matrix4d xformOp:transform.timeSamples = {")
    # Row vectors: a point is multiplied from the left, so the matrix stands transposed.
    lines += [f"        {shortest(code)}: {_matrix(pose.T)}," for code, pose in zip(codes, matrices, strict=True)]
    lines += ["    }", '    uniform token[] xformOpOrder = ["xformOp:transform"]', "}"]
    return {"camera.usda": ("\n".join(lines) + "\n").encode()}


def _lens(path: CameraPath) -> dict[str, Floats]:
    """Attributes of the camera by name, one value per frame; apertures and focal length in tenths of a metre."""
    lens = path.lens or PhysicalLens()
    found = {} if lens.f_number is None else {"fStop": np.array([lens.f_number])}
    if path.intrinsics is None:
        return found
    fx, fy, cx, cy = path.intrinsics.T
    width = np.full(len(path), (lens.sensor_width_mm or DEFAULT_SENSOR_WIDTH_MM) / MM_PER_TENTH_OF_METRE)
    focal = fx * width
    height = focal / fy
    return found | {
        "focalLength": focal,
        "horizontalAperture": width,
        "verticalAperture": height,
        "horizontalApertureOffset": (0.5 - cx) * width,
        "verticalApertureOffset": (cy - 0.5) * height,
    }


def _floats(name: str, values: Floats, codes: Floats) -> Iterable[str]:
    """USD keeps these as float32."""
    numbers = values.astype(np.float32)
    if np.all(numbers == numbers[0]):
        return [f"    float {name} = {numbers[0].item()!r}"]
    samples = [f"        {shortest(c)}: {n!r}," for c, n in zip(codes, numbers.tolist(), strict=True)]
    return [f"    float {name}.timeSamples = {{", *samples, "    }"]


def _matrix(rows: Floats) -> str:
    return "( " + ", ".join(f"({', '.join(map(shortest, row))})" for row in rows) + " )"
