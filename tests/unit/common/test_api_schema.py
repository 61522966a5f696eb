"""The OpenAPI document as a whole."""

from __future__ import annotations

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema


def test_every_operation_names_the_shape_of_its_refusals() -> None:
    document = SchemaGenerator().get_schema(public=True)
    validate_schema(document)
    operations = [one for path in document["paths"].values() for one in path.values() if isinstance(one, dict)]
    assert len(operations) > 40
    for operation in operations:
        refusal = operation["responses"]["4XX"]["content"]["application/json"]["schema"]
        assert refusal == {"$ref": "#/components/schemas/Error"}
    assert document["components"]["schemas"]["Error"]["required"] == ["code", "message"]
