"""What a fact is worth: the rules, and the one function that rounds.

A rule turns an event's fact into `Due`: whom, from which campaign, a base, and factors in basis points that are stored
with the credit and shown to the person. To pay for something new, write a rule and name it in `RULES`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Generic, TypeVar
from uuid import UUID

from common.errors import DomainError
from curation import public as curation
from rewards.reward_policy import ONE_BP, RewardPolicy

Fact = TypeVar("Fact")


class FactOutOfRange(DomainError):
    """A fact says something that no amount follows from."""

    code = "fact_out_of_range"


@dataclass(frozen=True)
class Factor:
    """One multiplier: `bp` basis points of one, and what it stands for in words."""

    name: str
    bp: int
    meaning: str


@dataclass(frozen=True)
class Due:
    """What an event earns one person, paid from one campaign's budget."""

    person_id: UUID
    campaign_id: UUID
    base_wei: int
    factors: tuple[Factor, ...]

    @property
    def amount_wei(self) -> int:
        return quantise(self.base_wei, [factor.bp for factor in self.factors])


@dataclass(frozen=True)
class RewardRule(Generic[Fact]):
    """How facts of one kind are read, many at a time, and what one of them is worth under a policy."""

    read: Callable[[Sequence[curation.Event]], Mapping[UUID, Fact]]
    due: Callable[[Fact, RewardPolicy], Due]


def quantise(base_wei: int, factors_bp: Sequence[int]) -> int:
    """`base x factors`, rounded down once to whole base units; the fraction lost stays in the campaign's budget."""
    return base_wei * prod(factors_bp) // ONE_BP ** len(factors_bp)


def contribution(fact: curation.AcceptedFact, policy: RewardPolicy) -> Due:
    """`base(modality, campaign) x quality x novelty x scarcity x trust` for an accepted revision.

    Raises:
        FactOutOfRange: A factor is not 0 to 10,000 basis points.
    """
    factors = (
        _modalities(fact, policy),
        Factor("quality", fact.quality_bp, "how good the scores are, of 1"),
        Factor("novelty", fact.novelty_bp, "how unlike what had been accepted before, of 1"),
        scarcity(fact.coverage, policy),
        trust(fact.standing_bp, policy),
    )
    _check(factors)
    return Due(fact.contributor_id, fact.campaign_id, fact.base_reward_wei, factors)


def scarcity(coverage: Sequence[curation.Coverage] | None, policy: RewardPolicy) -> Factor:
    """One where a target was empty, falling to the floor as it fills; the emptiest that the work fills decides."""
    if coverage is None:
        return Factor("scarcity", ONE_BP, "the campaign set no coverage targets")
    floor = policy.scarcity_floor_bp
    if not coverage:
        return Factor("scarcity", floor, "it offers nothing that the campaign has a target for")
    emptiest = max(coverage, key=lambda one: (_empty_bp(one), one.word))
    meaning = f"{emptiest.before} of the {emptiest.wanted} wanted of {emptiest.word} had been accepted before it"
    return Factor("scarcity", floor + (ONE_BP - floor) * _empty_bp(emptiest) // ONE_BP, meaning)


def trust(standing_bp: int | None, policy: RewardPolicy) -> Factor:
    """From the floor at a standing of nothing, in a straight line, to one at the standing that earns all."""
    if standing_bp is None:
        return Factor("trust", ONE_BP, "accepted before standings counted")
    floor, full = policy.trust_floor_bp, policy.trust_full_bp
    meaning = f"the standing was {standing_bp / ONE_BP:.2f} when it was accepted; {full / ONE_BP:.2f} earns all"
    return Factor("trust", floor + (ONE_BP - floor) * min(standing_bp, full) // full, meaning)


def review(fact: curation.ReviewFact, policy: RewardPolicy) -> Due:
    """The campaign's fee for one judgement, by how many of the reviewer's checked judgements were right."""
    checked = fact.gold_right + fact.gold_wrong
    accuracy = (fact.gold_right + policy.gold_prior) * ONE_BP // (checked + policy.gold_prior)
    meaning = f"{fact.gold_right} of {checked} checked judgements right, and {policy.gold_prior} to begin with"
    return Due(fact.reviewer_id, fact.campaign_id, fact.fee_wei, (Factor("accuracy", accuracy, meaning),))


RULES: dict[str, RewardRule[Any]] = {
    "accepted": RewardRule(curation.accepted_facts, contribution),
    "reviewed": RewardRule(curation.review_facts, review),
}


def _modalities(fact: curation.AcceptedFact, policy: RewardPolicy) -> Factor:
    shares = policy.shares_bp
    given = [name for name in shares if name in fact.modalities]
    meaning = f"{len(given)} of {len(shares)} parts given: {', '.join(given) or 'none'}"
    return Factor("modalities", sum(shares[name] for name in given), meaning)


def _empty_bp(one: curation.Coverage) -> int:
    return max(one.wanted - one.before, 0) * ONE_BP // one.wanted


def _check(factors: Sequence[Factor]) -> None:
    for factor in factors:
        if not 0 <= factor.bp <= ONE_BP:
            raise FactOutOfRange(f"{factor.name} is {factor.bp} basis points; only 0 to {ONE_BP} can be.")
