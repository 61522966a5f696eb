"""Writing down what happened, in the transaction in which it happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from curation.lifecycle import EventKind
from curation.models import Campaign, Event, EventFacts, Revision, Submission, Version


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
    """The stored event. The campaign of a submission is filled in.

    Args:
        actor: Who did it; None where the platform itself did.
        detail: JSON for whoever may read the event; amounts are strings of base units.
        facts: JSON for consumers alone: what is so now and may be otherwise when they read it.
    """
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
