"""Which gate policy judges a campaign's contributions: the defaults with the campaign's overrides, by hash."""

from typing import Any

from common.errors import InvalidInput


class BadPolicy(InvalidInput):
    """An override names no gate, or a value that the gate cannot take."""

    code = "bad_policy"


def check_overrides(overrides: Any) -> None:
    """Raises `BadPolicy`; `fields` names each wrong override."""
    if not isinstance(overrides, dict):
        raise BadPolicy("Overrides are a JSON object.", fields={"policy_overrides": ["Give an object."]})
