"""Counting what a person's work is worth, from what became of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from curation.lifecycle import DisputeStatus, EventKind, ReviewStatus
from curation.models import Decision, Event, Review, Standing, StandingChange
from curation.models.reviews import Verdict
from curation.models.trust import TrustRole
from curation.selectors.standings import is_right
from curation.services.gate_verdicts import BY_GATES
from curation.trusting import standing
from curation.trusting.standing import Level

BATCH = 200
# A standing fades while nothing happens; counting it anew once a day is enough.
RECOUNT_AFTER = timedelta(days=1)
DUPLICATE = "duplicate"  # in the codes of all rules about what was contributed before


def touch(people: Collection[UUID], role: TrustRole) -> None:
    """Have these counted anew soon: something happened that counts. One query, none for nobody."""
    if not people:
        return
    Standing.objects.bulk_create(
        [Standing(person_id=person, role=role, stale=True) for person in sorted(people)],
        update_conflicts=True,
        unique_fields=["person", "role"],
        update_fields=["stale"],
    )


def recount_stale(*, now: datetime) -> int:
    """How many standings were counted anew: the stale ones, and those that have had a day to fade."""
    faded = Standing.objects.filter(stale=False, counted_at__lt=now - RECOUNT_AFTER)
    due = [*Standing.objects.filter(stale=True).order_by("id")[:BATCH], *faded.order_by("counted_at")[:BATCH]]
    for row in due:
        recount(standing_id=row.id, now=now)
    return len(due)


@transaction.atomic
def recount(*, standing_id: UUID, now: datetime) -> Standing:
    """The standing as its facts now say; counting again changes nothing but the fading."""
    row = Standing.objects.select_for_update().get(id=standing_id)
    half_life = timedelta(days=settings.STANDING_HALF_LIFE_DAYS)
    if row.role == TrustRole.CONTRIBUTOR:
        counted = standing.contributor(standing.faded(_contributions(row.person_id, now), half_life))
    else:
        counted = standing.reviewer(standing.faded(_judgements(row.person_id, now), half_life))
    factors = [asdict(factor) for factor in counted.factors]
    changed = row.counted_at is None or (row.value, row.level) != (counted.value, counted.level)
    row.value, row.level, row.factors = counted.value, counted.level, factors
    row.paused = row.role == TrustRole.REVIEWER and standing.is_paused(counted)
    row.stale, row.counted_at = False, now
    row.save()
    if changed:
        StandingChange.objects.create(standing=row, value=row.value, level=row.level, factors=factors, at=now)
    return row


def levels_of(people: Collection[UUID]) -> dict[UUID, Level]:
    """Each person's level as a contributor, as it was last counted; one query."""
    rows = Standing.objects.filter(person__in=people, role=TrustRole.CONTRIBUTOR).values_list("person", "level")
    known = {person: Level(level) for person, level in rows}
    return {person: known.get(person, Level.NEW) for person in people}


def is_paused(reviewer_id: UUID) -> bool:
    """Whether this reviewer gets qualification items alone."""
    return Standing.objects.filter(person=reviewer_id, role=TrustRole.REVIEWER, paused=True).exists()


def _contributions(person_id: UUID, now: datetime) -> Mapping[str, list[timedelta]]:
    facts: dict[str, list[timedelta]] = defaultdict(list)
    mine = Decision.objects.filter(revision__submission__contributor=person_id)
    decided = mine.exclude(dispute__status=DisputeStatus.OVERTURNED)
    for source, outcome, reasons, at in decided.values_list("source", "outcome", "reasons", "decided_at"):
        if source == BY_GATES:
            facts["duplicates" if any(DUPLICATE in code for code in reasons) else "gate_rejected"].append(now - at)
        elif outcome == Verdict.APPROVE:
            facts["accepted"].append(now - at)
        elif outcome == Verdict.REJECT:
            facts["rejected"].append(now - at)
    facts["reversed"] = [now - at for at in _taken_back(revision__submission__contributor=person_id)]
    return facts


def _judgements(person_id: UUID, now: datetime) -> Mapping[str, list[timedelta]]:
    facts: dict[str, list[timedelta]] = defaultdict(list)
    cast = Review.objects.filter(reviewer=person_id, status=ReviewStatus.CAST)
    gold = cast.filter(gold__isnull=False, gold__retired_at__isnull=True).select_related("gold")
    for review in gold:
        assert review.cast_at is not None, "what is cast says when"
        facts["gold_right" if is_right(review) else "gold_wrong"].append(now - review.cast_at)
    others = cast.filter(gold__isnull=True, revision__decision__source="reviews")
    for verdict, outcome, at in others.values_list("verdict", "revision__decision__outcome", "cast_at"):
        assert at is not None
        facts["agreed" if verdict == outcome else "disagreed"].append(now - at)
    mine = cast.filter(gold__isnull=True, verdict=Verdict.APPROVE).values("revision")
    facts["reversed"] = [now - at for at in _taken_back(revision__in=mine)]
    return facts


def _taken_back(**whose: object) -> list[datetime]:
    """When accepted work was withdrawn by an operator."""
    accepted = Decision.objects.filter(outcome=Verdict.APPROVE, **whose).values("revision__submission")
    withdrawn = Event.objects.filter(
        kind=EventKind.WITHDRAWN, submission__in=accepted, actor__roles__contains=["operator"]
    )
    return list(withdrawn.values_list("at", flat=True))
