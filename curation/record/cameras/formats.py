"""The registry of camera formats, detection by content, and the one way in and out."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from curation.record.cameras import colmap, nerfstudio, npy, realestate10k
from curation.record.cameras.conventions import CONVENTIONS, Convention, from_canon, to_canon
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import ExportedPath, ImportedPath, Loss, RawPath, Reading, decoded
from curation.record.problems import refuse

LOOKED_AT = 64  # lines that detection reads


@dataclass(frozen=True)
class CameraFormat:
    """One file format.

    Attributes:
        name: Key of the registry and of `camera.poses.format`.
        title: What people call it.
        convention: What its matrices mean unless the uploader says otherwise.
        carries: Which of intrinsics, times_s, size pass through it.
        read: From a file's bytes to matrices in the file's convention.
        write: From such matrices and the path's other fields to files by name.
    """

    name: str
    title: str
    convention: Convention
    carries: frozenset[str]
    read: Callable[[bytes, Reading], RawPath]
    write: Callable[[Floats, CameraPath], dict[str, bytes]]


FORMATS: dict[str, CameraFormat] = {
    format_.name: format_
    for format_ in (
        CameraFormat("npy", "Canonical .npy", CONVENTIONS["opencv_c2w"], frozenset(), npy.read, npy.write),
        CameraFormat(
            "realestate10k",
            "RealEstate10K / CameraCtrl text",
            CONVENTIONS["opencv_w2c"],
            frozenset({"intrinsics", "times_s"}),
            realestate10k.read,
            realestate10k.write,
        ),
        CameraFormat(
            "colmap",
            "COLMAP text",
            CONVENTIONS["opencv_w2c"],
            frozenset({"intrinsics", "size"}),
            colmap.read,
            colmap.write,
        ),
        CameraFormat(
            "nerfstudio",
            "nerfstudio / instant-ngp transforms.json",
            CONVENTIONS["opengl_c2w"],
            frozenset({"intrinsics", "size"}),
            nerfstudio.read,
            nerfstudio.write,
        ),
    )
}

_MISSING = {
    "intrinsics": "Intrinsics were not in the file.",
    "times_s": "The times of the frames were not in the file.",
    "size": "The size of the frames was not in the file.",
    "up": "Which way is up was not in the file.",
}


def detect(content: bytes, filename: str = "") -> str:
    """The name of the format of a file, by its content; the file's name is only told in the refusal.

    Raises:
        RecordRefused: It is none of `FORMATS`.
    """
    if content.startswith(npy.MAGIC):
        return "npy"
    text = decoded(content).lstrip()
    if text.startswith(("{", "[")):
        if '"transform_matrix"' in text:
            return "nerfstudio"
    elif text:
        lines = [line for line in text[:200_000].splitlines()[:LOOKED_AT] if line.strip() and line.strip()[0] != "#"]
        if realestate10k.looks_like(lines):
            return "realestate10k"
        if colmap.looks_like(lines):
            return "colmap"
    known = ", ".join(format_.title for format_ in FORMATS.values())
    label = json.dumps(filename[:80], ensure_ascii=True) if filename else "This file"
    raise refuse("", "unknown_format", f"{label} is in none of the known camera formats.", f"Upload one of: {known}.")


def import_camera(
    content: bytes,
    *,
    filename: str = "",
    format: str | None = None,
    companion: bytes | None = None,
    reading: Reading | None = None,
) -> ImportedPath:
    """The canonical path of a camera file, with what was lost and how doubts were settled.

    Args:
        content: The file.
        filename: Its name, for messages only.
        format: A key of `FORMATS`; found by content when left out.
        companion: The other of COLMAP's two texts.
        reading: What the uploader knows beyond the file.

    Raises:
        RecordRefused: Naming the line or frame and the fix. Nothing else is raised, whatever the bytes.
    """
    reading = reading or Reading()
    if companion is not None:
        content = content + b"\n" + companion
    name = format or detect(content, filename)
    if name not in FORMATS:
        raise refuse(
            "", "unknown_format", f"There is no camera format {name[:40]!r}.", f"Use one of {', '.join(FORMATS)}."
        )
    raw = FORMATS[name].read(content, reading)
    convention = reading.convention or FORMATS[name].convention
    path = CameraPath(
        c2w=to_canon(raw.matrices, convention, reading.world_up),
        intrinsics=raw.intrinsics,
        times_s=raw.times_s,
        width=raw.width,
        height=raw.height,
        up="declared" if reading.world_up else "unknown",
    )
    return ImportedPath(path, name, convention, _losses(path, raw), raw.notes)


def export_camera(path: CameraPath, format: str) -> ExportedPath:
    """The files of a path in a format, and the fields that do not pass.

    Raises:
        RecordRefused: The path lacks what the format cannot be written without, or holds values that are not finite.
    """
    target = FORMATS[format]
    if not np.isfinite(path.c2w).all():
        raise refuse("", "not_finite", "The path holds values that are not finite.", "Repair the path first.")
    files = target.write(from_canon(path.c2w, target.convention), path)
    held = {"intrinsics": path.intrinsics, "times_s": path.times_s, "size": path.width}
    lost = [name for name, value in held.items() if value is not None and name not in target.carries]
    if path.up == "declared":
        lost.append("up")
    losses = tuple(Loss(name, f"{target.title} does not carry {_WORDS[name]}.") for name in lost)
    return ExportedPath(files, losses)


_WORDS = {"intrinsics": "intrinsics", "times_s": "times", "size": "the frame size", "up": "which way is up"}


def with_times(path: CameraPath, fps: float) -> CameraPath:
    """The same path with frame i at i / fps seconds."""
    return replace(path, times_s=np.arange(len(path)) / fps)


def _losses(path: CameraPath, raw: RawPath) -> tuple[Loss, ...]:
    """What the reader reported, and every field that is not there and was not reported."""
    told = {loss.field for loss in raw.losses}
    held = {"intrinsics": path.intrinsics, "times_s": path.times_s, "size": path.width}
    missing = [name for name, value in held.items() if value is None and name not in told]
    if path.up == "unknown":
        missing.append("up")
    return (*raw.losses, *(Loss(name, _MISSING[name]) for name in missing))
