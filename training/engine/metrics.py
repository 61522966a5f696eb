"""What a run says while it runs: one JSON object a line, on standard output and in `metrics.jsonl`."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

import torch


class MetricsLog:
    """Writes events; only the main process of a run does."""

    def __init__(self, path: Path, *, enabled: bool = True) -> None:
        self.path = path
        self.enabled = enabled

    def keep_until(self, step: int) -> None:
        """Forget the lines of steps after `step`, which a resumed run is about to write again."""
        if not self.enabled or not self.path.exists():
            return
        lines = [line for line in self.path.read_text().splitlines() if json.loads(line).get("step", 0) <= step]
        self.path.write_text("".join(f"{line}\n" for line in lines))

    def write(self, event: str, **values: Any) -> None:
        """One line. NaN is a fault of the caller and is refused."""
        if not self.enabled:
            return
        line = json.dumps({"event": event, **values}, allow_nan=False)
        with self.path.open("a") as file:
            file.write(line + "\n")
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def memory_mb(device: torch.device) -> float:
    """Most memory used so far: of the accelerator where there is one, else of this process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
