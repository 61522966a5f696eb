"""The OpenAPI document says how to sign requests and what tokens, people and money look like."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def schema() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_ways_to_sign_a_request_are_documented(schema: Any) -> None:
    ways = schema["components"]["securitySchemes"]
    assert ways["apiToken"]["scheme"] == "bearer"
    assert ways["XSessionTokenAuth"]["name"] == "X-Session-Token"


def test_amounts_are_strings(schema: Any) -> None:
    balance = schema["components"]["schemas"]["BalanceOutput"]["properties"]
    assert {balance[name]["type"] for name in balance} == {"string"}


def test_new_token_is_documented_with_its_secret(schema: Any) -> None:
    created = schema["paths"]["/api/v1/tokens"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
    name = created["$ref"].split("/")[-1]
    assert "token" in schema["components"]["schemas"][name]["properties"]
