"""Requests that fit the published schema, and ways to spoil them: for tests that sweep over every operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from drf_spectacular.generators import SchemaGenerator

NOWHERE = UUID(int=0)
# JSON values that no field of ours means; the last ones are more than the database's types hold.
GARBAGE: list[Any] = [
    None, True, -1, 0, 2**31, 2**63, 10**80, 1e308, -0.5, "", " ", "x" * 20_000, "../../etc/passwd", "<script>",
    "\u202e\ufffd\U0001f600", "9" * 400, "2026-13-45", "nan", [], [None], [[]], ["x"] * 50, [{}], {}, {"": None},
    {"asset": "x"}, {"a": {"a": {"a": [{}]}}},
]  # fmt: skip
# Bodies that are no object at all, as bytes.
BODIES: list[bytes] = [
    b"", b"null", b"1", b'"x"', b"[]", b"[1]", b"{", b'{"a":}', b"\xff\xfe\x00", b'{"a": "\\u0000"}', b'{"a": NaN}',
    b'{"a": 1e999}', b'{"a": "\\ud800"}', b'{"a": ' + b"[" * 100_000, b'{"": ' + b'{"": ' * 20_000, b"9" * 5000,
]  # fmt: skip
QUERIES = ["", "\0", "x", "-1", "1e9", "9" * 400, "2026-13-45", "\u202e\U0001f600", "' OR 1=1 --", "%", "[]"]


@dataclass(frozen=True)
class Operation:
    """One method of one address, as the schema describes it."""

    method: str
    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    queries: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    def address(self, ids: Mapping[str, UUID]) -> str:
        """The path with these ids, by parameter name; what is not named does not exist."""
        found = self.path
        while "{" in found:
            name = found[found.index("{") + 1 : found.index("}")]
            found = found.replace("{" + name + "}", str(ids.get(name, NOWHERE)))
        return found


@cache
def operations() -> list[Operation]:
    """Every operation of the API that the schema knows."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return [
        _operation(schema, path, method, described)
        for path, methods in schema["paths"].items()
        for method, described in methods.items()
        if method != "parameters"
    ]


def spoiled(body: Mapping[str, Any]) -> Iterator[Any]:
    """Bodies that lack one field, that have garbage in one, or the same garbage in all.

    A field alone sees every other kind of garbage, its neighbour the rest: the number of bodies is what a sweep costs.
    """
    for place, name in enumerate(body):
        yield {key: value for key, value in body.items() if key != name}
        yield from ({**body, name: value} for value in GARBAGE[place % 2 :: 2])
    yield from (dict.fromkeys(body, value) for value in GARBAGE)


def _operation(schema: Mapping[str, Any], path: str, method: str, described: Mapping[str, Any]) -> Operation:
    content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    body = _example(schema, content["schema"]) if content else {}
    parameters = described.get("parameters", [])
    queries = tuple(one["name"] for one in parameters if one["in"] == "query")
    return Operation(method, path, body if isinstance(body, dict) else {}, queries)


def _example(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Any:
    """A value that this part of the schema allows, as far as its types tell."""
    if "$ref" in part:
        return _example(schema, schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]])
    for several in ("oneOf", "anyOf", "allOf"):
        if several in part:
            return _example(schema, part[several][0])
    if "enum" in part:
        return part["enum"][0]
    kind = part.get("type", "object")
    kind = next(one for one in kind if one != "null") if isinstance(kind, list) else kind
    if kind == "object":
        return {name: _example(schema, inner) for name, inner in part.get("properties", {}).items()}
    if kind == "array":
        return [_example(schema, part.get("items", {}))]
    if kind == "string":
        return {"uuid": str(NOWHERE), "date-time": "2026-03-01T12:00:00Z"}.get(part.get("format", ""), "text")
    return {"integer": part.get("minimum", 1), "number": part.get("minimum", 0.5), "boolean": True}[kind]
