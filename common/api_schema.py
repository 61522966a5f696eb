"""What every operation of the OpenAPI document shares: the one shape of a refusal."""

from typing import Any

ERROR: dict[str, Any] = {
    "type": "object",
    "description": "Why it was refused: a stable code for programs, a sentence for people, and where it was.",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
    "required": ["code", "message"],
}
REFUSAL = {
    "description": "Refused",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}
METHODS = {"get", "post", "put", "patch", "delete"}


def add_refusals(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """The document with `Error` as the answer of every operation to what it refuses (a drf-spectacular hook)."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method in METHODS:
                operation["responses"].setdefault("4XX", REFUSAL)
    return result
