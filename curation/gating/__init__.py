"""Turns raw measurements into pass, review or reject by a policy that is data: versioned, hashed, overridable.

Measures nothing and loads no model, so a policy can be changed and every stored score judged again.
"""

from curation.gating.calibrated import Calibrations, Curve, CurveInvalid
from curation.gating.defaults import default_policy
from curation.gating.judging import judge
from curation.gating.policy import Override, Policy, PolicyInvalid, Rule, Unless
from curation.gating.verdict import Finding, Outcome, Verdict

__all__ = [
    "Calibrations",
    "Curve",
    "CurveInvalid",
    "Finding",
    "Outcome",
    "Override",
    "Policy",
    "PolicyInvalid",
    "Rule",
    "Unless",
    "Verdict",
    "default_policy",
    "judge",
]
