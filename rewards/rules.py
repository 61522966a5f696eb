"""What a fact is worth: the rules, and the one function that rounds.

A rule turns an event into `Due`: whom, from which campaign, a base, and factors in basis points that are stored with
the credit and shown to the person. To pay for something new, write a rule and name it in `RULES`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from uuid import UUID

from common.errors import DomainError
from curation import public as curation

ONE_BP = 10_000
# Each part of a record earns its share of the campaign's base reward; a complete record earns all of it.
SHARE_BP = {"scene": 2_000, "reference_images": 2_000, "audio": 2_000, "camera": 2_000, "lighting": 2_000}


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


RewardRule = Callable[[curation.Event], Due]


def quantise(base_wei: int, factors_bp: Sequence[int]) -> int:
    """`base x factors`, rounded down once to whole base units; the fraction lost stays in the campaign's budget."""
    return base_wei * prod(factors_bp) // ONE_BP ** len(factors_bp)


def contribution(event: curation.Event) -> Due:
    """`base(modality, campaign) x quality x novelty` for an accepted revision."""
    return contribution_due(curation.accepted_fact(event))


def contribution_due(fact: curation.AcceptedFact) -> Due:
    """Raises `FactOutOfRange`: a factor is not 0 to 10,000 basis points."""
    given = [name for name in SHARE_BP if name in fact.modalities]
    factors = (
        Factor(
            "modalities",
            sum(SHARE_BP[name] for name in given),
            f"{len(given)} of {len(SHARE_BP)} parts given: {', '.join(given) or 'none'}",
        ),
        Factor("quality", fact.quality_bp, "how good the scores are, of 1"),
        Factor("novelty", fact.novelty_bp, "how unlike what had been accepted before, of 1"),
    )
    _check(factors)
    return Due(fact.contributor_id, fact.campaign_id, fact.base_reward_wei, factors)


def review(event: curation.Event) -> Due:
    """The campaign's flat fee for one judgement."""
    fact = curation.review_fact(event)
    return Due(fact.reviewer_id, fact.campaign_id, fact.fee_wei, ())


RULES: dict[str, RewardRule] = {"accepted": contribution, "reviewed": review}


def _check(factors: Sequence[Factor]) -> None:
    for factor in factors:
        if not 0 <= factor.bp <= ONE_BP:
            raise FactOutOfRange(f"{factor.name} is {factor.bp} basis points; only 0 to {ONE_BP} can be.")
