"""Every code by which an error, a refused file, a finding or an audited deed is known to programs and translators."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path


def codes(repo: Path, rooms: tuple[str, ...]) -> str:
    """JSON: errors with their meaning, refusals of files, findings with their English texts, what deeds are done to."""
    trees = [ast.parse(path.read_text()) for room in rooms for path in sorted((repo / room).rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    errors = dict(found for node in nodes for found in _errors(node))
    files = sorted({code for node in nodes for code in _refusals(node)})
    rules = json.loads((repo / "curation/gating/default_policy.json").read_text())["rules"]
    findings = {rule["id"]: {"message": rule["message"], "fix": rule["fix"]} for rule in rules}
    deeds = sorted({deed.partition(".")[0] for node in nodes for deed in _deeds(node)})
    told = {"errors": dict(sorted(errors.items())), "files": files, "findings": findings, "audited": deeds}
    return json.dumps(told, indent=1) + "\n"


def _errors(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The codes of a class of errors, or of one raise."""
    if isinstance(node, ast.ClassDef):
        meaning = (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")
        for line in node.body:
            if (
                isinstance(line, ast.Assign)
                and _names(line.targets[0], "code")
                and isinstance(line.value, ast.Constant)
            ):
                yield str(line.value.value), meaning
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        for keyword in node.exc.keywords:
            if keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                yield str(keyword.value.value), ""


def _refusals(node: ast.AST) -> Iterator[str]:
    """The code of one refusal of a file: `Refused("clip_too_long", ...)`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Refused", "Refusal"}:
        given = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
        yield from (str(code.value) for code in given if isinstance(code, ast.Constant))


def _deeds(node: ast.AST) -> Iterator[str]:
    """The kind of one entry of the audit log: `audit("thing.verb", ...)`, or the values of a table named `AUDITED`."""
    kinds: list[ast.expr] = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "audit":
        first = node.args[0]
        kinds = first.values[:1] if isinstance(first, ast.JoinedStr) else [first]
    if isinstance(node, ast.AnnAssign) and _names(node.target, "AUDITED") and isinstance(node.value, ast.Dict):
        kinds = node.value.values
    yield from (str(kind.value) for kind in kinds if isinstance(kind, ast.Constant))


def _names(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name
