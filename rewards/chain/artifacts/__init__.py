"""ABI and bytecode of the contracts, as `npm run artifacts` in rewards/contracts writes them; a test compiles again."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def artifact(name: str) -> dict[str, Any]:
    """`{contract, compiler, evmVersion, abi, bytecode}` of SlateDistributor or SlateToken."""
    return dict(json.loads((files(__package__) / f"{name}.json").read_text("utf-8")))
