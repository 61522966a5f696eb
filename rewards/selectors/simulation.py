"""History replayed under another reward policy: what everybody would have earned, and who gains and loses."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from common.errors import DomainError
from curation import public as curation
from rewards import reward_policy
from rewards.lifecycle import CreditStatus
from rewards.models import Credit
from rewards.reward_policy import RewardPolicy
from rewards.rules import RULES

BATCH = 1_000
FIRST = UUID(int=0)
BAD_FACT = (DomainError, ObjectDoesNotExist, LookupError, ValueError, AssertionError)


@dataclass
class Change:
    """Amounts before and after, in whole base units, and how many events they come from."""

    events: int = 0
    before_wei: int = 0
    after_wei: int = 0

    @property
    def difference_wei(self) -> int:
        return self.after_wei - self.before_wei

    def add(self, before_wei: int, after_wei: int) -> None:
        self.events += 1
        self.before_wei += before_wei
        self.after_wei += after_wei


@dataclass
class Replay:
    """Sums over all, by rule, by campaign and by person.

    Attributes:
        taken_back: Events whose credit was reversed since; they count for nothing on either side.
        untold: Events whose facts make no sense; the log of the crediting pass names them.
    """

    total: Change = field(default_factory=Change)
    by_rule: dict[str, Change] = field(default_factory=lambda: defaultdict(Change))
    by_campaign: dict[UUID, Change] = field(default_factory=lambda: defaultdict(Change))
    by_person: dict[UUID, Change] = field(default_factory=lambda: defaultdict(Change))
    taken_back: int = 0
    untold: int = 0

    def gainers(self, count: int) -> list[tuple[UUID, Change]]:
        """Who gains most, the largest first."""
        gaining = [one for one in self.by_person.items() if one[1].difference_wei > 0]
        return sorted(gaining, key=lambda one: (-one[1].difference_wei, one[0]))[:count]

    def losers(self, count: int) -> list[tuple[UUID, Change]]:
        """Who loses most, the largest first."""
        losing = [one for one in self.by_person.items() if one[1].difference_wei < 0]
        return sorted(losing, key=lambda one: (one[1].difference_wei, one[0]))[:count]


def replay(policy: RewardPolicy, *, since: datetime | None = None, until: datetime | None = None) -> Replay:
    """What the recorded facts are worth under `policy`, against what was credited for them; nothing is written.

    What was not credited yet counts as the policy in force says. Budgets play no part: what a campaign could not pay
    counts as due on both sides.

    Args:
        since: Events from then on; all from the beginning where left out.
        until: Events before then.
    """
    found, now_in_force = Replay(), reward_policy.in_force()
    for events in _batches(since, until):
        credited = {row.event_id: row for row in Credit.objects.filter(event__in=events)}
        facts = _facts(events)
        for event in events:
            row = credited.get(event.id)
            if row and row.status == CreditStatus.REVERSED:
                found.taken_back += 1
                continue
            try:
                due = RULES[event.kind].due
                after = due(facts[event.id], policy)
                before_wei = row.amount_wei if row else due(facts[event.id], now_in_force).amount_wei
            except BAD_FACT:
                found.untold += 1
                continue
            for change in (
                found.total,
                found.by_rule[event.kind],
                found.by_campaign[after.campaign_id],
                found.by_person[after.person_id],
            ):
                change.add(before_wei, after.amount_wei)
    return found


def _facts(events: Sequence[curation.Event]) -> dict[UUID, object]:
    facts: dict[UUID, object] = {}
    for kind, rule in RULES.items():
        facts.update(rule.read([event for event in events if event.kind == kind]))
    return facts


def _batches(since: datetime | None, until: datetime | None) -> Iterator[list[curation.Event]]:
    events, after = curation.events(*RULES).order_by("id"), FIRST
    events = events.filter(at__gte=since) if since else events
    events = events.filter(at__lt=until) if until else events
    while batch := list(events.filter(id__gt=after)[:BATCH]):
        yield batch
        after = batch[-1].id
