"""RealEstate10K text, as CameraCtrl and VideoX-Fun also write it.

One line of text (a URL), then a line per frame of 19 numbers: timestamp, fx fy cx cy (shares of width and height),
two zeros, and the 3 x 4 world-to-camera matrix row by row, OpenCV axes.
"""

import numpy as np

from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.cameras.reading import Loss, RawPath, Reading, TimeUnit
from curation.record.cameras.text import (
    MOST_COLUMNS,
    check_frame_count,
    check_last_rows,
    decoded,
    fields,
    homogeneous,
    is_number,
    is_row_of,
    numbered_lines,
    numbers,
    shortest,
)
from curation.record.cameras.timestamps import in_order, times_of, unit_named_in
from curation.record.problems import refuse

ROW, ROW_4X4 = 19, 23


def looks_like(line: str) -> bool:
    """Whether a line of a file is a row of this format."""
    return is_row_of(fields(line), ROW, ROW_4X4)


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of such a file; frames are put in the order of their timestamps.

    Raises:
        RecordRefused: Naming the line.
    """
    header, rows, line_numbers = _rows(decoded(content))
    notes = [] if header else ["There is no first line of text; the first row was read as a frame."]
    order = in_order(rows[:, 0], line_numbers)
    if np.any(np.diff(order) < 0):
        notes.append("Frames were out of order and have been sorted by timestamp.")
    rows = rows[order]
    times = times_of(rows[:, 0], reading, said=_unit_said(header))
    intrinsics, more = _intrinsics(rows[:, 1:5], line_numbers[int(order[0])], reading)
    return RawPath(
        matrices=homogeneous(rows[:, 7:19].reshape(-1, 3, 4)),
        intrinsics=intrinsics,
        times_s=times.seconds,
        width=reading.width,
        height=reading.height,
        losses=(*times.losses, *_distortion(rows[:, 5:7])),
        notes=(*notes, *times.notes, *more),
    )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`poses.txt`. Numbers are written in full, so that reading them gives them back.

    Raises:
        RecordRefused: The path has no intrinsics, which every row needs.
    """
    if path.intrinsics is None:
        raise refuse(
            "",
            "intrinsics_required",
            "RealEstate10K rows need intrinsics and the path has none.",
            "Add intrinsics first.",
        )
    stamps = np.arange(len(path), dtype=np.float64) if path.times_s is None else path.times_s * 1e6
    unit = "frame numbers" if path.times_s is None else "microseconds"
    lines = [f"OpenSlate camera path, timestamps are {unit}"]
    for stamp, intrinsics, matrix in zip(stamps, path.intrinsics, matrices, strict=True):
        row = [stamp, *intrinsics, 0.0, 0.0, *matrix[:3].ravel()]
        lines.append(" ".join(map(shortest, row)))
    return {"poses.txt": ("\n".join(lines) + "\n").encode()}


def _rows(text: str) -> tuple[str, Floats, list[int]]:
    header, rows, line_numbers = "", list[list[float]](), list[int]()
    for line_number, line in numbered_lines(text):
        row = fields(line)
        if not row:
            continue
        if not rows and not header and not _is_row(row):
            header = line
            continue
        if len(row) not in (ROW, ROW_4X4):
            raise refuse(
                f"line {line_number}",
                "wrong_columns",
                f"This row has {len(row)} columns, not {ROW}.",
                "Each row is: timestamp fx fy cx cy 0 0 and twelve numbers of a 3x4 matrix.",
            )
        values = numbers(row, line_number, stamped=True)
        if len(values) == ROW_4X4:
            check_last_rows(np.array([values[ROW:]]), [line_number])
        rows.append(values[:ROW])
        line_numbers.append(line_number)
        if len(rows) > MAX_FRAMES:
            break
    check_frame_count(len(rows))
    return header, np.array(rows), line_numbers


def _is_row(row: list[str]) -> bool:
    """A first line is a row when it is as long as one or made of several numbers; else it is the line of text."""
    if not 1 < len(row) <= MOST_COLUMNS:
        return False
    return all(map(is_number, row)) or (len(row) in (ROW, ROW_4X4) and is_number(row[0]))


def _unit_said(header: str) -> TimeUnit | None:
    """The unit in a header of ours: other headers are addresses of videos, which may hold any word."""
    return unit_named_in(header) if header.startswith("OpenSlate") else None


def _intrinsics(columns: Floats, first_line: int, reading: Reading) -> tuple[Floats, tuple[str, ...]]:
    if np.median(np.abs(columns[:, :2])) < 10:
        return columns, ()
    if reading.width and reading.height:
        scale = np.array([reading.width, reading.height, reading.width, reading.height], dtype=np.float64)
        return columns / scale, ("Intrinsics were in pixels and have been divided by the given size.",)
    raise refuse(
        f"line {first_line}",
        "pixels",
        f"The focal length {columns[0, 0]:g} looks like pixels; this format has shares of the frame.",
        "Give the width and height of the frames.",
    )


def _distortion(columns: Floats) -> tuple[Loss, ...]:
    if np.any(columns != 0):
        return (Loss("distortion", "The two columns after cy are not zero and were not kept."),)
    return ()
