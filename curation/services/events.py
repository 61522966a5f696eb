"""Writing down what happened, in the transaction in which it happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.public import audit
from curation.lifecycle import EventKind
from curation.models import Campaign, Event, EventFacts, Revision, Submission, Version

# What operators look up: who did it, or that the platform did. A vote's author stands in the audit log alone.
AUDITED: dict[EventKind, str] = {
    EventKind.CAMPAIGN_FUNDED: "campaign.funded",
    EventKind.CAMPAIGN_OPENED: "campaign.opened",
    EventKind.CAMPAIGN_PAUSED: "campaign.paused",
    EventKind.CAMPAIGN_CLOSED: "campaign.closed",
    EventKind.POLICY_CHANGED: "policy.changed",
    EventKind.GOLD_RETIRED: "gold.retired",
    EventKind.ACCEPTED: "submission.accepted",
    EventKind.CHANGES_REQUESTED: "submission.changes_requested",
    EventKind.REJECTED: "submission.rejected",
    EventKind.WITHDRAWN: "submission.withdrawn",
    EventKind.DISPUTE_UPHELD: "dispute.upheld",
    EventKind.DISPUTE_OVERTURNED: "dispute.overturned",
}


def record(
    kind: EventKind,
    *,
    at: datetime,
    actor: User | None = None,
    campaign: Campaign | None = None,
    submission: Submission | None = None,
    revision: Revision | None = None,
    version: Version | None = None,
    detail: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """The stored event. The campaign of a submission is filled in; what is in `AUDITED` goes into the audit log too.

    Args:
        actor: Who did it; None where the platform itself did.
        detail: JSON for whoever may read the event; amounts are strings of base units.
        facts: JSON for consumers alone: what is so now and may be otherwise when they read it.
    """
    if kind in AUDITED:
        about = ("submission", submission.id) if submission else ("campaign", campaign.id) if campaign else None
        audit(AUDITED[kind], actor=actor, now=at, about=about, detail=detail)
    event = Event.objects.create(
        kind=kind,
        at=at,
        actor=actor,
        campaign_id=campaign.id if campaign else submission.campaign_id if submission else None,
        submission=submission,
        revision=revision,
        version=version,
        detail=dict(detail or {}),
    )
    if facts is not None:
        EventFacts.objects.create(event=event, values=dict(facts))
    return event
