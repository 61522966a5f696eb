"""Which camera format a file is in: by its content, never by its name."""

import json

from curation.record.cameras import (
    blender,
    colmap,
    colmap_binary,
    colmap_text,
    gltf,
    gltf_container,
    kitti,
    multicam,
    nerfstudio,
    npy,
    pluecker,
    realestate10k,
    tum,
    usd_layers,
)
from curation.record.cameras.formats import FORMATS
from curation.record.cameras.json_values import parse_json
from curation.record.cameras.text import decoded, first_lines
from curation.record.problems import RecordRefused, refuse

# Looked at in this order; a row of numbers is told by how many there are.
_JSON = {"gltf": gltf, "nerfstudio": nerfstudio, "multicam": multicam, "blender": blender}
_TEXT = {"realestate10k": realestate10k, "colmap": colmap_text, "tum": tum, "kitti": kitti}


def detect(content: bytes, filename: str = "") -> str:
    """The name of the format of a file, by its content; the file's name is only told in the refusal.

    Raises:
        RecordRefused: It is none of `FORMATS`.
    """
    found = _binary(content) or _written(content)
    if found:
        return found
    known = ", ".join(format_.title for format_ in FORMATS.values())
    label = json.dumps(filename[:80], ensure_ascii=True) if filename else "This file"
    raise refuse("", "unknown_format", f"{label} is in none of the known camera formats.", f"Upload one of: {known}.")


def detect_json(data: object) -> str:
    """The name of the format of decoded JSON; empty where it is none."""
    return next((name for name, module in _JSON.items() if module.looks_like(data)), "")


def detect_text(text: str) -> str:
    """The name of the format of the first line that is of any; empty where none is."""
    lines = first_lines(text)
    return next((name for line in lines for name, module in _TEXT.items() if module.looks_like(line)), "")


def _binary(content: bytes) -> str:
    if content.startswith(npy.MAGIC):
        return "pluecker" if pluecker.is_rays(content) else "npy"
    if content.startswith(gltf_container.MAGIC):
        return "glb"
    if usd_layers.looks_like(content):
        return "usd"
    if not colmap.is_binary(content):
        return ""
    is_model = colmap_binary.looks_like_images(content) or colmap_binary.looks_like_cameras(content)
    return "colmap_binary" if is_model else ""


def _written(content: bytes) -> str:
    try:
        text = decoded(content).lstrip()
        if text.startswith(("{", "[")):
            return detect_json(parse_json(content))
    except RecordRefused as refusal:
        # A broken JSON is not an unknown one: the line where it breaks is what helps.
        if refusal.code not in ("not_text",):
            raise
        return ""
    return detect_text(text)
