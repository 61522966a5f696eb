"""docs/WHERE.md answers a newcomer's questions with a file and a symbol; each must exist."""

import ast
import re
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
REFERENCE = re.compile(r"`([\w./-]+\.\w+)(?:::([\w.]+))?`")


def references(document: str) -> list[tuple[str, str]]:
    found = REFERENCE.findall((REPO / "docs" / document).read_text())
    return sorted({(path, symbol) for path, symbol in found if "/" in path or symbol})


def defined(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names |= {node.name} | {f"{node.name}.{inner}" for inner in defined(node)}
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


@pytest.mark.parametrize("document", ["WHERE.md", "ARCHITECTURE.md"])
def test_every_place_named_exists(document: str) -> None:
    missing = []
    for path, symbol in references(document):
        if not (REPO / path).exists():
            missing.append(path)
        elif symbol and symbol not in defined(ast.parse((REPO / path).read_text())):
            missing.append(f"{path}::{symbol}")
    assert references(document)
    assert missing == []
