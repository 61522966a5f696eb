"""Holds measurements against a policy."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from curation.gating.policy import Bound, Policy, Rule, Unless
from curation.gating.verdict import SEVERITY, Finding, Outcome, Verdict
from curation.scoring import quality


class Measured(Protocol):
    """Anything with a metric, its part and its value: a `Measurement`, or a stored score."""

    @property
    def metric(self) -> str: ...

    @property
    def part(self) -> str: ...

    @property
    def value(self) -> float | None: ...

    @property
    def model_id(self) -> str: ...


def judge(policy: Policy, measurements: Sequence[Measured], record: Mapping[str, Any]) -> Verdict:
    """What the policy makes of a sample's measurements.

    A measurement without a value (it does not apply) neither helps nor harms. A required metric that is missing
    altogether, of a modality that the record has, asks for review.
    """
    by_metric: dict[str, list[Measured]] = {}
    for measurement in measurements:
        by_metric.setdefault(measurement.metric, []).append(measurement)
    findings: list[Finding] = []
    scores: dict[str, list[float]] = {}
    for rule in policy.rules:
        if not _applies(rule, record):
            continue
        measured = [item for item in by_metric.get(rule.metric, []) if item.model_id.startswith(rule.model)]
        if rule.required and not measured:
            findings.append(_not_measured(rule))
        for item in measured:
            if item.value is None:
                continue
            if finding := _finding(rule, item, item.value):
                findings.append(finding)
            if rule.modality != "record" and (score := _score(rule, item.value)) is not None:
                scores.setdefault(rule.modality, []).append(score)
    weights: dict[str, float] = {str(modality): weight for modality, weight in policy.weights.items()}
    per_modality = {modality: quality.modality_score(values) for modality, values in scores.items()}
    findings.sort(key=lambda finding: -SEVERITY[finding.outcome])
    return Verdict(
        outcome=findings[0].outcome if findings else Outcome.PASS,
        findings=tuple(findings),
        quality=per_modality,
        overall=quality.overall(per_modality, weights),
        policy_sha256=policy.sha256,
    )


def _applies(rule: Rule, record: Mapping[str, Any]) -> bool:
    present = rule.modality == "record" or bool(record.get(rule.modality))
    return present and not any(_declared(record, lifting) for lifting in rule.unless)


def _finding(rule: Rule, item: Measured, value: float) -> Finding | None:
    for outcome, bound in ((Outcome.REJECT, rule.reject), (Outcome.REVIEW, rule.review)):
        if bound is not None and _breaks(rule, value, bound):
            asked = _asked(rule, bound)
            words = {"measured": _number(value), "asked": asked, "unit": rule.unit}
            message, fix = rule.message.format(**words), rule.fix.format(**words)
            return Finding(rule.id, rule.metric, rule.modality, outcome, value, asked, message, fix, item.part)
    return None


def _not_measured(rule: Rule) -> Finding:
    return Finding(
        "not_measured",
        rule.metric,
        rule.modality,
        Outcome.REVIEW,
        None,
        _asked(rule, rule.review if rule.review is not None else rule.reject),
        f"{rule.metric} could not be measured.",
        "Nothing to do: a reviewer looks at it. If it stays so, tell the operator.",
    )


def _breaks(rule: Rule, value: float, bound: Bound) -> bool:
    if isinstance(bound, tuple):
        return not bound[0] <= value <= bound[1]
    return value < bound if rule.comparator == "below" else value > bound


def _score(rule: Rule, value: float) -> float | None:
    """The value on the rule's scale: 0 at reject, 0.5 at review, 1 at good; None for a met rule without a `good`."""
    if rule.good is not None:
        return quality.metric_score(value, reject=rule.reject, review=rule.review, good=rule.good)
    if rule.reject is not None and _breaks(rule, value, rule.reject):
        return 0.0
    return quality.AT_REVIEW if rule.review is not None and _breaks(rule, value, rule.review) else None


def _asked(rule: Rule, bound: Bound | None) -> str:
    assert bound is not None
    unit = f" {rule.unit}" if rule.unit else ""
    if isinstance(bound, tuple):
        return f"{_number(bound[0])} to {_number(bound[1])}{unit}"
    return f"at {'least' if rule.comparator == 'below' else 'most'} {_number(bound)}{unit}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e9 else f"{value:.3g}"


def _declared(record: Mapping[str, Any], lifting: Unless) -> bool:
    values = list(_values_at(record, lifting.path.split(".")))
    hits = [value in lifting.one_of for value in values if value is not None]
    return bool(hits) and (all(hits) if lifting.all_items else any(hits))


def _values_at(value: Any, path: Sequence[str]) -> Iterator[Any]:
    if not path:
        yield value
    elif path[0] == "*":
        for item in value or ():
            yield from _values_at(item, path[1:])
    elif isinstance(value, Mapping):
        yield from _values_at(value.get(path[0]), path[1:])
