"""`python -m config.embedded up|status|down|install [--var DIR]`: the services without Django."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from config.embedded import terminal


def main() -> int:
    """The exit status of one action."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded")
    given = os.environ.get("OPENSLATE_VAR")
    terminal.add_arguments(parser, var=None)
    if given:
        parser.set_defaults(var=Path(given))
    arguments = parser.parse_args()
    return terminal.run(arguments.action, arguments.var, arguments.services)


if __name__ == "__main__":
    sys.exit(main())
