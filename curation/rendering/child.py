"""The child's side: `python -m curation.rendering.child` reads one request, writes files to a folder and answers."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from curation.probing.confinement import confine, read_request
from curation.rendering.profiles import PROFILES, Rendered, RenderFailed, RenderLimits


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """What to print for a request: `{"files": [...], "facts": {...}}` or `{"failure": {...}}`."""
    renderer: Callable[..., Rendered] = import_module(PROFILES[request["kind"]].renderer).render
    try:
        made = renderer(Path(request["path"]), Path(request["folder"]))
    except MemoryError:
        return {"failure": RenderFailed("render_memory", "Making the preview needs too much memory.").as_dict()}
    except ImportError:
        raise
    except Exception as error:  # decoders raise anything over hostile bytes; none of it is ours to survive
        told = str(error).replace(request["path"], "the file")[:300]
        return {"failure": RenderFailed("render_failed", f"{type(error).__name__}: {told}").as_dict()}
    return {"files": [file.as_dict() for file in made.files], "facts": made.facts}


def main() -> int:
    request = read_request()
    limits = RenderLimits(**request["limits"])
    confine(
        memory_bytes=limits.memory_bytes,
        cpu_s=limits.cpu_s,
        open_files=limits.open_files,
        file_bytes=limits.file_bytes,
    )
    json.dump(answer(request), sys.stdout, allow_nan=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
