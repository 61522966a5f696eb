"""No codebase keeps its files small by taste: this does it (the limits are house-style.md's 'refuse' column)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", "var", "node_modules", "migrations", "generated", "staticfiles", ".git", "build", "dist"}
MODULE_LINES, TEST_MODULE_LINES = 400, 500
FUNCTION_LINES, CLASS_LINES, VIEW_OR_TASK_LINES, NESTING = 50, 300, 20, 3
TSX_LINES = 200
BANNED_NAMES = {"utils.py", "helpers.py", "base.py", "managers.py"}
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)
HTTP_METHODS = {"get", "post", "put", "patch", "delete"}


def sources(suffix: str) -> list[Path]:
    found = (path for path in REPO.rglob(f"*{suffix}") if not SKIPPED & set(path.relative_to(REPO).parts))
    return sorted(found)


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(REPO))) for path in paths]


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]


def depth(node: ast.AST) -> int:
    """How deep blocks nest in a function; `elif` and nested functions start no new level of their own."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        own = 1 if isinstance(child, BLOCKS) and not is_elif else 0
        deepest = max(deepest, own + depth(child))
    return deepest


def is_task(node: ast.FunctionDef) -> bool:
    return any("background_task" in ast.unparse(decorator) for decorator in node.decorator_list)


def complaints(path: Path) -> Iterator[str]:
    text = path.read_text()
    limit = TEST_MODULE_LINES if "tests" in path.relative_to(REPO).parts else MODULE_LINES
    if (lines := text.count("\n")) > limit:
        yield f"{lines} lines, at most {limit}"
    in_views = "views" in path.stem or "views" in path.parent.name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and length(node) > CLASS_LINES:
            yield f"class {node.name}: {length(node)} lines, at most {CLASS_LINES}"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            thin = (in_views and node.name in HTTP_METHODS) or is_task(node)
            allowed = VIEW_OR_TASK_LINES if thin else FUNCTION_LINES
            body = length(node)
            if body > allowed:
                yield f"{node.name}: {body} lines, at most {allowed}"
            if depth(node) > NESTING:
                yield f"{node.name}: blocks nest {depth(node)} deep, at most {NESTING}"


@pytest.mark.parametrize("path", named(sources(".py")))
def test_module_keeps_its_size(path: Path) -> None:
    assert list(complaints(path)) == []


def test_no_file_is_named_for_nothing() -> None:
    assert [path for path in sources(".py") if path.name in BANNED_NAMES] == []


def test_components_keep_their_size() -> None:
    assert [path for path in sources(".tsx") if path.read_text().count("\n") > TSX_LINES] == []


def test_the_check_itself_sees_what_is_too_long(tmp_path: Path) -> None:
    module = REPO / "tests" / "architecture" / "test_sizes.py"
    nested = ast.parse("def f():\n for a in b:\n  if a:\n   while a:\n    with a:\n     pass\n")
    assert depth(nested.body[0]) == 4
    assert list(complaints(module)) == []
