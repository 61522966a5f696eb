"""The services' command line: `python -m config.embedded`, and the same through `manage.py services`."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.table import Table

from config.embedded import anvil, operations
from config.embedded.errors import EmbeddedServiceError

OK, FAILED = 0, 1
MEANING = {
    "up": "start what does not run, and wait until each service has answered a real request",
    "status": "ask each service a real request; exit status 1 if one does not answer",
    "down": "stop what runs; state is kept",
    "install": "install the local chain's program with npm, as locked",
}


def add_arguments(parser: argparse.ArgumentParser, *, var: Path | None) -> None:
    """Add the arguments that `run` reads.

    Args:
        parser: A fresh parser.
        var: The state folder where it is settled already; None adds an option for it.
    """
    listed = "\n".join(f"  {action:8} {meaning}" for action, meaning in MEANING.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = f"The embedded PostgreSQL, Valkey, SeaweedFS and anvil.\n\n{listed}"
    parser.add_argument("action", choices=MEANING, metavar="up|status|down|install")
    parser.add_argument("services", nargs="*", metavar="SERVICE", help=f"some of {', '.join(operations.NAMES)}")
    if var is None:
        parser.add_argument("--var", type=Path, default=Path("var"), help="the state folder (default: ./var)")


def run(action: str, var: Path, services: list[str]) -> int:
    """Do one action and show what came of it.

    Returns:
        The exit status: 0, or 1 when something failed or does not answer.
    """
    console = Console()
    try:
        if action == "install":
            anvil.install()
            return OK
        if action == "up":
            with console.status("Starting services"):
                operations.up(var, services or None)
        if action == "down":
            with console.status("Stopping services"):
                operations.down(var, services or None)
        return _show(console, var, expect_running=action != "down", services=services)
    except EmbeddedServiceError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
        return FAILED


def _show(console: Console, var: Path, *, expect_running: bool, services: list[str]) -> int:
    table = Table("service", "state", "pid", "ports", "answers", "")
    statuses = operations.status(var)
    for one in statuses:
        numbers = " ".join(map(str, one.ports))
        answers = "[green]yes[/]" if one.healthy else "no" if one.state == "stopped" else "[red]no[/]"
        table.add_row(one.name, one.state, str(one.pid or ""), numbers, answers, one.detail)
    console.print(table)
    asked = [one for one in statuses if not services or one.name in services]
    return OK if not expect_running or all(one.healthy for one in asked) else FAILED
