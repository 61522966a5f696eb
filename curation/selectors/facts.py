"""The facts behind events, many at a time, as they were when the events happened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from curation.lifecycle import EventKind
from curation.models import Event, EventFacts, GateOutcome, Review

BASIS_POINTS = 10_000


@dataclass(frozen=True)
class Coverage:
    """A target that a contribution helps to fill: `before` of `wanted` had been accepted when it was."""

    word: str
    wanted: int
    before: int


@dataclass(frozen=True)
class AcceptedFact:
    """One accepted revision; what ends in `_bp` is in basis points, 0 to 10,000.

    Attributes:
        standing_bp: The contributor's standing when it was accepted; None where nobody wrote it down then.
        coverage: The campaign's targets that it helps to fill; None where the campaign had none.
    """

    event_id: UUID
    submission_id: UUID
    revision_id: UUID
    contributor_id: UUID
    campaign_id: UUID
    base_reward_wei: int
    modalities: tuple[str, ...]
    quality_bp: int
    novelty_bp: int
    standing_bp: int | None
    coverage: tuple[Coverage, ...] | None
    decided_at: datetime


@dataclass(frozen=True)
class ReviewFact:
    """One judgement; `gold_right` and `gold_wrong` are the reviewer's checked judgements when it was cast."""

    event_id: UUID
    review_id: UUID
    reviewer_id: UUID
    campaign_id: UUID
    fee_wei: int
    at: datetime
    gold_right: int
    gold_wrong: int


def events_of(kinds: Sequence[EventKind]) -> QuerySet[Event]:
    """Events of these kinds with what they happened to, without the large records."""
    rows = Event.objects.filter(kind__in=kinds).select_related("campaign", "submission", "revision", "facts")
    return rows.defer("revision__record", "revision__caption", "submission__draft", "campaign__brief")


def accepted_facts(events: Sequence[Event]) -> dict[UUID, AcceptedFact]:
    """By event; one that the gates had never judged is left out."""
    judged: dict[UUID, list[GateOutcome]] = defaultdict(list)
    rows = GateOutcome.objects.filter(revision__in=[event.revision_id for event in events])
    for outcome in rows.only("revision_id", "overall", "novelty", "judged_at").order_by("judged_at", "id"):
        judged[outcome.revision_id].append(outcome)
    facts = {}
    for event in events:
        assert event.revision_id, "what is accepted has a revision"
        outcomes = judged[event.revision_id]
        # The last one before the event; where the clocks of two machines disagree, the first there is.
        before = [outcome for outcome in outcomes if outcome.judged_at <= event.at] or outcomes[:1]
        if before:
            facts[event.id] = _accepted(event, before[-1])
    return facts


def review_facts(events: Sequence[Event]) -> dict[UUID, ReviewFact]:
    """By event; one whose review is gone is left out. Events name no reviewers, since contributors read them."""
    reviewers = dict(
        Review.objects.filter(id__in=[event.detail["review_id"] for event in events]).values_list("id", "reviewer")
    )
    facts = {}
    for event in events:
        assert event.campaign, "a review is of a campaign's submission"
        review_id, gold = UUID(event.detail["review_id"]), _kept(event).get("gold", {})
        if review_id not in reviewers:
            continue
        facts[event.id] = ReviewFact(
            event_id=event.id,
            review_id=review_id,
            reviewer_id=reviewers[review_id],
            campaign_id=event.campaign.id,
            fee_wei=event.campaign.review_fee_wei,
            at=event.at,
            gold_right=gold.get("gold_right", 0),
            gold_wrong=gold.get("gold_wrong", 0),
        )
    return facts


def acceptances_of(events: Sequence[Event]) -> dict[UUID, UUID]:
    """Event of a submission -> that of its acceptance; those of submissions that never were accepted are left out."""
    accepted = Event.objects.filter(
        kind=EventKind.ACCEPTED, submission__in={event.submission_id for event in events if event.submission_id}
    )
    of = dict(accepted.values_list("submission", "id"))
    return {event.id: of[event.submission_id] for event in events if event.submission_id in of}


def _accepted(event: Event, gates: GateOutcome) -> AcceptedFact:
    submission, revision, campaign = event.submission, event.revision, event.campaign
    assert submission, "every event of a submission names it"
    assert revision
    assert campaign
    kept = _kept(event)
    coverage = kept.get("coverage")
    return AcceptedFact(
        event_id=event.id,
        submission_id=submission.id,
        revision_id=revision.id,
        contributor_id=submission.contributor_id,
        campaign_id=campaign.id,
        base_reward_wei=campaign.base_reward_wei,
        modalities=tuple(revision.modalities),
        quality_bp=round(gates.overall * BASIS_POINTS),
        novelty_bp=round(gates.novelty * BASIS_POINTS),
        standing_bp=kept.get("standing_bp"),
        coverage=None if coverage is None else tuple(Coverage(*one) for one in coverage),
        decided_at=event.at,
    )


def _kept(event: Event) -> Mapping[str, Any]:
    facts: EventFacts | None = getattr(event, "facts", None)
    return facts.values if facts else {}
