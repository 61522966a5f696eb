"""`python -m benchmarks`: every benchmark, one after the other, each in a process of its own."""

import subprocess
import sys

from rich.console import Console

NAMES = ("scoring", "api", "export", "what_if", "ingest", "rewards", "web")


def main() -> int:
    """How many of them failed."""
    console = Console(stderr=True)
    failed = 0
    for name in NAMES:
        console.rule(name)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
