"""The policy that holds where nobody chose another: `default_policy.json`, starting values that calibration re-derives.

A model's score alone never rejects in it, and its bounds on a model's scores name the model that they are for.
"""

import json
from functools import cache
from pathlib import Path

from curation.gating.policy import Policy

_FILE = Path(__file__).with_name("default_policy.json")


@cache
def default_policy() -> Policy:
    """The starting policy; its `version` counts up whenever the file changes."""
    return Policy.from_json(json.loads(_FILE.read_text(encoding="utf-8")))
