"""The parent's side of making a canonical environment map: a process that may die reads one file and writes another."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from curation.probing.facts import Limits, Refusal
from curation.probing.process import ask

WRITTEN_BYTES = 2**29  # the largest map as float32, with room for what does not compress
OPTIONS = frozenset({"colorspace", "orientation", "yaw_deg"})


def convert_map(
    source: Path,
    target: Path,
    *,
    format: str,
    options: Mapping[str, Any],
    limits: Limits | None = None,
    written_bytes: int = WRITTEN_BYTES,
) -> dict[str, Any] | Refusal:
    """What is to be known of the canonical map that now lies in `target`, or why there is none.

    The map keeps its pixels where it can: another orientation becomes `world_from_env`, which belongs into the record.

    Args:
        source: A latlong map that passed the probe; read only.
        target: Where OpenEXR, linear Rec.709, is written; half floats stay half.
        format: `exr` or `hdr`.
        options: What the file does not say, each optional: `colorspace` (a key of `COLOR_SPACES`), `orientation` (of
            `ORIENTATIONS`), `yaw_deg`.

    Returns:
        `source_format`, `source_colorspace`, `orientation`, `yaw_deg`, `world_from_env` (nine numbers, row by row),
        `losses` (each `{field, message}`).

    Raises:
        ProbeBroken: The process failed for a reason that is not the file's.
    """
    limits = limits or Limits()
    request = {
        "source": str(source.resolve()),
        "target": str(target.resolve()),
        "format": format,
        "options": dict(options),
        "limits": asdict(limits),
        "written_bytes": written_bytes,
    }
    answer = ask("curation.probing.map_child", request, limits=limits)
    return answer if isinstance(answer, Refusal) else dict(answer["made"])
