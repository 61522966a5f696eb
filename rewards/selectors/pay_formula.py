"""What a campaign pays and how that is computed, with one person's own standing: what a calculator needs."""

from dataclasses import dataclass
from uuid import UUID

from accounts.public import User
from curation import public as curation
from rewards import reward_policy, selectors
from rewards.reward_policy import ONE_BP, RewardPolicy
from rewards.rules import Factor, scarcity, trust


@dataclass(frozen=True)
class FactorRange:
    """The least and the most that a multiplier can be, in basis points of one, and what decides."""

    name: str
    least_bp: int
    most_bp: int
    meaning: str


@dataclass(frozen=True)
class WantedWord:
    """A coverage target as it stands, and what scarcity would be for the next work that offers the word."""

    word: str
    wanted: int
    accepted: int
    scarcity_bp: int


@dataclass(frozen=True)
class PayFormula:
    """`amount = base x modalities x quality x novelty x scarcity x trust`, rounded down to a whole base unit."""

    campaign_id: UUID
    base_reward_wei: int
    review_fee_wei: int
    budget_left_wei: int
    shares_bp: dict[str, int]
    factors: tuple[FactorRange, ...]
    wanted: tuple[WantedWord, ...]
    unwanted_scarcity_bp: int
    your_trust: Factor
    hold_days: int
    hold_acceptances: int


def pay_formula(person: User, campaign_id: UUID) -> PayFormula:
    """Raises `NoSuchCampaign` where there is none that this person may see."""
    offer, policy = curation.offer_of(person, campaign_id), reward_policy.in_force()
    targets = offer.coverage or ()
    return PayFormula(
        campaign_id=campaign_id,
        base_reward_wei=offer.base_reward_wei,
        review_fee_wei=offer.review_fee_wei,
        budget_left_wei=selectors.budget_of(campaign_id),
        shares_bp=policy.shares_bp,
        factors=_ranges(policy, has_targets=offer.coverage is not None),
        wanted=tuple(WantedWord(one.word, one.wanted, one.before, scarcity([one], policy).bp) for one in targets),
        unwanted_scarcity_bp=scarcity(() if targets else None, policy).bp,
        your_trust=trust(offer.standing_bp, policy),
        hold_days=policy.hold_days,
        hold_acceptances=policy.hold_acceptances,
    )


def _ranges(policy: RewardPolicy, *, has_targets: bool) -> tuple[FactorRange, ...]:
    shares = policy.shares_bp.values()
    scarce = "the emptiest of the campaign's targets that it helps to fill" if has_targets else "no targets are set"
    return (
        FactorRange("modalities", min(shares), sum(shares), "the shares of the parts given"),
        FactorRange("quality", 0, ONE_BP, "how good the scores are"),
        FactorRange("novelty", 0, ONE_BP, "how unlike what had been accepted before"),
        FactorRange("scarcity", policy.scarcity_floor_bp if has_targets else ONE_BP, ONE_BP, scarce),
        FactorRange("trust", policy.trust_floor_bp, ONE_BP, "the contributor's standing when it is accepted"),
        FactorRange("accuracy", 0, ONE_BP, "of reviewers alone: the share of their checked judgements that were right"),
    )
