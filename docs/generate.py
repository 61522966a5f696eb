"""Writes docs/reference from the code: states, settings, API and record schema, codes. `--check` only compares.

Nothing here is written by hand twice; `make reference` runs it, `make check` fails on drift.
"""

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
REFERENCE = REPO / "docs" / "reference"
ROOMS = ("accounts", "curation", "training", "generation", "rewards")


def state_diagrams() -> str:
    lines = ["# State diagrams", "", "Generated from each room's `lifecycle.py`."]
    for room in ROOMS:
        if not (REPO / room / "lifecycle.py").exists():
            continue
        module = importlib.import_module(f"{room}.lifecycle")
        for name, table in vars(module).items():
            if name.endswith("TRANSITIONS"):
                lines += ["", f"## {room}: {name.removesuffix('_TRANSITIONS').lower()}", "", *_diagram(table)]
    return "\n".join(lines) + "\n"


def _diagram(table: dict[str, set[str]]) -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {next(iter(table))!s}")
    for source, targets in table.items():
        yield from (f"    {source!s} --> {target!s}" for target in sorted(targets))
        if not targets:
            yield f"    {source!s} --> [*]"
    yield "```"


def settings_table() -> str:
    from config.environment import REPO as HOME
    from config.environment import Environment

    lines = ["# Settings", "", "Every environment variable, generated from `config/environment.py`.", ""]
    lines += ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Environment.model_fields.items():
        default = str(field.default).replace(str(HOME), ".")
        lines.append(f"| `{name.upper()}` | {f'`{default}`' if default else ''} | {field.description} |")
    return "\n".join(lines) + "\n"


def openapi() -> str:
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json"]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"The OpenAPI schema has warnings or errors:\n{done.stderr}")
    return done.stdout


def record_schema() -> str:
    from curation.record import schema

    return schema.rendered()


def codes() -> str:
    from docs.codes import codes as told

    return told(REPO, ("common", *ROOMS))


DOCUMENTS = {
    "states.md": state_diagrams,
    "settings.md": settings_table,
    "openapi.json": openapi,
    "record.schema.json": record_schema,
    "codes.json": codes,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on drift")
    check = parser.parse_args().check
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    stale = []
    for name, write in DOCUMENTS.items():
        path, text = REFERENCE / name, write()
        if not path.exists() or path.read_text() != text:
            stale.append(name)
            if not check:
                path.write_text(text)
    if check and stale:
        print(f"docs/reference is out of date: {', '.join(stale)}. Run: make reference", file=sys.stderr)
        return 1
    print(f"docs/reference: {len(stale)} written" if not check else "docs/reference is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
