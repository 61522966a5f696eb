"""What another policy would change in the verdicts that stand: answered at once where that is quick, else by a worker.

Nothing is changed, and no model is run.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from accounts.models import User
from common import leases
from common.errors import DomainError, NotFound
from common.tasks import wake
from curation import policies
from curation.gating import Policy
from curation.gating.histograms import Histogram, ends, lines, spanning
from curation.gating.replaying import Before, Replay, StandingVerdict, StoredScore
from curation.lifecycle import BuildStatus
from curation.models import Campaign, Ruleset, WhatIf
from curation.selectors import standing_verdicts
from curation.selectors.campaigns import readable_campaign
from curation.services import calibrations, gate_policies, judgings

log = structlog.get_logger(__name__)

TASK = "curation.tasks.answer_what_ifs"
AT_ONCE_S = 3.0  # a request waits this long; what takes longer a worker finishes
MOST_AT_ONCE = 50_000  # of more submissions even counting takes too long for a request
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
Clock = Callable[[], datetime]


class NoSuchWhatIf(NotFound):
    code = "what_if_not_found"


class OutOfTime(Exception):
    """The answer took longer than a request may wait."""


@dataclass(frozen=True)
class Candidate:
    """What might judge: whole rules or, where None, each campaign's own; and overrides over each campaign's own."""

    rules: Policy | None
    overrides: Mapping[str, Any]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Candidate":
        """Raises `BadPolicy`."""
        rules = data.get("rules")
        return cls(None if rules is None else gate_policies.parsed(rules), data.get("overrides") or {})

    def for_campaign(self, campaign: Campaign) -> Policy:
        """Raises `BadPolicy`, naming the campaign whose overrides do not fit."""
        laid_over = {**campaign.policy_overrides, **self.overrides}
        own = {name: change for name, change in laid_over.items() if change is not None}
        try:
            return gate_policies.overridden(self.rules or judgings.rules_of(campaign), own)
        except gate_policies.BadPolicy as error:
            message = f"The overrides of the campaign {campaign.title!r} do not fit: {error.message}"
            raise gate_policies.BadPolicy(message, fields=error.fields) from error


def ask(
    *,
    actor: User,
    now: datetime,
    rules: Mapping[str, Any] | None = None,
    version: UUID | None = None,
    draft_of: UUID | None = None,
    overrides: Mapping[str, Any] | None = None,
    campaign: UUID | None = None,
    examples: int = 5,
    at_once_s: float = AT_ONCE_S,
) -> WhatIf:
    """The question with its answer where that took less than `at_once_s`; else it is building, for a worker to answer.

    Args:
        rules, version, draft_of: What is asked about in place of each campaign's own version: a whole policy, a
            published version, or a policy's draft; at most one of them.
        overrides: Laid over each campaign's own, rule by rule; None for a rule takes the campaign's own away.
        campaign: Whose verdicts; None for all.

    Raises:
        BadPolicy: The candidate is none that can judge, or does not fit a campaign's overrides.
        NoSuchPolicy, NoSuchPolicyVersion, NoSuchCampaign: There is none.
    """
    if campaign is not None:
        readable_campaign(actor, campaign)
    if version is not None:
        rules = gate_policies.find_version(version).rules
    if draft_of is not None:
        rules = gate_policies.find(draft_of).draft
    row = WhatIf(
        campaign_id=campaign,
        candidate={"rules": rules, "overrides": dict(overrides or {})},
        examples=examples,
        created_by=actor,
        created_at=now,
    )
    deadline = time.monotonic() + at_once_s
    try:
        row.result = _at_once(row, deadline)
        row.total = row.done = row.result["judged"]
        row.status, row.finished_at = BuildStatus.READY, now
    except OutOfTime:
        wake(TASK)
    row.save(force_insert=True)
    return row


def _at_once(row: WhatIf, deadline: float) -> dict[str, Any]:
    """The answer; `OutOfTime` where there is too much to begin with, or the deadline passes."""
    Candidate.from_json(row.candidate)  # wrong rules are refused now, whoever answers
    if standing_verdicts.more_than(MOST_AT_ONCE, row.campaign_id):
        raise OutOfTime
    return answer(row, keep_on=lambda done: time.monotonic() < deadline)


def find(what_if_id: UUID) -> WhatIf:
    """Raises `NoSuchWhatIf`."""
    row = WhatIf.objects.filter(id=what_if_id).first()
    if row is None:
        raise NoSuchWhatIf("There is no such question.")
    return row


def answer_next(*, clock: Clock) -> bool:
    """Answer the question that has waited longest; whether there was one. Its failure is written on it."""
    for row in leases.claim(WhatIf.objects.filter(status=BuildStatus.BUILDING), limit=1, lease=LEASE, now=clock()):
        with leases.held([row], lease=LEASE, clock=clock) as holding:
            values = _answered(row, clock)
            holding.settle(row)
        if values:
            with suppress(leases.LeaseLost):
                leases.write_held(row, **leases.released(**values))
        return True
    return False


def _answered(row: WhatIf, clock: Clock) -> dict[str, Any]:
    """Field values of the end; none where it will be tried again."""
    try:
        result = answer(row, keep_on=lambda done: bool(WhatIf.objects.filter(id=row.id).update(done=done)))
    except Exception as error:
        log.exception("what_if_failed", what_if=str(row.id), attempt=row.attempts)
        if row.attempts < MAX_ATTEMPTS and not isinstance(error, DomainError):
            return {}
        policies.check_build_move("question", row.status, BuildStatus.FAILED)
        failure = {"code": getattr(error, "code", "what_if_failed"), "message": str(error)[:1000]}
        return {"status": BuildStatus.FAILED, "failure": failure, "finished_at": clock()}
    policies.check_build_move("question", row.status, BuildStatus.READY)
    done = {"done": result["judged"], "total": result["judged"]}
    return {"status": BuildStatus.READY, "result": result, "finished_at": clock(), **done}


def answer(row: WhatIf, *, keep_on: Callable[[int], bool]) -> dict[str, Any]:
    """The result as JSON: transitions, findings by rule, examples, and a histogram of each metric it concerns.

    Args:
        keep_on: Told after every page how many are done; `OutOfTime` is raised where it says no.
    """
    candidate, curves = Candidate.from_json(row.candidate), calibrations.known()
    pairings = standing_verdicts.pairings(row.campaign_id)
    row.total = sum(pairings.values())
    campaigns = Campaign.objects.filter(id__in={campaign for _, campaign in pairings})
    replay = Replay(
        before={one.id: _before(one) for one in Ruleset.objects.filter(id__in={ruleset for ruleset, _ in pairings})},
        candidates={campaign.id: candidate.for_campaign(campaign) for campaign in campaigns},
        calibrations=curves,
        examples=row.examples,
    )
    plans = [replay.plan(ruleset, campaign) for ruleset, campaign in pairings]
    metrics = sorted(frozenset().union(*(plan.touched for plan in plans)))
    rules = [rule for plan in plans for rule in plan.rules]
    parts = {rule.modality for rule in rules} | {one.path.split(".")[0] for rule in rules for one in rule.unless}
    replay.histograms = _histograms(replay, metrics, row.campaign_id)
    done = 0
    for page in standing_verdicts.standing(row.campaign_id, metrics=metrics, parts=sorted(parts)):
        for standing in page:
            replay.add(_standing_verdict(standing))
        done += len(page)
        if not keep_on(done):
            raise OutOfTime
    return _result(replay)


def _before(row: Ruleset) -> Before:
    return Before(gate_policies.parsed(row.rules), row.calibrations)


def _standing_verdict(row: standing_verdicts.StandingRow) -> StandingVerdict:
    return StandingVerdict(
        name=str(row.submission_id),
        group=row.status,
        ruleset=row.ruleset_id,
        candidate=row.campaign_id,
        outcome=row.outcome,
        findings=row.findings,
        scores=[StoredScore(*score) for score in row.scores],
        record=row.record,
    )


def _histograms(
    replay: Replay, metrics: list[str], campaign_id: UUID | None
) -> dict[tuple[str, str], Histogram]:  # fmt: skip
    found = {}
    spans = standing_verdicts.ranges(campaign_id, metrics=metrics) if metrics else {}
    rules = [rule for _, policy in _sides(replay) for rule in policy.rules if rule.metric in spans]
    for metric, (low, high) in spans.items():
        own = [rule for rule in rules if rule.metric == metric]
        raw = (end for rule in own if not rule.calibrated for bound in rule.bounds for end in ends(bound))
        found[metric, "value"] = spanning(low, high, raw)
        if any(rule.calibrated for rule in own):
            found[metric, "probability"] = Histogram(0.0, 1.0)
    return found


def _sides(replay: Replay) -> Iterator[tuple[str, Policy]]:
    yield from (("before", before.policy) for before in replay.before.values())
    yield from (("after", policy) for policy in replay.candidates.values())


def _result(replay: Replay) -> dict[str, Any]:
    by_rule: dict[str, dict[str, int]] = {}
    for (code, change), count in sorted(replay.rules.items()):
        by_rule.setdefault(code, {"appear": 0, "disappear": 0, "stay": 0})[change] = count
    return {
        "judged": sum(replay.transitions.values()),
        "changed": sum(count for (_, old, new), count in replay.transitions.items() if old != new),
        "transitions": [
            {"status": group, "before": before, "after": after, "count": count}
            for (group, before, after), count in sorted(replay.transitions.items())
        ],
        "rules": by_rule,
        "examples": [example for change in sorted(replay.shown) for example in replay.shown[change]],
        "histograms": [
            {"metric": metric, "scale": scale, **histogram.as_json(), "lines": lines(metric, _sides(replay))}
            for (metric, scale), histogram in replay.histograms.items()
        ],
    }
