"""The child's side: `python -m curation.probing.map_child` reads one map and writes the canonical one."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from curation.probing.confinement import confine, read_request
from curation.probing.facts import Limits, Refused, out_of_memory

_ROWS_AT_ONCE = 256
_SMALLER = "Save it at a smaller size, for instance 4096x2048."


def convert(source: Path, target: Path, *, format: str, options: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """See `map_conversion.convert_map`.

    Raises:
        Refused: The map cannot be read, or is larger than what may be written.
    """
    from curation.probing.map_files import read_map
    from curation.record.lighting import world_from_env

    found = read_map(source, format=format, limits=limits)
    losses: list[dict[str, str]] = [*_dropped(found.channels)]
    pixels, space, notes = _in_rec709(found, options.get("colorspace"))
    orientation, yaw_deg = options.get("orientation"), float(options.get("yaw_deg", 0.0))
    if orientation is None:
        losses.append(_loss("orientation", "The file does not say where its middle looks; taken as OpenEXR, south."))
    _write(target, pixels)
    return {
        "source_format": format,
        "source_colorspace": space,
        "orientation": orientation or "openexr",
        "yaw_deg": yaw_deg,
        "world_from_env": world_from_env(orientation or "openexr", yaw_deg=yaw_deg).ravel().tolist(),
        "losses": losses + notes,
    }


def _dropped(channels: list[str]) -> Iterator[dict[str, str]]:
    if others := sorted(set(channels) - set("RGB")):
        yield _loss("channels", f"Only R, G and B are kept; {', '.join(others)[:200]} were dropped.")


def _in_rec709(found: Any, asked: str | None) -> tuple[np.ndarray, str, list[dict[str, str]]]:
    """`[N, 2N, 3]` pixels, the name of the space they came from, and what was assumed or lost."""
    from curation.record.lighting import COLOR_SPACES, to_rec709

    name, space = (asked, COLOR_SPACES[asked]) if asked else found.space
    notes = []
    if space is None:
        name, space = "lin_rec709", COLOR_SPACES["lin_rec709"]
        notes.append(_loss("colorspace", "The file does not name its primaries; taken as linear Rec.709."))
    same = name == "lin_rec709"
    half = same and found.half
    pixels = np.empty((found.height, found.width, 3), np.float16 if half else np.float32)
    outside = 0
    for top in range(0, found.height, _ROWS_AT_ONCE):
        rows = np.stack([band[top : top + _ROWS_AT_ONCE] for band in found.bands], axis=-1)
        if not same:
            rows = to_rec709(rows.astype(np.float32), space)
            outside += int((rows < 0).any(axis=-1).sum())
        pixels[top : top + _ROWS_AT_ONCE] = np.clip(rows, 0, None)
    if outside:
        share = outside / (found.height * found.width)
        notes.append(_loss("gamut", f"{share:.2%} of the pixels lie outside Rec.709 and were clipped at its edge."))
    return pixels, name, notes


def _write(target: Path, pixels: np.ndarray) -> None:
    import OpenEXR

    from curation.record.lighting import COLOR_SPACES

    space = COLOR_SPACES["lin_rec709"]
    header = {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        "chromaticities": (*space.red, *space.green, *space.blue, *space.white),
    }
    try:
        with OpenEXR.File(header, {"RGB": pixels}) as file:
            file.write(str(target))
    except (RuntimeError, OSError) as error:
        raise Refused("map_unwritable", f"The map cannot be written ({error}).", _SMALLER) from error


def _loss(field: str, message: str) -> dict[str, str]:
    return {"field": field, "message": message}


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """What to print for a request: `{"made": ...}` or `{"refusal": ...}`."""
    limits = Limits(**request["limits"])
    source, target = Path(request["source"]), Path(request["target"])
    try:
        return {"made": convert(source, target, format=request["format"], options=request["options"], limits=limits)}
    except Refused as refused:
        return {"refusal": refused.refusal.as_dict()}
    except MemoryError:
        return {"refusal": out_of_memory(limits).as_dict()}


def main() -> int:
    request = read_request()
    limits = Limits(**request["limits"])
    confine(
        memory_bytes=limits.memory_bytes,
        cpu_s=limits.cpu_s,
        open_files=limits.open_files,
        file_bytes=request["written_bytes"],
    )
    json.dump(answer(request), sys.stdout, allow_nan=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
