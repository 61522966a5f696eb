"""The child's side: `python -m curation.probing.child` reads one request on stdin and answers on stdout.

Limits are set before any decoder is imported. It writes no file and opens no connection.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from curation.probing.confinement import confine, read_request
from curation.probing.credentials import carries_credentials
from curation.probing.detection import detect
from curation.probing.facts import Facts, Limits, Refused, out_of_memory

_INSPECTORS = {
    "container": "curation.probing.containers",
    "image": "curation.probing.images",
    "audio": "curation.probing.sounds",
    "poses": "curation.probing.poses",
    "camera": "curation.probing.camera_files",
    "environment": "curation.probing.environments",
    "text": "curation.probing.texts",
}

MEDIA = {"image", "audio", "clip"}


def inspect(path: Path, *, name: str, declared_type: str, limits: Limits) -> Facts:
    """The facts of one file, in this process.

    Raises:
        Refused: The file is not taken; whatever else a decoder raises is turned into this too.
    """
    found = detect(path, name=name, declared_type=declared_type)
    inspector: Callable[..., Facts] = import_module(_INSPECTORS[found.inspector]).inspect
    try:
        return inspector(path, found=found, name=name, limits=limits)
    except (Refused, MemoryError, ImportError):
        raise
    except Exception as error:  # decoders raise anything over hostile bytes; none of it is ours to survive
        raise Refused(
            "undecodable",
            f"The file cannot be decoded ({type(error).__name__}).",
            "Export it again from the program that made it, and check that it opens.",
        ) from error


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """What to print for a request: `{"facts": ...}` or `{"refusal": ...}`."""
    limits = Limits(**request["limits"])
    try:
        facts = inspect(Path(request["path"]), name=request["name"], declared_type=request["type"], limits=limits)
        return {"facts": _with_credentials(facts, Path(request["path"])).as_dict()}
    except Refused as refused:
        return {"refusal": refused.refusal.as_dict()}
    except MemoryError:
        return {"refusal": out_of_memory(limits).as_dict()}


def _with_credentials(facts: Facts, path: Path) -> Facts:
    if facts.kind not in MEDIA:
        return facts
    return replace(facts, details=facts.details | {"content_credentials": carries_credentials(path)})


def main() -> int:
    request = read_request()
    limits = Limits(**request["limits"])
    confine(memory_bytes=limits.memory_bytes, cpu_s=limits.cpu_s, open_files=limits.open_files)
    json.dump(answer(request), sys.stdout, allow_nan=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
