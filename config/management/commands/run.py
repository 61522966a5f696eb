"""`manage.py run`: the whole platform under one supervisor."""

from __future__ import annotations

import argparse
import fcntl
import os
import sys
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from rich.console import Console
from rich.live import Live
from rich.text import Text

from common import storage
from config import embedded, programs
from config.embedded import operations, ports
from config.supervisor import RUN_FILE, NotReady, Supervisor, stopped_by_signals

EXECUTABLE = [sys.executable, *sys.orig_argv[1:]]


class Command(BaseCommand):
    """Run the platform until Ctrl-C or SIGTERM.

    When it is ready it prints `ready ADDRESS` and writes `run.json` into the state folder (see config.supervisor).
    """

    help = "Run services, web server, workers and beat under one supervisor until Ctrl-C or SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which programs to run, and what to leave running."""
        parser.add_argument(
            "--keep-services", action="store_true", help="leave the embedded services running at the end"
        )
        parser.add_argument("--no-web", action="store_true", help="run the workers and beat alone")
        parser.add_argument("--no-workers", action="store_true", help="run the web server alone")

    def handle(self, *args: Any, keep_services: bool, no_web: bool, no_workers: bool, **options: Any) -> None:
        """Prepare everything, then supervise."""
        console = Console(highlight=False)
        lock = _claim(settings.VAR / "run.lock")
        (settings.VAR / RUN_FILE).unlink(missing_ok=True)  # of a supervisor that was killed
        port = urlsplit(settings.APP_URL).port or 80
        wanted = [] if no_web else [programs.web(settings.VAR, port)]
        wanted += [] if no_workers else programs.workers(settings.VAR)
        for program in wanted:
            program.kill_leftovers()
        if not no_web and not ports.is_free(port):
            raise CommandError(f"Port {port} is taken by another program. Stop it, or set APP_URL to another port.")
        try:
            _prepare(console)
            address = None if no_web else settings.APP_URL
            _supervise(console, wanted, address, keep_services)
        except (embedded.EmbeddedServiceError, NotReady) as error:
            raise CommandError(str(error)) from error
        finally:
            os.close(lock)


def _claim(path: os.PathLike[str]) -> int:
    """A lock that lasts as long as the descriptor: one supervisor for each state folder."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CommandError(f"The platform of {settings.VAR} is running already. Stop that one first.") from error
    return descriptor


def _prepare(console: Console) -> None:
    """Start services; bring the database, the bucket and the static files up to date."""
    planned = embedded.plan(settings.VAR)
    with console.status("Starting services"):
        operations.up(settings.VAR)
    if embedded.plan(settings.VAR).ports != planned.ports:
        # A stranger had taken a planned port; the settings of this process hold the old address.
        os.execv(EXECUTABLE[0], EXECUTABLE)  # noqa: S606 - starts this very command again, no shell
    with console.status("Preparing database and storage"):
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        connections.close_all()
        storage.prepare()
        call_command("collectstatic", interactive=False, verbosity=0)


def _supervise(console: Console, wanted: list[programs.Program], address: str | None, keep_services: bool) -> None:
    supervisor = Supervisor(settings.VAR, wanted, address=address, report=console.print)
    live = Live(console=console, auto_refresh=False, transient=True) if console.is_terminal else nullcontext()

    def show() -> None:
        if isinstance(live, Live):
            live.update(_line(supervisor, address), refresh=True)

    with stopped_by_signals(supervisor), live:
        supervisor.run(
            keep_services=keep_services,
            ready=lambda: console.print(f"ready {address or 'without a web server'}"),
            tick=show,
        )


def _line(supervisor: Supervisor, address: str | None) -> Text:
    line = Text(f"{address or ''}  ")
    for keeper in supervisor.keepers:
        line.append(f" {keeper.program.name}", style="green" if keeper.pid else "red")
        if keeper.restarts:
            line.append(f"({keeper.restarts} restarts)", style="yellow")
    return line.append("  Ctrl-C stops", style="dim")
