"""Text: camera files, descriptions. Read as UTF-8, never run, always served as plain text."""

import json
import re
from pathlib import Path

from curation.probing.detection import Format
from curation.probing.facts import Facts, Limits, Refused
from curation.record.cameras import detect_json, detect_text

_ACTIVE = re.compile(r"<\s*(script|svg|html|iframe|object|embed)\b", re.IGNORECASE)


def inspect(path: Path, *, found: Format, name: str, limits: Limits) -> Facts:
    """Facts of a text: `camera_file` with its `camera_format` where it is of one, else `text`.

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
    format_ = _json_format(text) if found.name == "json" else detect_text(text)
    content_type = "application/json" if found.name == "json" else "text/plain"
    details = {"lines": text.count("\n") + 1, "characters": len(text)}
    if format_:
        return Facts("camera_file", content_type, size, details | {"camera_format": format_})
    return Facts("text", content_type, size, details)


def _json_format(text: str) -> str:
    try:
        return detect_json(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Refused(
            "json_undecodable", f"The JSON cannot be read ({error}).", "Check it with a JSON validator."
        ) from error
