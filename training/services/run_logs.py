"""What a run said beside its metrics, kept line by line up to a bound."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from training.models import LogSource, Run, RunLogLine

MOST_LINES = 2_000  # of a run; older ones make room
MOST_AT_ONCE = 500  # of standard error between two looks: a library may write without end
LONGEST = 2_000
TAIL_BYTES = 1 << 18

Clock = Callable[[], datetime]


class RunLog:
    """Collects a running engine's lines: its events as they are told, its standard error as it grows."""

    def __init__(self, run: Run, stderr: Path, clock: Clock) -> None:
        self.run, self.stderr, self.clock = run, stderr, clock
        self._read = 0
        self._rest = b""
        self._lines: list[RunLogLine] = []

    def hear(self, event: str, values: Mapping[str, Any]) -> None:
        self._take(LogSource.ENGINE, [worded(event, values)])

    def flush(self) -> None:
        """Store what came since the last time."""
        self._take(LogSource.STDERR, self._written())
        if self._lines:
            record(self.run, self._lines)
            self._lines = []

    def _take(self, source: LogSource, texts: Sequence[str]) -> None:
        now = self.clock()
        # Postgres keeps no null characters in text.
        kept = [text.replace("\0", "")[:LONGEST] for text in texts if text.strip()]
        self._lines += [RunLogLine(run=self.run, at=now, source=source, text=text) for text in kept]

    def _written(self) -> list[str]:
        """Whole lines that were added to standard error; where they are too many, the last ones."""
        if not self.stderr.exists():
            return []
        with self.stderr.open("rb") as file:
            skipped = max(self._read, self.stderr.stat().st_size - TAIL_BYTES)
            file.seek(skipped)
            written = file.read(TAIL_BYTES)
        before = self._rest if skipped == self._read else b""
        self._read = skipped + len(written)
        *lines, self._rest = (before + written).split(b"\n")
        # A progress bar writes one line over and over: what it said last is what stood there.
        return [line.rsplit(b"\r", 1)[-1].decode(errors="replace") for line in lines[-MOST_AT_ONCE:]]


def worded(event: str, values: Mapping[str, Any]) -> str:
    """An event as a line to be read: `validated step=100 loss=0.25`."""
    return " ".join([event, *(f"{name}={_short(value)}" for name, value in values.items())])


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return json.dumps(value, separators=(",", ":")) if isinstance(value, dict | list) else str(value)


@transaction.atomic
def record(run: Run, lines: Sequence[RunLogLine]) -> None:
    """Add the lines; of each run the newest 2,000 are kept."""
    RunLogLine.objects.bulk_create(lines)
    ordered = RunLogLine.objects.filter(run=run).order_by("-id").values_list("id", flat=True)
    oldest_kept = ordered[MOST_LINES - 1 : MOST_LINES].first()
    if oldest_kept is not None:
        RunLogLine.objects.filter(run=run, id__lt=oldest_kept).delete()
