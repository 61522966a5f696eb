"""Data files inside installed wheels, found without running any of the wheels' code."""

from importlib.util import find_spec
from pathlib import Path


def wheel_file(package: str, name: str) -> Path | None:
    """The file `name` (with slashes) in an installed package; None where either is missing."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        if (path := Path(folder) / name).is_file():
            return path
    return None
