"""What the person in front of the terminal sees: a progress line per step, a table at the end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table


class Step:
    """One step while it runs; `note` ends up in the table."""

    def __init__(self, bars: Progress, title: str, total: int | None) -> None:
        self.bars, self.bar = bars, bars.add_task(title, total=total, note="")
        self.note = ""

    def advance(self, by: int = 1, note: str = "") -> None:
        self.bars.update(self.bar, advance=by, note=note)

    def reach(self, completed: int, note: str = "") -> None:
        self.bars.update(self.bar, completed=completed, note=note)


class Screen:
    """Runs steps under progress bars and keeps their times."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self.rows: list[tuple[str, str, float]] = []
        columns = (
            SpinnerColumn(finished_text="[green]+[/]"),
            TextColumn("{task.description:<34}"),
            BarColumn(24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", style="dim"),
        )
        self.bars = Progress(*columns, console=self.console)

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Step]:
        started = time.monotonic()
        step = Step(self.bars, title, total)
        yield step
        seconds = time.monotonic() - started
        known = total or 1
        self.bars.update(step.bar, total=known, completed=known, note=step.note)
        if not self.console.is_terminal:
            self.console.print(f"{title}: {step.note} ({seconds:.1f} s)", highlight=False)
        self.rows.append((title, step.note, seconds))

    def table(self, facts: dict[str, Any]) -> None:
        table = Table("step", "result", "seconds", title="OpenSlate, the whole loop")
        table.columns[2].justify = "right"
        for title, note, seconds in self.rows:
            table.add_row(title, note, f"{seconds:.1f}")
        table.add_section()
        table.add_row("all", "", f"{sum(seconds for *_, seconds in self.rows):.1f}")
        self.console.print(table)
        for name, value in facts.items():
            self.console.print(f"[bold]{name}[/]  {value}", highlight=False)
