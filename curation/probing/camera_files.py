"""Camera files that are neither text nor poses: told apart by their content; what they hold is read on conversion."""

from pathlib import Path

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused
from curation.record.cameras import detect
from curation.record.problems import RecordRefused


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a camera file: its `camera_format`.

    Raises:
        Refused: Too large, or of no camera format; the code is the detection's own after `camera_`.
    """
    size = path.stat().st_size
    if size > limits.max_camera_bytes:
        raise Refused(
            "camera_file_too_large",
            f"The camera file has {size:,} bytes.",
            f"Keep it under {limits.max_camera_bytes // 2**20} MiB: export the camera alone, without geometry.",
        )
    try:
        format_ = detect(path.read_bytes(), name)
    except RecordRefused as refused:
        problem = refused.problems[0]
        raise Refused(f"camera_{problem.code}", problem.message, problem.fix) from refused
    return Facts("camera_file", "application/octet-stream", size, {"camera_format": format_})
