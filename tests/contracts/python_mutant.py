"""A pytest plugin (`-p tests.contracts.python_mutant`): one module is imported with one of its lines changed.

OPENSLATE_MUTANT    JSON: {"module", "original", "replacement"}
"""

import importlib.machinery
import json
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

MUTANT = json.loads(os.environ["OPENSLATE_MUTANT"])


class Changed(SourceFileLoader):
    """Reads the source, changes it, and leaves no compiled file behind."""

    def get_code(self, fullname: str) -> object:  # type: ignore[override]  # a code object has no public type
        text = self.get_source(fullname) or ""
        assert text.count(MUTANT["original"]) == 1, "the code that the mutant changes has changed"
        return compile(text.replace(MUTANT["original"], MUTANT["replacement"]), self.path, "exec")


class Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != MUTANT["module"]:
            return None
        found = PathFinder.find_spec(fullname, path)
        assert found is not None
        assert found.origin
        return importlib.machinery.ModuleSpec(fullname, Changed(fullname, found.origin), origin=found.origin)


sys.meta_path.insert(0, Finder())
