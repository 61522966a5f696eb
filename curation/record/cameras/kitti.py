"""KITTI odometry: twelve numbers per line, a 3 x 4 camera-to-world matrix row by row, OpenCV axes, metres.

The companion is KITTI's `times.txt`, one number of seconds per line.
"""

import numpy as np

from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import RawPath, Reading
from curation.record.cameras.text import (
    check_last_rows,
    decoded,
    fields,
    homogeneous,
    is_row_of,
    shortest,
    table,
)
from curation.record.cameras.timestamps import Times, numbered, times_of
from curation.record.problems import refuse

ROW, ROW_4X4 = 12, 16


def looks_like(line: str) -> bool:
    """Whether a line of a file is a row of this format."""
    return is_row_of(fields(line), ROW, ROW_4X4)


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of such a file, its frames in the order of its lines.

    Raises:
        RecordRefused: Naming the line.
    """
    rows, line_numbers = table(decoded(content), (ROW, ROW_4X4), "the twelve numbers of a 3x4 matrix, row by row")
    if rows.shape[1] == ROW_4X4:
        check_last_rows(rows[:, ROW:], line_numbers)
    times = _times(len(rows), reading)
    return RawPath(
        matrices=homogeneous(rows[:, :ROW].reshape(-1, 3, 4)),
        times_s=times.seconds,
        losses=times.losses,
        notes=times.notes,
    )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`poses.txt`, and `times.txt` where the path has times."""
    lines = [" ".join(map(shortest, matrix[:3].ravel())) for matrix in matrices]
    files = {"poses.txt": ("\n".join(lines) + "\n").encode()}
    if path.times_s is not None:
        files["times.txt"] = ("\n".join(map(shortest, path.times_s)) + "\n").encode()
    return files


def _times(count: int, reading: Reading) -> Times:
    if reading.companion is None:
        return Times(numbered(count, reading))
    stamps, line_numbers = table(decoded(reading.companion), (1,), "one number of seconds", stamped=True)
    if len(stamps) != count:
        raise refuse(
            f"line {line_numbers[-1]} of the companion",
            "wrong_count",
            f"There are {len(stamps)} times for {count} poses.",
            "Upload the times.txt of the same sequence.",
        )
    return times_of(np.ascontiguousarray(stamps[:, 0]), reading, said="s")
