"""Which campaigns a person may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from accounts.models import User
from accounts.public import Action, allowed
from common.errors import NotFound
from curation.lifecycle import CampaignStatus
from curation.models import Campaign, QuizPass
from curation.selectors.campaign_examples import show_covers
from curation.selectors.facts import BASIS_POINTS, Coverage
from curation.selectors.standings import contributor_value_of


class NoSuchCampaign(NotFound):
    """There is none, or none that this person may see."""

    code = "campaign_not_found"


def readable_campaign(person: User, campaign_id: UUID) -> Campaign:
    """Raises `NoSuchCampaign` where there is none that this person may see."""
    campaign = Campaign.objects.select_related("quiz").filter(id=campaign_id).first()
    if campaign is None or not _may_read(person, campaign):
        raise NoSuchCampaign("There is no such campaign.")
    return campaign


@dataclass(frozen=True)
class CampaignOffer:
    """What a campaign pays, how far its targets are filled, and the person's standing in basis points; all as now."""

    base_reward_wei: int
    review_fee_wei: int
    coverage: tuple[Coverage, ...] | None
    standing_bp: int


def offer_of(person: User, campaign_id: UUID) -> CampaignOffer:
    """Raises `NoSuchCampaign` where there is none that this person may see."""
    campaign = readable_campaign(person, campaign_id)
    accepted = dict(campaign.coverage.values_list("word", "accepted"))
    targets = campaign.coverage_targets.items()
    return CampaignOffer(
        base_reward_wei=campaign.base_reward_wei,
        review_fee_wei=campaign.review_fee_wei,
        coverage=tuple(Coverage(word, wanted, accepted.get(word, 0)) for word, wanted in targets) or None,
        standing_bp=round(contributor_value_of(person.id) * BASIS_POINTS),
    )


def _may_read(person: User, campaign: Campaign) -> bool:
    owner = campaign.created_by_id == person.id
    return allowed(person, Action.CAMPAIGN_READ, owner=owner, state=campaign.status)


def readable_campaigns(person: User) -> QuerySet[Campaign]:
    """Those the permission matrix opens to this person, by status and ownership."""
    own = [
        status for status in CampaignStatus.values if allowed(person, Action.CAMPAIGN_READ, owner=True, state=status)
    ]
    others = [status for status in CampaignStatus.values if allowed(person, Action.CAMPAIGN_READ, state=status)]
    if len(others) == len(CampaignStatus.values):
        return Campaign.objects.all()
    return Campaign.objects.filter(Q(status__in=others) | Q(created_by=person, status__in=own))


def shown_to(person: User, campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """The campaigns with `quiz_passed`: whether this person answered their questions; None where none are asked."""
    passed = Exists(QuizPass.objects.filter(version=OuterRef("quiz"), person=person))
    # On rows that nobody asked for anyone, the class's None stands.
    told: dict[str, Any] = {"quiz_passed": Case(When(quiz=None, then=None), default=passed)}
    return campaigns.annotate(**told)


def shown_campaign(person: User, campaign_id: UUID) -> Campaign:
    """A readable campaign as `shown_to` shows it, with its cover. Raises `NoSuchCampaign`."""
    campaign = shown_to(person, Campaign.objects.filter(id=campaign_id)).first()
    if campaign is None or not _may_read(person, campaign):
        raise NoSuchCampaign("There is no such campaign.")
    show_covers([campaign])
    return campaign
