"""`manage.py services up|status|down|install`."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.embedded import terminal


class Command(BaseCommand):
    """Start, inspect and stop the embedded services."""

    help = "Start, inspect and stop the embedded services."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Those of `config.embedded.terminal`; the state folder is OPENSLATE_VAR."""
        terminal.add_arguments(parser, var=settings.VAR)

    def handle(self, *args: Any, action: str, services: list[str], **options: Any) -> None:
        """Do one action; its exit status is the command's."""
        sys.exit(terminal.run(action, settings.VAR, services))
