"""What differs between two policies, and what of a stored verdict the difference can touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from curation.gating.calibrated import Calibrations
from curation.gating.policy import Policy, Rule


@dataclass(frozen=True)
class Change:
    """One field of a rule before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """From one policy to another.

    Attributes:
        added, removed: Ids of rules.
        changed: Rule id -> what is different in it.
        weights: Modality -> (before, after), where they differ; None where there is none.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[Change, ...]]
    weights: Mapping[str, tuple[float | None, float | None]]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.weights)


def difference(before: Policy, after: Policy) -> Difference:
    """Rule by rule and field by field, in the order of the policies."""
    old, new = ({rule.id: rule for rule in policy.rules} for policy in (before, after))
    changed = {name: _changes(old[name], new[name]) for name in old if name in new and old[name] != new[name]}
    weights = {
        str(modality): (before.weights.get(modality), after.weights.get(modality))
        for modality in sorted({*before.weights, *after.weights})
        if before.weights.get(modality) != after.weights.get(modality)
    }
    return Difference(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=changed,
        weights=weights,
    )


def touched_metrics(
    before: Policy, after: Policy, *, calibrated_before: Iterable[str], calibrations: Calibrations
) -> frozenset[str]:
    """Metrics whose findings may differ between the two; what is found of any other metric stays as it is.

    Args:
        calibrated_before: Hashes of the curves by which `before` judged.
        calibrations: The curves by which `after` judges.
    """
    found = difference(before, after)
    ids = {*found.added, *found.removed, *found.changed}
    touched = {rule.metric for policy in (before, after) for rule in policy.rules if rule.id in ids}
    known = set(calibrated_before)
    after_curves = calibrations.of(after.calibrated_metrics)
    if known != {curve.sha256 for curve in after_curves}:
        touched |= before.calibrated_metrics | after.calibrated_metrics
    return frozenset(touched)


def _changes(before: Rule, after: Rule) -> tuple[Change, ...]:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return tuple(Change(name, old[name], new[name]) for name in old if old[name] != new[name])
