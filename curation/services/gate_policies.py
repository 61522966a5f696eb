"""Which gate policy judges a campaign's contributions: the defaults with the campaign's overrides, by hash."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.errors import InvalidInput
from curation.gating import Policy, PolicyInvalid
from curation.gating.defaults import default_policy
from curation.models import GatePolicy


class BadPolicy(InvalidInput):
    """An override names no gate, or a value that the gate cannot take."""

    code = "bad_policy"


def check_overrides(overrides: Any) -> None:
    """Raises `BadPolicy`, saying which override is wrong."""
    if not isinstance(overrides, dict):
        raise BadPolicy("Overrides are a JSON object.", fields={"policy_overrides": ["Give an object."]})
    policy_with(overrides)


def policy_with(overrides: Mapping[str, Any]) -> Policy:
    """The default policy with a campaign's overrides. Raises `BadPolicy`."""
    try:
        return default_policy().overridden(overrides) if overrides else default_policy()
    except PolicyInvalid as error:
        raise BadPolicy(str(error), fields={"policy_overrides": [str(error)]}) from error


def stored(policy: Policy, *, now: datetime) -> GatePolicy:
    """The row of this policy, made where there is none; equal policies share one."""
    row, _ = GatePolicy.objects.get_or_create(
        sha256=policy.sha256, defaults={"rules": policy.as_json(), "created_at": now}
    )
    return row
