"""Gold items: chosen by an operator, hidden among a reviewer's work, and retired when good reviewers object."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.public import Action, audit, check
from common.errors import DomainError, InvalidInput, NotFound
from curation.lifecycle import EventKind, ReviewStatus, SubmissionStatus
from curation.models import GoldItem, Review, Revision, Standing
from curation.models.reviews import Verdict
from curation.models.trust import TrustRole
from curation.reasons import Reason
from curation.selectors.standings import is_right
from curation.services import events, standings

ONE_IN = 20  # at most 5 % of what a reviewer is given
DECIDED = [SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED]
# So many judgements of reviewers in good standing, most of them against the expectation, retire an item.
DISPUTED_FROM = 3
GOOD_STANDING = 0.5


class NotDecided(InvalidInput):
    """Only what has been decided can be gold."""

    code = "not_decided"


class GoldAlready(DomainError):
    code = "gold_already"
    status = HTTPStatus.CONFLICT


class NoSuchGold(NotFound):
    code = "gold_not_found"


@transaction.atomic
def mark(
    *, revision_id: UUID, expected: Verdict, reasons: Sequence[Reason], explanation: str, actor: User, now: datetime
) -> GoldItem:
    """The decided revision as a gold item from now on.

    Raises:
        NotDecided: There is no such revision, or it is not its submission's current, decided one.
        GoldAlready: It is one, or was once.
    """
    check(actor, Action.GOLD_MANAGE)
    revision = Revision.objects.filter(id=revision_id, submission__current=revision_id, submission__status__in=DECIDED)
    if not explanation.strip():
        raise InvalidInput("Say what reviewers are told after the vote.", fields={"explanation": ["Needed."]})
    if not revision.exists():
        raise NotDecided("Choose the current revision of accepted or rejected work.")
    wanted = GoldItem(
        revision_id=revision_id, expected=expected, reasons=sorted(set(reasons)), explanation=explanation,
        created_by=actor, created_at=now,
    )  # fmt: skip
    GoldItem.objects.bulk_create([wanted], ignore_conflicts=True)
    if not GoldItem.objects.filter(id=wanted.id).exists():
        raise GoldAlready("This revision is a gold item already, or was one.")
    audit("gold.marked", actor=actor, now=now, about=("revision", revision_id), detail={"expected": expected})
    return wanted


def retire(*, gold_id: UUID, why: str, actor: User | None, now: datetime) -> GoldItem:
    """Hand the item out no more; what was judged by it counts no more. Retiring it again changes nothing."""
    with transaction.atomic():
        gold = (
            GoldItem.objects.select_for_update()
            .select_related("revision__submission__campaign")
            .filter(id=gold_id)
            .first()
        )
        if gold is None:
            raise NoSuchGold("There is no such gold item.")
        if gold.retired_at is None:
            gold.retired_at, gold.retired_why = now, why
            gold.save(update_fields=["retired_at", "retired_why"])
            campaign = gold.revision.submission.campaign
            detail = {"gold": str(gold.id), "why": why}
            events.record(EventKind.GOLD_RETIRED, at=now, actor=actor, campaign=campaign, detail=detail)
            judged = gold.reviews.filter(status=ReviewStatus.CAST).values_list("reviewer", flat=True)
            standings.touch(set(judged), TrustRole.REVIEWER)
    return gold


def is_due(reviewer_id: UUID) -> bool:
    """Whether the next thing given to this reviewer is a gold item: one of twenty, at a place nobody can foresee."""
    given = Review.objects.filter(reviewer=reviewer_id).count()
    block, place = divmod(given, ONE_IN)
    told = hmac.digest(settings.SECRET_KEY.encode(), f"gold:{reviewer_id}:{block}".encode(), "sha256")
    return int.from_bytes(told[:4], "big") % ONE_IN == place


def lease(reviewer: User, *, campaign_id: UUID | None, until: timedelta, now: datetime) -> Review | None:
    """A gold item that this reviewer never had, held like any other work; None where there is none."""
    free = GoldItem.objects.filter(retired_at__isnull=True, revision__submission__status__in=DECIDED)
    if campaign_id:
        free = free.filter(revision__submission__campaign=campaign_id)
    free = free.exclude(revision__submission__contributor=reviewer).exclude(revision__reviews__reviewer=reviewer)
    gold = free.order_by("id").first()
    if gold is None:
        return None
    return Review.objects.create(
        revision_id=gold.revision_id, reviewer=reviewer, gold=gold, leased_until=now + until, created_at=now
    )


def judged(review: Review, *, now: datetime) -> None:
    """Let a gold judgement count for the reviewer, and the item retire where good reviewers object."""
    assert review.gold_id is not None
    standings.touch({review.reviewer_id}, TrustRole.REVIEWER)
    if _is_disputed(review.gold_id):
        retire(gold_id=review.gold_id, why="Most reviewers in good standing judged otherwise.", actor=None, now=now)


def _is_disputed(gold_id: UUID) -> bool:
    cast = Review.objects.filter(gold=gold_id, status=ReviewStatus.CAST).select_related("gold")
    low = Standing.objects.filter(role=TrustRole.REVIEWER, value__lt=GOOD_STANDING).values("person")
    telling = list(cast.exclude(reviewer__in=low))
    against = sum(not is_right(review) for review in telling)
    return len(telling) >= DISPUTED_FROM and 2 * against > len(telling)
