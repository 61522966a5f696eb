"""Campaigns whose call is misunderstood: when almost nothing is accepted, they pause until an operator has looked."""

from datetime import datetime

from curation.lifecycle import CampaignStatus
from curation.models import Campaign, Decision
from curation.models.reviews import Verdict
from curation.policies import WrongStatus
from curation.services import moves
from curation.trusting.standing import acceptance_too_low

WARM_UP = 20
WINDOW = 50
LEAST_SHARE = 0.1


def pause_where_too_low(*, now: datetime) -> int:
    """How many open campaigns were paused: of their last decisions, after a warm-up, too few were acceptances."""
    paused = 0
    for campaign in Campaign.objects.filter(status=CampaignStatus.OPEN):
        decided = Decision.objects.filter(revision__submission__campaign=campaign)
        if campaign.counted_from:
            decided = decided.filter(decided_at__gte=campaign.counted_from)
        recent = list(decided.order_by("-decided_at").values_list("outcome", flat=True)[:WINDOW])
        accepted = recent.count(Verdict.APPROVE)
        if acceptance_too_low(accepted, len(recent), warm_up=WARM_UP, least_share=LEAST_SHARE):
            paused += _pause(campaign, f"{accepted} of the last {len(recent)} contributions were accepted.", now=now)
    return paused


def _pause(campaign: Campaign, reason: str, *, now: datetime) -> bool:
    try:
        moves.move_campaign(
            campaign.id, to=CampaignStatus.PAUSED, now=now, actor=None, changes={"pause_reason": reason}
        )
    except WrongStatus:  # closed by somebody meanwhile
        return False
    return True
