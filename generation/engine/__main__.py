"""`python -m generation.engine JOB.json`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from generation.engine.run import Cancelled, run_job, tell
from generation.engine.spec import JobRefused, read_job

FINISHED, REFUSED, CANCELLED = 0, 3, 4


def main(arguments: list[str]) -> int:
    """Exit status: 0 finished, 3 refused (the reason is on standard output), 4 cancelled by SIGTERM or SIGINT."""
    asked_to_stop: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: asked_to_stop.append(received))
    try:
        run_job(read_job(Path(arguments[0])), stop=lambda: bool(asked_to_stop))
    except JobRefused as error:
        tell("refused", reason=str(error))
        return REFUSED
    except Cancelled:
        tell("cancelled")
        return CANCELLED
    return FINISHED


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m generation.engine JOB.json")
    sys.exit(main(sys.argv[1:]))
