"""Telling people what became of their work: pulls from events, and from measurements of drafts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.public import NotificationKind, notify, untold
from common.ids import first_uuid7
from curation import policies
from curation.lifecycle import EventKind, MeasuringStatus, SubmissionStatus
from curation.models import Decision, DraftMeasurement, Event, Submission
from curation.reasons import REASONS_ARABIC, Reason
from curation.scoring.tiers import Tier

BATCH = 500
# Older facts are no news: nobody is flooded by what happened before they could be told.
NEWS_FOR = timedelta(days=7)
UPHELD = {"en": "the rejection stands.", "ar": "يبقى الرفض قائمًا."}
OVERTURNED = {
    "en": "the rejection was taken back and the work is reviewed again.",
    "ar": "أُلغي الرفض وتُراجع المساهمة من جديد.",
}


@dataclass(frozen=True)
class Told:
    """Who is told of one event, and what the words are filled with besides the campaign's title."""

    kind: NotificationKind
    people: Callable[[Event], set[UUID]]
    parameters: Callable[[Event], Mapping[str, Any]]


def tell_waiting(*, now: datetime) -> int:
    """How many facts were told. Safe to run any number of times at once: a fact is told to a person once."""
    told = 0
    for kind, telling in TELLINGS.items():
        for event in _untold_events(kind, telling.kind, now=now):
            _tell(event, telling, now=now)
            told += 1
    return told + _tell_of_prechecks(now=now)


def _untold_events(kind: EventKind, told_as: NotificationKind, *, now: datetime) -> QuerySet[Event]:
    recent = Event.objects.filter(kind=kind, id__gte=first_uuid7(now - NEWS_FOR))
    return untold(recent, told_as).select_related("submission", "campaign", "revision").order_by("id")[:BATCH]


def _tell(event: Event, telling: Told, *, now: datetime) -> None:
    assert event.campaign is not None, "every event that is told is of a campaign"
    subject = ("submission", event.submission.id) if event.submission else ("campaign", event.campaign.id)
    notify(
        telling.people(event),
        telling.kind,
        source_id=event.id,
        subject=subject,
        parameters={"campaign": event.campaign.title, **telling.parameters(event)},
        now=now,
    )


def _tell_of_prechecks(*, now: datetime) -> int:
    """The tier with models is the last to be ready; a draft that was submitted meanwhile has better news."""
    done = DraftMeasurement.objects.filter(
        tier=Tier.MODELS,
        status__in=[MeasuringStatus.READY, MeasuringStatus.FAILED],
        asked_at__gt=now - NEWS_FOR,
        submission__status__in=policies.EDITABLE,
    )
    rows = untold(done, NotificationKind.PRECHECK_FINISHED).select_related("submission__campaign").order_by("id")
    for row in (found := list(rows[:BATCH])):
        notify(
            {row.submission.contributor_id},
            NotificationKind.PRECHECK_FINISHED,
            source_id=row.id,
            subject=("submission", row.submission_id),
            parameters={"campaign": row.submission.campaign.title, "outcome": row.status},
            now=now,
        )
    return len(found)


def _author(event: Event) -> set[UUID]:
    assert event.submission is not None
    return {event.submission.contributor_id}


def _concerned(event: Event) -> set[UUID]:
    """Whoever wrote the campaign, and who is writing for it."""
    assert event.campaign is not None
    writing = Submission.objects.filter(
        campaign=event.campaign, status__in=[SubmissionStatus.DRAFT, SubmissionStatus.CHANGES_REQUESTED]
    )
    return {event.campaign.created_by_id, *writing.values_list("contributor", flat=True)}


def _reasons(event: Event) -> dict[str, Any]:
    """The decision's reasons in both languages; rules of the gates speak English, in whole sentences."""
    decision = Decision.objects.filter(revision=event.revision).first()
    if decision is None:
        return {"codes": [], "reasons": ""}
    english = [str(Reason(code).label) if code in Reason.values else code for code in decision.reasons]
    arabic = [REASONS_ARABIC.get(code, code) for code in decision.reasons]
    said = decision.notes if decision.source == "gates" else None
    texts = {"en": said or english, "ar": said or arabic}
    return {"codes": decision.reasons, "reasons": {name: _sentences(one) for name, one in texts.items()}}


def _sentences(texts: list[str]) -> str:
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)


def _answer(said: Mapping[str, str]) -> Callable[[Event], Mapping[str, Any]]:
    return lambda event: {"answer": dict(said), "explanation": event.detail["text"]}


def _pause_reason(event: Event) -> Mapping[str, Any]:
    assert event.campaign is not None
    return {"reason": event.campaign.pause_reason}


def _nothing(event: Event) -> Mapping[str, Any]:
    return {}


TELLINGS: dict[EventKind, Told] = {
    EventKind.ACCEPTED: Told(NotificationKind.SUBMISSION_ACCEPTED, _author, _nothing),
    EventKind.CHANGES_REQUESTED: Told(NotificationKind.CHANGES_REQUESTED, _author, _reasons),
    EventKind.REJECTED: Told(NotificationKind.SUBMISSION_REJECTED, _author, _reasons),
    EventKind.DISPUTE_UPHELD: Told(NotificationKind.DISPUTE_ANSWERED, _author, _answer(UPHELD)),
    EventKind.DISPUTE_OVERTURNED: Told(NotificationKind.DISPUTE_ANSWERED, _author, _answer(OVERTURNED)),
    EventKind.CAMPAIGN_PAUSED: Told(NotificationKind.CAMPAIGN_PAUSED, _concerned, _pause_reason),
}
