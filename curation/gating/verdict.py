"""What a policy answers."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105  # an outcome, no password
    REVIEW = "review"
    REJECT = "reject"


SEVERITY = {Outcome.PASS: 0, Outcome.REVIEW: 1, Outcome.REJECT: 2}


@dataclass(frozen=True)
class Finding:
    """One rule that was not met.

    Attributes:
        code: The rule's id, stable.
        metric, part, modality: What was measured, and where in the record.
        outcome: review or reject.
        measured: The raw value; None where it could not be measured.
        asked: The bound in words, such as `at least 16000 Hz`.
        message, fix: One sentence each, for the contributor.
        told: The measured value with its unit, as a sentence says it; with enough digits to tell it from the bound.
        probability: What a calibrated rule made of the measured value; None for other rules.
        model_id: The model whose calibration that was.
    """

    code: str
    metric: str
    modality: str
    outcome: Outcome
    measured: float | None
    asked: str
    message: str
    fix: str
    part: str = ""
    told: str = ""
    probability: float | None = None
    model_id: str = ""

    @property
    def sentence(self) -> str:
        """The refusal whole: what is wrong, the metric with what was measured and what is asked, and how to fix it."""
        place = f"{self.metric} of {self.part}" if self.part else self.metric
        raw = "" if self.probability is None else f" ({self.measured:.3g} by {self.model_id})"
        measured = f"measured {self.told}{raw}" if self.measured is not None else "not measured"
        return f"{self.message} [{place}: {measured}; asked: {self.asked}] {self.fix}"


@dataclass(frozen=True)
class Verdict:
    """The judgement of one sample.

    Attributes:
        outcome: The worst of the findings; pass where there are none.
        findings: Rejections first.
        quality: Modality -> score in [0, 1], for every modality that was measured.
        overall: Weighted geometric mean of them, in [0, 1].
        policy_sha256: Of the policy that judged.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    quality: dict[str, float] = field(default_factory=dict)
    overall: float = 0.0
    policy_sha256: str = ""

    def findings_as_json(self) -> list[dict[str, Any]]:
        """As they are stored."""
        return [dict(vars(finding)) for finding in self.findings]
