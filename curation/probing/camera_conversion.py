"""The parent's side of making a canonical camera path: a process that may die reads one file and writes another."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from curation.probing.facts import Limits, Refusal
from curation.probing.process import ask

# Seconds, where a clip takes minutes. USD's libraries alone map 1,080 MiB of the address space, and a damaged crate
# makes them ask for all there is.
LIMITS = Limits(memory_bytes=1_250 * 2**20, cpu_s=30, wall_s=120.0)
WRITTEN_BYTES = 64 * 2**20
POSES = "poses.npy"
# What the uploader knows (`cameras.Reading`, with `companion` as a file of its own), then what the path is wanted for.
KNOWN = frozenset({"convention", "world_up", "metres_per_unit", "time_unit", "fps", "width", "height", "camera"})
OPTIONS = KNOWN | {"format", "companion", "crop", "resize", "timeline"}


def convert_camera(
    source: Path,
    folder: Path,
    *,
    name: str,
    options: Mapping[str, Any],
    companion: Path | None = None,
    limits: Limits = LIMITS,
) -> dict[str, Any] | Refusal:
    """What is to be known of the canonical path that now lies in the folder as `POSES`, or why there is none.

    Args:
        source: A camera file that passed the probe; read only. Likewise `companion`, the second file of formats that
            take one.
        folder: Empty; what lies in it after a refusal is of no use.
        name: What the contributor calls the file.
        options: What the uploader knows beyond the file (the fields of `cameras.Reading`, and `format`), and what is
            wanted: `crop {left, top, width, height}`, then `resize {width, height}`, then `timeline {fps [num, den],
            num_frames}`.
        limits: How much the file may ask of the machine.

    Returns:
        `source_format`, `source_convention`, `up`, `width`, `height`, `intrinsics`, `times_s` (one entry where all
        frames agree), `distortion`, `lens`, `losses` (each `{field, message}`), `notes`.

    Raises:
        ProbeBroken: The process failed for a reason that is not the file's.
    """
    request = {
        "source": str(source.resolve()),
        "folder": str(folder.resolve()),
        "name": name,
        "companion": str(companion.resolve()) if companion else None,
        "options": dict(options),
        "limits": asdict(limits),
        "written_bytes": WRITTEN_BYTES,
    }
    answer = ask("curation.probing.camera_child", request, limits=limits)
    return answer if isinstance(answer, Refusal) else dict(answer["made"])
