"""Freezing a version and exporting its metadata, by two export workers, the synthetic records lying ready.

Every record has all five modalities, five files, six scores and at least 3 kB of its own text. The export's peak is
the memory of the larger worker process, not the sum; media are not read, only named.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from accounts.roles import Role
from benchmarks import rows
from benchmarks.installation import installation, load, peak_mb, script
from curation.lifecycle import BuildStatus, SubmissionStatus
from curation.models import Export, Version
from curation.services import datasets, exports, versions
from tests.factories import curation as make

WORKERS = 2


class Builder:
    """An export worker in a process of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [sys.executable, *script("builder.py")]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)
        self.wait_for("ready")

    def go(self) -> None:
        """Build until nothing waits; `wait_for("done")` returns when that is so."""
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def wait_for(self, word: str) -> None:
        assert self.process.stdout
        said = self.process.stdout.readline().strip()
        if said != word:
            raise RuntimeError(f"The worker said {said!r} instead of {word!r}; what went wrong stands above.")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def processor_s(self) -> float:
        """Processor time so far: on a loaded machine it tells more than the clock."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock, processor seconds of all workers together, and the larger worker's peak."""

    freeze_s: float
    freeze_processor_s: float
    export_s: float
    export_processor_s: float
    peak_mb: float
    stored_bytes: int


def measure(records: int, environment: dict[str, str]) -> Measured:
    """Freeze and export this many records."""
    engineer = make.person(Role.ENGINEER)
    row = rows.template(make.campaign(), make.person(), SubmissionStatus.ACCEPTED)
    rows.multiply(row, first=1, last=records - 1)
    dataset = datasets.create(name="synthetic", actor=engineer, now=timezone.now())
    with ExitStack() as stack:
        builders = [Builder(environment) for _ in range(WORKERS)]
        for builder in builders:
            stack.callback(builder.stop)
        version = versions.freeze(dataset_id=dataset.id, selection={}, actor=engineer, now=timezone.now())
        freeze_s, freeze_processor_s = _build(builders[:1])
        _see_ready(Version.objects.get(id=version.id))
        asked: dict[str, Any] = {"profile": "metadata", "options": {}, "actor": engineer}
        export = exports.start(version_id=version.id, **asked, now=timezone.now())
        export_s, export_processor_s = _build(builders)
        export.refresh_from_db()
        _see_ready(export)
        highest_mb = max(peak_mb(builder.process.pid) for builder in builders)
    files = [file for shard in export.shards.all() for file in shard.files]
    samples = sum(file["samples"] for file in files if "jsonl" in file["name"])
    if samples != records:
        raise RuntimeError(f"{samples} of {records} records were exported.")
    stored_bytes = sum(file["size"] for file in files)
    return Measured(freeze_s, freeze_processor_s, export_s, export_processor_s, highest_mb, stored_bytes)


def _build(builders: list[Builder]) -> tuple[float, float]:
    """Seconds and processor seconds until these have nothing left to build."""
    connections.close_all()
    start, before = time.perf_counter(), sum(builder.processor_s for builder in builders)
    for builder in builders:
        builder.go()
    for builder in builders:
        builder.wait_for("done")
    return time.perf_counter() - start, sum(builder.processor_s for builder in builders) - before


def _see_ready(built: Version | Export) -> None:
    if built.status != BuildStatus.READY:
        raise RuntimeError(f"It was not built: {built.failure}")


def main(records: Annotated[int, typer.Option(min=2)] = 100_000) -> None:
    """Freeze and metadata export of synthetic records."""
    console = Console(stderr=True)
    with installation() as environment, console.status(f"{records} records"):
        found = measure(records, environment)
    table = Table(title=f"{records:,} records, {WORKERS} export workers ({load()})")
    for name in ("", "seconds", "records/s", "processor seconds", "records per processor second"):
        table.add_column(name, justify="right")
    for name, clock_s, processor_s in (
        ("freeze", found.freeze_s, found.freeze_processor_s),
        ("metadata export", found.export_s, found.export_processor_s),
    ):
        speeds = (f"{records / clock_s:,.0f}", f"{processor_s:.1f}", f"{records / processor_s:,.0f}")
        table.add_row(name, f"{clock_s:.1f}", *speeds)
    table.caption = f"{found.stored_bytes / 1e6:.0f} MB exported; a worker's peak was {found.peak_mb:.0f} MB"
    console.print(table)
    figures = {
        "records": records,
        "freeze_s": round(found.freeze_s, 2),
        "export_s": round(found.export_s, 2),
        "records_per_s": round(records / found.export_s),
        "peak_mb": round(found.peak_mb),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    typer.run(main)
