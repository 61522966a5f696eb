"""Text: camera files, descriptions. Read as UTF-8, never run, always served as plain text."""

import json
import re
from pathlib import Path
from typing import Any

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[-+]?nan|[-+]?inf", re.IGNORECASE)
_LINES_LOOKED_AT = 200
_POSE_NUMBERS = 7  # the fewest numbers that state a pose: a translation and a quaternion
_CAMERA_KEYS = {"frames", "camera_angle_x", "fl_x", "frame0", "cameras", "scenes", "asset"}
_ACTIVE = re.compile(r"<\s*(script|svg|html|iframe|object|embed)\b", re.IGNORECASE)


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a text: `camera_file` where its lines or keys state camera poses, else `text`.

    Raises:
        Refused: Too long, not UTF-8, JSON that does not parse, or markup that a browser would run.
    """
    size = path.stat().st_size
    if size > limits.max_text_bytes:
        most = limits.max_text_bytes // 2**20
        raise Refused("text_too_large", f"The text has {size} bytes.", f"Keep it under {most} MiB.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("text_not_utf8", f"The text is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    if "\0" in text:
        raise Refused("type_not_accepted", "The text holds zero bytes.", "Save it as plain UTF-8 text.")
    if _ACTIVE.search(text):
        raise Refused("active_content", "The text holds HTML or SVG that can run scripts.", "Take the markup out.")
    states_poses = _json_states_poses(text) if found.name == "json" else _lines_state_poses(text)
    content_type = "application/json" if found.name == "json" else "text/plain"
    kind = "camera_file" if states_poses else "text"
    return Facts(kind, content_type, size, {"lines": text.count("\n") + 1, "characters": len(text)})


def _json_states_poses(text: str) -> bool:
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(
            "json_undecodable", f"The JSON cannot be read ({error}).", "Check it with a JSON validator."
        ) from error
    return isinstance(data, dict) and not _CAMERA_KEYS.isdisjoint(data)


def _lines_state_poses(text: str) -> bool:
    lines = (line for line in text.splitlines()[:_LINES_LOOKED_AT] if not line.lstrip().startswith("#"))
    return any(_is_pose(line) for line in lines)


def _is_pose(line: str) -> bool:
    words = line.replace(",", " ").split()
    return sum(bool(_NUMBER.fullmatch(word)) for word in words) >= _POSE_NUMBERS
