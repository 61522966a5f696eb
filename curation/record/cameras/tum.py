"""TUM trajectories: `timestamp tx ty tz qx qy qz qw` per line (w last), camera to world, OpenCV axes, metres."""

import numpy as np

from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import RawPath, Reading
from curation.record.cameras.rotations import matrix_from_quaternion, quaternion_from_matrix
from curation.record.cameras.text import (
    check_quaternions,
    decoded,
    fields,
    homogeneous,
    is_row_of,
    shortest,
    table,
)
from curation.record.cameras.timestamps import in_order, times_of, unit_named_in

ROW = 8
COLUMNS = "timestamp tx ty tz qx qy qz qw"


def looks_like(line: str) -> bool:
    """Whether a line of a file is a row of this format."""
    return is_row_of(fields(line), ROW)


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of such a file; frames are put in the order of their timestamps.

    Raises:
        RecordRefused: Naming the line.
    """
    text = decoded(content)
    rows, line_numbers = table(text, (ROW,), COLUMNS, stamped=True)
    order = in_order(rows[:, 0], line_numbers)
    notes = ("Frames were out of order and have been sorted by timestamp.",) if np.any(np.diff(order) < 0) else ()
    rows = rows[order]
    check_quaternions(rows[:, 4:], [f"line {line_numbers[i]}" for i in order])
    times = times_of(rows[:, 0], reading, said=unit_named_in(text.lstrip().partition("\n")[0]))
    rotations = matrix_from_quaternion(rows[:, [7, 4, 5, 6]])
    return RawPath(
        matrices=homogeneous(np.concatenate([rotations, rows[:, 1:4, None]], axis=2)),
        times_s=times.seconds,
        losses=times.losses,
        notes=(*notes, *times.notes),
    )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`trajectory.txt`; without times, timestamps are frame numbers and the first line says so."""
    stamps = np.arange(len(path), dtype=np.float64) if path.times_s is None else path.times_s
    unit = "frame numbers" if path.times_s is None else "seconds"
    lines = [f"# {COLUMNS} (timestamps are {unit})"]
    quaternions = quaternion_from_matrix(matrices[:, :3, :3])[:, [1, 2, 3, 0]]
    for stamp, position, quaternion in zip(stamps, matrices[:, :3, 3], quaternions, strict=True):
        lines.append(" ".join(map(shortest, (stamp, *position, *quaternion))))
    return {"trajectory.txt": ("\n".join(lines) + "\n").encode()}
