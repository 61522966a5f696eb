"""What another policy would make of verdicts that stand: only rules that differ are judged again, on stored scores.

Findings of metrics that no difference touches are taken over from the stored verdict, so that a changed threshold
reads one metric of each revision and not forty.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from curation.gating.calibrated import Calibrations
from curation.gating.comparing import touched_metrics
from curation.gating.histograms import Histogram
from curation.gating.judging import applies, findings_of
from curation.gating.policy import Policy, Rule
from curation.gating.verdict import SEVERITY, Finding, Outcome


class StoredScore(NamedTuple):
    """As judging wants it, without the weight of a database row."""

    metric: str
    part: str
    value: float | None
    model_id: str
    weights_sha256: str
    preprocessing_id: str


@dataclass(frozen=True)
class Before:
    """By what a stored verdict was made: the rules, and the hashes of the curves."""

    policy: Policy
    calibrations: Sequence[str]


@dataclass(frozen=True)
class StandingVerdict:
    """A verdict that stands, with the scores and the parts of the record that the difference needs.

    Attributes:
        name: The caller's, such as a submission's id.
        group: Counted apart, such as the submission's status.
        ruleset: Key of what judged, in `Replay.before`.
        candidate: Key of the policy that would judge, in `Replay.candidates`.
        findings: As stored.
    """

    name: str
    group: str
    ruleset: Hashable
    candidate: Hashable
    outcome: str
    findings: Sequence[Mapping[str, Any]]
    scores: Sequence[StoredScore]
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """From one ruleset to one candidate: the metrics to look at again, and the candidate's rules on them."""

    touched: frozenset[str]
    rules: tuple[Rule, ...]


@dataclass
class Replay:
    """Counts what would change, one standing verdict after the other; its size does not grow with their number.

    Attributes:
        examples: How many verdicts of each kind of change to keep.
        histograms: By metric and scale; those given are filled.
        transitions: (group, outcome before, outcome after) -> count.
        rules: (code, "appear" | "disappear" | "stay") -> findings.
        shown: Kind of change -> examples of it.
    """

    before: Mapping[Hashable, Before]
    candidates: Mapping[Hashable, Policy]
    calibrations: Calibrations
    examples: int = 5
    histograms: Mapping[tuple[str, str], Histogram] = field(default_factory=dict)
    transitions: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _plans: dict[tuple[Hashable, Hashable], Plan] = field(default_factory=dict)

    def plan(self, ruleset: Hashable, candidate: Hashable) -> Plan:
        """What differs between the two; remembered."""
        key = (ruleset, candidate)
        if key not in self._plans:
            old, new = self.before[ruleset], self.candidates[candidate]
            touched = touched_metrics(
                old.policy, new, calibrated_before=old.calibrations, calibrations=self.calibrations
            )
            self._plans[key] = Plan(touched, tuple(rule for rule in new.rules if rule.metric in touched))
        return self._plans[key]

    def add(self, standing: StandingVerdict) -> Outcome:
        """The outcome that the candidate would give; counted."""
        plan = self.plan(standing.ruleset, standing.candidate)
        old = [finding for finding in standing.findings if finding["metric"] in plan.touched]
        kept = [finding for finding in standing.findings if finding["metric"] not in plan.touched]
        new = list(self._judged(plan, standing)) if plan.touched else []
        worst = [Outcome(finding["outcome"]) for finding in kept] + [finding.outcome for finding in new]
        outcome = max(worst, key=SEVERITY.__getitem__, default=Outcome.PASS)
        self.transitions[standing.group, standing.outcome, outcome] += 1
        gone, come = self._compare(old, new)
        if (gone or come or outcome != standing.outcome) and self.examples:
            self._show(standing, outcome, gone, come)
        return outcome

    def _judged(self, plan: Plan, standing: StandingVerdict) -> Iterator[Finding]:
        by_metric: dict[str, list[StoredScore]] = {}
        for score in standing.scores:
            if score.metric in plan.touched:
                by_metric.setdefault(score.metric, []).append(score)
        self._draw(by_metric)
        for rule in plan.rules:
            if applies(rule, standing.record):
                measured = [item for item in by_metric.get(rule.metric, []) if item.model_id.startswith(rule.model)]
                yield from findings_of(rule, measured, self.calibrations)

    def _draw(self, by_metric: Mapping[str, Sequence[StoredScore]]) -> None:
        for metric, items in by_metric.items():
            if raw := self.histograms.get((metric, "value")):
                for item in items:
                    raw.add(item.value)
            if chances := self.histograms.get((metric, "probability")):
                for item in items:
                    curve = self.calibrations.curve_for(item)
                    chances.add(None if curve is None or item.value is None else curve.probability(item.value))

    def _compare(
        self, old: Sequence[Mapping[str, Any]], new: Sequence[Finding]
    ) -> tuple[list[Mapping[str, Any]], list[Finding]]:
        """Findings that would go and that would come, counted by rule; one that turns stricter goes and comes."""
        before = {(one["code"], one["metric"], one["part"], one["outcome"]): one for one in old}
        after = {(one.code, one.metric, one.part, str(one.outcome)): one for one in new}
        for key in before:
            self.rules[key[0], "stay" if key in after else "disappear"] += 1
        for key in after.keys() - before.keys():
            self.rules[key[0], "appear"] += 1
        gone = [one for key, one in before.items() if key not in after]
        return gone, [one for key, one in after.items() if key not in before]

    def _show(
        self, standing: StandingVerdict, outcome: Outcome, gone: Sequence[Mapping[str, Any]], come: Sequence[Finding]
    ) -> None:
        shown = self.shown.setdefault(f"{standing.outcome}->{outcome}", [])
        if len(shown) >= self.examples:
            return
        shown.append(
            {
                "submission": standing.name,
                "status": standing.group,
                "before": standing.outcome,
                "after": str(outcome),
                "disappear": [_told(one, one["message"]) for one in gone],
                "appear": [_told(vars(one), one.sentence) for one in come],
            }
        )


def _told(finding: Mapping[str, Any], message: str) -> dict[str, str]:
    """A finding in words, with what other languages put into theirs; older ones were stored with less."""
    return {"message": message} | {name: finding.get(name, "") for name in ("code", "part", "fix", "told", "asked")}
