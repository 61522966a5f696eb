"""RealEstate10K text, as CameraCtrl and VideoX-Fun also write it.

One line of text (a URL), then a line per frame of 19 numbers: timestamp, fx fy cx cy (shares of width and height),
two zeros, and the 3 x 4 world-to-camera matrix row by row, OpenCV axes.
"""

import numpy as np

from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.cameras.reading import (
    Loss,
    RawPath,
    Reading,
    TimeUnit,
    check_frame_count,
    decoded,
    fields,
    homogeneous,
    is_number,
    numbered_lines,
    numbers,
)
from curation.record.problems import refuse

ROW, ROW_4X4 = 19, 23
HEADER = "OpenSlate camera path, timestamps in microseconds"
_UNIT_S: dict[str, float] = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


def looks_like(lines: list[str]) -> bool:
    """Whether one of a file's first lines is a row of this format."""
    return any(len(row := fields(line)) in (ROW, ROW_4X4) and all(map(is_number, row)) for line in lines)


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of such a file; frames are put in the order of their timestamps.

    Raises:
        RecordRefused: Naming the line.
    """
    header, rows, line_numbers = _rows(decoded(content))
    notes = [] if header else ["There is no first line of text; the first row was read as a frame."]
    order = _order(rows[:, 0], line_numbers)
    if np.any(np.diff(order) < 0):
        notes.append("Frames were out of order and have been sorted by timestamp.")
    rows = rows[order]
    times_s, losses, note = _times(rows[:, 0], header, reading)
    intrinsics, more = _intrinsics(rows[:, 1:5], line_numbers[int(order[0])], reading)
    return RawPath(
        matrices=homogeneous(rows[:, 7:19].reshape(-1, 3, 4)),
        intrinsics=intrinsics,
        times_s=times_s,
        width=reading.width,
        height=reading.height,
        losses=(*losses, *_distortion(rows[:, 5:7])),
        notes=(*notes, *note, *more),
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
    header = HEADER if path.times_s is not None else "OpenSlate camera path, timestamps are frame numbers"
    lines = [header]
    for stamp, intrinsics, matrix in zip(stamps, path.intrinsics, matrices, strict=True):
        row = [stamp, *intrinsics, 0.0, 0.0, *matrix[:3].ravel()]
        lines.append(" ".join(_shortest(value) for value in row))
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
        values = numbers(row, line_number)
        _check_last_row(values, line_number)
        rows.append(values[:ROW])
        line_numbers.append(line_number)
        if len(rows) > MAX_FRAMES:
            break
    check_frame_count(len(rows))
    return header, np.array(rows), line_numbers


def _is_row(row: list[str]) -> bool:
    """A first line is a row when it is as long as one or made of several numbers; else it is the line of text."""
    return len(row) > 1 and (all(map(is_number, row)) or (len(row) in (ROW, ROW_4X4) and is_number(row[0])))


def _check_last_row(values: list[float], line_number: int) -> None:
    if len(values) == ROW_4X4 and not np.allclose(values[ROW:], (0, 0, 0, 1), atol=1e-6):
        raise refuse(
            f"line {line_number}", "wrong_columns", "The matrix does not end in 0 0 0 1.", "Write a 3x4 or 4x4 matrix."
        )


def _order(stamps: Floats, line_numbers: list[int]) -> np.ndarray:
    if np.all(stamps == stamps[0]):
        return np.arange(len(stamps))
    order = np.argsort(stamps, kind="stable")
    same = np.diff(stamps[order]) == 0
    if same.any():
        second = int(order[1:][same][0])
        raise refuse(
            f"line {line_numbers[second]}",
            "repeated_timestamp",
            f"The timestamp {stamps[second]:.15g} has been used before.",
            "Give every frame its own timestamp, or the same one (0) to all.",
        )
    return order


def _times(stamps: Floats, header: str, reading: Reading) -> tuple[Floats | None, tuple[Loss, ...], tuple[str, ...]]:
    if len(stamps) > 1 and np.all(stamps == stamps[0]) and reading.time_unit is None:
        return _numbered(len(stamps), reading, "All timestamps are the same")
    unit = reading.time_unit or _unit(stamps, header)
    if unit == "frames":
        if reading.fps:
            return (stamps - stamps[0]) / reading.fps, (), ("Timestamps were read as frame numbers.",)
        return None, (Loss("times_s", "Timestamps are frame numbers; the frame rate was not in the file."),), ()
    note = () if reading.time_unit or "microseconds" in header else (f"Timestamps were read as {_NAMES[unit]}.",)
    return stamps * _UNIT_S[unit], (), note


_NAMES = {"us": "microseconds", "ms": "milliseconds", "s": "seconds"}


def _numbered(count: int, reading: Reading, why: str) -> tuple[Floats | None, tuple[Loss, ...], tuple[str, ...]]:
    if reading.fps:
        return np.arange(count) / reading.fps, (), (f"{why}; the given frame rate was used.",)
    return None, (Loss("times_s", f"{why}: the times of the frames were not in the file."),), ()


def _unit(stamps: Floats, header: str) -> TimeUnit:
    """The likeliest unit: RealEstate10K itself has microseconds, programs after it write seconds or frame numbers."""
    if header == HEADER:
        return "us"
    if "frame numbers" in header:
        return "frames"
    step = float(np.median(np.diff(stamps))) if len(stamps) > 1 else 0.0
    if step >= 1_000:
        return "us"
    if np.all(stamps == np.round(stamps)):
        return "frames"
    return "ms" if step > 1 else "s"


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


def _shortest(value: float) -> str:
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
