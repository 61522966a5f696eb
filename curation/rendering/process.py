"""The parent's side: starts the child under limits and puts whatever became of it into words."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

from curation.probing import confinement
from curation.rendering.profiles import Rendered, RenderedFile, RenderFailed, RenderLimits

_WORDS = {
    "time": ("render_timeout", "Making the preview took too long."),
    "memory": ("render_memory", "Making the preview needs more memory than it may use."),
    "crash": ("render_crashed", "The decoder died on this file."),
}


class RenderBroken(RuntimeError):
    """The renderer itself is at fault, not the file: a library is missing, or the child could not start."""


def render(path: Path, folder: Path, *, kind: str, limits: RenderLimits | None = None) -> Rendered | RenderFailed:
    """What was made of the file and now lies in the folder; or why nothing was.

    Args:
        path: The original, verified; read only.
        folder: Empty; what lies in it after a failure is of no use.
        kind: One of `PROFILES`.

    Raises:
        RenderBroken: The rendering process failed for a reason that is not the file's.
    """
    limits = limits or RenderLimits()
    request = {"path": str(path), "folder": str(folder), "kind": kind, "limits": asdict(limits)}
    try:
        child = confinement.run("curation.rendering.child", request, wall_s=limits.wall_s)
    except subprocess.TimeoutExpired:
        return RenderFailed(*_WORDS["time"])
    if child.returncode == 0:
        return _answer(child.stdout)
    cause = confinement.cause_of_death(child.returncode, child.stderr)
    if cause == "fault":
        raise RenderBroken(f"It ended with {child.returncode}: {child.stderr.decode(errors='replace')[-2000:]}")
    return RenderFailed(*_WORDS[cause])


def _answer(output: bytes) -> Rendered | RenderFailed:
    answer = json.loads(output)
    if "failure" in answer:
        return RenderFailed(**answer["failure"])
    return Rendered(tuple(RenderedFile(**file) for file in answer["files"]), answer["facts"])
