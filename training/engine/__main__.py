"""`python -m training.engine JOB.json`, also under `accelerate launch` and `torchrun`."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from training.engine.run import Cancelled, run_job
from training.engine.spec import JobRefused, read_job

FINISHED, REFUSED, CANCELLED = 0, 3, 4


def main(arguments: list[str]) -> int:
    """Exit status: 0 finished, 3 refused (the reason is on standard output), 4 cancelled by SIGTERM or SIGINT."""
    asked_to_stop: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: asked_to_stop.append(received))
    try:
        (path,) = arguments
        result = run_job(read_job(Path(path)), stop=lambda: bool(asked_to_stop))
    except JobRefused as error:
        sys.stdout.write(json.dumps({"event": "refused", "reason": str(error)}) + "\n")
        return REFUSED
    except Cancelled:
        sys.stdout.write(json.dumps({"event": "cancelled", "step": 0}) + "\n")
        return CANCELLED
    return CANCELLED if result["ended"] == "cancelled" else FINISHED


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m training.engine JOB.json")
    sys.exit(main(sys.argv[1:]))
