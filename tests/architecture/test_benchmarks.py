"""Benchmarks run rarely, by hand; a name that they use and that is gone would be noticed only then."""

import importlib

import pytest

from tests.services import REPO

MODULES = sorted(path.stem for path in (REPO / "benchmarks").glob("*.py") if not path.stem.startswith("__"))


@pytest.mark.parametrize("module", MODULES)
def test_everything_a_benchmark_imports_is_there(module: str) -> None:
    assert importlib.import_module(f"benchmarks.{module}").__doc__
