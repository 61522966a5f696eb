"""Holds measurements against a policy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from curation.gating import wording
from curation.gating.calibrated import Calibrations, Traced
from curation.gating.policy import Bound, Policy, Rule, Unless
from curation.gating.verdict import SEVERITY, Finding, Outcome, Verdict
from curation.scoring import quality

NOT_MEASURED = "not_measured"
UNCALIBRATED = Calibrations()


class Measured(Traced, Protocol):
    """Anything with a metric, its part, its value and its source: a `Measurement`, or a stored score."""

    @property
    def part(self) -> str: ...

    @property
    def value(self) -> float | None: ...


def judge(
    policy: Policy,
    measurements: Sequence[Measured],
    record: Mapping[str, Any],
    calibrations: Calibrations = UNCALIBRATED,
) -> Verdict:
    """What the policy makes of a sample's measurements.

    A measurement without a value (it does not apply) neither helps nor harms, and neither does one that a calibrated
    rule would judge if its model had a calibration. A required metric that is missing altogether, of a modality that
    the record has, asks for review.
    """
    by_metric: dict[str, list[Measured]] = {}
    for measurement in measurements:
        by_metric.setdefault(measurement.metric, []).append(measurement)
    findings: list[Finding] = []
    scores: dict[str, list[float]] = {}
    for rule in policy.rules:
        if not applies(rule, record):
            continue
        measured = [item for item in by_metric.get(rule.metric, []) if item.model_id.startswith(rule.model)]
        findings += findings_of(rule, measured, calibrations)
        if rule.modality != "record":
            values = (judged_value(rule, item, calibrations) for item in measured)
            scored = (_score(rule, value) for value in values if value is not None)
            scores.setdefault(rule.modality, []).extend(score for score in scored if score is not None)
    weights: dict[str, float] = {str(modality): weight for modality, weight in policy.weights.items()}
    per_modality = {modality: quality.modality_score(values) for modality, values in scores.items() if values}
    findings.sort(key=lambda finding: -SEVERITY[finding.outcome])
    return Verdict(
        outcome=findings[0].outcome if findings else Outcome.PASS,
        findings=tuple(findings),
        quality=per_modality,
        overall=quality.overall(per_modality, weights),
        policy_sha256=policy.sha256,
    )


def applies(rule: Rule, record: Mapping[str, Any]) -> bool:
    """Whether the record has the rule's modality and declares nothing that lifts it."""
    present = rule.modality == "record" or bool(record.get(rule.modality))
    return present and not any(_declared(record, lifting) for lifting in rule.unless)


def findings_of(
    rule: Rule, measured: Sequence[Measured], calibrations: Calibrations = UNCALIBRATED
) -> Iterator[Finding]:
    """What one rule that applies finds in the measurements of its metric."""
    if rule.required and not measured:
        yield _not_measured(rule)
    for item in measured:
        value = judged_value(rule, item, calibrations)
        if value is not None and (finding := _finding(rule, item, value)):
            yield finding


def judged_value(rule: Rule, item: Measured, calibrations: Calibrations) -> float | None:
    """What is held against the rule's bounds: the raw value, or for a calibrated rule its probability."""
    if item.value is None or not rule.calibrated:
        return item.value
    curve = calibrations.curve_for(item)
    return None if curve is None else curve.probability(item.value)


def breaks(rule: Rule, value: float, bound: Bound) -> bool:
    """Whether the value is on the wrong side of this bound."""
    if isinstance(bound, tuple):
        return not bound[0] <= value <= bound[1]
    return value < bound if rule.comparator == "below" else value > bound


def _finding(rule: Rule, item: Measured, value: float) -> Finding | None:
    for outcome, bound in ((Outcome.REJECT, rule.reject), (Outcome.REVIEW, rule.review)):
        if bound is None or not breaks(rule, value, bound):
            continue
        assert item.value is not None
        told = wording.number(value, apart_from=wording.broken_end(bound, value))
        words = {"measured": told, "asked": wording.asked(rule, bound), "unit": rule.unit}
        found = Finding(
            code=rule.id,
            metric=rule.metric,
            modality=rule.modality,
            outcome=outcome,
            measured=item.value,
            asked=words["asked"],
            message=rule.message.format(**words),
            fix=rule.fix.format(**words),
            part=item.part,
            told=f"{told} {rule.unit}".strip(),
        )
        if rule.calibrated:
            return replace(found, probability=value, told=f"a probability of {told}", model_id=item.model_id)
        return found
    return None


def _not_measured(rule: Rule) -> Finding:
    bound = rule.review if rule.review is not None else rule.reject
    assert bound is not None, "every rule has one of the two"
    return Finding(
        code=NOT_MEASURED,
        metric=rule.metric,
        modality=rule.modality,
        outcome=Outcome.REVIEW,
        measured=None,
        asked=wording.asked(rule, bound),
        message=f"{rule.metric} could not be measured.",
        fix="Nothing to do: a reviewer looks at it. If it stays so, tell the operator.",
    )


def _score(rule: Rule, value: float) -> float | None:
    """The value on the rule's scale: 0 at reject, 0.5 at review, 1 at good; None for a met rule without a `good`."""
    if rule.good is not None:
        return quality.metric_score(value, reject=rule.reject, review=rule.review, good=rule.good)
    if rule.reject is not None and breaks(rule, value, rule.reject):
        return 0.0
    return quality.AT_REVIEW if rule.review is not None and breaks(rule, value, rule.review) else None


def _declared(record: Mapping[str, Any], lifting: Unless) -> bool:
    values = list(_values_at(record, lifting.path.split(".")))
    hits = [value in lifting.one_of for value in values if value is not None]
    return bool(hits) and (all(hits) if lifting.all_items else any(hits))


def _values_at(value: Any, path: Sequence[str]) -> Iterator[Any]:
    if not path:
        yield value
    elif path[0] == "*":
        for item in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
            yield from _values_at(item, path[1:])
    elif isinstance(value, Mapping):
        yield from _values_at(value.get(path[0]), path[1:])
