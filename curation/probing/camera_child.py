"""The child's side: `python -m curation.probing.camera_child` reads one camera file and writes the canonical path."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curation.probing.camera_conversion import POSES
from curation.probing.confinement import confine, read_request
from curation.probing.facts import Limits, Refused, out_of_memory

MAX_FACT_FRAMES = 10_000


def convert(
    source: Path, folder: Path, *, name: str, companion: Path | None, options: Mapping[str, Any]
) -> dict[str, Any]:
    """See `camera_conversion.convert_camera`.

    Raises:
        Refused: Naming the line or frame and the fix.
    """
    from curation.record import RecordRefused, cameras

    known = dict(options)
    format_ = known.pop("format", None)
    wanted = {key: known.pop(key, None) for key in ("crop", "resize", "timeline")}
    if "convention" in known:
        known["convention"] = cameras.CONVENTIONS[known["convention"]]
    try:
        imported = cameras.import_camera(
            source.read_bytes(),
            filename=name,
            format=format_,
            companion=companion.read_bytes() if companion else None,
            reading=cameras.Reading(**known),
        )
        path = _adapted(imported.path, **wanted)
    except RecordRefused as refusal:
        problem = refusal.problems[0]
        where = f"{problem.path}: " if problem.path else ""
        raise Refused(problem.code, f"{where}{problem.message}", problem.fix) from refusal
    (folder / POSES).write_bytes(cameras.save_poses(path))
    return _facts(imported, path)


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """What to print for a request: `{"made": ...}` or `{"refusal": ...}`."""
    source, folder = Path(request["source"]), Path(request["folder"])
    companion = Path(request["companion"]) if request["companion"] else None
    try:
        made = convert(source, folder, name=request["name"], companion=companion, options=request["options"])
    except Refused as refused:
        return {"refusal": refused.refusal.as_dict()}
    except MemoryError:
        return {"refusal": out_of_memory(Limits(**request["limits"])).as_dict()}
    return {"made": made}


def main() -> int:
    request = read_request()
    limits = Limits(**request["limits"])
    # USD reads one kind of its files from disk alone, and reports its crashes there; it all goes with the folder.
    os.environ["TMPDIR"] = request["folder"]
    confine(
        memory_bytes=limits.memory_bytes,
        cpu_s=limits.cpu_s,
        open_files=limits.open_files,
        file_bytes=request["written_bytes"],
    )
    json.dump(answer(request), sys.stdout, allow_nan=False)
    return 0


def _adapted(path: Any, *, crop: Any, resize: Any, timeline: Any) -> Any:
    """The path for another frame, and on another clock."""
    from curation.record import cameras

    path = cameras.crop(path, **crop) if crop else path
    path = cameras.resize(path, **resize) if resize else path
    if not timeline:
        return path
    num, den = timeline["fps"]
    return cameras.on_timeline(path, fps=num / den, num_frames=timeline["num_frames"])


def _facts(imported: Any, path: Any) -> dict[str, Any]:
    """The part of a canonical path that its `.npy` does not hold, and what was lost on the way."""
    return {
        "source_format": imported.format,
        "source_convention": imported.convention.name,
        "up": path.up,
        "width": path.width,
        "height": path.height,
        "intrinsics": _per_frame(path.intrinsics),
        "times_s": _per_frame(path.times_s),
        "distortion": _distortion(path),
        "lens": _lens(path),
        "losses": [{"field": loss.field, "message": loss.message} for loss in imported.losses],
        "notes": list(imported.notes),
    }


def _distortion(path: Any) -> dict[str, Any] | None:
    """As the record's `intrinsics.model` and `dist` have it."""
    if path.distortion is None:
        return None
    return {"model": path.distortion.model, "dist": list(path.distortion.coefficients)}


def _lens(path: Any) -> dict[str, float | None] | None:
    """As the record's `lens` has it."""
    if path.lens is None:
        return None
    sensor_mm, focal_mm = path.lens.sensor_width_mm, None
    if sensor_mm is not None and path.intrinsics is not None:
        focal_mm = float(path.intrinsics[0, 0]) * sensor_mm
    return {"sensor_width_mm": sensor_mm, "focal_mm": focal_mm, "f_number": path.lens.f_number}


def _per_frame(values: Any) -> list[Any] | None:
    """One entry where all frames agree, else one per frame; None where there are none, or too many for a row."""
    if values is None or len(values) > MAX_FACT_FRAMES:
        return None
    return values[:1].tolist() if (values == values[0]).all() else values.tolist()


if __name__ == "__main__":
    sys.exit(main())
